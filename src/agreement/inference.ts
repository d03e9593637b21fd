// Which intervals are asked for? Pure.
import { refusal } from "../platform/errors.js";
import type { IntervalKind } from "../statistics/interval.js";

/** As it comes from the API. */
export interface InferenceInput {
  kinds: readonly IntervalKind[];
  level: number;
  seed: number;
  resamples: number;
}

export interface Inference {
  /** Beside the recommended one. */
  kinds: IntervalKind[];
  level: number;
  /** 0 where nothing is drawn, so that equal questions are equal. */
  seed: number;
  resamples: number;
}

export const KINDS = [
  "ANALYTIC",
  "JACKKNIFE",
  "BOOTSTRAP_PERCENTILE",
  "BOOTSTRAP_BCA",
] as const satisfies IntervalKind[];
export const DEFAULT_INFERENCE: Inference = { kinds: [], level: 0.95, seed: 0, resamples: 0 };

const [FEWEST_RESAMPLES, MOST_RESAMPLES] = [100, 20_000];
const LARGEST_SEED = 0xffff_ffff;

/** Throws BAD_USER_INPUT for a level, seed or number of resamples that is not taken. */
export function inferenceOf(given: InferenceInput | null): Inference {
  if (!given) return DEFAULT_INFERENCE;
  const { level, seed, resamples } = given;
  const kinds = KINDS.filter((kind) => given.kinds.includes(kind));
  if (!(level >= 0.5 && level <= 0.999)) throw bad(`level ${level} is not taken; use 0.5 to 0.999, such as 0.95`);
  if (!drawsAnew(kinds)) return { kinds, level, seed: 0, resamples: 0 };
  if (!(Number.isInteger(seed) && seed >= 0 && seed <= LARGEST_SEED))
    throw bad(`seed ${seed} is not taken; use a whole number from 0 to ${LARGEST_SEED}`);
  if (!(resamples >= FEWEST_RESAMPLES && resamples <= MOST_RESAMPLES))
    throw bad(`${resamples} resamples are not taken; use ${FEWEST_RESAMPLES} to ${MOST_RESAMPLES}`);
  return { kinds, level, seed, resamples };
}

/** Whether units are drawn anew, which takes too long to be done where requests are answered. */
export function drawsAnew(kinds: readonly IntervalKind[]): boolean {
  return kinds.includes("BOOTSTRAP_PERCENTILE") || kinds.includes("BOOTSTRAP_BCA");
}

function bad(message: string) {
  return refusal("BAD_USER_INPUT", message, { argument: "inference" });
}
