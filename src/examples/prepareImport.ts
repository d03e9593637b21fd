// What can be said of an import before the dataset is looked at? Parses, checks, hashes and counts outside the lock.
import { setImmediate as nextTurn } from "node:timers/promises";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import { contentOf, fault, isFault, type Content, type ContentInput, type Fault } from "./exampleContent.js";
import { faultOfLabels, type LabelInput } from "./labelRules.js";

export interface ImportDefaults {
  source?: string | null;
  batch?: string | null;
  author?: string | null;
  language?: string | null;
}

export interface ImportItem extends ContentInput, ImportDefaults {
  externalId: string;
  labels?: LabelInput[] | null;
  derivedFrom?: string[] | null;
  clientRef?: string | null;
}

/** An item with its defaults filled in, and its content or what is wrong with it. */
export interface PreparedItem {
  externalId: string;
  source: string | null;
  batch: string | null;
  author: string | null;
  language: string | null;
  labels: LabelInput[];
  derivedFrom: string[];
  content: Content | Fault;
}

/** Other requests get a turn after this many items: an import must not hold up the process. */
const ITEMS_A_TURN = 50;

export async function prepareImport(items: readonly ImportItem[], defaults: ImportDefaults): Promise<PreparedItem[]> {
  const prepared: PreparedItem[] = [];
  const refs = new Set<string>();
  for (const [i, item] of items.entries()) {
    if (i % ITEMS_A_TURN === ITEMS_A_TURN - 1) await nextTurn();
    prepared.push(prepareItem(item, defaults, refs));
  }
  return prepared;
}

function prepareItem(item: ImportItem, defaults: ImportDefaults, refs: Set<string>): PreparedItem {
  const named = {
    source: item.source ?? defaults.source ?? null,
    batch: item.batch ?? defaults.batch ?? null,
    author: item.author ?? defaults.author ?? null,
    language: item.language ?? defaults.language ?? null,
  };
  const wrong =
    faultOfText(item) ??
    faultOfExternalId(item.externalId) ??
    faultOfRef(item.clientRef, refs) ??
    faultOfLanguage(named.language) ??
    faultOfLabels(item.labels ?? []) ??
    faultOfParents(item);
  return {
    externalId: item.externalId,
    ...named,
    labels: item.labels ?? [],
    derivedFrom: [...new Set(item.derivedFrom ?? [])],
    content: wrong ?? contentOf(item),
  };
}

export function faultOfText(item: object): Fault | null {
  const path = unsoundPath(item);
  return path && fault(path, "INVALID_TEXT", `${path.join(".")} ${UNSOUND}`);
}

export function faultOfExternalId(externalId: string): Fault | null {
  const length = [...externalId].length;
  if (length >= 1 && length <= 256 && !/\p{Cc}/u.test(externalId)) return null;
  const what = length >= 1 && length <= 256 ? "a control character" : `${length} characters`;
  const message = `externalId has ${what}; use 1 to 256 characters, without control characters`;
  return fault(["externalId"], "INVALID_VALUE", message);
}

/** Remembers the reference of an item; one that came before is refused. */
export function faultOfRef(ref: string | null | undefined, refs: Set<string>): Fault | null {
  if (ref == null) return null;
  if (refs.has(ref)) return fault(["clientRef"], "DUPLICATE_CLIENT_REF", "this clientRef stands in the batch already");
  refs.add(ref);
  return null;
}

/** The tag that was last found well-formed: a batch mostly has one language. */
let wellFormed = "en";

export function faultOfLanguage(language: string | null | undefined): Fault | null {
  if (language == null || language === wellFormed) return null;
  if (isLanguage(language)) {
    wellFormed = language;
    return null;
  }
  const message = `language ${JSON.stringify(language.slice(0, 64))} is no BCP 47 tag; use one such as en, pt-BR or und`;
  return fault(["language"], "INVALID_VALUE", message);
}

function isLanguage(tag: string): boolean {
  try {
    return tag.length <= 64 && Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

const MOST_PARENTS = 1_000;

function faultOfParents({ externalId, derivedFrom }: ImportItem): Fault | null {
  const count = derivedFrom?.length ?? 0;
  if (count > MOST_PARENTS)
    return fault(["derivedFrom"], "INVALID_VALUE", `${count} examples came; at most ${MOST_PARENTS} are taken`);
  if (!derivedFrom?.includes(externalId)) return null;
  return fault(
    ["derivedFrom"],
    "INVALID_VALUE",
    "an example cannot be derived from itself; a new version is so anyway",
  );
}

/** External ids that may be looked up: those of items without a fault. */
export function lookedUp(items: readonly PreparedItem[]): string[] {
  return items.flatMap((item) => (isFault(item.content) ? [] : [item.externalId, ...item.derivedFrom]));
}
