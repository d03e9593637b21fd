// Which annotator wrote a version?
import type { Plan } from "../activities/plan.js";
import type { Ids } from "../activities/write.js";
import { addEnrolment } from "../annotators/enrolment.js";

/** The author's id, or null for none; one who is not known yet is enrolled, once, and then known. */
export function authorOf(plan: Plan, ids: Ids, key: string | null, annotators: Map<string, number>): number | null {
  if (key === null) return null;
  const known = annotators.get(key);
  if (known !== undefined) return known;
  const enrolled = addEnrolment(plan, ids, { key, kind: "HUMAN" });
  annotators.set(key, enrolled);
  return enrolled;
}
