// Which lexicon pack does a file hold: a pack as JSON, or rows whose fields are mapped to entries?
import { usage } from "../failure.js";
import { rowMapper } from "../judgementOfRow.js";
import { splitPair, type Shape } from "../mapRow.js";
import { readJson } from "../publishCommands.js";
import { formatOf, readRecords } from "../readRecords.js";
import { FieldProblem, type Fields } from "../rows.js";
import { withSourceFile } from "../sourceFile.js";
import { withoutAbsent } from "../withoutAbsent.js";
import type { World } from "../world.js";

/** What the options say of a pack, in place of what its file says. */
export const HEAD = ["key", "title", "language", "licence", "attribution", "url", "shareAlike"] as const;
export type Head = Partial<Record<(typeof HEAD)[number], string>>;
const NEEDED = ["key", "title", "language", "licence", "attribution"] as const;

export interface RowOptions {
  map?: string[];
  set?: string[];
  where?: string[];
  format?: string;
  skipDuplicates?: boolean;
}

export interface LexiconFile {
  pack: Fields;
  /** The line of each entry; null where the file is a pack. */
  lines: number[] | null;
  skipped: number;
}

const ENTRY: Shape = {
  targets: {
    term: { field: "term", kind: "text" },
    kind: { field: "kind", kind: "lexiconKind" },
    axis: { field: "axis", kind: "text" },
    group: { field: "group", kind: "text" },
  },
  required: ["term", "kind"],
};

export async function lexiconOfFile(world: World, path: string, head: Head, options: RowOptions): Promise<LexiconFile> {
  const isPack = options.format === undefined && /\.json$/i.test(path);
  const rowOption = (["map", "set", "where", "skipDuplicates"] as const).find((name) => options[name] !== undefined);
  if (isPack && rowOption !== undefined)
    throw usage(`${path} is a pack; --${rowOption === "skipDuplicates" ? "skip-duplicates" : rowOption} is for rows`);
  const read = isPack ? await packOf(path) : await entriesOfRows(world, path, options);
  const pack = { ...read.pack, ...withoutAbsent(head) };
  const missing = NEEDED.find((name) => pack[name] === undefined);
  if (missing !== undefined) throw usage(`${path} does not say its ${missing}; give --${missing}`);
  return { ...read, pack };
}

async function packOf(path: string): Promise<LexiconFile> {
  const pack = await readJson(path);
  if (typeof pack !== "object" || pack === null || !Array.isArray((pack as Fields)["entries"]))
    throw usage(`${path} holds no lexicon pack: an object with key, title, language, licence, attribution and entries`);
  return { pack: pack as Fields, lines: null, skipped: 0 };
}

async function entriesOfRows(world: World, path: string, options: RowOptions): Promise<LexiconFile> {
  const format = formatOf(path, options.format);
  const { itemOf } = rowMapper(ENTRY, options, format);
  const wanted = (options.where ?? []).map((pair) => splitPair(pair, "--where"));
  const entries: Fields[] = [];
  const lines: number[] = [];
  const seen = new Set<string>();
  let skipped = 0;
  await withSourceFile(world, path, async (file) => {
    for await (const row of readRecords(file.path, { format, name: file.name })) {
      if ("problem" in row) throw usage(`${file.name}:${row.problem.line} ${row.problem.reason}`);
      if (!wanted.every(([field, text]) => String(row.fields[field]) === text)) continue;
      const entry = entryAt(`${file.name}:${row.place.line}`, () => itemOf(row.fields));
      const name = JSON.stringify(entry).toLowerCase();
      if (options.skipDuplicates && seen.has(name)) skipped++;
      else {
        entries.push(entry);
        lines.push(row.place.line);
      }
      seen.add(name);
    }
  });
  return { pack: { entries }, lines, skipped };
}

function entryAt(place: string, make: () => Fields): Fields {
  try {
    return make();
  } catch (error) {
    throw error instanceof FieldProblem ? usage(`${place} ${error.field ?? ""} ${error.reason}`) : error;
  }
}
