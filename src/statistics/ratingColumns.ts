// How do ratings, read in any order, become a matrix of units and raters?
import { countsOfUnit, type RaterMatrix } from "./raterMatrix.js";
import { addPattern, inCanonicalOrder, type Pattern, type RatingPatterns, type Value } from "./ratingPatterns.js";

/** Ratings in columns that grow: whole numbers name units and raters; values are indexes into a scale, or numbers. */
export class RatingColumns {
  length = 0;
  unit = new Int32Array(1024);
  rater = new Int32Array(1024);
  value = new Float64Array(1024);

  add(unit: number, rater: number, value: number): void {
    if (this.length === this.unit.length) this.grow();
    this.unit[this.length] = unit;
    this.rater[this.length] = rater;
    this.value[this.length++] = value;
  }

  private grow(): void {
    const size = this.unit.length * 2;
    const grown = <Column extends Int32Array | Float64Array>(column: Column, wider: Column): Column => {
      wider.set(column);
      return wider;
    };
    this.unit = grown(this.unit, new Int32Array(size));
    this.rater = grown(this.rater, new Int32Array(size));
    this.value = grown(this.value, new Float64Array(size));
  }
}

/**
 * The ratings as a matrix, units and raters ascending. A rater's further ratings of a unit count as those of further
 * raters. `categories` null: the values are numbers, and the distinct ones are the scale. O(ratings), 40 bytes a rating.
 */
export function matrixOfColumns(columns: RatingColumns, categories: ReadonlyArray<Value> | null): RaterMatrix {
  return placedMatrix(columns, categories).matrix;
}

/** The same, and of each cell the place of its rating in the columns: for what else is known of it, such as its time. */
export function placedMatrix(
  columns: RatingColumns,
  categories: ReadonlyArray<Value> | null,
): { matrix: RaterMatrix; places: Uint32Array } {
  const order = orderByUnit(columns);
  sortRatersWithinUnits(columns, order);
  const { units, start } = unitsOf(columns, order);
  const { raters, rater, people } = ratersOf(columns, order, start);
  const scale = categories ?? distinctAscending(columns);
  const indexOf = categories ? null : new Map(scale.map((value, index) => [value as number, index]));
  const value = Int32Array.from(order, (at) => (indexOf ? indexOf.get(columns.value[at]!)! : columns.value[at]!));
  return { matrix: { values: scale, raters, ratersAsked: people, units, start, rater, value }, places: order };
}

/** The same ratings without who gave them; `raters` are the people, however often each rated a unit. */
export function patternsOfMatrix(matrix: RaterMatrix): RatingPatterns {
  const found = new Map<string, Pattern>();
  for (let unit = 0; unit < matrix.units.length; unit++) addPattern(found, 1, countsOfUnit(matrix, unit));
  return { values: matrix.values, patterns: inCanonicalOrder(found), raters: matrix.ratersAsked };
}

const DIGITS = 16;

/** Places of the ratings, by unit and then as they came: two passes over the digits of the units' numbers. */
function orderByUnit({ unit, length }: RatingColumns): Uint32Array {
  let from = Uint32Array.from({ length }, (_, i) => i);
  let to = new Uint32Array(length);
  for (const shift of [0, DIGITS]) {
    const ends = new Uint32Array((1 << DIGITS) + 1);
    for (let i = 0; i < length; i++) ends[((unit[i]! >>> shift) & 0xffff) + 1]!++;
    for (let digit = 0; digit < 1 << DIGITS; digit++) ends[digit + 1]! += ends[digit]!;
    for (const at of from) to[ends[(unit[at]! >>> shift) & 0xffff]!++] = at;
    [from, to] = [to, from];
  }
  return from;
}

/** By insertion: a unit has few ratings, and they mostly stand in order. */
function sortRatersWithinUnits({ unit, rater }: RatingColumns, order: Uint32Array): void {
  for (let i = 1; i < order.length; i++) {
    const at = order[i]!;
    let place = i;
    while (place > 0 && unit[order[place - 1]!] === unit[at] && rater[order[place - 1]!]! > rater[at]!) {
      order[place] = order[place - 1]!;
      place--;
    }
    order[place] = at;
  }
}

function unitsOf({ unit }: RatingColumns, order: Uint32Array): Pick<RaterMatrix, "start"> & { units: Int32Array } {
  const starts: number[] = [];
  for (let i = 0; i < order.length; i++) if (i === 0 || unit[order[i]!] !== unit[order[i - 1]!]) starts.push(i);
  const start = Int32Array.from([...starts, order.length]);
  return { start, units: Int32Array.from(starts, (i) => unit[order[i]!]!) };
}

/** A place for each rater, and for each further rating of one unit another. */
function ratersOf({ rater: id, length }: RatingColumns, order: Uint32Array, start: Int32Array) {
  const repeat = new Int32Array(length);
  const most = new Map<number, number>();
  for (let unit = 0; unit < start.length - 1; unit++)
    for (let i = start[unit]!; i < start[unit + 1]!; i++) {
      const again = i > start[unit]! && id[order[i]!] === id[order[i - 1]!];
      repeat[i] = again ? repeat[i - 1]! + 1 : 0;
      if (repeat[i]! >= (most.get(id[order[i]!]!) ?? 0)) most.set(id[order[i]!]!, repeat[i]! + 1);
    }
  const people = [...most.keys()].sort((a, b) => a - b);
  const first = new Map<number, number>();
  let place = 0;
  for (const person of people) {
    first.set(person, place);
    place += most.get(person)!;
  }
  const raters = Int32Array.from(people.flatMap((person) => Array<number>(most.get(person)!).fill(person)));
  return { raters, people: people.length, rater: repeat.map((k, i) => first.get(id[order[i]!]!)! + k) };
}

function distinctAscending({ value, length }: RatingColumns): number[] {
  return [...new Set(value.subarray(0, length))].sort((a, b) => a - b);
}
