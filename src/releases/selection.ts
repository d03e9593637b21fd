// Which examples does a release take, and how is its record made?
import type { ConsensusRule } from "../consensus/consensusOf.js";
import type { Stratum } from "../ratings/tables.js";
import type { SplitShares } from "./splitOf.js";

export interface Selection {
  population: "CURRENT" | "ACCEPTED";
  /** The example filter as given (see examples/exampleFilter.ts); null for none. */
  filter: Record<string, unknown> | null;
  /** The label dimension that gives the record's category; null for none. */
  categoryDimension: string | null;
  /** The criterion version whose consensus gives quality_rating, such as helpfulness@2; null for none. */
  qualityCriterion: string | null;
  qualityRule: ConsensusRule | null;
  /** Enters the split's hash. */
  splitSeed: string;
  /** Shares of train, validation and test; they sum to 1. */
  splits: SplitShares;
  /** Gates that block besides those that always do; absent where none is asked for. */
  requiredGates?: OptionalGate[];
}

/** Gates that are looked at only where a release asks for them. */
export const OPTIONAL_GATES = ["BIAS_AUDIT"] as const;
export type OptionalGate = (typeof OPTIONAL_GATES)[number];

/** The strata that count for quality_rating, as for agreement. */
export const COUNTED_STRATA: readonly Stratum[] = ["OPEN", "RANDOM"];
