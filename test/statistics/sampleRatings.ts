// How do the statistics tests make ratings, and read a value that must be there?
import fc from "fast-check";
import type { Estimate } from "../../src/statistics/estimate.js";
import type { Rating } from "../../src/statistics/patternsOfRatings.js";

/** The value of an estimate; fails on an undefined one. */
export function valueOf(estimate: Estimate<string>): number {
  if (estimate.kind === "undefined") throw new Error(`expected a value, found ${estimate.because}`);
  return estimate.value;
}

/** The value, or the reason, so that two estimates can be compared as a whole. */
export function valueOrReason(estimate: Estimate<string>): number | string {
  return estimate.kind === "defined" ? estimate.value : estimate.because;
}

/** Units × raters with values 1..5, some absent. */
export const sparseTables = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 5 }))
  .chain(([units, raters]) => tables(units, raters, fc.option(fc.integer({ min: 1, max: 5 }), { freq: 4 })));

/** Units × raters with values 1..5, none absent, two raters or more. */
export const completeTables = fc
  .tuple(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 2, max: 5 }))
  .chain(([units, raters]) => tables(units, raters, fc.integer({ min: 1, max: 5 })));

/** Units × raters with two values, some absent. */
export const binaryTables = tables(8, 3, fc.option(fc.constantFrom(2, 5), { freq: 4 }));

export type Table = ReadonlyArray<ReadonlyArray<number | null>>;

function tables<T>(units: number, raters: number, cell: fc.Arbitrary<T>) {
  return fc.array(fc.array(cell, { minLength: raters, maxLength: raters }), { minLength: units, maxLength: units });
}

/** The ratings of a table, one for each cell that is not null. */
export function ratingsOfTable(table: Table): (Rating & { value: number })[] {
  return table.flatMap((row, unit) =>
    row.flatMap((value, rater) => (value === null ? [] : [{ unit: `u${unit}`, rater: `r${rater}`, value }])),
  );
}

/** The list in another order, the same for the same seed. */
export function shuffled<T>(items: ReadonlyArray<T>, seed: number): T[] {
  const random = randomNumbers(seed);
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The same object, which nothing can change any more; but for arrays of numbers, which cannot be frozen. */
export function deepFreeze<T>(value: T): T {
  if (ArrayBuffer.isView(value)) return value;
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
