// Which statements find texts that are not measured, read them, and keep measures?
import { inSnapshot, type SnapshotKey } from "../activities/snapshot.js";
import { filterCondition } from "../examples/exampleFilter.js";
import type { ExampleFilter } from "../examples/types.js";
import type { Database, Db } from "../platform/db.js";
import { Values } from "../platform/statement.js";
import { METHOD, type Measures } from "./measuresOf.js";

/** An example version without measures: how large its text is as it is stored, or null where it was erased. */
export interface UnmeasuredVersion {
  exampleVersion: number;
  bytes: number | null;
}

function unmeasured(snapshot: SnapshotKey, filter: ExampleFilter | null, values: Values): string {
  return `from example_versions v left join contents c on c.dataset_id = v.dataset_id and c.commitment = v.content
    where ${inSnapshot(snapshot, "v", values)} and ${filterCondition(filter, "v", values, snapshot)}
      and not exists (select from measures m where m.dataset_id = v.dataset_id and m.example_version = v.example_version
        and m.method = ${values.add(METHOD)})`;
}

const VERSIONS_A_READ = 50_000;

/** Versions of a snapshot without measures by the rules of today, by number, in portions; with those whose text was erased. */
export async function* unmeasuredVersions(
  db: Db,
  snapshot: SnapshotKey,
  filter: ExampleFilter | null,
): AsyncGenerator<UnmeasuredVersion[]> {
  for (let last = 0; ;) {
    const values = new Values();
    const rows = await db.rowsOnce<UnmeasuredVersion>(
      `/* unmeasuredVersions */ select v.example_version as "exampleVersion", pg_column_size(c.text) as bytes
       ${unmeasured(snapshot, filter, values)} and v.example_version > ${values.add(last)}
       order by v.example_version limit ${VERSIONS_A_READ}`,
      values.list,
    );
    if (rows.length > 0) yield rows;
    if (rows.length < VERSIONS_A_READ) return;
    last = rows.at(-1)!.exampleVersion;
  }
}

/** How many versions of a snapshot have a text without measures, and how many had their text erased. */
export async function unmeasuredCount(
  db: Db,
  snapshot: SnapshotKey,
  filter: ExampleFilter | null = null,
): Promise<{ missing: number; erased: number }> {
  const values = new Values();
  const rows = await db.rowsOnce<{ missing: number; erased: number }>(
    `/* unmeasuredCount */ select count(c.commitment) as missing, count(*) - count(c.commitment) as erased
     ${unmeasured(snapshot, filter, values)}`,
    values.list,
  );
  return rows[0]!;
}

export interface TextOfVersion {
  exampleVersion: number;
  content: Buffer;
  text: string;
}

/** The texts of example versions that are still there, by number. */
export function textsOfVersions(
  db: Db,
  datasetId: number,
  exampleVersions: readonly number[],
): Promise<TextOfVersion[]> {
  return db.rows<TextOfVersion>(
    `/* textsOfVersions */ select v.example_version as "exampleVersion", v.content, c.text
     from example_versions v join contents c on c.dataset_id = $1 and c.commitment = v.content
     where v.dataset_id = $1 and v.example_version = any($2::int[]) order by v.example_version`,
    [datasetId, [...exampleVersions]],
  );
}

export interface MeasuresOfVersion extends Measures {
  exampleVersion: number;
  /** The commitment of the text that was measured. */
  content: Buffer;
}

const COLUMN: Record<keyof MeasuresOfVersion, string> = {
  exampleVersion: "example_version",
  content: "content",
  characters: "characters",
  format: "format",
  bandKeys: "band_keys",
  shingles: "shingles",
  wordsKey: "words_key",
  sentences: "sentences",
  bullets: "bullets",
  headings: "headings",
  bold: "bold",
  hedges: "hedges",
  sycophanticOpenings: "sycophantic_openings",
  apologies: "apologies",
  refusals: "refusals",
  exclamationMarks: "exclamation_marks",
  questionMarks: "question_marks",
  emoji: "emoji",
  emDashes: "em_dashes",
};

/**
 * Keeps measures by the rules of today in the place of older ones. One whose text has gone meanwhile is left out: the
 * foreign key lets none in after an erasure has committed, and an erasure that is on its way is waited for.
 */
export async function keepMeasures(db: Database, datasetId: number, rows: readonly MeasuresOfVersion[]): Promise<void> {
  const json = JSON.stringify(rows.map((row) => rowOf(datasetId, row)));
  await untilNoneHasGone(() =>
    db.inTransaction(async (tx) => {
      await tx.rows(
        `/* dropOlderMeasures */ delete from measures where dataset_id = $1 and example_version = any($2::int[]) and method <> $3`,
        [datasetId, rows.map((row) => row.exampleVersion), METHOD],
      );
      await tx.rows(
        `/* keepMeasures */ insert into measures select m.* from json_populate_recordset(null::measures, $2::json) m
         where exists (select from contents c where c.dataset_id = $1 and c.commitment = m.content)
         order by m.example_version on conflict do nothing`,
        [datasetId, json],
      );
    }),
  );
}

function rowOf(datasetId: number, row: MeasuresOfVersion): object {
  const columns = Object.entries(COLUMN).map(([property, column]) => {
    const value = row[property as keyof MeasuresOfVersion];
    if (Buffer.isBuffer(value)) return [column, `\\x${value.toString("hex")}`];
    if (typeof value === "bigint") return [column, String(value)];
    return [column, property === "bandKeys" ? (value as bigint[]).map(String) : value];
  });
  return { dataset_id: datasetId, method: METHOD, ...Object.fromEntries(columns) };
}

const FOREIGN_KEY_VIOLATION = "23503";
const MOST_TRIES = 10;

/** An erasure that commits between the look and the foreign key's own makes the insert fail: it is looked at again. */
async function untilNoneHasGone(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries >= MOST_TRIES || (error as { code?: string }).code !== FOREIGN_KEY_VIOLATION) throw error;
    }
  }
}
