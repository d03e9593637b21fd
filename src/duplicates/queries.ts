// Which statements find texts that may be near-duplicates?
import { withHashJoins } from "../agreement/hashJoins.js";
import { inSnapshot, type SnapshotKey } from "../activities/snapshot.js";
import { filterCondition } from "../examples/exampleFilter.js";
import type { ExampleFilter } from "../examples/types.js";
import type { Database, Db } from "../platform/db.js";
import { Values } from "../platform/statement.js";
import { hashOfNumbers } from "../statistics/murmurHash.js";

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
    const known = new Set<string>();
    const sharedKeys = `/* sharedBandKeys */ with firsts as (
        select distinct on (m.words_key) m.example_version, m.shingles, m.band_keys ${measured} order by m.words_key, m.example_version)
      select array_agg(f.example_version), array_agg(f.shingles) from firsts f cross join unnest(f.band_keys) k(key)
      group by k.key having count(*) > 1`;
    await tx.scan(sharedKeys, values.list, (rows) => {
      for (const [versions, sizes] of rows as Array<[number[], number[]]>) addGroup(alike, known, versions, sizes);
    });
    alike.sort((a, b) => a.versions[0]! - b.versions[0]! || a.versions.length - b.versions.length);
    return { compared, same, alike };
  });
}

/** The same versions often share several bands: they are one group, known by 64 bits. */
function addGroup(groups: Group[], known: Set<string>, versions: number[], sizes: number[]): void {
  const order = versions.map((_, i) => i).sort((a, b) => versions[a]! - versions[b]!);
  const group = { versions: order.map((i) => versions[i]!), sizes: order.map((i) => sizes[i]!) };
  const name = [1, 2].map((seed) => hashOfNumbers(group.versions, 0, group.versions.length, seed)).join(" ");
  if (known.has(name)) return;
  known.add(name);
  groups.push(group);
}

/** A text of the snapshot that shares a band key with another. */
export interface Candidate {
  exampleVersion: number;
  text: string;
}

/** Those of a snapshot that share most band keys with a text, most first; all that were found at all count as found. */
export async function candidatesFor(
  db: Db,
  snapshot: SnapshotKey,
  filter: ExampleFilter | null,
  text: { bandKeys: readonly bigint[]; except: number | null; most: number },
): Promise<{ candidates: Candidate[]; found: number }> {
  const values = new Values();
  const [dataset, keys] = [values.add(snapshot.datasetId), values.add(`{${text.bandKeys.join(",")}}`)];
  // Materialized, so that the index on keys is what it begins with, whatever the planner thinks of the snapshot.
  const rows = await db.rowsOnce<Candidate & { found: number }>(
    `/* nearDuplicateCandidates */ with near as materialized (
       select m.example_version, (select count(*) from unnest(m.band_keys) k where k = any(${keys}::bigint[])) as shared
       from measures m where m.band_keys && ${keys}::bigint[] and m.dataset_id = ${dataset}),
     kept as materialized (
       select v.example_version, v.content, near.shared, count(*) over ()::int as found
       from near join example_versions v on v.dataset_id = ${dataset} and v.example_version = near.example_version
       where ${inSnapshot(snapshot, "v", values)} and ${filterCondition(filter, "v", values, snapshot)}
         and v.example_version is distinct from ${values.add(text.except)}::int
       order by near.shared desc, v.example_version limit ${values.add(text.most)})
     select kept.example_version as "exampleVersion", c.text, kept.found
     from kept join contents c on c.dataset_id = ${dataset} and c.commitment = kept.content order by kept.shared desc, 1`,
    values.list,
  );
  return { candidates: rows, found: rows[0]?.found ?? 0 };
}
