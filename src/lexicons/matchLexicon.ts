// Which terms of lexicons stand in a text, and how often? Pure.
import type { LexiconEntry, LexiconKind } from "./lexiconPack.js";
import { tokensOf, type Tokens } from "./tokens.js";

export interface LexiconMatch {
  /** The very entry that was given. */
  entry: LexiconEntry;
  /** 1 or more. */
  count: number;
}

export interface LexiconCounts {
  /** Words of the text. */
  tokenCount: number;
  /** In the order the entries were given in; entries that do not stand in the text are left out. */
  matches: LexiconMatch[];
}

/** How far a descriptor may be from a person noun, in words: "black woman" is 1, "people who are deaf" 3. */
export const DESCRIPTOR_WINDOW = 3;

/** What names a person, so that a descriptor beside it describes one. */
const PERSONS: ReadonlySet<LexiconKind> = new Set(["PERSON_NOUN", "GENDERED_NOUN", "IDENTITY_NOUN"]);

interface Node {
  next: Map<number, Node>;
  /** Places of the entries that end here. */
  entries: number[];
}

/** A term where it stands: words from start to before end. */
interface Found {
  start: number;
  end: number;
  entries: number[];
}

/**
 * Makes a function that counts entries in a text. Words are compared whole, without case (Unicode), within a sentence; the
 * longest term that begins at a word is taken and what it covers is not looked at again. A term does not match a part of a
 * hyphenated word. A DESCRIPTOR counts only where a person noun of the same entries (PERSON_NOUN, GENDERED_NOUN,
 * IDENTITY_NOUN) stands within 3 words of it in the sentence, so packs of descriptors need person nouns beside them.
 * Time grows with the text's length; a term has at most 200 characters.
 */
export function matchLexicon(entries: readonly LexiconEntry[]): (text: string) => LexiconCounts {
  const numbers = new Map<string, number>();
  const root: Node = { next: new Map(), entries: [] };
  for (const [place, { term }] of entries.entries()) addTerm(root, numbers, term, place);
  const has = (found: Found, kinds: (kind: LexiconKind) => boolean) =>
    found.entries.some((place) => kinds(entries[place]!.kind));
  return (text) => {
    const tokens = tokensOf(text);
    const found = findTerms(root, numbers, tokens);
    const persons = found.filter((one) => has(one, (kind) => PERSONS.has(kind)));
    const described = new Set(describing(found, persons, tokens));
    const counts = new Map<number, number>();
    for (const one of found)
      for (const place of one.entries)
        if (entries[place]!.kind !== "DESCRIPTOR" || described.has(one))
          counts.set(place, (counts.get(place) ?? 0) + 1);
    const places = [...counts].sort(([a], [b]) => a - b);
    return {
      tokenCount: tokens.words.length,
      matches: places.map(([place, count]) => ({ entry: entries[place]!, count })),
    };
  };
}

function addTerm(root: Node, numbers: Map<string, number>, term: string, place: number): void {
  let node = root;
  for (const word of tokensOf(term).words) {
    const number = numbers.get(word) ?? numbers.set(word, numbers.size).size - 1;
    let next = node.next.get(number);
    if (!next) node.next.set(number, (next = { next: new Map(), entries: [] }));
    node = next;
  }
  if (node !== root) node.entries.push(place);
}

function findTerms(root: Node, numbers: ReadonlyMap<string, number>, tokens: Tokens): Found[] {
  const known = tokens.words.map((word) => numbers.get(word) ?? -1);
  const found: Found[] = [];
  for (let start = 0; start < known.length;) {
    const longest = tokens.joined[start] ? null : longestAt(root, known, start, tokens);
    if (longest) found.push(longest);
    start = longest?.end ?? start + 1;
  }
  return found;
}

function longestAt(root: Node, known: readonly number[], start: number, { sentences, joined }: Tokens): Found | null {
  let node: Node | undefined = root;
  let longest: Found | null = null;
  for (let at = start; at < known.length && sentences[at] === sentences[start]; at++) {
    node = node.next.get(known[at]!);
    if (!node) break;
    if (node.entries.length > 0 && !joined[at + 1]) longest = { start, end: at + 1, entries: node.entries };
  }
  return longest;
}

/** What is found in order of place, with a person in reach before or after it; each is compared with its neighbours only. */
function describing(found: readonly Found[], persons: readonly Found[], { sentences }: Tokens): Found[] {
  let next = 0;
  return found.filter((one) => {
    while (next < persons.length && persons[next]!.start < one.end) next++;
    const after = persons[next];
    // A term may be descriptor and person at once; then the person before it is another.
    const before = persons[next - 1] === one ? persons[next - 2] : persons[next - 1];
    const sameSentence = (person: Found) => sentences[person.start] === sentences[one.start];
    return (
      (after !== undefined && after.start - (one.end - 1) <= DESCRIPTOR_WINDOW && sameSentence(after)) ||
      (before !== undefined && one.start - (before.end - 1) <= DESCRIPTOR_WINDOW && sameSentence(before))
    );
  });
}
