// What do the ratings of one unit say together, and how certain is that? Pure.

export const CONSENSUS_RULES = ["MEAN", "MEDIAN", "MAJORITY", "DAWID_SKENE"] as const;
export type ConsensusRule = (typeof CONSENSUS_RULES)[number];
/** Those that look at the ratings of one unit alone; DAWID_SKENE looks at all of them, in statistics/dawidSkene.ts. */
export type UnitRule = Exclude<ConsensusRule, "DAWID_SKENE">;

/** A criterion version's scale: declared categories, or null for a continuous one with its bounds, null where open. */
export interface Scale {
  level: "NOMINAL" | "ORDINAL" | "INTERVAL" | "RATIO";
  categories: ReadonlyArray<string | number> | null;
  minimum?: number | null;
  maximum?: number | null;
}

export interface Consensus {
  /** Null on a tie, and where nobody rated. */
  value: number | string | null;
  /** From 0 to 1; null where nobody rated, and around a mean or median on a scale without bounds. */
  certainty: number | null;
}

const NOTHING: Consensus = { value: null, certainty: null };

/** The rule where none is asked for: the mean of numbers, else the majority. */
export function defaultRule(scale: Scale): UnitRule {
  return hasNumbers(scale) && scale.level !== "NOMINAL" ? "MEAN" : "MAJORITY";
}

/** Why a rule cannot be used on a scale, or null. */
export function ruleProblem(rule: ConsensusRule, scale: Scale): string | null {
  if (rule === "MEAN" && !hasNumbers(scale))
    return "its categories are no numbers; use MEDIAN where they are ordered, or MAJORITY";
  if (rule === "MEDIAN" && scale.level === "NOMINAL") return "its categories have no order; use MAJORITY";
  if (rule === "DAWID_SKENE" && scale.categories === null) return "its scale has no categories; use MEAN or MEDIAN";
  return null;
}

/** Why a rule gives no certainty on a scale, or null. */
export function certaintyProblem(rule: ConsensusRule, scale: Scale): string | null {
  if (rule === "MAJORITY" || rule === "DAWID_SKENE" || rangeOf(scale) !== null) return null;
  return "its scale has no bounds, so that no spread is large or small";
}

/** Whether its values are numbers, whose differences a mean needs. */
export function hasNumbers({ categories }: Scale): boolean {
  return categories === null || categories.every((category) => typeof category === "number");
}

/**
 * The consensus of values as ratings hold them: indexes into the categories, or scores on a continuous scale.
 *
 * MEAN: the arithmetic mean. MEDIAN: the middle; of two middle ones that differ, their mean for numbers, else null.
 * MAJORITY: the most frequent; null on a tie.
 *
 * Certainty of MAJORITY: the share of the ratings that gave it; on a tie the share of each of the tied. Of MEAN and MEDIAN:
 * 1 − 2·√(Σ(x − c)²/n) / range around the consensus c, not below 0; the range is that of the declared scale. All alike
 * gives 1, half at either end 0. Text counts by its place in the declared order, two middle ones by the place between.
 */
export function consensusOf(rule: UnitRule, scale: Scale, values: readonly number[]): Consensus {
  if (values.length === 0) return NOTHING;
  const sorted = [...values].sort((a, b) => a - b);
  if (rule === "MAJORITY") return majority(sorted, scale);
  const measures = sorted.map((value) => measureOf(value, scale));
  const [low, high] = middlesOf(measures);
  const center = rule === "MEAN" ? mean(measures) : (low + high) / 2;
  const value = hasNumbers(scale) ? center : low === high ? scale.categories![low]! : null;
  return { value, certainty: certaintyAround(center, measures, scale) };
}

/** What a rating's value is measured as: its number, or the place of its text. */
function measureOf(value: number, scale: Scale): number {
  return scale.categories !== null && hasNumbers(scale) ? (scale.categories[value] as number) : value;
}

function mean(measures: readonly number[]): number {
  return measures.reduce((sum, x) => sum + x, 0) / measures.length;
}

/** The one in the middle twice, or the two there. */
function middlesOf(sorted: readonly number[]): [low: number, high: number] {
  return [sorted[Math.floor((sorted.length - 1) / 2)]!, sorted[Math.ceil((sorted.length - 1) / 2)]!];
}

function majority(sorted: readonly number[], { categories }: Scale): Consensus {
  const counts = new Map<number, number>();
  for (const value of sorted) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const leaders = [...counts].filter(([, count]) => count === most);
  const [leader] = leaders[0]!;
  const value = leaders.length > 1 ? null : categories === null ? leader : categories[leader]!;
  return { value, certainty: most / sorted.length };
}

function certaintyAround(center: number, measures: readonly number[], scale: Scale): number | null {
  const range = rangeOf(scale);
  if (range === null) return null;
  const squares = measures.reduce((sum, x) => sum + (x - center) * (x - center), 0);
  return Math.max(0, 1 - (2 * Math.sqrt(squares / measures.length)) / range);
}

/** From the least to the greatest measure of the declared scale; null where it has no bounds. */
export function rangeOf(scale: Scale): number | null {
  const { categories, minimum = null, maximum = null } = scale;
  if (categories === null) return minimum === null || maximum === null ? null : maximum - minimum;
  const measures = categories.map((_, index) => measureOf(index, scale));
  return Math.max(...measures) - Math.min(...measures);
}
