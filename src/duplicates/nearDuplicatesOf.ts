// Which example versions of a snapshot say nearly the same as one text?
import type { SnapshotKey } from "../activities/snapshot.js";
import { comparedShingles, comparedText } from "../measures/comparedText.js";
import { promptAndResponse } from "../measures/measuresOf.js";
import { textsOfVersions } from "../measures/queries.js";
import { refusal } from "../platform/errors.js";
import { withPreparedFilter, type Reach } from "../platform/filters.js";
import { jaccard } from "../statistics/shingles.js";
import type { DuplicateQuestion } from "./findClusters.js";
import { measuredFirst } from "./measuredFirst.js";
import { candidatesFor } from "./queries.js";

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
  /** How many share a band key with it, and how many of them were compared: those that share most. */
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
  const { prompt, response } = await textOf(reach, datasetId, lookedUp);
  const { shingles, bandKeys } = comparedText(datasetId, prompt, response);
  const except = "exampleVersion" in lookedUp ? lookedUp.exampleVersion : null;
  const asked = { bandKeys, except, most: MOST_CANDIDATES };
  const { candidates, found } = await withPreparedFilter(reach, filter, snapshot, (ready) =>
    candidatesFor(reach.db, snapshot, ready, asked),
  );
  const matches = candidates.flatMap(({ exampleVersion, text }): NearDuplicate[] => {
    const other = promptAndResponse(text);
    const index = jaccard(shingles, comparedShingles(other.prompt, other.response));
    return index.kind === "defined" && index.value >= threshold ? [{ exampleVersion, similarity: index.value }] : [];
  });
  matches.sort((a, b) => b.similarity - a.similarity || a.exampleVersion - b.exampleVersion);
  return { matches, candidates: found, compared: candidates.length };
}

async function textOf({ db }: Reach, datasetId: number, lookedUp: LookedUp) {
  if ("prompt" in lookedUp) return lookedUp;
  const [found] = await textsOfVersions(db, datasetId, [lookedUp.exampleVersion]);
  if (found) return promptAndResponse(found.text);
  throw refusal("CONTENT_ERASED", "the text of this example version was erased; there is nothing to compare", {
    argument: "exampleVersionId",
  });
}
