// How does a count vector fit into numbers that the database can add up exactly? Pure.

/** Five counts of 10 bits in one float8: 50 bits, and sums below 2^53 are exact in any order. */
const BITS = 10;
const COUNTS_IN_ONE = 5;
const BASE = 2 ** BITS;

/** More categories are sent as lists: each column costs a lookup for every rating. */
export const MOST_VECTOR_CATEGORIES = 25;

/** For each column, what a rating of each category adds to it. */
export function vectorColumns(categories: number): number[][] {
  return Array.from({ length: Math.ceil(categories / COUNTS_IN_ONE) }, (_, column) =>
    Array.from({ length: categories }, (_, category) =>
      Math.floor(category / COUNTS_IN_ONE) === column ? BASE ** (category % COUNTS_IN_ONE) : 0,
    ),
  );
}

/**
 * The counts of `size` ratings from their columns. Null when a count did not fit: it has carried into the next, which
 * takes 1,023 from the sum of the counts, so the sum tells.
 */
export function countsOfColumns(columns: readonly number[], categories: number, size: number): number[] | null {
  const counts: number[] = [];
  for (const column of columns) {
    let rest = column;
    for (let i = 0; i < COUNTS_IN_ONE && counts.length < categories; i++) {
      counts.push(rest % BASE);
      rest = Math.floor(rest / BASE);
    }
    if (rest !== 0) return null;
  }
  return counts.reduce((sum, count) => sum + count, 0) === size ? counts : null;
}
