// Which snapshot do a moment and a population name?
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { scopeFor, scopeIf } from "../platform/viewer.js";
import { activityAtTime, Population, snapshotOfCandidate, snapshotOfRelease, type SnapshotKey } from "./snapshot.js";
import type { SnapshotAt } from "./types.js";

/**
 * The snapshot, as the viewer may see it; null where there is none: before the first activity, or of a release or a
 * candidate that is not there. Throws BAD_USER_INPUT where it is not said well, FORBIDDEN where decisions may not be seen.
 */
export async function snapshotAt(
  { db, viewer }: Context,
  dataset: { datasetId: number; headNumber: number },
  at: SnapshotAt | null,
  population: Population | null,
): Promise<SnapshotKey | null> {
  if (population === Population.ACCEPTED) scopeFor(viewer, dataset, "decision:read");
  const given = Object.entries(at ?? {}).filter(([, value]) => value != null);
  if (given.length > 1)
    throw refusal("BAD_USER_INPUT", "at takes one of activity, time, release and candidate", { argument: "at" });
  if (at?.release != null || at?.candidate != null) {
    const scope = scopeIf(viewer, dataset, "release:read");
    const key =
      scope &&
      (at.candidate == null
        ? await snapshotOfRelease(db, scope, at.release!)
        : await snapshotOfCandidate(db, scope, at.candidate));
    return key && { ...key, population: population ?? key.population };
  }
  const activity =
    at?.time != null ? await activityAtTime(db, dataset.datasetId, at.time) : activityOf(dataset, at?.activity ?? null);
  if (population === Population.RELEASE)
    throw refusal("BAD_USER_INPUT", "population RELEASE needs at: { release } or at: { candidate }", {
      argument: "population",
    });
  const { datasetId } = dataset;
  return activity === null
    ? null
    : { datasetId, activity, population: population ?? Population.CURRENT, candidate: null };
}

function activityOf({ headNumber }: { headNumber: number }, activity: number | null): number {
  if (activity === null) return headNumber;
  if (activity >= 1 && activity <= headNumber) return activity;
  throw refusal("BAD_USER_INPUT", `activity ${activity} is not in the log; use 1 to ${headNumber}`, { argument: "at" });
}
