// What is every number computed on?
import { registerEnumType } from "type-graphql";
import type { Db } from "../platform/db.js";
import type { Values } from "../platform/statement.js";
import type { Scope } from "../platform/viewer.js";

export enum Population {
  CURRENT = "CURRENT",
  ACCEPTED = "ACCEPTED",
  RELEASE = "RELEASE",
  ALL_VERSIONS = "ALL_VERSIONS",
}
registerEnumType(Population, {
  name: "Population",
  description: "Which example versions a snapshot holds.",
  valuesConfig: {
    CURRENT: { description: "The latest version of every example that is not withdrawn." },
    ACCEPTED: { description: "Those of CURRENT whose decision in force is ACCEPT." },
    RELEASE: { description: "The members of a release or candidate." },
    ALL_VERSIONS: { description: "Every version of every example." },
  },
});

/** (dataset, activity, population): the same for ever. */
export interface SnapshotKey {
  datasetId: number;
  /** The last activity that counts. */
  activity: number;
  population: Population;
  /** Whose members, where population is RELEASE; else null. */
  candidate: number | null;
}

/** The key of a snapshot as its resolvers get it. */
export function keyOf(root: {
  datasetId: number;
  activityNumber: number;
  population: Population;
  candidate: number | null;
}): SnapshotKey {
  return {
    datasetId: root.datasetId,
    activity: root.activityNumber,
    population: root.population,
    candidate: root.candidate,
  };
}

/** The condition that rows of an alias are alive at an activity. */
export function aliveAt(alias: string, activity: string): string {
  return `${alias}.activity <= ${activity} and (${alias}.superseded_by is null or ${alias}.superseded_by > ${activity})`;
}

/** A population as a condition on example_versions under an alias; $1 is the dataset in every statement. */
export type PopulationCondition = (snapshot: SnapshotKey, alias: string, values: Values) => string;

const populations = new Map<Population, PopulationCondition>();

/** The feature whose tables a population needs registers it. */
export function registerPopulation(population: Population, condition: PopulationCondition): void {
  populations.set(population, condition);
}

/** The condition that example versions under an alias belong to the snapshot. Its dataset is `alias.dataset_id`. */
export function inSnapshot(snapshot: SnapshotKey, alias: string, values: Values): string {
  const condition = populations.get(snapshot.population);
  if (!condition) throw new Error(`no feature registered population ${snapshot.population}`);
  return `${alias}.dataset_id = ${values.add(snapshot.datasetId)} and ${condition(snapshot, alias, values)}`;
}

/** How a release's name becomes a snapshot; null where there is no such release. */
export type ReleaseLookup = (db: Db, scope: Scope, version: string) => Promise<SnapshotKey | null>;
let releaseLookup: ReleaseLookup | null = null;

export function registerReleaseLookup(lookup: ReleaseLookup): void {
  releaseLookup = lookup;
}

export async function snapshotOfRelease(db: Db, scope: Scope, version: string): Promise<SnapshotKey | null> {
  return releaseLookup ? releaseLookup(db, scope, version) : null;
}

/** The last activity at or before a time; null before the first. */
export async function activityAtTime(db: Db, datasetId: number, time: Date): Promise<number | null> {
  const rows = await db.rows<{ activity: number | null }>(
    `/* activityAtTime */ select max(activity) as activity from activities where dataset_id = $1 and recorded_at <= $2`,
    [datasetId, time],
  );
  return rows[0]?.activity ?? null;
}
