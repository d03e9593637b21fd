// What is kept up to date beside the facts, in the same transaction?
import type { Tx } from "../platform/db.js";
import type { Planned } from "./recordActivities.js";

/** Moves a projection by what a group of activities wrote. */
export type Projection = (tx: Tx, datasetId: number, planned: ReadonlyArray<Planned>) => Promise<void>;

const projections: Projection[] = [];

/** A later feature registers what it keeps. */
export function registerProjection(projection: Projection): void {
  projections.push(projection);
}

export async function projectAll(tx: Tx, datasetId: number, planned: ReadonlyArray<Planned>): Promise<void> {
  if (planned.length === 0) return;
  for (const projection of projections) await projection(tx, datasetId, planned);
}
