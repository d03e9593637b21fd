// Which groups does each example mention, and which words stand in the sentences that mention them? Counts, no texts.
import type { StoredContent } from "../examples/exampleContent.js";
import { hashOfNumbers } from "../statistics/murmurHash.js";
import type { MentionAxis } from "./contrasts.js";
import type { AxisWords } from "./families/association.js";

/** An entry of a lexicon that says a group of an axis. */
export interface GroupTerm {
  term: string;
  axis: string;
  group: string;
}

/** How terms are found in a text, and of which words a text is. */
export interface TermFinder {
  /** Each group term that stands in the text, and how often. */
  find: (text: string) => Iterable<{ entry: GroupTerm; count: number }>;
  words: (text: string) => readonly string[];
  /** Words of terms and person nouns, which say nothing by standing near a term. */
  ownWords: ReadonlySet<string>;
}

/** The groups of an axis are the bits of a whole number. */
const MOST_GROUPS = 31;
/** Of each axis, words that are held at a time; then those seen once go. */
const MOST_WORDS = 50_000;
const SENTENCE = /(?<=[!?;:\n…。！？])|(?<=\.)(?=\s)/u;
const LETTERS = /\p{L}.*\p{L}/u;

/** By group: in how many examples a word stands near its terms, and the place of one of them, −1 of none. */
interface WordNear {
  counts: Float64Array;
  shown: Int32Array;
}

interface AxisColumns {
  name: string;
  groups: string[];
  prompt: Int32Array;
  response: Int32Array;
  anywhere: Int32Array;
  mentions: Float64Array;
  words: Map<string, WordNear>;
  examples: Float64Array;
  droppedWords: number;
}

export class MentionColumns {
  private readonly axes = new Map<string, AxisColumns>();
  readonly warnings: string[] = [];

  constructor(
    private readonly exampleVersions: Int32Array,
    terms: readonly GroupTerm[],
    private readonly finder: TermFinder,
  ) {
    for (const name of [...new Set(terms.map(({ axis }) => axis))].sort()) {
      const all = [...new Set(terms.flatMap(({ axis, group }) => (axis === name ? [group] : [])))].sort();
      if (all.length > MOST_GROUPS)
        this.warnings.push(`${name} has ${all.length} groups; the first ${MOST_GROUPS} by name are looked for`);
      this.axes.set(name, emptyAxis(name, all.slice(0, MOST_GROUPS), exampleVersions.length));
    }
  }

  add(place: number, { turns }: StoredContent): void {
    const near = new Map<AxisColumns, Array<Set<string> | undefined>>();
    turns.forEach(({ role, content }, i) => {
      const isMentioned = this.mark(place, content, role, i >= turns.length - 2);
      if (isMentioned) this.collectWords(content, near);
    });
    for (const [axis, byGroup] of near) countWords(axis, byGroup, place, this.exampleVersions[place]!);
  }

  private mark(place: number, text: string, role: string, isLast: boolean): boolean {
    let isMentioned = false;
    for (const { entry, count } of this.finder.find(text)) {
      const axis = this.axes.get(entry.axis);
      const g = axis?.groups.indexOf(entry.group) ?? -1;
      if (!axis || g < 0) continue;
      axis.anywhere[place]! |= 1 << g;
      axis.mentions[g]! += count;
      if (isLast) axis[role === "user" ? "prompt" : "response"][place]! |= 1 << g;
      isMentioned = true;
    }
    return isMentioned;
  }

  /** Of sentences that mention one group of an axis and no other. */
  private collectWords(text: string, near: Map<AxisColumns, Array<Set<string> | undefined>>): void {
    for (const sentence of text.split(SENTENCE)) {
      const masks = new Map<AxisColumns, number>();
      for (const { entry } of this.finder.find(sentence)) {
        const axis = this.axes.get(entry.axis);
        const g = axis?.groups.indexOf(entry.group) ?? -1;
        if (axis && g >= 0) masks.set(axis, (masks.get(axis) ?? 0) | (1 << g));
      }
      for (const [axis, mask] of masks) {
        const g = 31 - Math.clz32(mask);
        if (mask !== 1 << g) continue;
        let byGroup = near.get(axis);
        if (!byGroup) near.set(axis, (byGroup = []));
        const words = (byGroup[g] ??= new Set());
        for (const word of this.finder.words(sentence))
          if (LETTERS.test(word) && !this.finder.ownWords.has(word)) words.add(word);
      }
    }
  }

  mentionAxes(): MentionAxis[] {
    return [...this.axes.values()].map(({ name, ...axis }) => ({ dimension: `lexicon:${name}`, ...axis }));
  }

  axisWords(): AxisWords[] {
    return [...this.axes.values()].map(({ name, groups, words: counts, examples, droppedWords }) => {
      const words = [...counts.keys()].sort();
      const byGroup = groups.map((_, g) => Float64Array.from(words, (word) => counts.get(word)!.counts[g]!));
      const shown = groups.map((_, g) => Int32Array.from(words, (word) => counts.get(word)!.shown[g]!));
      return { dimension: `lexicon:${name}`, groups, words, counts: byGroup, shown, examples, droppedWords };
    });
  }
}

function emptyAxis(name: string, groups: string[], size: number): AxisColumns {
  const [prompt, response, anywhere] = [0, 1, 2].map(() => new Int32Array(size)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const [mentions, examples] = [new Float64Array(groups.length), new Float64Array(groups.length)];
  return { name, groups, prompt, response, anywhere, mentions, words: new Map(), examples, droppedWords: 0 };
}

/** Each word once for an example and group, so that an example that repeats itself counts once. */
function countWords(
  axis: AxisColumns,
  byGroup: ReadonlyArray<ReadonlySet<string> | undefined>,
  place: number,
  exampleVersion: number,
): void {
  const isShown = hashOfNumbers([exampleVersion], 0, 1) % SHOWN_OF === 0;
  byGroup.forEach((words, g) => {
    if (!words) return;
    axis.examples[g]!++;
    for (const word of words) {
      let near = axis.words.get(word);
      if (!near) axis.words.set(word, (near = emptyWord(axis.groups.length)));
      near.counts[g]!++;
      if (near.shown[g]! < 0 || isShown) near.shown[g] = place;
    }
  });
  if (axis.words.size > MOST_WORDS) dropRareWords(axis);
}

/** One example in so many takes the place of the one that is shown for a word, so that not the first is shown each time. */
const SHOWN_OF = 4;

function emptyWord(groups: number): WordNear {
  return { counts: new Float64Array(groups), shown: new Int32Array(groups).fill(-1) };
}

function dropRareWords(axis: AxisColumns): void {
  for (const [word, { counts }] of axis.words)
    if (counts.reduce((sum, count) => sum + count, 0) <= 1) {
      axis.words.delete(word);
      axis.droppedWords++;
    }
}
