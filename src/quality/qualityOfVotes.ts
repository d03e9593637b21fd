// How often does an annotator give the value that wins a unit's vote? Pure.
import { majorityVote } from "../statistics/majorityVote.js";
import type { RaterMatrix } from "../statistics/raterMatrix.js";
import { sharedRatings } from "../statistics/raterMeans.js";
import { weightedVote } from "../statistics/weightedVote.js";
import { estimateOfHits, noEstimate, type Hits, type QualityEstimate, type QualityReason } from "./estimates.js";
import type { TimedRatings } from "./timedRatings.js";

/** By unit (ascending) the index of the value that won; null on a tie. Of units that two people or more rated. */
export interface Votes {
  kind: "votes";
  units: ArrayLike<number>;
  /** Every person's rating counts once. */
  majority: ReadonlyArray<number | null>;
  /** It counts by how often its annotator is with that majority (Wawa). */
  weighted: ReadonlyArray<number | null>;
}

/** Units × categories: tables of more are not computed. 200 MB. */
export const MOST_CELLS = 25_000_000;

export type NoVotes = { kind: "none"; because: QualityReason };

export function votesOf(people: RaterMatrix, categories: readonly unknown[] | null): Votes | NoVotes {
  if (categories === null) return { kind: "none", because: "CATEGORIES_NOT_DECLARED" };
  const matrix = unitsOfTwo(people);
  if (matrix.units.length * categories.length > MOST_CELLS) return { kind: "none", because: "TOO_MANY_VALUES" };
  const { majority } = majorityVote(matrix);
  const { labels } = weightedVote(matrix);
  return { kind: "votes", units: matrix.units as ArrayLike<number>, majority, weighted: labels };
}

/** Ratings of units with a vote, by annotator, as those that are with the value that won and those that are not. */
export interface VoteHits {
  majority: Map<number, Hits>;
  weighted: Map<number, Hits>;
}

export function voteHits(ratings: readonly TimedRatings[], votes: Votes | NoVotes): VoteHits {
  const found: VoteHits = { majority: new Map(), weighted: new Map() };
  if (votes.kind === "none") return found;
  for (const { columns } of ratings)
    for (let i = 0; i < columns.length; i++) {
      const unit = placeOf(votes.units, columns.unit[i]!);
      if (unit < 0) continue;
      count(found.majority, columns.rater[i]!, columns.value[i]!, votes.majority[unit]!);
      count(found.weighted, columns.rater[i]!, columns.value[i]!, votes.weighted[unit]!);
    }
  return found;
}

function count(into: Map<number, Hits>, rater: number, value: number, label: number | null): void {
  if (label === null) return;
  let own = into.get(rater);
  if (!own) into.set(rater, (own = { hits: 0, misses: 0 }));
  if (value === label) own.hits++;
  else own.misses++;
}

export interface VoteNumbers {
  agreementWithMajority: QualityEstimate;
  agreementWithWeightedMajority: QualityEstimate;
}

/** Of an annotator that shares so many units with other people. */
export function voteNumbers(
  annotator: number,
  votes: Votes | NoVotes,
  hits: VoteHits,
  sharedUnits: number,
  level: number,
): VoteNumbers {
  const because = sharedUnits === 0 ? "NO_PAIRABLE_UNITS" : "NO_MAJORITY";
  const numbersOf = (some: Map<number, Hits>) =>
    votes.kind === "none"
      ? noEstimate(votes.because)
      : estimateOfHits(some.get(annotator) ?? { hits: 0, misses: 0 }, because, level);
  return { agreementWithMajority: numbersOf(hits.majority), agreementWithWeightedMajority: numbersOf(hits.weighted) };
}

/** The units that two raters or more rated: alone, everybody is the majority. */
function unitsOfTwo(matrix: RaterMatrix): RaterMatrix {
  const { unit } = sharedRatings(matrix);
  const kept = unit.filter((one, i) => i === 0 || one !== unit[i - 1]);
  const start = new Int32Array(kept.length + 1);
  kept.forEach((one, i) => (start[i + 1] = start[i]! + matrix.start[one + 1]! - matrix.start[one]!));
  const [rater, value] = [new Int32Array(start[kept.length]!), new Int32Array(start[kept.length]!)];
  kept.forEach((one, i) => {
    rater.set(matrix.rater.subarray(matrix.start[one], matrix.start[one + 1]), start[i]);
    value.set(matrix.value.subarray(matrix.start[one], matrix.start[one + 1]), start[i]);
  });
  return { ...matrix, units: Int32Array.from(kept, (one) => Number(matrix.units[one])), start, rater, value };
}

/** The place of a number among ascending ones; −1 where it is not there. */
export function placeOf(ascending: ArrayLike<number>, wanted: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return ascending[low] === wanted ? low : -1;
}
