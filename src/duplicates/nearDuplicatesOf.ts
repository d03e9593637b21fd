// Which example versions of a snapshot say nearly the same as one text?
import { setImmediate } from "node:timers/promises";
import type { SnapshotKey } from "../activities/snapshot.js";
import { comparedShingles, comparedText } from "../measures/comparedText.js";
import { promptAndResponse } from "../measures/measuresOf.js";
import { textsOfVersions } from "../measures/queries.js";
import { refusal } from "../platform/errors.js";
import { withPreparedFilter, type Reach } from "../platform/filters.js";
import { defineTask, type TaskContext } from "../platform/tasks.js";
import { jaccard } from "../statistics/shingles.js";
import type { DuplicateQuestion } from "./findClusters.js";
import { measuredFirst } from "./measuredFirst.js";
import { candidatesFor, type Candidate } from "./queries.js";

/** A text that is no example version yet, or one that is. */
export type LookedUp = { prompt: string; response: string } | { exampleVersion: number };

export interface NearDuplicate {
  exampleVersion: number;
  /** The Jaccard index. */
  similarity: number;
}

export interface Found {
  /** The most alike first, then by number. */
  matches: NearDuplicate[];
  /** How many share a band key with it and are of its size, and how many of them were compared: those that share most. */
  candidates: number;
  compared: number;
}

/** Each is read and compared: 0.1 ms. */
export const MOST_CANDIDATES = 500;

/**
 * Looks up by the index on band keys, and compares what it finds exactly. The version itself is no near-duplicate of
 * itself. Throws CONTENT_ERASED where the version's text was erased, and as measuredFirst does.
 */
export async function nearDuplicatesOf(
  reach: Reach,
  snapshot: SnapshotKey,
  lookedUp: LookedUp,
  { threshold, filter }: DuplicateQuestion,
): Promise<Found> {
  await measuredFirst(reach, snapshot);
  const { datasetId } = snapshot;
  const text = await textOf(reach, datasetId, lookedUp);
  const { shingles, bandKeys } = await comparedOf(reach, datasetId, text);
  const except = "exampleVersion" in lookedUp ? lookedUp.exampleVersion : null;
  const asked = { bandKeys, shingles: shingles.length, threshold, except, most: MOST_CANDIDATES };
  const { candidates, found } = await withPreparedFilter(reach, filter, snapshot, (ready) =>
    candidatesFor(reach.db, snapshot, ready, asked),
  );
  const matches = await compared(candidates, shingles, threshold);
  matches.sort((a, b) => b.similarity - a.similarity || a.exampleVersion - b.exampleVersion);
  return { matches, candidates: found, compared: candidates.length };
}

/** Characters from which a text is prepared on a thread of its own: so many take 10 ms. */
const LONG_TEXT = 100_000;

const prepareTask = defineTask(
  "comparedText",
  async (_: TaskContext, { datasetId, prompt, response }: { datasetId: number; prompt: string; response: string }) =>
    comparedText(datasetId, prompt, response),
);

async function comparedOf({ tasks }: Reach, datasetId: number, text: { prompt: string; response: string }) {
  const { prompt, response } = text;
  if (prompt.length + response.length < LONG_TEXT) return comparedText(datasetId, prompt, response);
  return tasks.run(prepareTask, { datasetId, prompt, response });
}

const MILLISECONDS_AT_A_TIME = 10;

/** Those that reach the threshold; other requests are answered in between. */
async function compared(
  candidates: readonly Candidate[],
  shingles: Uint32Array,
  threshold: number,
): Promise<NearDuplicate[]> {
  const matches: NearDuplicate[] = [];
  let began = performance.now();
  for (const { exampleVersion, text } of candidates) {
    const { prompt, response } = promptAndResponse(text);
    const index = jaccard(shingles, comparedShingles(prompt, response));
    if (index.kind === "defined" && index.value >= threshold) matches.push({ exampleVersion, similarity: index.value });
    if (performance.now() - began < MILLISECONDS_AT_A_TIME) continue;
    await setImmediate();
    began = performance.now();
  }
  return matches;
}

async function textOf({ db }: Reach, datasetId: number, lookedUp: LookedUp) {
  if ("prompt" in lookedUp) return lookedUp;
  const [found] = await textsOfVersions(db, datasetId, [lookedUp.exampleVersion]);
  if (found) return promptAndResponse(found.text);
  throw refusal("CONTENT_ERASED", "the text of this example version was erased; there is nothing to compare", {
    argument: "exampleVersionId",
  });
}
