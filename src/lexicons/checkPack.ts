// Can a lexicon pack be taken, and which of its entries cannot? Pure.
import { PLAIN_KEY, PLAIN_KEY_RULE } from "../guidelines/names.js";
import { itemProblem, problem, type UserProblem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import { isLicence } from "../sources/checkSources.js";
import type { LexiconEntry, LexiconKind, LexiconPack } from "./lexiconPack.js";
import { tokensOf } from "./tokens.js";

export const MOST_ENTRIES = 20_000;
const LONGEST_TERM = 200;
const LONGEST_NAME = 128;
const LONGEST_TEXT = 10_000;
/** As many are said; the rest is repaired in the same way. */
const MOST_PROBLEMS = 100;

/** A count by axis and group says something only with both. */
const NEED_GROUP: ReadonlySet<LexiconKind> = new Set(["IDENTITY_NOUN", "DESCRIPTOR", "GENDERED_NOUN"]);

/** Everything that is wrong with a pack, at most 100 problems; those of entries say which entry. */
export function packProblems(pack: LexiconPack): UserProblem[] {
  const unsound = unsoundPath({ ...pack, entries: [] });
  if (unsound) return [problem("INVALID_TEXT", `${unsound.join(".")} ${UNSOUND}`, ...unsound)];
  const problems = headProblems(pack);
  const seen = new Map<string, number>();
  for (const [index, entry] of pack.entries.entries()) {
    const found = entryProblem(entry, index, seen);
    if (found) problems.push(found);
    if (problems.length === MOST_PROBLEMS) break;
  }
  return problems;
}

function headProblems({ key, title, language, licence, attribution, url, shareAlike, entries }: LexiconPack) {
  const problems: UserProblem[] = [];
  const bad = (field: string, message: string) => problems.push(problem("INVALID_VALUE", message, field));
  if (!PLAIN_KEY.test(key)) bad("key", `key ${JSON.stringify(key)} is not taken; ${PLAIN_KEY_RULE}`);
  if (!isLanguage(language))
    bad("language", `language ${JSON.stringify(language)} is no BCP 47 tag; use one such as en, pt-BR or und`);
  if (!isLicence(licence))
    bad(
      "licence",
      `licence ${JSON.stringify(licence)} is no SPDX expression; use one, or LicenseRef-… for terms of its own`,
    );
  for (const [field, text] of Object.entries({ title, attribution, url, shareAlike }))
    if (text !== null && (text.trim() === "" || text.length > LONGEST_TEXT))
      bad(field, `${field} has ${text.trim() === "" ? "nothing in it" : `${text.length} characters`}; ${TEXT_RULE}`);
  if (url !== null && !URL.canParse(url)) bad("url", `url ${JSON.stringify(url)} is no URL; write it with its scheme`);
  if (entries.length === 0) bad("entries", "the pack has no entries; give at least one");
  return problems;
}

const TEXT_RULE = `give 1 to ${LONGEST_TEXT}`;

function isLanguage(tag: string): boolean {
  try {
    return tag.length <= 64 && Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function entryProblem(entry: LexiconEntry, index: number, seen: Map<string, number>): UserProblem | null {
  const bad = (field: string, code: UserProblem["code"], message: string) =>
    itemProblem("entries", index, field, code, message);
  const unsound = unsoundPath(entry);
  if (unsound) return bad(unsound[0]!, "INVALID_TEXT", `${unsound[0]} ${UNSOUND}`);
  const { term, kind, axis, group } = entry;
  if (term.length > LONGEST_TERM)
    return bad("term", "INVALID_VALUE", `term has ${term.length} characters; use at most ${LONGEST_TERM}`);
  const { words } = tokensOf(term);
  if (words.length === 0)
    return bad("term", "INVALID_VALUE", `term ${JSON.stringify(term)} has no word in it that could be found in a text`);
  const long = Object.entries({ axis, group }).find(([, name]) => name.length > LONGEST_NAME);
  if (long)
    return bad(long[0], "INVALID_VALUE", `${long[0]} has ${long[1].length} characters; use at most ${LONGEST_NAME}`);
  if (NEED_GROUP.has(kind) && (axis === "" || group === "")) {
    const missing = axis === "" ? "axis" : "group";
    return bad(missing, "INVALID_VALUE", `${missing} is missing; a ${kind} says both, such as age and old`);
  }
  return repeated(entry, index, words, seen);
}

/** Terms that are found in the same places are the same term. */
function repeated(
  { term, kind, axis, group }: LexiconEntry,
  index: number,
  words: readonly string[],
  seen: Map<string, number>,
): UserProblem | null {
  const name = JSON.stringify([words, kind, axis, group]);
  const earlier = seen.get(name);
  if (earlier === undefined) {
    seen.set(name, index);
    return null;
  }
  const message = `term ${JSON.stringify(term)} is entry ${earlier} already, with the same kind, axis and group; give it once`;
  return itemProblem("entries", index, "term", "DUPLICATE_IN_BATCH", message);
}
