// Which statements read examples and their versions?
import type { Db } from "../platform/db.js";
import { inKeyOrder } from "../platform/loaders.js";

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
