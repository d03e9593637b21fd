// Which statements read lexicons?
import { textsByCommitment } from "../activities/queries.js";
import { COUNT_LIMIT, sliceById, sliceValues, type Slice } from "../platform/connections.js";
import type { Db } from "../platform/db.js";
import { inKeyOrder } from "../platform/loaders.js";
import { askable } from "../platform/soundText.js";
import { entriesOf, type LexiconEntry, type LexiconKind } from "./lexiconPack.js";

export interface LexiconRow {
  datasetId: number;
  lexiconVersion: number;
  key: string;
  version: number;
  title: string;
  language: string;
  licence: string;
  /** Hex. */
  checksum: string;
  entryCount: number;
  kinds: Partial<Record<LexiconKind, number>>;
  /** Commitments, hex. */
  creditKey: string;
  packKey: string;
  activityNumber: number;
  supersededByNumber: number | null;
}

const LEXICON = `x.dataset_id as "datasetId", x.lexicon_version as "lexiconVersion", x.key, x.version, x.title, x.language,
  x.licence, encode(x.checksum, 'hex') as checksum, x.entry_count as "entryCount", x.kinds, encode(x.credit, 'hex') as "creditKey",
  encode(x.pack, 'hex') as "packKey", x.activity as "activityNumber", x.superseded_by as "supersededByNumber"`;

export async function lexiconsById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<LexiconRow | null>> {
  const rows = await db.rows<LexiconRow>(
    `/* lexiconsById */ select ${LEXICON} from lexicon_versions x where x.dataset_id = $1 and x.lexicon_version = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.lexiconVersion);
}

/** By name: "slurs" is the latest version, "slurs@2" that one. */
export async function lexiconsByName(
  db: Db,
  datasetId: number,
  names: readonly string[],
): Promise<Array<LexiconRow | null>> {
  const rows = await db.rows<LexiconRow & { name: string }>(
    `/* lexiconsByName */ select u.name, ${LEXICON} from unnest($2::text[]) u(name)
     join lexicon_versions x on x.dataset_id = $1 and x.key = split_part(u.name, '@', 1)
       and (u.name = x.key || '@' || x.version or u.name = x.key and x.superseded_by is null)`,
    [datasetId, askable([...new Set(names)])],
  );
  return inKeyOrder(names, rows, (row) => row.name);
}

/** The latest version of each, in the order these were loaded in. */
export function lexiconsPage(db: Db, datasetId: number, slice: Slice): Promise<LexiconRow[]> {
  return db.rows<LexiconRow>(
    `/* lexiconsPage */ select ${LEXICON} from lexicon_versions x
     where x.dataset_id = $1 and x.superseded_by is null and ${sliceById("x.lexicon_version", ["$2", "$3", "$4"], slice.backwards)}`,
    [datasetId, ...sliceValues(slice)],
  );
}

export async function lexiconCount(db: Db, datasetId: number): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* lexiconCount */ select count(*) as n from (select 1 from lexicon_versions
     where dataset_id = $1 and superseded_by is null limit ${COUNT_LIMIT + 1}) x`,
    [datasetId],
  );
  return rows[0]!.n;
}

/** What an activity loaded. */
export async function lexiconOfActivity(db: Db, datasetId: number, activity: number): Promise<LexiconRow | null> {
  const rows = await db.rows<LexiconRow>(
    `/* lexiconOfActivity */ select ${LEXICON} from lexicon_versions x where x.dataset_id = $1 and x.activity = $2`,
    [datasetId, activity],
  );
  return rows[0] ?? null;
}

/** A lexicon as something that counts with it needs it and cites it. */
export interface LoadedLexicon {
  lexiconVersion: number;
  /** Such as slurs@2. */
  name: string;
  language: string;
  licence: string;
  /** Hex. */
  checksum: string;
  /** Null where the text is no longer there. */
  entries: LexiconEntry[] | null;
}

/** Lexicons with their entries, by name as in lexiconsByName; null for what is not there. For audits, in a task. */
export async function loadedLexicons(
  db: Db,
  datasetId: number,
  names: readonly string[],
): Promise<Array<LoadedLexicon | null>> {
  const rows = await lexiconsByName(db, datasetId, names);
  const keys = [...new Set(rows.flatMap((row) => row?.packKey ?? []))];
  const texts = keys.length === 0 ? [] : await textsByCommitment(db, datasetId, keys);
  const textOf = new Map(keys.map((key, i) => [key, texts[i] ?? null]));
  return rows.map((row) => {
    if (!row) return null;
    const { lexiconVersion, key, version, language, licence, checksum, packKey } = row;
    const text = textOf.get(packKey) ?? null;
    const entries = text === null ? null : entriesOf(text);
    return { lexiconVersion, name: `${key}@${version}`, language, licence, checksum, entries };
  });
}
