// In which order do groups stand? Pure.

/** An id, or the value itself; null for what is assigned to none, and for everything. */
export type GroupKey = string | number | null;

/** Ids in order of making, values by code units, unassigned last. */
export function compareKeys(a: GroupKey, b: GroupKey): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
