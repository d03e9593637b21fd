// Which of some numbers is the greatest, and what when it does not stand alone?

/** What a tie for the greatest gives: no value, or the first tied value in the declared order. */
export type TieRule = "NO_VALUE" | "FIRST_VALUE";

/**
 * Numbers below the greatest by no more than this share of it count as equal to it: a sum of weights changes by about
 * 1e-16 of itself with the order of its terms, and such a change must not decide a vote.
 */
const EQUAL_WITHIN = 1e-12;

/**
 * The index, counted from `from`, of the greatest among the `count` numbers that start there; null on a tie under
 * NO_VALUE. The numbers are 0 or more, and there is at least one.
 */
export function greatestIndex(
  numbers: ArrayLike<number>,
  from: number,
  count: number,
  ties: TieRule = "NO_VALUE",
): number | null {
  let most = numbers[from]!;
  for (let k = 1; k < count; k++) most = Math.max(most, numbers[from + k]!);
  const least = most * (1 - EQUAL_WITHIN);
  let found: number | null = null;
  for (let k = 0; k < count; k++) {
    if (numbers[from + k]! < least) continue;
    if (ties === "FIRST_VALUE") return k;
    if (found !== null) return null;
    found = k;
  }
  return found;
}
