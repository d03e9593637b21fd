// Which statements read examples and their versions?
import { textsByCommitment } from "../activities/queries.js";
import { sliceById, sliceValues, type Slice } from "../platform/connections.js";
import type { Db } from "../platform/db.js";
import { groupedInKeyOrder, inKeyOrder } from "../platform/loaders.js";
import type { StoredContent } from "./exampleContent.js";
import type { LabelMethod } from "./types.js";

export interface ExampleRow {
  datasetId: number;
  example: number;
  number: number;
  externalId: string;
  activityNumber: number;
}

export interface ExampleVersionRow {
  datasetId: number;
  exampleVersion: number;
  number: number;
  example: number;
  externalId: string;
  /** 1, 2, 3 … within the example. */
  version: number;
  /** Commitment to the content, hex. */
  contentKey: string;
  source: number;
  /** An annotator's id. */
  author: number | null;
  batch: number | null;
  language: string | null;
  turnCount: number;
  promptWords: number;
  responseWords: number;
  activityNumber: number;
  supersededByNumber: number | null;
  /** The activity as of which its labels are shown; absent or null for now. */
  asOf?: number | null;
}

const EXAMPLE = `x.dataset_id as "datasetId", x.example, x.example as number, x.external_id as "externalId", x.activity as "activityNumber"`;

/** The columns of ExampleVersionRow, from example_versions v and examples x. */
export const VERSION = `v.dataset_id as "datasetId", v.example_version as "exampleVersion", v.example_version as number, v.example,
  x.external_id as "externalId", v.version, encode(v.content, 'hex') as "contentKey", v.source, v.author, v.batch, v.language,
  v.turn_count as "turnCount", v.prompt_words as "promptWords", v.response_words as "responseWords",
  v.activity as "activityNumber", v.superseded_by as "supersededByNumber"`;

export const EXAMPLE_OF_VERSION = `join examples x on x.dataset_id = v.dataset_id and x.example = v.example`;

export async function examplesById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<ExampleRow | null>> {
  const rows = await db.rows<ExampleRow>(
    `/* examplesById */ select ${EXAMPLE} from unnest($2::int[]) u(key)
     join lateral (select * from examples x where x.dataset_id = $1 and x.example = u.key limit 1) x on true`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.example);
}

export async function examplesByExternalId(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<Array<ExampleRow | null>> {
  const rows = await db.rows<ExampleRow>(
    `/* examplesByExternalId */ select ${EXAMPLE} from unnest($2::text[]) u(key)
     join lateral (select * from examples x where x.dataset_id = $1 and x.external_id = u.key limit 1) x on true`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.externalId);
}

export async function exampleVersionsById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<ExampleVersionRow | null>> {
  const rows = await db.rows<ExampleVersionRow>(
    `/* exampleVersionsById */ select ${VERSION} from unnest($2::int[]) u(key)
     join lateral (select * from example_versions v where v.dataset_id = $1 and v.example_version = u.key limit 1) v on true
     join lateral (select external_id from examples x where x.dataset_id = $1 and x.example = v.example limit 1) x on true`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.exampleVersion);
}

/** The latest version of each example named by its external id, withdrawn or not; null where there is no such example. */
export async function latestVersionsByExternalId(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<Array<ExampleVersionRow | null>> {
  const rows = await db.rows<ExampleVersionRow>(
    `/* latestVersionsByExternalId */ select ${VERSION} from unnest($2::text[]) u(key)
     join lateral (select example, external_id from examples x where x.dataset_id = $1 and x.external_id = u.key limit 1) x on true
     join lateral (select * from example_versions v
       where v.dataset_id = $1 and v.example = x.example and v.superseded_by is null limit 1) v on true`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.externalId);
}

/** The latest version of each example. */
export async function latestVersionsByExample(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<ExampleVersionRow | null>> {
  const rows = await db.rows<ExampleVersionRow>(
    `/* latestVersionsByExample */ select ${VERSION} from unnest($2::int[]) u(key)
     join lateral (select * from example_versions v
       where v.dataset_id = $1 and v.example = u.key and v.superseded_by is null limit 1) v on true
     join lateral (select external_id from examples x where x.dataset_id = $1 and x.example = u.key limit 1) x on true`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.example);
}

/** The versions that an activity made. */
export async function versionsByActivity(db: Db, datasetId: number, activity: number): Promise<ExampleVersionRow[]> {
  return db.rows<ExampleVersionRow>(
    `/* versionsByActivity */ select ${VERSION} from example_versions v ${EXAMPLE_OF_VERSION}
     where v.dataset_id = $1 and v.activity = $2 order by v.example_version`,
    [datasetId, activity],
  );
}

/** An example's versions, by number within it. */
export async function versionsPage(
  db: Db,
  datasetId: number,
  example: number,
  slice: Slice,
): Promise<ExampleVersionRow[]> {
  return db.rows<ExampleVersionRow>(
    `/* versionsPage */ select ${VERSION} from example_versions v ${EXAMPLE_OF_VERSION}
     where v.dataset_id = $1 and v.example = $2 and ${sliceById("v.version", ["$3", "$4", "$5"], slice.backwards)}`,
    [datasetId, example, ...sliceValues(slice)],
  );
}

export async function versionCount(db: Db, datasetId: number, example: number): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* versionCount */ select count(*) as n from example_versions v where v.dataset_id = $1 and v.example = $2`,
    [datasetId, example],
  );
  return rows[0]!.n;
}

/** Contents of versions by commitment (hex), read once for all fields that show them; null where erased. */
export async function contentsByKey(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<Array<StoredContent | null>> {
  const texts = await textsByCommitment(db, datasetId, keys);
  return texts.map((text) => (text === null ? null : (JSON.parse(text) as StoredContent)));
}

export interface LabelRow {
  datasetId: number;
  label: number;
  exampleVersion: number;
  dimension: string;
  value: string;
  method: LabelMethod;
  confidence: number | null;
  activityNumber: number;
}

const LABEL = `l.dataset_id as "datasetId", l.label, l.example_version as "exampleVersion", l.dimension, l.value, l.method,
  l.confidence, l.activity as "activityNumber"`;

export async function labelsById(db: Db, datasetId: number, keys: readonly number[]): Promise<Array<LabelRow | null>> {
  const rows = await db.rows<LabelRow>(
    `/* labelsById */ select ${LABEL} from labels l where l.dataset_id = $1 and l.label = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.label);
}

/** A version's key for its labels: as of an activity, or as they are now. */
export function labelsKey(exampleVersion: number, asOf: number | null): string {
  return `${exampleVersion} ${asOf ?? ""}`;
}

/** Labels of versions, as of an activity each, by dimension and value. Those in force and those since replaced have an index each. */
export async function labelsOfVersions(db: Db, datasetId: number, keys: readonly string[]): Promise<LabelRow[][]> {
  const asked = keys.map((key) => key.split(" ")).map(([id, at]) => ({ id: Number(id), at: at ? Number(at) : null }));
  const rows = await db.rows<LabelRow & { position: number }>(
    `/* labelsOfVersions */ select * from (
       select u.o as position, ${LABEL} from unnest($2::int[], $3::int[]) with ordinality u(id, at, o)
       join labels l on l.dataset_id = $1 and l.example_version = u.id and l.superseded_by is null
         and l.activity <= coalesce(u.at, l.activity)
       union all
       select u.o, ${LABEL} from unnest($2::int[], $3::int[]) with ordinality u(id, at, o)
       join labels l on l.dataset_id = $1 and l.example_version = u.id and l.activity <= u.at and l.superseded_by > u.at
     ) both_kinds order by dimension collate "C", value collate "C"`,
    [datasetId, asked.map((one) => one.id), asked.map((one) => one.at)],
  );
  const positions = keys.map((_, i) => i + 1);
  return groupedInKeyOrder(positions, rows, (row) => row.position);
}

/** The versions that a version was made from, or that were made from it. */
export async function parentsOfVersions(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<ExampleVersionRow[][]> {
  return relatives(db, datasetId, keys, "parents");
}

export async function childrenOfVersions(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<ExampleVersionRow[][]> {
  return relatives(db, datasetId, keys, "children");
}

async function relatives(
  db: Db,
  datasetId: number,
  keys: readonly number[],
  side: "parents" | "children",
): Promise<ExampleVersionRow[][]> {
  const [from, to] = side === "parents" ? ["example_version", "parent"] : ["parent", "example_version"];
  const rows = await db.rows<ExampleVersionRow & { relative: number }>(
    `/* ${side}OfVersions */ select d.${from} as relative, ${VERSION} from derivations d
     join example_versions v on v.dataset_id = d.dataset_id and v.example_version = d.${to} ${EXAMPLE_OF_VERSION}
     where d.dataset_id = $1 and d.${from} = any($2::int[]) order by v.example_version`,
    [datasetId, [...keys]],
  );
  return groupedInKeyOrder(keys, rows, (row) => row.relative);
}
