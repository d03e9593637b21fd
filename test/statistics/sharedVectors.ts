// Which reference vectors lie beside the repository, and what are their ratings as our input?
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { patternsOfRatings, type Rating } from "../../src/statistics/patternsOfRatings.js";
import { raterMatrix, type RaterMatrix } from "../../src/statistics/raterMatrix.js";
import type { RatingPatterns, Value } from "../../src/statistics/ratingPatterns.js";

export interface Vector {
  id: string;
  dataset: string;
  scale: string;
  categories: Value[] | null;
  raters?: string[];
  n_raters?: number;
  ratings?: Rating[];
  ratings_csv?: string;
  metric: { name: string; weighting: string };
  expected: {
    value: number | null;
    se?: number | null;
    ci95?: [number, number] | null;
    status?: "ok" | "undefined" | "error";
    reason?: string;
    n?: { units: number; raters: number; pairable_values: number };
  };
  published?: { value: number; tolerance: number }[];
  tolerance: { value: number | null; se?: number | null; ci95?: number | null } | null;
  disagreement_weights?: number[][];
  informational?: boolean;
  edge_case?: boolean;
}

const file = resolve(import.meta.dirname, "../../../shared/vectors/shared-vectors.json");

/** Null when the vectors can be read, otherwise why not, for the title of the skipped tests. */
export const vectorsAbsent = existsSync(file) ? null : `skipped, there is no ${file}`;

const all: Vector[] = vectorsAbsent ? [] : JSON.parse(readFileSync(file, "utf8")).vectors;

/** The vectors to assert for a metric, edge cases included. */
export function vectorsOf(metric: string): Vector[] {
  return all.filter((vector) => vector.metric.name === metric && !vector.informational);
}

/** A vector's ratings as a list; the values of a CSV are read as the type of the categories, numbers without any. */
export function ratingsOf(vector: Vector): Rating[] {
  if (!vector.ratings_csv) return vector.ratings!;
  const asNumbers = vector.categories === null || typeof vector.categories[0] === "number";
  const lines = readFileSync(join(dirname(file), vector.ratings_csv), "utf8")
    .trim()
    .split(/\r?\n/)
    .slice(1);
  return lines.map((line) => {
    const [unit, rater, value] = line.split(",");
    return { unit: unit!, rater: rater!, value: asNumbers ? Number(value) : value! };
  });
}

const patternsRead = new Map<string, RatingPatterns>();
const matricesRead = new Map<string, RaterMatrix>();

/** A vector's ratings as patterns, with all declared raters; kept for the next vector of the same data set. */
export function patternsOf(vector: Vector): RatingPatterns {
  const patterns = patternsRead.get(vector.dataset) ?? patternsOfRatings(ratingsOf(vector), readOf(vector));
  patternsRead.set(vector.dataset, patterns);
  return patterns;
}

/** A vector's ratings with who gave them; kept as well. */
export function matrixOf(vector: Vector): RaterMatrix {
  const matrix = matricesRead.get(vector.dataset) ?? raterMatrix(ratingsOf(vector), readOf(vector));
  matricesRead.set(vector.dataset, matrix);
  return matrix;
}

function readOf({ categories, raters, n_raters }: Vector) {
  return { categories: categories ?? undefined, raters: raters?.length ?? n_raters };
}

/** All vectors to assert of the metrics, by data set. */
export function vectorsByDataset(metrics: ReadonlyArray<string>): Map<string, Vector[]> {
  const found = new Map<string, Vector[]>();
  for (const vector of metrics.flatMap(vectorsOf))
    found.set(vector.dataset, [...(found.get(vector.dataset) ?? []), vector]);
  return found;
}
