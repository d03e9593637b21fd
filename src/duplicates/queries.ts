// Which statements find texts that may be near-duplicates?
import { withHashJoins } from "../agreement/hashJoins.js";
import { inSnapshot, type SnapshotKey } from "../activities/snapshot.js";
import { filterCondition } from "../examples/exampleFilter.js";
import type { ExampleFilter } from "../examples/types.js";
import type { Database } from "../platform/db.js";
import { Values } from "../platform/statement.js";

/** Example versions that share something, ascending, and how many shingles each has. */
export interface Group {
  versions: number[];
  sizes: number[];
}

export interface Groups {
  /** How many versions have measures. */
  compared: number;
  /** Those with the same words in the same order. */
  same: number[][];
  /** Those that share a band key, and more; of the same words only the first. */
  alike: Group[];
}

/** The groups of two or more in a snapshot. In three statements that see one state. */
export function groupsOf(db: Database, snapshot: SnapshotKey, filter: ExampleFilter | null): Promise<Groups> {
  return withHashJoins(db, async (tx) => {
    const values = new Values();
    const measured = `from measures m join example_versions v on v.dataset_id = m.dataset_id and v.example_version = m.example_version
      where ${inSnapshot(snapshot, "v", values)} and ${filterCondition(filter, "v", values, snapshot)}`;
    const [{ n: compared }] = (await tx.rowsOnce<{ n: number }>(
      `/* comparedCount */ select count(*) as n ${measured}`,
      values.list,
    )) as [{ n: number }];
    const same: number[][] = [];
    const sameWords = `/* sameWords */ select array_agg(m.example_version) ${measured} group by m.words_key having count(*) > 1`;
    await tx.scan(sameWords, values.list, (rows) => {
      for (const [versions] of rows as Array<[number[]]>) same.push(versions.sort((a, b) => a - b));
    });
    const alike: Group[] = [];
    // The same versions often share several bands: they are one group.
    const sharedKeys = `/* sharedBandKeys */ with firsts as (
        select distinct on (m.words_key) m.example_version, m.shingles, m.band_keys ${measured} order by m.words_key, m.example_version),
      shared as (
        select array_agg(f.example_version order by f.example_version) as versions, array_agg(f.shingles order by f.example_version) as sizes
        from firsts f cross join unnest(f.band_keys) k(key) group by k.key having count(*) > 1)
      select distinct versions, sizes from shared`;
    await tx.scan(sharedKeys, values.list, (rows) => {
      for (const [versions, sizes] of rows as Array<[number[], number[]]>) alike.push({ versions, sizes });
    });
    alike.sort((a, b) => a.versions[0]! - b.versions[0]! || a.versions.length - b.versions.length);
    return { compared, same, alike };
  });
}

/** A text of the snapshot that shares a band key with another. */
export interface Candidate {
  exampleVersion: number;
  text: string;
}

export interface LookedFor {
  bandKeys: readonly bigint[];
  /** How many it has: the Jaccard index of two sets is at most the smaller size over the larger. */
  shingles: number;
  threshold: number;
  /** The version that is looked up itself, and how many are wanted at most. */
  except: number | null;
  most: number;
}

type Row = Candidate & { found: number };

/** Those that share fewest keys are not even looked at. */
const MOST_LOOKED_AT = 5_000;

/**
 * Those of a snapshot that share band keys with a text, most first, and whose size lets them reach the threshold; all that
 * were looked at and are in it count as found.
 */
export async function candidatesFor(
  db: Database,
  snapshot: SnapshotKey,
  filter: ExampleFilter | null,
  { bandKeys, shingles, threshold, except, most }: LookedFor,
): Promise<{ candidates: Candidate[]; found: number }> {
  const values = new Values();
  const [dataset, size] = [values.add(snapshot.datasetId), values.add(shingles)];
  const keys = values.add(`{${bandKeys.join(",")}}`);
  // The planner takes one row in ten to share a key, and would read all: without sequential scans, with materialized,
  // lateral and offset 0 it begins with the keys (142 ms and 0.5 ms among a million, 35 and 0.5 among 20,000).
  const statement = `/* nearDuplicateCandidates */ with near as materialized (
       select m.example_version, (select count(*) from unnest(m.band_keys) k where k = any(${keys}::bigint[])) as shared
       from measures m where m.band_keys && ${keys}::bigint[] and m.dataset_id = ${dataset}
         and least(m.shingles, ${size}::int) >= ${values.add(threshold)}::float8 * greatest(m.shingles, ${size}::int)
       order by shared desc, m.example_version limit ${MOST_LOOKED_AT}),
     kept as materialized (
       select near.example_version, near.shared, v.content, count(*) over ()::int as found
       from near cross join lateral (
         select v.content from example_versions v
         where v.dataset_id = ${dataset} and v.example_version = near.example_version
           and ${inSnapshot(snapshot, "v", values)} and ${filterCondition(filter, "v", values, snapshot)}
         offset 0) v
       where near.example_version is distinct from ${values.add(except)}::int
       order by near.shared desc, near.example_version limit ${values.add(most)})
     select kept.example_version as "exampleVersion", c.text, kept.found
     from kept cross join lateral (
       select c.text from contents c where c.dataset_id = ${dataset} and c.commitment = kept.content offset 0) c
     order by kept.shared desc, kept.example_version`;
  const rows = await db.inTransaction(async (tx) => {
    await tx.rows(`/* byIndex */ select set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)`);
    // Without a filter there are few such statements: planned once they take half the time.
    return filter === null ? tx.rows<Row>(statement, values.list) : tx.rowsOnce<Row>(statement, values.list);
  });
  return { candidates: rows, found: rows[0]?.found ?? 0 };
}
