// What would a candidate be compared with, and what does that ask of its version?
import type { Db } from "../platform/db.js";
import { cutVersions, diffCounts, type CutVersion } from "./cutQueries.js";
import { highestVersion, minimumBump, minimumVersion, type Bump } from "./versionBump.js";

export interface Comparison {
  /** The last stable release; null where there is none. */
  lastStable: CutVersion | null;
  bump: Bump;
}

/** Against the last stable release; a comparison made before holds as long as that is still the last. */
export async function compare(
  db: Db,
  datasetId: number,
  cut: readonly CutVersion[],
  candidate: number,
  before?: Comparison,
): Promise<Comparison> {
  const version = highestVersion(
    cut.map((one) => one.version),
    { stable: true },
  );
  const lastStable = cut.find((one) => one.version === version) ?? null;
  if (before && before.lastStable?.version === lastStable?.version) return before;
  const bump =
    lastStable === null ? "PATCH" : minimumBump(await diffCounts(db, datasetId, lastStable.candidate, candidate));
  return { lastStable, bump };
}

/** The smallest stable version a candidate can be cut as now; of one that was cut, the version it has. */
export async function nextVersion(db: Db, datasetId: number, candidate: number): Promise<string> {
  const cut = await cutVersions(db, datasetId);
  const own = cut.find((one) => one.candidate === candidate);
  if (own) return own.version;
  const { lastStable, bump } = await compare(db, datasetId, cut, candidate);
  return minimumVersion(lastStable?.version ?? null, bump);
}
