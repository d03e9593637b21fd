// What do the ratings on one criterion look like to an audit: its scale, who rated what, and by slices? Pure.
import type { MeasurementLevel } from "../guidelines/tables.js";
import type { RaterMatrix } from "../statistics/raterMatrix.js";
import type { Value } from "../statistics/ratingPatterns.js";

/** Units are example versions, raters are annotators; both by number. */
export interface RatedCriterion {
  key: string;
  version: number;
  level: MeasurementLevel;
  /** Null on a continuous scale. */
  categories: ReadonlyArray<Value> | null;
  minimum: number | null;
  maximum: number | null;
  matrix: RaterMatrix;
}

/** One thing that raters can differ in: the value, or on a nominal scale whether it is one of its categories. */
export interface Judgement {
  /** "helpfulness", "stereotype = yes". */
  name: string;
  matrix: RaterMatrix;
  level: "ORDINAL" | "INTERVAL" | "RATIO";
  /** From end to end of the scale, in points. */
  range: number;
}

/** On a nominal scale the categories that are used most are judged; of two, one says it all. */
const MOST_CATEGORIES = 10;

export function judgementsOf(rated: RatedCriterion): Judgement[] {
  const { key, level, matrix } = rated;
  if (level !== "NOMINAL") return [{ name: key, matrix, level, range: rangeOf(rated) }];
  const used = new Float64Array(matrix.values.length);
  for (const value of matrix.value) used[value]!++;
  const categories = [...used.keys()].filter((c) => used[c]! > 0).sort((a, b) => used[b]! - used[a]! || a - b);
  const asked = matrix.values.length === 2 ? categories.slice(0, 1) : categories.slice(0, MOST_CATEGORIES);
  return asked.map((category) => ({
    name: `${key} = ${matrix.values[category]}`,
    matrix: { ...matrix, values: [0, 1], value: matrix.value.map((value) => (value === category ? 1 : 0)) },
    level: "INTERVAL" as const,
    range: 1,
  }));
}

/** In points as raters are compared in them: ranks where a category is no number; of a scale without ends what was given. */
function rangeOf({ categories, minimum, maximum, matrix }: RatedCriterion): number {
  if (categories?.some((category) => typeof category === "string")) return categories.length - 1;
  const bounds = minimum !== null && maximum !== null ? [minimum, maximum] : null;
  const ends = categories ?? bounds ?? matrix.values;
  const numbers = ends.map(Number);
  const [low, high] = [Math.min, Math.max].map((extreme) => numbers.reduce((a, b) => extreme(a, b), numbers[0] ?? 0));
  return high! - low!;
}

/** The matrix of some units, by their index. */
export function matrixOfUnits(matrix: RaterMatrix, isIn: (unit: number) => boolean): RaterMatrix {
  const kept = Int32Array.from(matrix.units, (_, unit) => unit).filter((unit) => isIn(unit));
  const start = new Int32Array(kept.length + 1);
  kept.forEach((unit, i) => (start[i + 1] = start[i]! + matrix.start[unit + 1]! - matrix.start[unit]!));
  const [rater, value] = [new Int32Array(start.at(-1)!), new Int32Array(start.at(-1)!)];
  kept.forEach((unit, i) => {
    rater.set(matrix.rater.subarray(matrix.start[unit]!, matrix.start[unit + 1]!), start[i]!);
    value.set(matrix.value.subarray(matrix.start[unit]!, matrix.start[unit + 1]!), start[i]!);
  });
  return { ...matrix, units: Array.from(kept, (unit) => matrix.units[unit]!), start, rater, value };
}

/** The mean value of each unit in points, in the order of the units; null where values are no numbers. */
export function meansOfUnits({ matrix, level }: Judgement): Float64Array {
  const ranked = level === "ORDINAL" && matrix.values.some((value) => typeof value === "string");
  const codes = Float64Array.from(matrix.values, (value, rank) => (ranked ? rank + 1 : Number(value)));
  return Float64Array.from(matrix.units, (_, unit) => {
    const [from, to] = [matrix.start[unit]!, matrix.start[unit + 1]!];
    let sum = 0;
    for (let cell = from; cell < to; cell++) sum += codes[matrix.value[cell]!]!;
    return sum / (to - from);
  });
}
