// Which statements read guidelines, criteria, clauses and their illustrations?
import { sliceById, sliceValues, type Slice } from "../platform/connections.js";
import type { Db } from "../platform/db.js";
import { groupedInKeyOrder, inKeyOrder } from "../platform/loaders.js";
import { askable } from "../platform/soundText.js";

export interface GuidelineRow {
  datasetId: number;
  guideline: number;
  key: string;
}
const GUIDELINE = `g.dataset_id as "datasetId", g.guideline, g.key`;

export async function guidelinesById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<GuidelineRow | null>> {
  const rows = await db.rows<GuidelineRow>(
    `/* guidelinesById */ select ${GUIDELINE} from guidelines g where g.dataset_id = $1 and g.guideline = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.guideline);
}

export async function guidelinesByKey(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<Array<GuidelineRow | null>> {
  const rows = await db.rows<GuidelineRow>(
    `/* guidelinesByKey */ select ${GUIDELINE} from guidelines g where g.dataset_id = $1 and g.key = any($2::text[])`,
    [datasetId, askable(keys)],
  );
  return inKeyOrder(keys, rows, (row) => row.key);
}

export function guidelinesPage(db: Db, datasetId: number, slice: Slice): Promise<GuidelineRow[]> {
  return db.rows<GuidelineRow>(
    `/* guidelinesPage */ select ${GUIDELINE} from guidelines g
     where g.dataset_id = $1 and ${sliceById("g.guideline", ["$2", "$3", "$4"], slice.backwards)}`,
    [datasetId, ...sliceValues(slice)],
  );
}

export interface CriterionRow {
  datasetId: number;
  criterion: number;
  key: string;
}
const CRITERION = `c.dataset_id as "datasetId", c.criterion, c.key`;

export async function criteriaById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<CriterionRow | null>> {
  const rows = await db.rows<CriterionRow>(
    `/* criteriaById */ select ${CRITERION} from criteria c where c.dataset_id = $1 and c.criterion = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.criterion);
}

export async function criteriaByKey(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<Array<CriterionRow | null>> {
  const rows = await db.rows<CriterionRow>(
    `/* criteriaByKey */ select ${CRITERION} from criteria c where c.dataset_id = $1 and c.key = any($2::text[])`,
    [datasetId, askable(keys)],
  );
  return inKeyOrder(keys, rows, (row) => row.key);
}

export function criteriaPage(db: Db, datasetId: number, slice: Slice): Promise<CriterionRow[]> {
  return db.rows<CriterionRow>(
    `/* criteriaPage */ select ${CRITERION} from criteria c
     where c.dataset_id = $1 and ${sliceById("c.criterion", ["$2", "$3", "$4"], slice.backwards)}`,
    [datasetId, ...sliceValues(slice)],
  );
}

export interface ClauseRow {
  datasetId: number;
  clause: number;
  guidelineVersionId: number;
  number: string;
  title: string;
  /** "house-style@2.0#2.1". */
  name: string;
  /** Commitment, hex. */
  textKey: string;
}
const CLAUSE = `l.dataset_id as "datasetId", l.clause, l.guideline_version as "guidelineVersionId", l.number, l.title,
  g.key || '@' || v.version || '#' || l.number as name, encode(l.text, 'hex') as "textKey"`;
const CLAUSES = `from clauses l
  join guideline_versions v on v.dataset_id = l.dataset_id and v.guideline_version = l.guideline_version
  join guidelines g on g.dataset_id = v.dataset_id and g.guideline = v.guideline`;

export async function clausesById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<ClauseRow | null>> {
  const rows = await db.rows<ClauseRow>(
    `/* clausesById */ select ${CLAUSE} ${CLAUSES} where l.dataset_id = $1 and l.clause = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.clause);
}

/** By full name, such as "house-style@2.0#2.1". */
export async function clausesByName(
  db: Db,
  datasetId: number,
  names: readonly string[],
): Promise<Array<ClauseRow | null>> {
  const rows = await db.rows<ClauseRow>(
    `/* clausesByName */ select ${CLAUSE} from (select distinct unnest($2::text[]) as name) n
     join guidelines g on g.dataset_id = $1 and g.key = split_part(n.name, '@', 1)
     join guideline_versions v on v.dataset_id = g.dataset_id and v.guideline = g.guideline
       and v.version = split_part(substr(n.name, length(g.key) + 2), '#', 1)
     join clauses l on l.dataset_id = v.dataset_id and l.guideline_version = v.guideline_version
       and g.key || '@' || v.version || '#' || l.number = n.name`,
    [datasetId, askable(names)],
  );
  return inKeyOrder(names, rows, (row) => row.name);
}

/** The clauses of each guideline version, in the order they were published in. */
export async function clausesOfVersions(db: Db, datasetId: number, keys: readonly number[]): Promise<ClauseRow[][]> {
  const rows = await db.rows<ClauseRow>(
    `/* clausesOfVersions */ select ${CLAUSE} ${CLAUSES}
     where l.dataset_id = $1 and l.guideline_version = any($2::int[]) order by l.clause`,
    [datasetId, [...keys]],
  );
  return groupedInKeyOrder(keys, rows, (row) => row.guidelineVersionId);
}

export interface IllustrationRow {
  datasetId: number;
  clauseId: number;
  kind: "EXAMPLE" | "COUNTEREXAMPLE";
  /** Commitments, hex. */
  textKey: string;
  noteKey: string | null;
}

/** The examples and counterexamples of each clause, in the order they were published in. */
export async function illustrationsOfClauses(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<IllustrationRow[][]> {
  const rows = await db.rows<IllustrationRow>(
    `/* illustrationsOfClauses */ select i.dataset_id as "datasetId", i.clause as "clauseId", i.kind,
       encode(i.text, 'hex') as "textKey", encode(i.note, 'hex') as "noteKey"
     from illustrations i where i.dataset_id = $1 and i.clause = any($2::int[]) order by i.illustration`,
    [datasetId, [...keys]],
  );
  return groupedInKeyOrder(keys, rows, (row) => row.clauseId);
}
