// Is a fit there, model and units, and what does it say of the units of a dataset?
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import { findMeasured } from "../agreement/agreementReport.js";
import type { CountedRatings, Measured } from "../agreement/question.js";
import type { CategoryValue } from "../guidelines/categoryValue.js";
import type { Db } from "../platform/db.js";
import { whileThere, type Prepared, type Reach } from "../platform/filters.js";
import { computeReport, findReport, reportKeyOf, type Found, type ReportAsked } from "../reports/findReport.js";
import { fitKind, type FitReport } from "./fitRatings.js";
import { fittedCategories, keptRun, runIsKept } from "./runQueries.js";

type Asked = ReportAsked<CountedRatings>;

/** The ratings that count where nothing else is said: as for agreement. */
export function usualRatings(measured: Measured): CountedRatings {
  const who = { annotatorKinds: ["HUMAN" as const], annotators: null };
  return { measured, repeats: "LATEST", strata: ["OPEN", "RANDOM"], ...who, filter: null };
}

/** The model, and the run of its units: computed where either is not there. */
export async function findFit(
  reach: Reach,
  datasetUid: string,
  asked: Asked,
): Promise<Found<FitReport> & { run: number }> {
  const found = await findReport(reach, fitKind, datasetUid, asked);
  const key = Buffer.from(found.key, "base64url");
  const kept = await keptRun(reach.db, asked.snapshot.datasetId, key);
  if (kept !== null) return { ...found, run: kept };
  return { ...found, cache: "MISS", run: await fitAgain(reach, key, asked) };
}

const computing = new Map<string, Promise<FitReport>>();

/** The units of an older fit were let go. Who asks while they are computed again shares it. */
async function fitAgain(reach: Reach, key: Buffer, asked: Asked): Promise<number> {
  const name = key.toString("hex");
  let fit = computing.get(name);
  if (!fit) {
    fit = computeReport(reach, fitKind, key, asked).finally(() => computing.delete(name));
    computing.set(name, fit);
  }
  await fit;
  return (await keptRun(reach.db, asked.snapshot.datasetId, key)) ?? GONE_ALREADY;
}

/** No run has it, so that what reads it finds that it is not there, and tries again. */
const GONE_ALREADY = -1;

/**
 * The run of the units by the usual question on the population CURRENT, computed where it is not kept: what filters and
 * releases judge by.
 */
export async function usualFit(
  reach: Reach,
  { datasetId, activity }: Pick<SnapshotKey, "datasetId" | "activity">,
  datasetUid: string,
  measured: Measured,
): Promise<Prepared<number>> {
  const snapshot: SnapshotKey = { datasetId, activity, population: Population.CURRENT, candidate: null };
  const asked = { snapshot, question: usualRatings(measured) };
  const kept = await keptRun(reach.db, datasetId, reportKeyOf(fitKind, datasetUid, asked));
  const run = kept ?? (await findFit(reach, datasetUid, asked)).run;
  return { value: run, isThere: () => runIsKept(reach.db, datasetId, run) };
}

/** The most probable category of each example version by the usual fit of a criterion version; null on a tie. */
export async function fittedValues(
  reach: Reach,
  snapshot: SnapshotKey,
  criterion: { key: string; version: number },
): Promise<Map<number, CategoryValue | null>> {
  const asked = { criterion: criterion.key, criterionVersion: criterion.version };
  const { datasetUid, measured } = await findMeasured(reach.db, snapshot, asked);
  return whileThere(
    () => usualFit(reach, snapshot, datasetUid, measured),
    (run) => valuesOf(reach.db, snapshot.datasetId, run, measured),
  );
}

async function valuesOf(db: Db, datasetId: number, run: number, { categories }: Measured) {
  const rows = await fittedCategories(db, datasetId, run);
  return new Map(rows.map(({ exampleVersion, category }) => [exampleVersion, categories![category] ?? null]));
}
