// Which example versions are current, and which are accepted?
import { aliveAt, Population, registerPopulation, type SnapshotKey } from "../activities/snapshot.js";
import type { Values } from "../platform/statement.js";
import type { Verdict } from "./tables.js";

/** The decision in force at the snapshot's activity on the version under an alias, as a condition. */
export function hasVerdict(alias: string, verdicts: string, activity: string): string {
  return `exists (select from decisions sd where sd.dataset_id = ${alias}.dataset_id
    and sd.example_version = ${alias}.example_version and sd.verdict = ${verdicts} and ${aliveAt("sd", activity)})`;
}

/** The latest version of every example that is not withdrawn. */
export function isCurrent(alias: string, activity: string): string {
  return `${aliveAt(alias, activity)} and not ${hasVerdict(alias, literal("WITHDRAW"), activity)}`;
}

const literal = (verdict: Verdict) => `'${verdict}'`;

registerPopulation(
  Population.CURRENT,
  ({ activity }: SnapshotKey, alias: string, values: Values) => isCurrent(alias, values.add(activity)),
  ({ activity }: SnapshotKey, version: string, values: Values) => {
    const at = values.add(activity);
    return `not exists (select from example_versions se where se.dataset_id = $1 and se.example_version = ${version}
        and se.superseded_by <= ${at})
      and not exists (select from decisions sd where sd.dataset_id = $1 and sd.example_version = ${version}
        and sd.verdict = ${literal("WITHDRAW")} and ${aliveAt("sd", at)})`;
  },
);

/** A version has one decision in force, so an accepted one is not withdrawn. */
registerPopulation(Population.ACCEPTED, ({ activity }: SnapshotKey, alias: string, values: Values) => {
  const at = values.add(activity);
  return `${aliveAt(alias, at)} and ${hasVerdict(alias, literal("ACCEPT"), at)}`;
});
