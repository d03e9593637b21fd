// Which texts does a test plant, and what are their near-duplicates by comparing all pairs?
import { comparedShingles } from "../../src/measures/comparedText.js";
import { randomNumbers } from "../../src/statistics/randomNumbers.js";
import { jaccard } from "../../src/statistics/shingles.js";

export interface Text {
  externalId: string;
  prompt: string;
  response: string;
}

/** Families of texts with some words changed from one to the next, copies that differ in case and marks, and texts alone. */
export function plantedTexts(families: number, seed = 1): Text[] {
  const random = randomNumbers(seed);
  const word = () =>
    `w${Math.floor(random.next() * 5_000)
      .toString(36)
      .replace(/\d/g, "q")}x`;
  const texts: Array<Omit<Text, "externalId">> = [];
  for (let family = 0; family < families; family++) {
    let response = Array.from({ length: 40 + Math.floor(random.next() * 80) }, word);
    const prompt = Array.from({ length: 10 }, word).join(" ");
    const size = family % 5 === 0 ? 1 : 2 + Math.floor(random.next() * 4);
    for (let i = 0; i < size; i++) {
      texts.push({ prompt, response: response.join(" ") });
      if (random.next() < 0.3) texts.push({ prompt: `${prompt.toUpperCase()}!`, response: response.join(", ") });
      const changes = Math.floor(random.next() * 5);
      response = response.map((one, at) => (at % 23 < changes && random.next() < 0.3 ? word() : one));
    }
  }
  const shuffled = texts.map((text) => ({ text, place: random.next() })).sort((a, b) => a.place - b.place);
  return shuffled.map(({ text }, i) => ({ externalId: `t${String(i + 1).padStart(4, "0")}`, ...text }));
}

/** Jaccard's index of two texts by sets of their runs of five words, spelled out. */
export function similarity(a: Text, b: Text): number {
  const runs = ({ prompt, response }: Text): Set<string> => {
    const words = `${prompt} ${response}`
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== "");
    return new Set(words.map((_, i) => words.slice(i, i + 5).join(" ")).slice(0, Math.max(1, words.length - 4)));
  };
  const [one, two] = [runs(a), runs(b)];
  const shared = [...one].filter((run) => two.has(run)).length;
  return shared / (one.size + two.size - shared);
}

/** What is connected by pairs that reach a threshold, as lists of places, by walking from each that was not seen. */
export function clustersByAllPairs(texts: readonly Text[], threshold: number): number[][] {
  const near = texts.map(() => [] as number[]);
  for (let i = 0; i < texts.length; i++)
    for (let j = i + 1; j < texts.length; j++)
      if (similarity(texts[i]!, texts[j]!) >= threshold) {
        near[i]!.push(j);
        near[j]!.push(i);
      }
  const seen = new Set<number>();
  const clusters: number[][] = [];
  texts.forEach((_, start) => {
    if (seen.has(start) || near[start]!.length === 0) return;
    const members: number[] = [];
    for (const waiting = [start]; waiting.length > 0;) {
      const at = waiting.pop()!;
      if (seen.has(at)) continue;
      seen.add(at);
      members.push(at);
      waiting.push(...near[at]!);
    }
    clusters.push(members.sort((a, b) => a - b));
  });
  return clusters.sort((a, b) => b.length - a.length || a[0]! - b[0]!);
}

/** Ours, of the same two texts: what the spelled-out one must equal. */
export function ourSimilarity(a: Text, b: Text): number {
  const index = jaccard(comparedShingles(a.prompt, a.response), comparedShingles(b.prompt, b.response));
  return index.kind === "defined" ? index.value : NaN;
}
