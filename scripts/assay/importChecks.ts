// What can be found wrong with examples before any of them is sent?
import { createHash } from "node:crypto";
import { contentOf, isFault, type ContentInput } from "../../src/examples/exampleContent.js";
import type { Chunk } from "./chunks.js";
import type { AssayClient } from "./client.js";
import { known } from "./documents.js";
import { noDataset } from "./failure.js";
import { FieldProblem, problemAt, type Fields, type Place, type Problem } from "./rows.js";

/** Throws FieldProblem for turns and attributes that the server would refuse by themselves. */
export function checkContent(item: Fields): void {
  const content = contentOf(item as ContentInput);
  if (isFault(content)) throw new FieldProblem(content.field.join(".") || null, content.message);
}

const FIELDS = { source: "source", batch: "batch", author: "annotator" } as const;
type Reference = keyof typeof FIELDS;
const AT_ONCE = 25;

export interface ImportRules {
  defaults: Fields;
  enrol: boolean | undefined;
  onConflict: string;
}

/**
 * Checks chunk after chunk: an external id that stands twice with other content, and sources, batches and authors that
 * do not exist. Remembers 40 bytes for each id, and each name once.
 */
export function importChecks(dataset: string, rules: ImportRules) {
  const contents = new Map<string, { line: number; digest: string }>();
  const seen = new Set<string>();
  return async (client: AssayClient, chunk: Chunk): Promise<Problem[]> => {
    const twice = rules.onConflict === "REFUSE" ? conflictsWithin(chunk, contents) : [];
    const wanted = newReferences(chunk, rules, seen);
    const unknown: Problem[] = [];
    for (let at = 0; at < wanted.length; at += AT_ONCE) {
      unknown.push(...(await unknownOf(client, dataset, wanted.slice(at, at + AT_ONCE))));
    }
    return [...twice, ...unknown];
  };
}

function conflictsWithin(chunk: Chunk, contents: Map<string, { line: number; digest: string }>): Problem[] {
  return chunk.items.flatMap(({ item, place }) => {
    const id = String(item["externalId"]);
    const digest = createHash("sha256").update(JSON.stringify(item)).digest("base64").slice(0, 16);
    const before = contents.get(id);
    if (before === undefined) contents.set(id, { line: place.line, digest });
    if (before === undefined || before.digest === digest) return [];
    const reason = `${JSON.stringify(id)} stands on line ${before.line} already, with other content`;
    return [problemAt(place, "id", reason)];
  });
}

interface Wanted {
  field: Reference;
  key: string;
  place: Place;
}

function newReferences(chunk: Chunk, { defaults, enrol }: ImportRules, seen: Set<string>): Wanted[] {
  const wanted: Wanted[] = [];
  for (const { item, place } of chunk.items) {
    for (const field of Object.keys(FIELDS) as Reference[]) {
      const key = item[field] ?? defaults[field];
      if (typeof key !== "string" || (field === "author" && enrol) || seen.has(`${field} ${key}`)) continue;
      seen.add(`${field} ${key}`);
      wanted.push({ field, key, place });
    }
  }
  return wanted;
}

async function unknownOf(client: AssayClient, dataset: string, wanted: Wanted[]): Promise<Problem[]> {
  const document = known(wanted.map(({ field }) => FIELDS[field]));
  const variables = Object.fromEntries(wanted.map(({ key }, at) => [`k${at}`, key]));
  const data = await client.request<{ dataset: Fields | null }>(document, { slug: dataset, ...variables });
  const found = data.dataset;
  if (found === null) throw noDataset(dataset);
  return wanted.flatMap(({ field, key, place }, at) =>
    found[`a${at}`] === null ? [problemAt(place, field, `there is no ${FIELDS[field]} ${key}`)] : [],
  );
}
