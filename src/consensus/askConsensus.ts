// What is asked of a consensus, and can it be asked of this criterion?
import type { SnapshotKey } from "../activities/snapshot.js";
import { findMeasured } from "../agreement/agreementReport.js";
import { bad, countedOf, type CountedArguments, type CountedRatings } from "../agreement/question.js";
import { criterionVersionsById, type CriterionVersionRow } from "../guidelines/queries.js";
import type { Db } from "../platform/db.js";
import { certaintyProblem, defaultRule, ruleProblem, type ConsensusRule } from "./consensusOf.js";

export interface ConsensusArguments extends CountedArguments {
  rule?: ConsensusRule | null;
  order: "NUMBER" | "LEAST_CERTAIN";
}

export interface AskedConsensus {
  datasetUid: string;
  snapshot: SnapshotKey;
  question: CountedRatings;
  criterion: CriterionVersionRow;
  rule: ConsensusRule;
  order: ConsensusArguments["order"];
}

/** Throws BAD_USER_INPUT with what to ask instead. */
export async function askConsensus(db: Db, snapshot: SnapshotKey, given: ConsensusArguments): Promise<AskedConsensus> {
  const { datasetUid, measured } = await findMeasured(db, snapshot, given);
  const [row] = await criterionVersionsById(db, snapshot.datasetId, [measured.criterionVersion]);
  const criterion = row!;
  const rule = given.rule ?? defaultRule(criterion);
  const misfit = ruleProblem(rule, criterion);
  if (misfit) throw bad("rule", `${rule} does not fit ${criterion.key}: ${misfit}`);
  const unordered = given.order === "LEAST_CERTAIN" ? certaintyProblem(rule, criterion) : null;
  if (unordered) throw bad("order", `${rule} of ${criterion.key} has no certainty: ${unordered}; order by NUMBER`);
  return { datasetUid, snapshot, question: countedOf(given, measured), criterion, rule, order: given.order };
}
