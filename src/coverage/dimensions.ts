// Along which dimensions can examples be counted, and which values has each?
import { LENGTH_BUCKETS } from "../examples/lengthBucket.js";
import { FORMATS } from "../measures/formatsOf.js";
import type { SourceKind } from "../sources/tables.js";
import type { CellKey, CoveragePlan, PlanDimension } from "./coveragePlan.js";

export const COVERAGE_BY = [
  "SOURCE_KIND",
  "SOURCE",
  "LICENCE",
  "BATCH",
  "LABEL",
  "LENGTH",
  "PROMPT_LENGTH",
  "CHARACTERS",
  "FORMAT",
  "TURNS",
  "LANGUAGE",
] as const;
export type CoverageBy = (typeof COVERAGE_BY)[number];

/** A dimension that is asked for; its label dimension where by is LABEL. */
export interface AskedDimension {
  by: CoverageBy;
  dimension: string | null;
}

/** Dimensions that a plan need not declare; a plan's own keys must differ from them. */
export const BUILT_IN: readonly string[] = COVERAGE_BY.filter((by) => by !== "LABEL");

export const SOURCE_KINDS: readonly SourceKind[] = ["HUMAN_DEMONSTRATION", "FILTERED_DATASET", "MODEL_GENERATED"];

/** Turns of all roles; two are one question and its answer. */
export const TURN_BUCKETS = ["1-2", "3-4", "5-8", "9-16", "17+"] as const;

/** Unicode code points of the response; the last has no end. */
export const CHARACTER_BUCKETS = ["0-99", "100-499", "500-1999", "2000-7999", "8000+"] as const;

/** Built-in dimensions whose values are all known beforehand. */
const CLOSED: Partial<Record<CoverageBy, readonly string[]>> = {
  SOURCE_KIND: SOURCE_KINDS,
  LENGTH: LENGTH_BUCKETS,
  PROMPT_LENGTH: LENGTH_BUCKETS,
  CHARACTERS: CHARACTER_BUCKETS,
  FORMAT: FORMATS,
  TURNS: TURN_BUCKETS,
};

/** Those that are counted of the text: it is measured first, and what was erased has no value. */
export const needsText = ({ by }: AskedDimension) => by === "CHARACTERS" || by === "FORMAT";

/** Those of which an example may have several values, though no plan declares it. */
export const isMultipleByNature = (by: string) => by === "FORMAT";

/** What a dimension is called in plans and reports. */
export function nameOf(asked: AskedDimension): string {
  return asked.by === "LABEL" ? asked.dimension! : asked.by;
}

export function planDimension(plan: CoveragePlan | null, asked: AskedDimension): PlanDimension | null {
  return asked.by === "LABEL" ? (plan?.dimensions.find(({ key }) => key === asked.dimension) ?? null) : null;
}

/**
 * The dimension that a plan's target names. A key that the plan declares is the label dimension, also where the same name
 * became a built-in one after the plan was published.
 */
export function dimensionNamed(plan: CoveragePlan, name: string): AskedDimension {
  const declared = plan.dimensions.some(({ key }) => key === name);
  return !declared && BUILT_IN.includes(name)
    ? { by: name as CoverageBy, dimension: null }
    : { by: "LABEL", dimension: name };
}

export const isSameDimension = (a: AskedDimension, b: AskedDimension) => a.by === b.by && a.dimension === b.dimension;

/** The values that a built-in dimension has; null where any value may come. */
export function closedValues(by: string): readonly string[] | null {
  return CLOSED[by as CoverageBy] ?? null;
}

/** The values a dimension is known to have; null where any value may come. */
export function declaredValues(plan: CoveragePlan | null, asked: AskedDimension): readonly string[] | null {
  return closedValues(asked.by) ?? planDimension(plan, asked)?.values.map(({ value }) => value) ?? null;
}

/** A language tag as BCP 47 writes it (pt-BR), or as it came where it is no tag. */
export function canonicalLanguage(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag;
  } catch {
    return tag;
  }
}

/** A value as it is compared: languages in any case of letters are one. */
export function canonicalValue(dimension: string, value: string): string {
  return dimension === "LANGUAGE" ? canonicalLanguage(value) : value;
}

/** A cell's name, whatever the order of its conditions and the case of a language. */
export function cellName(cell: readonly CellKey[]): string {
  const keys = cell.map(({ dimension, value }) => JSON.stringify([dimension, canonicalValue(dimension, value)]));
  return keys.sort().join(" ");
}
