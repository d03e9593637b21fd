// What would the ratings be, if each unit had been rated so many times only?
import type { RandomNumbers } from "./randomNumbers.js";
import { ratingsIn } from "./pairableCounts.js";
import { addPattern, inCanonicalOrder, type Pattern, type RatingPatterns, type ValueCounts } from "./ratingPatterns.js";

/** How many units a draw takes, and of how many different patterns: what leaves out one of each looks at all others. */
const MOST_UNITS = 2_000;
const MOST_PATTERNS = 100;

/** Of each unit with at least m ratings the index of its pattern. */
export function unitsWithRatings({ patterns }: RatingPatterns, m: number): Int32Array {
  const enough = patterns.map(({ units, counts }) => (ratingsIn(counts) >= m ? units : 0));
  const pattern = new Int32Array(enough.reduce((sum, units) => sum + units, 0));
  let at = 0;
  enough.forEach((units, index) => {
    pattern.fill(index, at, at + units);
    at += units;
  });
  return pattern;
}

/**
 * m ratings of each unit, drawn without replacement, as if there had been m raters: of all units in `units`
 * (`unitsWithRatings`), or of as many drawn without replacement as make 2,000 units or 100 different patterns.
 * Reorders `units`, which changes nothing but the next draw.
 */
export function drawRatings(
  random: RandomNumbers,
  { values, patterns }: RatingPatterns,
  units: Int32Array,
  m: number,
): RatingPatterns {
  const found = new Map<string, Pattern>();
  for (let i = 0; i < units.length && i < MOST_UNITS && found.size < MOST_PATTERNS; i++) {
    swapWithLater(random, units, i);
    addPattern(found, 1, drawCounts(random, patterns[units[i]!]!.counts, m));
  }
  return { values, patterns: inCanonicalOrder(found), raters: m };
}

function drawCounts(random: RandomNumbers, counts: ValueCounts, m: number): ValueCounts {
  const left = counts.map(([, count]) => count);
  const ratings = ratingsIn(counts);
  for (let drawn = 0; drawn < m; drawn++) {
    let place = Math.floor(random.next() * (ratings - drawn));
    let i = 0;
    while (place >= left[i]!) place -= left[i++]!;
    left[i]!--;
  }
  return counts.flatMap(([value, count], i) => (count > left[i]! ? [[value, count - left[i]!] as const] : []));
}

/** One step of a shuffle: place i gets one of those from i on, each as likely. */
function swapWithLater(random: RandomNumbers, list: Int32Array, i: number): void {
  const j = i + Math.floor(random.next() * (list.length - i));
  const moved = list[i]!;
  list[i] = list[j]!;
  list[j] = moved;
}
