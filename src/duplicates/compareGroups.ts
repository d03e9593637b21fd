// Which of the texts that share something are near-duplicates, by comparing them exactly?
import { refusal } from "../platform/errors.js";
import type { DisjointSets } from "../statistics/disjointSets.js";
import { jaccard } from "../statistics/shingles.js";
import type { Group } from "./queries.js";
import type { ShingleReader } from "./shingleReader.js";

/** Comparisons take about a microsecond for a hundred shingles. */
export const MOST_COMPARISONS = 100_000_000;
/** Shingles, and texts, that are read for comparing at a time; two such parts are at hand at once. */
const NUMBERS_AT_A_TIME = 1_000_000;
const TEXTS_AT_A_TIME = 1_000;
/** Pairs that are known to be no duplicates: 40 bytes each. */
const MOST_REMEMBERED = 1_000_000;

export interface Comparing {
  reader: ShingleReader;
  /** What is joined grows. */
  sets: DisjointSets<number>;
  threshold: number;
  /** Hears how many groups are done. */
  onProgress: (done: number) => void;
}

/**
 * Joins those of each group whose Jaccard index reaches the threshold. What is connected already is not compared again,
 * so that a large cluster costs its size and not its square; which pairs are compared changes nothing about what is
 * connected in the end. Answers how many comparisons that took; throws BAD_USER_INPUT beyond MOST_COMPARISONS.
 */
export async function compareGroups(groups: readonly Group[], comparing: Comparing): Promise<number> {
  const pairs = new Pairs(comparing);
  let done = 0;
  for (const batch of batchesOf(groups)) {
    if (batch.length === 1) await compareParts(partsOf(batch[0]!), pairs, comparing);
    else {
      const shingles = await comparing.reader.read(batch.flatMap(({ versions }) => versions));
      for (const { versions } of batch) pairs.compareAll(versions, versions, shingles);
    }
    comparing.onProgress((done += batch.length));
  }
  return pairs.comparisons;
}

/** Groups whose texts can be read at once. */
function* batchesOf(groups: readonly Group[]): Generator<Group[]> {
  let batch: Group[] = [];
  let [numbers, texts] = [0, 0];
  for (const group of groups) {
    const size = group.sizes.reduce((sum, one) => sum + one, 0);
    if (batch.length > 0 && (numbers + size > NUMBERS_AT_A_TIME || texts + group.sizes.length > TEXTS_AT_A_TIME)) {
      yield batch;
      [batch, numbers, texts] = [[], 0, 0];
    }
    batch.push(group);
    numbers += size;
    texts += group.sizes.length;
  }
  if (batch.length > 0) yield batch;
}

/** A group in parts that can be read at once. */
function partsOf({ versions, sizes }: Group): number[][] {
  const parts: number[][] = [[]];
  let numbers = 0;
  versions.forEach((version, i) => {
    const last = parts.at(-1)!;
    if (last.length > 0 && (last.length === TEXTS_AT_A_TIME || numbers + sizes[i]! > NUMBERS_AT_A_TIME)) {
      parts.push([version]);
      numbers = sizes[i]!;
    } else {
      last.push(version);
      numbers += sizes[i]!;
    }
  });
  return parts;
}

async function compareParts(parts: number[][], pairs: Pairs, { reader }: Comparing): Promise<void> {
  for (let i = 0; i < parts.length; i++)
    for (let j = i; j < parts.length; j++) {
      const shingles = await reader.read([...parts[i]!, ...parts[j]!]);
      pairs.compareAll(parts[i]!, parts[j]!, shingles);
    }
}

class Pairs {
  comparisons = 0;
  private readonly apart = new Set<number>();

  constructor(private readonly comparing: Comparing) {}

  /** Every pair of one of the first and one of the second list; of one list with itself every pair once. */
  compareAll(first: readonly number[], second: readonly number[], shingles: ReadonlyMap<number, Uint32Array>): void {
    const { sets } = this.comparing;
    first.forEach((a, i) => {
      const ofA = shingles.get(a);
      if (!ofA) return;
      for (let j = first === second ? i + 1 : 0; j < second.length; j++) {
        const b = second[j]!;
        const ofB = shingles.get(b);
        if (ofB && sets.root(a) !== sets.root(b)) this.compare(a, ofA, b, ofB);
      }
    });
  }

  private compare(a: number, ofA: Uint32Array, b: number, ofB: Uint32Array): void {
    const { sets, threshold } = this.comparing;
    if (Math.min(ofA.length, ofB.length) < threshold * Math.max(ofA.length, ofB.length)) return;
    const name = Math.min(a, b) * 2 ** 26 + Math.max(a, b);
    if (this.apart.has(name)) return;
    if (++this.comparisons > MOST_COMPARISONS) throw tooMany();
    const index = jaccard(ofA, ofB);
    if (index.kind === "defined" && index.value >= threshold) sets.join(a, b);
    else if (b < 2 ** 26 && a < 2 ** 26 && this.apart.size < MOST_REMEMBERED) this.apart.add(name);
  }
}

function tooMany() {
  const message = `more than ${MOST_COMPARISONS} pairs of texts look alike; use a filter that leaves fewer examples, or a larger threshold`;
  return refusal("BAD_USER_INPUT", message, { argument: "filter" });
}
