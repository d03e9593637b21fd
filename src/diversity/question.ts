// What is asked about diversity, with the defaults filled in?
import type { ExampleFilter } from "../examples/types.js";
import { DEFAULT_THRESHOLD } from "../duplicates/duplicateReport.js";
import { refusal } from "../platform/errors.js";

export const DIVERSITY_BY = ["SOURCE", "SOURCE_KIND", "LANGUAGE", "LABEL", "AUTHOR", "ANNOTATOR", "CLUSTER"] as const;
export type DiversityBy = (typeof DIVERSITY_BY)[number];

export interface DimensionAsked {
  by: DiversityBy;
  /** Only for LABEL. */
  dimension: string | null;
}

export interface DiversityQuestion {
  dimensions: DimensionAsked[];
  /** How many example versions are drawn. */
  sampleSize: number;
  /** How many tokens distinct-n is taken of. */
  tokenCount: number;
  seed: number;
  /** Of near-duplicates. */
  threshold: number;
  filter: ExampleFilter | null;
}

export interface DiversityArguments {
  dimensions?: Array<{ by: DiversityBy; dimension?: string | null }> | null;
  sampleSize?: number | null;
  tokenCount?: number | null;
  seed?: number | null;
  threshold?: number | null;
  filter?: ExampleFilter | null;
}

const DEFAULT_BY: DiversityBy[] = ["SOURCE", "SOURCE_KIND", "AUTHOR", "ANNOTATOR", "CLUSTER"];
const MOST_DIMENSIONS = 10;
const SAMPLE = { least: 2, most: 5_000, usual: 1_000 };
const TOKENS = { least: 100, most: 200_000, usual: 20_000 };

/** Throws BAD_USER_INPUT with the argument that cannot be used. The threshold is checked where it is used. */
export function diversityQuestion(given: DiversityArguments): DiversityQuestion {
  const dimensions = (given.dimensions ?? DEFAULT_BY.map((by) => ({ by }))).map(dimensionOf);
  if (dimensions.length > MOST_DIMENSIONS)
    throw bad("dimensions", `dimensions has ${dimensions.length}; at most ${MOST_DIMENSIONS} are taken`);
  const seed = given.seed ?? 1;
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32))
    throw bad("seed", `seed is ${seed}; use a whole number from 0 to 4294967295`);
  return {
    dimensions,
    sampleSize: within("sampleSize", given.sampleSize, SAMPLE),
    tokenCount: within("tokenCount", given.tokenCount, TOKENS),
    seed,
    threshold: given.threshold ?? DEFAULT_THRESHOLD,
    filter: given.filter ?? null,
  };
}

function dimensionOf({ by, dimension = null }: { by: DiversityBy; dimension?: string | null }): DimensionAsked {
  if ((by === "LABEL") === (dimension !== null && dimension !== "")) return { by, dimension };
  throw bad("dimensions", by === "LABEL" ? "LABEL needs its dimension, such as intent" : `${by} takes no dimension`);
}

function within(name: string, given: number | null | undefined, limits: typeof SAMPLE): number {
  const asked = given ?? limits.usual;
  if (asked >= limits.least && asked <= limits.most) return asked;
  throw bad(name, `${name} is ${asked}; use ${limits.least} to ${limits.most}`);
}

function bad(argument: string, message: string) {
  return refusal("BAD_USER_INPUT", message, { argument });
}
