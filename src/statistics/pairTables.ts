// How often did one rater say k where another said l?
import type { Weight } from "./gwetWeights.js";
import type { RaterMatrix } from "./raterMatrix.js";

/** The units that two raters both rated: how many there are with each pair of values. */
export interface PairTable {
  /** Indexes of the raters, first < second. */
  first: number;
  second: number;
  units: number;
  /** By k · q + l, for the first rater's value k and the second's l, of q declared values. */
  cells: Map<number, number>;
}

/** A table for each pair of raters with a unit in common, in the order of the raters. O(Σ r_i²). */
export function pairTables({ start, rater, value, units, raters, values }: RaterMatrix): PairTable[] {
  const tables = new Map<number, PairTable>();
  for (let unit = 0; unit < units.length; unit++)
    for (let b = start[unit]! + 1; b < start[unit + 1]!; b++)
      for (let a = start[unit]!; a < b; a++) {
        const [first, second] = [rater[a]!, rater[b]!];
        const key = first * raters.length + second;
        let table = tables.get(key);
        if (!table) tables.set(key, (table = { first, second, units: 0, cells: new Map() }));
        const cell = value[a]! * values.length + value[b]!;
        table.units++;
        table.cells.set(cell, (table.cells.get(cell) ?? 0) + 1);
      }
  return [...tables].sort(([a], [b]) => a - b).map(([, table]) => table);
}

/** Observed and chance agreement of a pair of raters with weights w, and what their values expect of each other. */
export interface PairAgreement {
  /** p_o = Σ p_kl w_kl. */
  observed: number;
  /** p_e = Σ p_k· p_·l w_kl. */
  expected: number;
  /** Σ_l p_·l w_kl for each k that the first rater used, and Σ_k p_k· w_kl for each l that the second used. */
  byFirst: ReadonlyMap<number, number>;
  bySecond: ReadonlyMap<number, number>;
}

/** O(values used by the first × values used by the second). */
export function pairAgreement({ cells, units: n }: PairTable, q: number, w: Weight): PairAgreement {
  const [first, second] = [new Map<number, number>(), new Map<number, number>()];
  let agreeing = 0;
  for (const [cell, count] of cells) {
    const [k, l] = [Math.floor(cell / q), cell % q];
    agreeing += count * w(k, l);
    first.set(k, (first.get(k) ?? 0) + count);
    second.set(l, (second.get(l) ?? 0) + count);
  }
  const [byFirst, bySecond] = [new Map<number, number>(), new Map<number, number>()];
  let expected = 0;
  for (const [k, n_k] of first)
    for (const [l, n_l] of second) {
      const weight = w(k, l);
      byFirst.set(k, (byFirst.get(k) ?? 0) + (weight * n_l) / n);
      bySecond.set(l, (bySecond.get(l) ?? 0) + (weight * n_k) / n);
      expected += (weight * n_k * n_l) / n / n;
    }
  return { observed: agreeing / n, expected, byFirst, bySecond };
}

/** The ratings of a pair alone, over the units that both rated; units are numbered from 0. */
export function matrixOfPair({ first, second, units, cells }: PairTable, { values, raters }: RaterMatrix): RaterMatrix {
  const value = new Int32Array(2 * units);
  let next = 0;
  for (const [cell, count] of [...cells].sort(([a], [b]) => a - b))
    for (let i = 0; i < count; i++) {
      value[next++] = Math.floor(cell / values.length);
      value[next++] = cell % values.length;
    }
  return {
    values,
    raters: [raters[first]!, raters[second]!],
    ratersAsked: 2,
    units: Int32Array.from({ length: units }, (_, unit) => unit),
    start: Int32Array.from({ length: units + 1 }, (_, unit) => 2 * unit),
    rater: Int32Array.from({ length: 2 * units }, (_, i) => i % 2),
    value,
  };
}
