// Which texts of a snapshot are drawn, the same for the same seed?
import type { SnapshotKey } from "../activities/snapshot.js";
import { snapshotIds } from "../examples/snapshotQueries.js";
import { wordsOf } from "../measures/comparedText.js";
import { promptAndResponse } from "../measures/measuresOf.js";
import { textsOfVersions } from "../measures/queries.js";
import type { Db } from "../platform/db.js";
import { randomNumbers } from "../statistics/randomNumbers.js";
import { shuffle } from "../statistics/shuffle.js";
import type { DiversityQuestion } from "./question.js";

export interface SampledText {
  text: string;
  tokens: string[];
}

export interface Sample {
  /** Versions drawn, and those of them whose text was erased. */
  drawn: number;
  erased: number;
  /** In the order drawn. */
  prompts: SampledText[];
  responses: SampledText[];
}

/** Long texts make a smaller sample: it ends with the text that reaches this. */
const MOST_TOKENS = 400_000;
const TEXTS_AT_A_TIME = 200;

/**
 * Puts all versions of the snapshot, by number, into an order drawn from the seed and takes the first so many. One whose
 * text was erased is left out and none drawn in its place, so that an erasure changes nothing else of the sample.
 */
export async function sampleTexts(
  db: Db,
  snapshot: SnapshotKey,
  { sampleSize, seed, filter }: DiversityQuestion,
): Promise<Sample> {
  const order = await drawnOrder(db, snapshot, filter, seed);
  const sample: Sample = { drawn: 0, erased: 0, prompts: [], responses: [] };
  let tokens = 0;
  for (let from = 0; from < Math.min(sampleSize, order.length); from += TEXTS_AT_A_TIME) {
    const versions = [...order.subarray(from, Math.min(from + TEXTS_AT_A_TIME, sampleSize))];
    const texts = await textsOfVersions(db, snapshot.datasetId, versions);
    const byVersion = new Map(texts.map(({ exampleVersion, text }) => [exampleVersion, text]));
    for (const version of versions) {
      if (tokens >= MOST_TOKENS) return sample;
      tokens += add(sample, byVersion.get(version));
    }
  }
  return sample;
}

/** Answers how many tokens were added. */
function add(sample: Sample, content: string | undefined): number {
  sample.drawn++;
  if (content === undefined) {
    sample.erased++;
    return 0;
  }
  const { prompt, response } = promptAndResponse(content);
  sample.prompts.push({ text: prompt, tokens: wordsOf(prompt) });
  sample.responses.push({ text: response, tokens: wordsOf(response) });
  return sample.prompts.at(-1)!.tokens.length + sample.responses.at(-1)!.tokens.length;
}

async function drawnOrder(
  db: Db,
  snapshot: SnapshotKey,
  filter: DiversityQuestion["filter"],
  seed: number,
): Promise<Int32Array> {
  const portions: number[][] = [];
  for await (const portion of snapshotIds(db, snapshot, filter)) portions.push(portion);
  const order = Int32Array.from(portions.flat());
  shuffle(randomNumbers(seed), order);
  return order;
}
