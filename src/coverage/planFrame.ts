// What are counted cells held against: the values a plan declares and the targets over the dimensions asked for? Pure.
import type { CoveragePlan, PlanTarget } from "./coveragePlan.js";
import {
  canonicalValue,
  cellName,
  declaredValues,
  dimensionNamed,
  isSameDimension,
  nameOf,
  type AskedDimension,
} from "./dimensions.js";

export type Keys = ReadonlyArray<string | null>;

export interface Frame {
  asked: readonly AskedDimension[];
  /** By dimension: the declared values and their places; null where any value may come. */
  declared: Array<ReadonlyMap<string, number> | null>;
  /** The plan's targets over exactly the dimensions asked for, by cell. */
  targets: ReadonlyMap<string, PlanTarget>;
}

export function frameOf(plan: CoveragePlan | null, asked: readonly AskedDimension[]): Frame {
  const over = (plan?.targets ?? []).filter(
    ({ cell }) =>
      cell.length === asked.length &&
      cell.every(({ dimension }) => asked.some((one) => isSameDimension(one, dimensionNamed(plan!, dimension)))),
  );
  const declared = asked.map((one) => {
    const values = declaredValues(plan, one);
    return values && new Map(values.map((value, i) => [value, i]));
  });
  return { asked, declared, targets: new Map(over.map((target) => [cellName(target.cell), target])) };
}

/** As targets are found by; "" for a cell of what is unassigned. */
export function nameOfCell(keys: Keys, { asked }: Frame): string {
  return keys.includes(null) ? "" : cellName(asked.map((one, i) => ({ dimension: nameOf(one), value: keys[i]! })));
}

/** The values of a target's cell, in the order of the dimensions asked for. */
export function keysOf({ cell }: PlanTarget, { asked }: Frame): string[] {
  return asked.map((one) => {
    const { dimension, value } = cell.find((key) => key.dimension === nameOf(one))!;
    return canonicalValue(dimension, value);
  });
}

/** Cells that belong in a report though nothing was counted there: planned ones, and over one dimension declared ones. */
export function emptyCells(counted: ReadonlyArray<{ keys: Keys }>, frame: Frame): Array<{ keys: string[]; count: 0 }> {
  const { asked, declared, targets } = frame;
  const declaredCells = asked.length === 1 ? [...(declared[0]?.keys() ?? [])].map((value) => [value]) : [];
  const plannedCells = [...targets.values()].map((target) => keysOf(target, frame));
  const there = new Set(counted.map(({ keys }) => nameOfCell(keys, frame)));
  const expected = new Map([...declaredCells, ...plannedCells].map((keys) => [nameOfCell(keys, frame), keys]));
  return [...expected].filter(([name]) => !there.has(name)).map(([, keys]) => ({ keys, count: 0 }));
}

/** Whether every key stands in a declared taxonomy; null where nothing declares one of them. */
export function isDeclared(keys: Keys, { declared }: Frame): boolean | null {
  const each = keys.map((key, i) => (key === null ? null : (declared[i]?.has(key) ?? null)));
  return each.includes(false) ? false : each.includes(null) ? null : true;
}

/** In the order of the declared values, then by code units; what is unassigned last. */
export function compareKeys(a: Keys, b: Keys, { declared }: Frame): number {
  for (const [i, left] of a.entries()) {
    const order = compareValues(left, b[i]!, declared[i] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

export function compareValues(
  a: string | null,
  b: string | null,
  declared: ReadonlyMap<string, number> | null,
): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  const [left, right] = [a, b].map((value) => declared?.get(value) ?? Number.MAX_SAFE_INTEGER);
  return left! - right! || (a < b ? -1 : 1);
}
