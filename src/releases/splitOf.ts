// Into which split does an example fall? Pure.
import { sha256 } from "../platform/digest.js";

/** In the order of a release's leaves: bytewise by name. */
export const SPLITS = ["test", "train", "validation"] as const;
export type Split = (typeof SPLITS)[number];

/** Shares of the splits; they sum to 1. */
export interface SplitShares {
  train: number;
  validation: number;
  test: number;
}

const DRAWN: readonly Split[] = ["train", "validation", "test"];

/**
 * The split of a group of examples: u = uint48(SHA-256(seed ‖ 0x00 ‖ group)) / 2⁴⁸, taken against the cumulative shares of
 * train, validation, test. The same for ever for the same seed, group and shares; a larger train share moves only into train.
 */
export function splitOf(seed: string, group: string, shares: SplitShares): Split {
  const u = sha256(`${seed}\0${group}`).readUIntBE(0, 6) / 2 ** 48;
  const open = DRAWN.filter((split) => shares[split] > 0);
  let reached = 0;
  for (const split of open) if (u < (reached += shares[split])) return split;
  return open.at(-1)!;
}

/** Why shares cannot be used, or null. */
export function sharesProblem(shares: SplitShares): string | null {
  const outside = DRAWN.find((split) => !(shares[split] >= 0 && shares[split] <= 1));
  if (outside) return `the share of ${outside} is ${shares[outside]}; use 0 to 1`;
  const sum = shares.train + shares.validation + shares.test;
  return Math.abs(sum - 1) > 1e-9 ? `the shares sum to ${sum}; make them sum to 1` : null;
}

/** The splits examples were first released in, and those of the prompts they shared. */
export interface EarlierSplits {
  ofExample: ReadonlyMap<number, Split>;
  ofGroup: ReadonlyMap<string, Split>;
}

/** The split of a member: its own from its first release; else its group's from the oldest release; else drawn. */
export function stickySplit(
  member: { example: number; group: string },
  earlier: EarlierSplits,
  seed: string,
  shares: SplitShares,
): Split {
  return (
    earlier.ofExample.get(member.example) ?? earlier.ofGroup.get(member.group) ?? splitOf(seed, member.group, shares)
  );
}
