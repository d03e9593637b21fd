// Which rows make an annotator?
import { agents } from "../activities/tables.js";
import type { Plan } from "../activities/plan.js";
import type { Ids } from "../activities/write.js";
import type { AnnotatorKind, AnnotatorStatus } from "./queries.js";
import { annotatorProfiles, annotators } from "./tables.js";

export interface Enrolment {
  key: string;
  kind: AnnotatorKind;
  status?: AnnotatorStatus;
  expertise?: readonly string[];
  languages?: readonly string[];
  /** Its agent, where it has one already; else it gets one of its own. */
  agent?: number;
}

/** Adds a new annotator to a plan, with a profile and, where it has none, an agent of its own. Gives the annotator's id. */
export function addEnrolment(plan: Plan, ids: Ids, enrolment: Enrolment): number {
  const { key, kind } = enrolment;
  const agent = enrolment.agent ?? ids.take("agent");
  if (enrolment.agent === undefined)
    plan.rows.push({ table: agents, rows: [{ agent, kind, label: key, principalUid: null }] });
  const annotator = ids.take("annotator");
  plan.rows.push({ table: annotators, rows: [{ annotator, key, kind, agent }] });
  addProfile(plan, ids, annotator, enrolment);
  return annotator;
}

export function addProfile(
  plan: Plan,
  ids: Ids,
  annotator: number,
  profile: Omit<Enrolment, "key" | "kind" | "agent">,
): void {
  const { status = "ACTIVE", expertise = [], languages = [] } = profile;
  const row = { profile: ids.take("profile"), annotator, status, expertise: [...expertise], languages: [...languages] };
  plan.rows.push({ table: annotatorProfiles, rows: [row] });
}
