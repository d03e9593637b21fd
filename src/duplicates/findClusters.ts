// Which example versions of a snapshot are near-duplicates of one another?
import type { SnapshotKey } from "../activities/snapshot.js";
import type { ExampleFilter } from "../examples/types.js";
import { ensureMeasures } from "../measures/ensureMeasures.js";
import type { TaskContext } from "../platform/tasks.js";
import { DisjointSets } from "../statistics/disjointSets.js";
import { jaccard } from "../statistics/shingles.js";
import { compareGroups } from "./compareGroups.js";
import { groupsOf } from "./queries.js";
import { ShingleReader } from "./shingleReader.js";

export interface DuplicateQuestion {
  /** The Jaccard index from which two texts are near-duplicates, 0.5 to 1. */
  threshold: number;
  filter: ExampleFilter | null;
}

/** A pair of members, by their places, and its Jaccard index. */
export type PairOfMembers = [first: number, second: number, similarity: number];

/** Example versions that are connected by near-duplicates; the representative, the least number, is the first member. */
export interface Cluster {
  members: number[];
  /** Of each member its Jaccard index with the representative; it may be below the threshold. */
  similarities: number[];
  /** All pairs that reach the threshold; null in a cluster of more than MOST_PAIRED. */
  pairs: PairOfMembers[] | null;
}

export interface Clusters {
  /** In the snapshot, of those how many had their text erased, and how many were compared. */
  versions: number;
  erased: number;
  compared: number;
  comparisons: number;
  /** Of two or more; the largest first, then by representative. */
  clusters: Cluster[];
}

/** Members up to which all pairs of a cluster are told. */
export const MOST_PAIRED = 16;

/**
 * Texts of the same words are found by their key, others by shared band keys and then exact comparison; clusters are what
 * hangs together. Memory does not grow with the texts: 8 million shingles are held, and of each text that shares a key a
 * few numbers. Within a task; progress runs from share[0] to share[1].
 */
export async function findClusters(
  context: TaskContext,
  snapshot: SnapshotKey,
  { threshold, filter }: DuplicateQuestion,
  share: readonly [number, number] = [0, 1],
): Promise<Clusters> {
  const say = (part: number, step: string) => context.progress(share[0] + (share[1] - share[0]) * part, step);
  const forMeasures = [share[0], share[0] + (share[1] - share[0]) / 2] as const;
  const { versions, erased } = await ensureMeasures(context, snapshot, { filter, share: forMeasures });
  say(0.5, "looking for texts that share something");
  const { compared, same, alike } = await groupsOf(context.db, snapshot, filter);
  const sets = new DisjointSets<number>();
  const wordsOf = new Map<number, number>();
  for (const versionsOfWords of same)
    for (const version of versionsOfWords) {
      sets.join(versionsOfWords[0]!, version);
      wordsOf.set(version, versionsOfWords[0]!);
    }
  const reader = new ShingleReader(context.db, snapshot.datasetId);
  const onProgress = (done: number) =>
    say(0.6 + (0.3 * done) / alike.length, `compared ${done} of ${alike.length} groups of texts`);
  const comparisons = await compareGroups(alike, { reader, sets, threshold, onProgress });
  say(0.9, "looking at each cluster");
  const clusters = await describe(membersOf(sets), { reader, threshold, wordsOf });
  return { versions, erased, compared, comparisons, clusters };
}

/** Of each cluster its members, ascending; the largest first, then by the first member. */
function membersOf(sets: DisjointSets<number>): number[][] {
  const found = new Map<number, number[]>();
  for (const [member, root] of sets.roots()) {
    const members = found.get(root);
    if (members) members.push(member);
    else found.set(root, [member]);
  }
  const lists = [...found.values()].map((members) => members.sort((a, b) => a - b));
  return lists.sort((a, b) => b.length - a.length || a[0]! - b[0]!);
}

interface Describing {
  reader: ShingleReader;
  threshold: number;
  /** Of a version with the same words as others the first of them. */
  wordsOf: ReadonlyMap<number, number>;
}

const TEXTS_AT_A_TIME = 500;

async function describe(clusters: readonly number[][], describing: Describing): Promise<Cluster[]> {
  const described: Cluster[] = [];
  let waiting: number[][] = [];
  let texts = 0;
  const settle = async () => {
    described.push(...(await describeTogether(waiting, describing)));
    [waiting, texts] = [[], 0];
  };
  for (const members of clusters) {
    if (members.length > MOST_PAIRED) {
      described.push(await describeLarge(members, describing));
      continue;
    }
    if (texts + members.length > TEXTS_AT_A_TIME) await settle();
    waiting.push(members);
    texts += members.length;
  }
  await settle();
  return described;
}

const distinct = (members: readonly number[], { wordsOf }: Describing) =>
  members.map((member) => wordsOf.get(member) ?? member);

async function describeTogether(clusters: readonly number[][], describing: Describing): Promise<Cluster[]> {
  const { reader, threshold } = describing;
  const shingles = await reader.read(clusters.flatMap((members) => distinct(members, describing)));
  return clusters.map((members) => {
    const words = distinct(members, describing);
    const pairs: PairOfMembers[] = [];
    for (let i = 0; i < members.length; i++)
      for (let j = i + 1; j < members.length; j++) {
        const similarity = similarityOf(words[i]!, words[j]!, shingles);
        if (similarity >= threshold) pairs.push([i, j, similarity]);
      }
    return { members, similarities: words.map((word) => similarityOf(words[0]!, word, shingles)), pairs };
  });
}

async function describeLarge(members: number[], describing: Describing): Promise<Cluster> {
  const words = distinct(members, describing);
  const similarities: number[] = [];
  for (let from = 0; from < members.length; from += TEXTS_AT_A_TIME) {
    const part = words.slice(from, from + TEXTS_AT_A_TIME);
    const shingles = await describing.reader.read([words[0]!, ...part]);
    for (const word of part) similarities.push(similarityOf(words[0]!, word, shingles));
  }
  return { members, similarities, pairs: null };
}

/** 0 where a text was erased while it was looked at. */
function similarityOf(a: number, b: number, shingles: ReadonlyMap<number, Uint32Array>): number {
  if (a === b) return 1;
  const [ofA, ofB] = [shingles.get(a), shingles.get(b)];
  const index = ofA && ofB ? jaccard(ofA, ofB) : null;
  return index?.kind === "defined" ? index.value : 0;
}
