// Which statements read what a candidate's records are made of, as of an activity?
import { aliveAt } from "../activities/snapshot.js";
import type { Scale } from "../consensus/consensusOf.js";
import type { Verdict } from "../decisions/tables.js";
import type { Db } from "../platform/db.js";
import { COUNTED_STRATA } from "./selection.js";
import type { EarlierSplits, Split } from "./splitOf.js";

/** An example version that a selection takes, with what its record needs. */
export interface SelectedRow {
  exampleVersion: number;
  example: number;
  externalId: string;
  version: number;
  language: string | null;
  source: string;
  licence: string | null;
  annotator: string | null;
  verdict: Verdict | null;
  /** The content and its salt, hash and prompt group; null where erased. */
  text: string | null;
  salt: Buffer | null;
  hash: Buffer | null;
  groupKey: Buffer | null;
}

/**
 * What the records of some example versions need, as of an activity, in the order of the ids. Every row is looked up by key
 * (lateral, limit 1): joins of tables that were not analysed yet took a hundred times as long.
 */
export function selectedRows(db: Db, datasetId: number, at: number, ids: readonly number[]): Promise<SelectedRow[]> {
  return db.rows<SelectedRow>(
    `/* selectedRows */ select v.example_version as "exampleVersion", v.example, x.external_id as "externalId", v.version,
       v.language, s.key as source, sv.licence, a.key as annotator, d.verdict, c.text, c.salt, c.hash, c.group_key as "groupKey"
     from unnest($2::int[]) with ordinality u(id, place)
     join lateral (select * from example_versions v where v.dataset_id = $1 and v.example_version = u.id limit 1) v on true
     join lateral (select external_id from examples x where x.dataset_id = $1 and x.example = v.example limit 1) x on true
     join lateral (select key from sources s where s.dataset_id = $1 and s.source = v.source limit 1) s on true
     left join lateral (select licence from source_versions sv
       where sv.dataset_id = $1 and sv.source = v.source and ${aliveAt("sv", "$3")} limit 1) sv on true
     left join lateral (select key from annotators a where a.dataset_id = $1 and a.annotator = v.author limit 1) a on true
     left join lateral (select verdict from decisions d
       where d.dataset_id = $1 and d.example_version = v.example_version and ${aliveAt("d", "$3")} limit 1) d on true
     left join lateral (select text, salt, hash, group_key from contents c
       where c.dataset_id = $1 and c.commitment = v.content limit 1) c on true
     order by u.place`,
    [datasetId, [...ids], at],
  );
}

/** The values of counted ratings in force at an activity, by example version: human annotators, strata OPEN and RANDOM. */
export async function countedRatings(
  db: Db,
  datasetId: number,
  asked: { criterionVersion: number; at: number; exampleVersions: readonly number[] },
): Promise<Map<number, number[]>> {
  const rows = await db.rows<{ exampleVersion: number; values: number[] }>(
    `/* countedRatings */ select u.id as "exampleVersion", r.values from unnest($2::int[]) u(id)
     join lateral (select array_agg(coalesce(r.category::float8, r.score)) as values from ratings r
       join annotators a on a.dataset_id = r.dataset_id and a.annotator = r.annotator and a.kind = 'HUMAN'
       where r.dataset_id = $1 and r.example_version = u.id and r.criterion_version = $3
         and r.stratum = any($5::text[]) and ${aliveAt("r", "$4")}) r on r.values is not null`,
    [datasetId, [...asked.exampleVersions], asked.criterionVersion, asked.at, [...COUNTED_STRATA]],
  );
  return new Map(rows.map((row) => [row.exampleVersion, row.values]));
}

/**
 * The value of a label dimension at an activity, by example version; of several, the first by code points. All at once:
 * labels that were replaced since are not indexed by example version.
 */
export async function categoriesAt(
  db: Db,
  datasetId: number,
  dimension: string,
  at: number,
): Promise<Map<number, string>> {
  const rows = await db.rows<{ exampleVersion: number; value: string }>(
    `/* categoriesAt */ select l.example_version as "exampleVersion", min(l.value collate "C") as value from labels l
     where l.dataset_id = $1 and l.dimension = $2 and ${aliveAt("l", "$3")} group by l.example_version`,
    [datasetId, dimension, at],
  );
  return new Map(rows.map((row) => [row.exampleVersion, row.value]));
}

/** The splits that examples were first released in up to an activity, and those of the prompts they had. */
export async function earlierSplits(db: Db, datasetId: number, at: number): Promise<EarlierSplits> {
  const rows = await db.rows<{ example: number; split: Split; group: string | null }>(
    `/* earlierSplits */ with released as materialized (
       select distinct on (m.example_version) m.example_version, m.split, r.release
       from releases r join candidate_members m on m.dataset_id = r.dataset_id and m.candidate = r.candidate
       where r.dataset_id = $1 and r.activity <= $2 order by m.example_version, r.release)
     select v.example, m.split, encode(c.group_key, 'hex') as group from released m
     join example_versions v on v.dataset_id = $1 and v.example_version = m.example_version
     left join contents c on c.dataset_id = $1 and c.commitment = v.content
     order by m.release, m.example_version`,
    [datasetId, at],
  );
  const ofExample = new Map<number, Split>();
  const ofGroup = new Map<string, Split>();
  for (const { example, split, group } of rows) {
    if (!ofExample.has(example)) ofExample.set(example, split);
    if (group !== null && !ofGroup.has(group)) ofGroup.set(group, split);
  }
  return { ofExample, ofGroup };
}

export interface CriterionAt extends Scale {
  criterionVersion: number;
  key: string;
  version: number;
}

/** A criterion version as of an activity: the latest then of a key, or the one a name such as helpfulness@2 says. */
export async function criterionAt(db: Db, datasetId: number, name: string, at: number): Promise<CriterionAt | null> {
  const [, key, version] = /^(.*?)(?:@(\d{1,9}))?$/s.exec(name)!;
  const rows = await db.rows<CriterionAt>(
    `/* criterionAt */ select v.criterion_version as "criterionVersion", c.key, v.version, v.level, v.categories, v.minimum, v.maximum
     from criteria c join criterion_versions v on v.dataset_id = c.dataset_id and v.criterion = c.criterion
     where c.dataset_id = $1 and c.key = $2 and v.activity <= $4 and ($3::int is null or v.version = $3)
     order by v.version desc limit 1`,
    [datasetId, key, version === undefined ? null : Number(version), at],
  );
  return rows[0] ?? null;
}

/** Whether anything was labelled in a dimension up to an activity. */
export async function dimensionKnown(db: Db, datasetId: number, dimension: string, at: number): Promise<boolean> {
  const rows = await db.rows(
    `/* dimensionKnown */ select 1 from labels l where l.dataset_id = $1 and l.dimension = $2 and l.activity <= $3 limit 1`,
    [datasetId, dimension, at],
  );
  return rows.length > 0;
}
