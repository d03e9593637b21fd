// How far do raters agree on a snapshot?
import canonicalize from "canonicalize";
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import type { Database, Db } from "../platform/db.js";
import { refusal } from "../platform/errors.js";
import type { Scope } from "../platform/viewer.js";
import { measureAgreement, type AgreementNumbers } from "./measureAgreement.js";
import { criterionNames, measuredCriterion, type MeasuredCriterion } from "./queries.js";
import { asksForKept, questionOf, type AgreementArguments, type Question } from "./question.js";
import { ReportCache } from "../platform/reportCache.js";

/** Changes whenever the same question on the same snapshot could get other numbers. */
export const METHOD_VERSION = "agreement/1";

export interface AgreementReportRow extends AgreementNumbers {
  datasetId: number;
  activityNumber: number;
  population: Population;
  criterionVersionId: number;
  methodVersion: string;
  parameters: Question;
  cache: "HIT" | "MISS";
}

/** About 50 MB of reports. */
const MOST_CACHED_ROWS = 100_000;
const cache = new ReportCache<AgreementNumbers>(MOST_CACHED_ROWS, ({ overall, groupings }) =>
  [overall, ...groupings.flatMap((one) => one.groups)].reduce((sum, row) => sum + row.coefficients.length, 0),
);

/** The report; throws BAD_USER_INPUT where the question cannot be asked of this snapshot. */
export async function agreementReport(
  db: Database,
  scope: Scope,
  snapshot: SnapshotKey,
  given: AgreementArguments,
): Promise<AgreementReportRow> {
  const criterion = await findCriterion(db, snapshot, given);
  const question = questionOf(given, criterion);
  const key = cacheKey(scope, snapshot, criterion, question);
  const { report, hit } = cache.get(key, () => measureAgreement(db, snapshot, criterion, question));
  return {
    ...(await report),
    datasetId: snapshot.datasetId,
    activityNumber: snapshot.activity,
    population: snapshot.population,
    criterionVersionId: criterion.criterionVersion,
    methodVersion: METHOD_VERSION,
    parameters: question,
    cache: hit ? "HIT" : "MISS",
  };
}

/** Everyone who may read a dataset's agreement reads it over all its rows, so the dataset is the whole permission scope. */
function cacheKey(
  { datasetId }: Scope,
  { activity, population, candidate }: SnapshotKey,
  criterion: MeasuredCriterion,
  question: Question,
) {
  const scope = { datasetId, permission: "agreement:read", rows: "ALL" };
  return canonicalize({
    uid: criterion.datasetUid,
    scope,
    activity,
    population,
    candidate,
    question,
    method: METHOD_VERSION,
  })!;
}

async function findCriterion(db: Db, snapshot: SnapshotKey, given: AgreementArguments): Promise<MeasuredCriterion> {
  const withKept = snapshot.population === Population.CURRENT && asksForKept(given);
  const found = await measuredCriterion(db, snapshot, given.criterion, given.criterionVersion ?? null, withKept);
  if (found) return found;
  const asked =
    JSON.stringify(given.criterion) + (given.criterionVersion == null ? "" : ` version ${given.criterionVersion}`);
  const names = await criterionNames(db, snapshot);
  const known = names.length === 0 ? "no criterion was published by then" : `there are ${names.join(", ")}`;
  throw refusal("BAD_USER_INPUT", `criterion ${asked} does not exist at activity ${snapshot.activity}; ${known}`, {
    argument: "criterion",
  });
}
