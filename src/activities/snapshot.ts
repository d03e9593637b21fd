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

/**
 * The condition that a version that was there by the activity is still in the population: its id is `version`. Where most
 * have stayed it is quicker to look for the few that left than for all that are in it.
 */
export type StayedCondition = (snapshot: SnapshotKey, version: string, values: Values) => string;

interface PopulationSql {
  condition: PopulationCondition;
  stayed: StayedCondition | null;
}

const populations = new Map<Population, PopulationSql>();

/** The feature whose tables a population needs registers it. */
export function registerPopulation(
  population: Population,
  condition: PopulationCondition,
  stayed: StayedCondition | null = null,
): void {
  populations.set(population, { condition, stayed });
}

function populationOf({ population }: SnapshotKey): PopulationSql {
  const sql = populations.get(population);
  if (!sql) throw new Error(`no feature registered population ${population}`);
  return sql;
}

/** The condition that example versions under an alias belong to the snapshot. Its dataset is `alias.dataset_id`. */
export function inSnapshot(snapshot: SnapshotKey, alias: string, values: Values): string {
  const { condition } = populationOf(snapshot);
  return `${alias}.dataset_id = ${values.add(snapshot.datasetId)} and ${condition(snapshot, alias, values)}`;
}

/** That a version which was there by the snapshot's activity has stayed in it; null where the population cannot say. */
export function stayedInSnapshot(snapshot: SnapshotKey, version: string, values: Values): string | null {
  return populationOf(snapshot).stayed?.(snapshot, version, values) ?? null;
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

/** How a candidate's number becomes a snapshot; null where there is no such candidate. */
export type CandidateLookup = (db: Db, scope: Scope, candidate: number) => Promise<SnapshotKey | null>;
let candidateLookup: CandidateLookup | null = null;

export function registerCandidateLookup(lookup: CandidateLookup): void {
  candidateLookup = lookup;
}

export async function snapshotOfCandidate(db: Db, scope: Scope, candidate: number): Promise<SnapshotKey | null> {
  return candidateLookup ? candidateLookup(db, scope, candidate) : null;
}

/** The last activity at or before a time; null before the first. */
export async function activityAtTime(db: Db, datasetId: number, time: Date): Promise<number | null> {
  const rows = await db.rows<{ activity: number | null }>(
    `/* activityAtTime */ select max(activity) as activity from activities where dataset_id = $1 and recorded_at <= $2`,
    [datasetId, time],
  );
  return rows[0]?.activity ?? null;
}
