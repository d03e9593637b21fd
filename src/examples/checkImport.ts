// Which items of an import can be taken, and what becomes of them? Pure.
import { annotatorKeyProblem } from "../annotators/checkEnrolments.js";
import { itemProblem, type UserProblem } from "../platform/errors.js";
import { fault, isFault, type Content, type Fault } from "./exampleContent.js";
import type { KnownKeys, KnownVersion } from "./importFacts.js";
import { agreeWith, sameLabels } from "./labelRules.js";
import type { PreparedItem } from "./prepareImport.js";

export interface ImportFacts extends KnownKeys {
  /** Latest versions by external id, of the items and of what they derive from. */
  latest: ReadonlyMap<string, KnownVersion>;
}

export interface ImportRules {
  onConflict: "REFUSE" | "NEW_VERSION";
  /** Whether authors who are not known are enrolled. */
  enrol: boolean;
}

/** An item that becomes a version. */
export interface Taken {
  item: PreparedItem & { content: Content };
  /** The latest version it follows; null for a new example. */
  known: KnownVersion | null;
  source: number;
  batch: number | null;
  /** What it derives from: versions that exist, or items taken before it. */
  parents: Array<number | Taken>;
}

export interface CheckedImport {
  taken: Taken[];
  unchanged: number;
  problems: UserProblem[];
}

/** What stands under an external id once an item of the batch has spoken of it. */
type Standing = Taken | { unchanged: PreparedItem & { content: Content }; version: number };

export function checkImport(items: readonly PreparedItem[], facts: ImportFacts, rules: ImportRules): CheckedImport {
  const result: CheckedImport = { taken: [], unchanged: 0, problems: [] };
  const standing = new Map<string, Standing>();
  for (const [index, item] of items.entries()) {
    const fate = fateOf(item, facts, rules, standing);
    if (fate !== "UNCHANGED" && isFault(fate)) result.problems.push(problemOf(fate, "examples", index));
    else if (fate === "UNCHANGED") result.unchanged++;
    else result.taken.push(fate);
  }
  return result;
}

export function problemOf({ field, code, message }: Fault, list: string, index: number): UserProblem {
  const problem = itemProblem(list, index, null, code, message);
  return { ...problem, path: [...problem.path, ...field] };
}

function fateOf(
  item: PreparedItem,
  facts: ImportFacts,
  rules: ImportRules,
  standing: Map<string, Standing>,
): Taken | "UNCHANGED" | Fault {
  const { content } = item;
  if (isFault(content)) return content;
  const whole = { ...item, content };
  const named = namesOf(item, facts, rules);
  if (isFault(named)) return named;
  const before = standing.get(item.externalId);
  if (before) return sameItem("item" in before ? before.item : before.unchanged, whole) ? "UNCHANGED" : DUPLICATE;
  const known = facts.latest.get(item.externalId) ?? null;
  if (known?.hash === null) return erased(known);
  const differing = known ? differences(whole, named, known, facts) : [];
  if (known && differing.length === 0) {
    standing.set(item.externalId, { unchanged: whole, version: known.exampleVersion });
    return "UNCHANGED";
  }
  if (known && rules.onConflict === "REFUSE") return conflict(known, differing);
  const parents = parentsOf(item, facts, standing);
  if (isFault(parents)) return parents;
  const taken: Taken = { item: whole, known, ...named, parents };
  standing.set(item.externalId, taken);
  return taken;
}

const DUPLICATE = fault(
  ["externalId"],
  "DUPLICATE_IN_BATCH",
  "this externalId stands in the batch already, with other content; give each example once",
);

function erased({ version }: KnownVersion): Fault {
  const message = `the text of this example was erased (version ${version} was its last); content comes back only under another externalId`;
  return fault(["externalId"], "CONTENT_ERASED", message);
}

function conflict({ version }: KnownVersion, differing: string[]): Fault {
  const message = `version ${version} of this example has other ${differing.join(", ")}; send onConflict: NEW_VERSION to add a version`;
  return fault(["externalId"], "CONTENT_CONFLICT", message);
}

/** Ids of the source and the batch, and whether the author can be named. */
function namesOf(
  item: PreparedItem,
  facts: ImportFacts,
  { enrol }: ImportRules,
): { source: number; batch: number | null } | Fault {
  const { source, batch, author } = item;
  if (source === null) return fault(["source"], "UNKNOWN_SOURCE", "source is missing; name one, here or in defaults");
  if (!facts.sources.has(source))
    return unknown("source", "UNKNOWN_SOURCE", source, "register it with registerSources first");
  if (batch !== null && !facts.batches.has(batch))
    return unknown("batch", "UNKNOWN_BATCH", batch, "open it with openBatches first");
  const nameless = author === null || facts.annotators.has(author) ? null : faultOfNewAuthor(author, enrol);
  if (nameless) return nameless;
  return { source: facts.sources.get(source)!, batch: batch === null ? null : facts.batches.get(batch)! };
}

export function faultOfNewAuthor(author: string, enrol: boolean): Fault | null {
  if (!enrol)
    return unknown(
      "author",
      "UNKNOWN_ANNOTATOR",
      author,
      "enrol them with enrolAnnotators, or send enrol: true; either needs the permission annotator:enrol",
    );
  const wrong = annotatorKeyProblem(author);
  return wrong === null ? null : fault(["author"], "INVALID_VALUE", wrong);
}

export function unknown(field: string, code: Fault["code"], key: string, remedy: string): Fault {
  return fault([field], code, `${field} ${JSON.stringify(key)} is not known here; ${remedy}`);
}

/** What an item says otherwise than the version that stands. The batch is where an example came in, and stays. */
function differences(
  item: PreparedItem & { content: Content },
  named: { source: number },
  known: KnownVersion,
  facts: ImportFacts,
): string[] {
  const author = item.author === null ? null : (facts.annotators.get(item.author) ?? -1);
  return [
    item.content.hash.toString("hex") === known.hash ? "" : "content",
    named.source === known.source ? "" : "source",
    author === known.author ? "" : "author",
    item.language === known.language ? "" : "language",
    agreeWith(item.labels, known.labels) ? "" : "labels",
  ].filter((name) => name !== "");
}

function sameItem(a: PreparedItem & { content: Content }, b: PreparedItem & { content: Content }): boolean {
  return (
    a.content.hash.equals(b.content.hash) &&
    a.source === b.source &&
    a.author === b.author &&
    a.language === b.language &&
    sameLabels(a.labels, b.labels)
  );
}

/** Earlier items of the batch come before what the dataset knows, since they may be newer versions of it. */
function parentsOf(
  item: PreparedItem,
  facts: ImportFacts,
  standing: ReadonlyMap<string, Standing>,
): Array<number | Taken> | Fault {
  const parents: Array<number | Taken> = [];
  for (const [i, externalId] of item.derivedFrom.entries()) {
    const earlier = standing.get(externalId);
    const parent = earlier
      ? "item" in earlier
        ? earlier
        : earlier.version
      : facts.latest.get(externalId)?.exampleVersion;
    if (parent === undefined) {
      const remedy = "import it first, or before it in this batch";
      return { ...unknown("derivedFrom", "UNKNOWN_EXAMPLE", externalId, remedy), field: ["derivedFrom", String(i)] };
    }
    parents.push(parent);
  }
  return parents;
}

export const UNKNOWN_EXAMPLE = fault(
  ["externalId"],
  "UNKNOWN_EXAMPLE",
  "no example of this dataset is called so; give the externalId it was imported under, or the id from its id field",
);

export const ERASED = fault(
  ["externalId"],
  "CONTENT_ERASED",
  "the text of this example was erased; it cannot be edited any more",
);
