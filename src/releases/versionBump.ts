// Which version may a release have? Pure.
import semver from "semver";
import { problem, type UserProblem } from "../platform/errors.js";

export type Bump = "MAJOR" | "MINOR" | "PATCH";

/** How the members of one release differ from another's, by example. */
export interface DiffCounts {
  addedCount: number;
  removedCount: number;
  /** Other example versions. */
  revisedCount: number;
  movedSplitCount: number;
  /** Same version and split, but another record: category, rating, licence, source or annotator. */
  restatedCount: number;
}

/** MAJOR where a record is gone, reads otherwise or is in another split; MINOR where there are only new ones; else PATCH. */
export function minimumBump(diff: DiffCounts): Bump {
  if (diff.removedCount + diff.revisedCount + diff.movedSplitCount + diff.restatedCount > 0) return "MAJOR";
  return diff.addedCount > 0 ? "MINOR" : "PATCH";
}

/** The highest of some versions, pre-releases included or not; null of none. */
export function highestVersion(versions: readonly string[], options: { stable: boolean }): string | null {
  const eligible = versions.filter((version) => !options.stable || semver.prerelease(version) === null);
  return eligible.sort(semver.rcompare)[0] ?? null;
}

/** The smallest version that a bump allows after the last stable one. */
export function minimumVersion(lastStable: string | null, bump: Bump): string {
  return lastStable === null ? "0.0.0" : semver.inc(lastStable, bump.toLowerCase() as Lowercase<Bump>)!;
}

/**
 * Why a version cannot be taken, or null. It is semantic without build metadata, above every version so far, and at least the
 * minimum after the last stable release; a pre-release promises nothing, so it only has to lead up to that minimum.
 */
export function versionProblem(
  version: string,
  earlier: readonly string[],
  lastStable: string | null,
  bump: Bump,
): UserProblem | null {
  const bad = (code: UserProblem["code"], message: string) => problem(code, message, "version");
  if (semver.valid(version) !== version) {
    const said = JSON.stringify(version);
    return bad("INVALID_VALUE", `version ${said} is no semantic version; use one such as 1.2.0 or 2.0.0-rc.1`);
  }
  if (/\d{16}/.test(stripped(version)))
    return bad("INVALID_VALUE", `version ${version} leaves no room for the next; use numbers of up to 15 digits`);
  if (earlier.includes(version))
    return bad("ALREADY_EXISTS", `release ${version} exists and is immutable; give this one another version`);
  const highest = highestVersion(earlier, { stable: false });
  if (highest !== null && semver.lt(version, highest))
    return bad("VERSION_TOO_SMALL", `version ${version} is below ${highest}, which was released; use a higher one`);
  const minimum = minimumVersion(lastStable, bump);
  if (semver.compare(stripped(version), minimum) >= 0) return null;
  const why = `against ${lastStable} this is a ${bump} change`;
  return bad("VERSION_TOO_SMALL", `${why}, so the version must be at least ${minimum}; got ${version}`);
}

function stripped(version: string): string {
  const { major, minor, patch } = semver.parse(version)!;
  return `${major}.${minor}.${patch}`;
}
