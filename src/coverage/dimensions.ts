// Along which dimensions can examples be counted, and which values has each?
import { LENGTH_BUCKETS } from "../examples/lengthBucket.js";
import type { SourceKind } from "../sources/tables.js";
import type { CoveragePlan, PlanDimension } from "./coveragePlan.js";

export const COVERAGE_BY = ["SOURCE_KIND", "SOURCE", "LABEL", "LENGTH", "LANGUAGE"] as const;
export type CoverageBy = (typeof COVERAGE_BY)[number];

/** A dimension that is asked for; its label dimension where by is LABEL. */
export interface AskedDimension {
  by: CoverageBy;
  dimension: string | null;
}

/** Dimensions that a plan need not declare; a plan's own keys must differ from them. */
export const BUILT_IN: readonly string[] = COVERAGE_BY.filter((by) => by !== "LABEL");

export const SOURCE_KINDS: readonly SourceKind[] = ["HUMAN_DEMONSTRATION", "FILTERED_DATASET", "MODEL_GENERATED"];

/** What a dimension is called in plans and reports. */
export function nameOf(asked: AskedDimension): string {
  return asked.by === "LABEL" ? asked.dimension! : asked.by;
}

export function planDimension(plan: CoveragePlan | null, asked: AskedDimension): PlanDimension | null {
  return asked.by === "LABEL" ? (plan?.dimensions.find(({ key }) => key === asked.dimension) ?? null) : null;
}

/** The values a dimension is known to have; null where any value may come. */
export function declaredValues(plan: CoveragePlan | null, asked: AskedDimension): readonly string[] | null {
  if (asked.by === "SOURCE_KIND") return SOURCE_KINDS;
  if (asked.by === "LENGTH") return LENGTH_BUCKETS;
  return planDimension(plan, asked)?.values.map(({ value }) => value) ?? null;
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
