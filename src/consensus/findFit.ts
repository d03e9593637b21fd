// Is a fit there, model and units, and what does it say of the units of a dataset?
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import { findMeasured } from "../agreement/agreementReport.js";
import type { CountedRatings, Measured } from "../agreement/question.js";
import type { CategoryValue } from "../guidelines/categoryValue.js";
import type { Db } from "../platform/db.js";
import { againWhereGone, type Reach } from "../platform/filters.js";
import { computeReport, findReport, reportKeyOf, type Found, type ReportAsked } from "../reports/findReport.js";
import { fitKind, type FitReport } from "./fitRatings.js";
import { fitIsKept, fittedCategories } from "./runQueries.js";

type Asked = ReportAsked<CountedRatings>;

/** The ratings that count where nothing else is said: as for agreement. */
export function usualRatings(measured: Measured): CountedRatings {
  const who = { annotatorKinds: ["HUMAN" as const], annotators: null };
  return { measured, repeats: "LATEST", strata: ["OPEN", "RANDOM"], ...who, filter: null };
}

/** The model, and its units kept: computed where either is not there. */
export async function findFit(reach: Reach, datasetUid: string, asked: Asked): Promise<Found<FitReport>> {
  const found = await findReport(reach, fitKind, datasetUid, asked);
  const key = Buffer.from(found.key, "base64url");
  if (await fitIsKept(reach.db, asked.snapshot.datasetId, key)) return found;
  await fitAgain(reach, key, asked);
  return { ...found, cache: "MISS" };
}

const computing = new Map<string, Promise<FitReport>>();

/** The units of an older fit were let go. Who asks while they are computed again shares it. */
async function fitAgain(reach: Reach, key: Buffer, asked: Asked): Promise<void> {
  const name = key.toString("hex");
  let fit = computing.get(name);
  if (!fit) {
    fit = computeReport(reach, fitKind, key, asked).finally(() => computing.delete(name));
    computing.set(name, fit);
  }
  await fit;
}

/**
 * The key under which the units of the usual question on the population CURRENT are kept, computed where they are not:
 * what filters and releases judge by.
 */
export async function usualFit(
  reach: Reach,
  { datasetId, activity }: Pick<SnapshotKey, "datasetId" | "activity">,
  datasetUid: string,
  measured: Measured,
): Promise<Buffer> {
  const snapshot: SnapshotKey = { datasetId, activity, population: Population.CURRENT, candidate: null };
  const asked = { snapshot, question: usualRatings(measured) };
  const key = reportKeyOf(fitKind, datasetUid, asked);
  if (!(await fitIsKept(reach.db, datasetId, key))) await findFit(reach, datasetUid, asked);
  return key;
}

/** The most probable category of each example version by the usual fit of a criterion version; null on a tie. */
export function fittedValues(
  reach: Reach,
  snapshot: SnapshotKey,
  criterion: { key: string; version: number },
): Promise<Map<number, CategoryValue | null>> {
  return againWhereGone(async () => {
    const asked = { criterion: criterion.key, criterionVersion: criterion.version };
    const { datasetUid, measured } = await findMeasured(reach.db, snapshot, asked);
    const key = await usualFit(reach, snapshot, datasetUid, measured);
    return valuesOf(reach.db, snapshot.datasetId, key, measured);
  });
}

async function valuesOf(db: Db, datasetId: number, key: Buffer, { categories }: Measured) {
  const rows = await fittedCategories(db, datasetId, key);
  return new Map(rows.map(({ exampleVersion, category }) => [exampleVersion, categories![category] ?? null]));
}
