// What do several ratings of one example say together? Pure.

export const QUALITY_RULES = ["MEAN", "MEDIAN", "MAJORITY"] as const;
export type QualityRule = (typeof QUALITY_RULES)[number];

/** A criterion version's scale: declared categories, or null for a continuous one. */
export interface Scale {
  level: "NOMINAL" | "ORDINAL" | "INTERVAL" | "RATIO";
  categories: ReadonlyArray<string | number> | null;
}

/** The rule where none is asked for: the mean of numbers, else the majority. */
export function defaultRule(scale: Scale): QualityRule {
  return hasNumbers(scale) && scale.level !== "NOMINAL" ? "MEAN" : "MAJORITY";
}

/** Why a rule cannot be used on a scale, or null. */
export function ruleProblem(rule: QualityRule, scale: Scale): string | null {
  if (rule === "MEAN" && !hasNumbers(scale))
    return "its categories are no numbers; use MEDIAN where they are ordered, or MAJORITY";
  if (rule === "MEDIAN" && scale.level === "NOMINAL") return "its categories have no order; use MAJORITY";
  return null;
}

function hasNumbers({ categories }: Scale): boolean {
  return categories === null || categories.every((category) => typeof category === "number");
}

/**
 * The consensus of values as ratings hold them: indexes into the categories, or scores on a continuous scale. MEAN: the
 * arithmetic mean. MEDIAN: the middle; of two middle ones that differ, their mean for numbers, else null. MAJORITY: the most
 * frequent; null on a tie. Null where nobody rated.
 */
export function consensusOf(rule: QualityRule, scale: Scale, values: readonly number[]): number | string | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const said = sorted.map((value) => (scale.categories === null ? value : scale.categories[value]!));
  if (rule === "MEAN") return mean(said as number[]);
  return rule === "MEDIAN" ? median(said) : majority(said);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(sorted: ReadonlyArray<number | string>): number | string | null {
  const low = sorted[Math.floor((sorted.length - 1) / 2)]!;
  const high = sorted[Math.ceil((sorted.length - 1) / 2)]!;
  if (low === high) return low;
  return typeof low === "number" && typeof high === "number" ? (low + high) / 2 : null;
}

function majority(sorted: ReadonlyArray<number | string>): number | string | null {
  const counts = new Map<number | string, number>();
  for (const value of sorted) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const leaders = [...counts].filter(([, count]) => count === most);
  return leaders.length === 1 ? leaders[0]![0] : null;
}
