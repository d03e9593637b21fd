// How are ratings given out with the groups of their raters, for a model that is fitted elsewhere?
import { randomBytes } from "node:crypto";
import { requestKnown } from "../activities/queries.js";
import { addText, emptyPlan } from "../activities/plan.js";
import { write, type Answer, type RequestFields, type Verb } from "../activities/write.js";
import type { Database } from "../platform/db.js";
import { problem, type UserProblem } from "../platform/errors.js";
import type { Scope } from "../platform/viewer.js";
import { FEWEST_RATERS, longTableCounts, type LongTableAsked, type LongTableCounts } from "./longTableQueries.js";
import { longTableExports } from "./tables.js";

interface Prepared extends RequestFields {
  /** Null where the request was answered before. */
  made: { asked: LongTableAsked; counts: LongTableCounts } | null;
}

const exportLongTableVerb: Verb<Prepared, null> = {
  kind: "LONG_TABLE_EXPORT",
  facts: async () => null,
  plan({ input: { made } }, _facts, ids) {
    const { asked, counts } = made!;
    const unfit = countsProblem(asked, counts);
    if (unfit) return { kind: "refused", problems: [unfit] };
    const { snapshot, criterionVersion, attribute } = asked;
    const plan = emptyPlan();
    const row = {
      longTableExport: ids.take("longTableExport"),
      asOf: snapshot.activity,
      population: snapshot.population,
      candidate: snapshot.candidate,
      criterionVersion,
      attribute,
      ...counts,
      key: addText(plan, randomBytes(32).toString("hex")),
    };
    plan.rows.push({ table: longTableExports, rows: [row] });
    plan.used.push({ noun: "criterionVersion", id: criterionVersion });
    plan.outcome.accepted = 1;
    return { kind: "plan", plan };
  },
};

/**
 * Records that the table is given out, by whom and how much of it. Each export has a key of its own for its pseudonyms: the
 * same rater has another name in the next.
 */
export async function exportLongTable(
  db: Database,
  scope: Scope,
  asked: LongTableAsked,
  input: RequestFields,
): Promise<Answer> {
  const { requestKey, message } = input;
  const known = await requestKnown(db, scope.datasetId, scope.viewer.principalUid, requestKey ?? null);
  const made = known ? null : { asked, counts: await longTableCounts(db, asked) };
  return write(db, scope, exportLongTableVerb, { requestKey, message, made }, input);
}

function countsProblem(
  { attribute }: LongTableAsked,
  { rowCount, leftOutRaterCount }: LongTableCounts,
): UserProblem | null {
  if (rowCount > 0) return null;
  const who = leftOutRaterCount === 0 ? "nobody rated" : `no group of ${JSON.stringify(attribute)}`;
  const what = leftOutRaterCount === 0 ? "" : ` has ${FEWEST_RATERS} raters of whom it is known`;
  return problem("INVALID_VALUE", `${who}${what}; there is nothing that can be given out`, "attribute");
}
