// Which statements read guideline versions and criterion versions?
import { COUNT_LIMIT, sliceById, sliceValues, type Slice } from "../platform/connections.js";
import type { Db } from "../platform/db.js";
import { groupedInKeyOrder, inKeyOrder } from "../platform/loaders.js";
import { askable } from "../platform/soundText.js";
import type { Scale } from "./scale.js";

export interface CriterionVersionRow extends Scale {
  datasetId: number;
  criterionVersion: number;
  criterion: number;
  key: string;
  version: number;
  /** Commitment, hex. */
  questionKey: string;
  activityNumber: number;
  supersededByNumber: number | null;
}

const CRITERION_VERSION = `v.dataset_id as "datasetId", v.criterion_version as "criterionVersion", v.criterion, c.key, v.version,
  encode(v.question, 'hex') as "questionKey", v.level, v.categories, v.minimum, v.maximum, v.activity as "activityNumber",
  v.superseded_by as "supersededByNumber"`;
const CRITERION_VERSIONS = `from criterion_versions v join criteria c on c.dataset_id = v.dataset_id and c.criterion = v.criterion`;

export async function criterionVersionsById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<CriterionVersionRow | null>> {
  const rows = await db.rows<CriterionVersionRow>(
    `/* criterionVersionsById */ select ${CRITERION_VERSION} ${CRITERION_VERSIONS}
     where v.dataset_id = $1 and v.criterion_version = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.criterionVersion);
}

/** By name: "helpfulness" is the latest version, "helpfulness@2" that version. */
export async function criterionVersionsByKey(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<Array<CriterionVersionRow | null>> {
  const rows = await db.rows<CriterionVersionRow & { name: string }>(
    `/* criterionVersionsByKey */ select n.name, ${CRITERION_VERSION}
     from (select distinct unnest($2::text[]) as name) n
     join criteria c on c.dataset_id = $1 and c.key = split_part(n.name, '@', 1)
     join criterion_versions v on v.dataset_id = c.dataset_id and v.criterion = c.criterion
       and case when position('@' in n.name) = 0 then v.superseded_by is null
                else '@' || v.version = substr(n.name, length(c.key) + 1) end`,
    [datasetId, askable(keys)],
  );
  return inKeyOrder(keys, rows, (row) => row.name);
}

export interface CriterionInForce extends Scale {
  guidelineVersion: number;
  criterionVersion: number;
  criterion: number;
  key: string;
}

/** The criterion versions that guideline versions put in force, for all of them at once, in order of their keys. */
export function criteriaInForce(
  db: Db,
  datasetId: number,
  guidelineVersions: readonly number[],
): Promise<CriterionInForce[]> {
  return db.rows<CriterionInForce>(
    `/* criteriaInForce */ select f.guideline_version as "guidelineVersion", v.criterion_version as "criterionVersion", v.criterion,
       c.key, v.level, v.categories, v.minimum, v.maximum
     from guideline_criteria f
     join criterion_versions v on v.dataset_id = f.dataset_id and v.criterion_version = f.criterion_version
     join criteria c on c.dataset_id = v.dataset_id and c.criterion = v.criterion
     where f.dataset_id = $1 and f.guideline_version = any($2::int[]) order by c.key`,
    [datasetId, [...new Set(guidelineVersions)]],
  );
}

/** The criterion versions in force under each guideline version. */
export async function criteriaOfGuidelineVersions(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<CriterionVersionRow[][]> {
  const rows = await db.rows<CriterionVersionRow & { guidelineVersion: number }>(
    `/* criteriaOfGuidelineVersions */ select f.guideline_version as "guidelineVersion", ${CRITERION_VERSION} ${CRITERION_VERSIONS}
     join guideline_criteria f on f.dataset_id = v.dataset_id and f.criterion_version = v.criterion_version
     where f.dataset_id = $1 and f.guideline_version = any($2::int[]) order by c.key`,
    [datasetId, [...keys]],
  );
  return groupedInKeyOrder(keys, rows, (row) => row.guidelineVersion);
}

export interface GuidelineVersionRow {
  datasetId: number;
  guidelineVersion: number;
  guideline: number;
  key: string;
  version: string;
  /** "house-style@2.0". */
  name: string;
  title: string;
  /** Commitment, hex. */
  changeNoteKey: string | null;
  requiresQualification: boolean;
  activityNumber: number;
  supersededByNumber: number | null;
}

const GUIDELINE_VERSION = `v.dataset_id as "datasetId", v.guideline_version as "guidelineVersion", v.guideline, g.key, v.version,
  g.key || '@' || v.version as name, v.title, encode(v.change_note, 'hex') as "changeNoteKey",
  v.requires_qualification as "requiresQualification", v.activity as "activityNumber", v.superseded_by as "supersededByNumber"`;
const GUIDELINE_VERSIONS = `from guideline_versions v join guidelines g on g.dataset_id = v.dataset_id and g.guideline = v.guideline`;

export async function guidelineVersionsById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<GuidelineVersionRow | null>> {
  const rows = await db.rows<GuidelineVersionRow>(
    `/* guidelineVersionsById */ select ${GUIDELINE_VERSION} ${GUIDELINE_VERSIONS}
     where v.dataset_id = $1 and v.guideline_version = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.guidelineVersion);
}

/** By full name, such as "house-style@2.0". */
export async function guidelineVersionsByName(
  db: Db,
  datasetId: number,
  names: readonly string[],
): Promise<Array<GuidelineVersionRow | null>> {
  const rows = await db.rows<GuidelineVersionRow>(
    `/* guidelineVersionsByName */ select ${GUIDELINE_VERSION}
     from (select distinct unnest($2::text[]) as name) n
     join guidelines g on g.dataset_id = $1 and g.key = split_part(n.name, '@', 1)
     join guideline_versions v on v.dataset_id = g.dataset_id and v.guideline = g.guideline
       and '@' || v.version = substr(n.name, length(g.key) + 1)`,
    [datasetId, askable(names)],
  );
  return inKeyOrder(names, rows, (row) => row.name);
}

/** Latest versions of guidelines, by the guideline's id. */
export async function latestGuidelineVersions(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<GuidelineVersionRow | null>> {
  const rows = await db.rows<GuidelineVersionRow>(
    `/* latestGuidelineVersions */ select ${GUIDELINE_VERSION} ${GUIDELINE_VERSIONS}
     where v.dataset_id = $1 and v.guideline = any($2::int[]) and v.superseded_by is null`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.guideline);
}

/** Latest versions of criteria, by the criterion's id. */
export async function latestCriterionVersions(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<CriterionVersionRow | null>> {
  const rows = await db.rows<CriterionVersionRow>(
    `/* latestCriterionVersions */ select ${CRITERION_VERSION} ${CRITERION_VERSIONS}
     where v.dataset_id = $1 and v.criterion = any($2::int[]) and v.superseded_by is null`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.criterion);
}

export function guidelineVersionsPage(
  db: Db,
  datasetId: number,
  guideline: number,
  slice: Slice,
): Promise<GuidelineVersionRow[]> {
  return db.rows<GuidelineVersionRow>(
    `/* guidelineVersionsPage */ select ${GUIDELINE_VERSION} ${GUIDELINE_VERSIONS}
     where v.dataset_id = $1 and v.guideline = $2 and ${sliceById("v.guideline_version", ["$3", "$4", "$5"], slice.backwards)}`,
    [datasetId, guideline, ...sliceValues(slice)],
  );
}

export function criterionVersionsPage(
  db: Db,
  datasetId: number,
  criterion: number,
  slice: Slice,
): Promise<CriterionVersionRow[]> {
  return db.rows<CriterionVersionRow>(
    `/* criterionVersionsPage */ select ${CRITERION_VERSION} ${CRITERION_VERSIONS}
     where v.dataset_id = $1 and v.criterion = $2 and ${sliceById("v.criterion_version", ["$3", "$4", "$5"], slice.backwards)}`,
    [datasetId, criterion, ...sliceValues(slice)],
  );
}

/** Rows of one of our own tables, counted up to the limit; of one guideline or criterion where one is given. */
export async function countOf(
  db: Db,
  table: "guidelines" | "criteria" | "guideline_versions" | "criterion_versions",
  datasetId: number,
  of: number | null = null,
): Promise<number> {
  const owner = table === "guideline_versions" ? "guideline" : table === "criterion_versions" ? "criterion" : "null";
  const rows = await db.rows<{ n: number }>(
    `/* countOf ${table} */ select count(*) as n
     from (select 1 from ${table} where dataset_id = $1 and ($2::int is null or ${owner} = $2) limit ${COUNT_LIMIT + 1}) x`,
    [datasetId, of],
  );
  return rows[0]!.n;
}
