// How is a unit's count vector written? Pure.

/** The most ratings of one category that a vector holds: two bytes a category. */
export const MOST_COUNTED = 0xffff;

/** Hex of two bytes a category, big-endian. A count that does not fit is refused, never wrapped. */
export function encodeCounts(counts: readonly number[]): string {
  let hex = "";
  for (const count of counts) {
    if (!Number.isInteger(count) || count < 0 || count > MOST_COUNTED)
      throw new RangeError(`a count of ${count} does not fit a count vector; it holds 0 to ${MOST_COUNTED}`);
    hex += count.toString(16).padStart(4, "0");
  }
  return hex;
}

/** Counts per category, in the criterion's order, of a vector as hex. */
export function decodeCounts(hex: string): number[] {
  const counts: number[] = [];
  for (let at = 0; at < hex.length; at += 4) counts.push(Number.parseInt(hex.slice(at, at + 4), 16));
  return counts;
}
