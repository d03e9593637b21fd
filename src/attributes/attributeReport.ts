// What may be shown of annotators by group: counts, and none that is too small? Pure.
import { suppressSmallCells, suppressSmallGroups } from "./suppressSmallCells.js";

/** NAMED: a group with its name. UNKNOWN: nothing known. SUPPRESSED: groups that may not be shown, together. */
export type AttributeGroupKind = "NAMED" | "UNKNOWN" | "SUPPRESSED";

export interface AttributeGroup {
  kind: AttributeGroupKind;
  /** Null where it is not NAMED. */
  group: string | null;
}

export interface CountedGroup extends AttributeGroup {
  annotatorCount: number;
}

export interface AttributeReport {
  attribute: string;
  annotatorCount: number;
  groups: CountedGroup[];
}

export interface AttributeCell {
  row: AttributeGroup;
  column: AttributeGroup;
  /** Null where it may not be shown. */
  annotatorCount: number | null;
}

export interface AttributeTable {
  rows: AttributeReport;
  columns: AttributeReport;
  cells: AttributeCell[];
}

/** How many annotators have a value; null for those of whom nothing is known. */
export interface GroupCount {
  value: string | null;
  count: number;
}

/**
 * Groups by count, the largest first, then what is unknown (also where that is nobody), then what may not be shown, as one.
 * Counts of all three sum to the number of annotators.
 */
export function attributeReport(attribute: string, counts: readonly GroupCount[]): AttributeReport {
  const present = counts.filter(({ count }) => count > 0);
  const hidden = suppressSmallGroups(present.map(({ count }) => count));
  const shown = present.filter((_, i) => !hidden[i]);
  const named = shown.filter(({ value }) => value !== null);
  named.sort((a, b) => b.count - a.count || (a.value! < b.value! ? -1 : 1));
  const unknown = present.find(({ value }) => value === null);
  const groups = named.map(({ value, count }): CountedGroup => ({
    kind: "NAMED",
    group: value,
    annotatorCount: count,
  }));
  if (!unknown || shown.includes(unknown))
    groups.push({ kind: "UNKNOWN", group: null, annotatorCount: unknown?.count ?? 0 });
  const suppressed = sum(present.filter((_, i) => hidden[i]).map(({ count }) => count));
  if (suppressed > 0) groups.push({ kind: "SUPPRESSED", group: null, annotatorCount: suppressed });
  return { attribute, annotatorCount: sum(present.map(({ count }) => count)), groups };
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

/** How many annotators have both values. */
export interface PairCount {
  row: string | null;
  column: string | null;
  count: number;
}

/** The two-way table of the groups that the two reports show; its lines sum to theirs. */
export function attributeTable(
  [rowAttribute, columnAttribute]: readonly [string, string],
  pairs: readonly PairCount[],
): AttributeTable {
  const rows = attributeReport(
    rowAttribute,
    marginal(pairs, ({ row }) => row),
  );
  const columns = attributeReport(
    columnAttribute,
    marginal(pairs, ({ column }) => column),
  );
  const rowGroups = rows.groups.filter(({ annotatorCount }) => annotatorCount > 0);
  const columnGroups = columns.groups.filter(({ annotatorCount }) => annotatorCount > 0);
  const table = rowGroups.map(() => columnGroups.map(() => 0));
  for (const { row, column, count } of pairs) table[placeIn(rowGroups, row)]![placeIn(columnGroups, column)]! += count;
  const hidden = suppressSmallCells(table);
  const cells = rowGroups.flatMap((row, r) =>
    columnGroups.map((column, c) => ({ row, column, annotatorCount: hidden[r]![c] ? null : table[r]![c]! })),
  );
  return { rows, columns, cells };
}

function marginal(pairs: readonly PairCount[], valueOf: (pair: PairCount) => string | null): GroupCount[] {
  const counts = new Map<string | null, number>();
  for (const pair of pairs) counts.set(valueOf(pair), (counts.get(valueOf(pair)) ?? 0) + pair.count);
  return [...counts].map(([value, count]) => ({ value, count }));
}

/** Where a value stands among the groups: under its name, or with those that may not be shown. */
function placeIn(groups: readonly AttributeGroup[], value: string | null): number {
  const own = groups.findIndex(({ kind, group }) =>
    value === null ? kind === "UNKNOWN" : kind === "NAMED" && group === value,
  );
  return own >= 0 ? own : groups.findIndex(({ kind }) => kind === "SUPPRESSED");
}
