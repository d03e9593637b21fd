// Which rated examples show that one side rates higher than the other, and which show the contrary?
import { hashOfNumbers } from "../statistics/murmurHash.js";
import type { RaterMatrix } from "../statistics/raterMatrix.js";
import { placeOf, type AuditScope } from "./auditScope.js";
import type { EvidenceRule } from "./testDraft.js";

/** By which side each annotator is on: 0, 1, or −1 for neither. `effect` is the first side's rating less the second's. */
export type RatedEvidence = (
  matrix: RaterMatrix,
  sideOf: (annotator: number) => number,
  names: readonly [string, string],
  effect: number | null,
) => EvidenceRule | null;

/** Units that both sides rated: those where their means differ the way the effect says, and all others. */
export function ratedEvidence(scope: Pick<AuditScope, "exampleVersions">): RatedEvidence {
  return (matrix, sideOf, [first, second], effect) => {
    if (effect === null || effect === 0) return null;
    const gaps = gapsOfUnits(matrix, scope, sideOf);
    const [higher, lower] = effect > 0 ? [first, second] : [second, first];
    const isLike = (place: number) => gaps.get(place)! * effect > 0;
    return {
      supports: (place) => gaps.has(place) && isLike(place),
      counters: (place) => gaps.has(place) && !isLike(place),
      supportingNote: `Annotators of ${higher} rated it higher than those of ${lower}.`,
      counterNote: `Annotators of ${higher} did not rate it higher than those of ${lower}.`,
    };
  };
}

/** Enough to sample from; those with the least hash. */
const MOST_UNITS = 2_000;

function gapsOfUnits(
  { units, start, rater, raters, value }: RaterMatrix,
  scope: Pick<AuditScope, "exampleVersions">,
  sideOf: (annotator: number) => number,
): Map<number, number> {
  const sides = Array.from(raters, (annotator) => sideOf(Number(annotator)));
  const hashes = Float64Array.from(units, (unit) => hashOfNumbers([Number(unit)], 0, 1));
  const order = [...hashes.keys()].sort((a, b) => hashes[a]! - hashes[b]!);
  const gaps = new Map<number, number>();
  for (const unit of order) {
    if (gaps.size === MOST_UNITS) break;
    const [n, sum] = [
      [0, 0],
      [0, 0],
    ] as [[number, number], [number, number]];
    for (let cell = start[unit]!; cell < start[unit + 1]!; cell++) {
      const side = sides[rater[cell]!]!;
      if (side < 0) continue;
      n[side as 0 | 1]++;
      sum[side as 0 | 1] += value[cell]!;
    }
    const place = n[0] > 0 && n[1] > 0 ? placeOf(scope, Number(units[unit])) : -1;
    if (place >= 0) gaps.set(place, sum[0] / n[0] - sum[1] / n[1]);
  }
  return gaps;
}
