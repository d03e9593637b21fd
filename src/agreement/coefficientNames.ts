// Which coefficients can be asked for, and what are they called in the API?
import type { MeasurementLevel } from "../guidelines/tables.js";
import { cohenWithDisagreements, everyCoefficient, type NamedCoefficient } from "../statistics/everyCoefficient.js";

export const COEFFICIENTS = [
  "PERCENT_AGREEMENT",
  "PERCENT_AGREEMENT_UNANIMOUS",
  "KRIPPENDORFF_ALPHA",
  "GWET_AC1",
  "GWET_AC2",
  "BRENNAN_PREDIGER",
  "PABAK",
  "FLEISS_KAPPA",
  "SCOTT_PI",
  "CONGER_KAPPA",
  "LIGHT_KAPPA",
  "COHEN_KAPPA",
  "ICC",
  "KENDALL_W",
  "MEAN_PAIRWISE_SPEARMAN",
] as const;
export type Coefficient = (typeof COEFFICIENTS)[number];

/** What counts as half an agreement, and further variants of a coefficient. */
export const WEIGHTINGS = [
  "UNWEIGHTED",
  "LINEAR",
  "QUADRATIC",
  "ORDINAL",
  "RADICAL",
  "RATIO",
  "BIPOLAR",
  "CUSTOM",
  "NOMINAL",
  "INTERVAL",
  "GWET_LINEAR",
  "GWET_ORDINAL",
  "GWET_RADICAL",
  "ICC_1_1",
  "ICC_1_K",
  "ICC_2_1",
  "ICC_2_K",
  "ICC_3_1",
  "ICC_3_K",
  "TIES_CORRECTED",
  "UNCORRECTED",
  "PLAIN_MEAN",
] as const;
export type Weighting = (typeof WEIGHTINGS)[number];

/** Which coefficients are computed where none is named. */
export const OFFERS = ["RECOMMENDED", "FROM_COUNTS", "ALL"] as const;
export type Offer = (typeof OFFERS)[number];

export interface AskedCoefficient {
  coefficient: Coefficient;
  weighting: Weighting;
  /** How bad each disagreement is, by category; only for CUSTOM. */
  disagreements?: number[][];
}

/** The scale that is measured on. */
export interface MeasuredScale {
  level: MeasurementLevel;
  /** Null on a continuous scale. */
  categories: ReadonlyArray<string | number> | null;
}

/** The names of the reference vectors as those of the API: icc with ICC(2,k) is ICC with ICC_2_K. */
export function apiName({ coefficient, weighting }: { coefficient: string; weighting: string }): AskedCoefficient {
  return { coefficient: upper(coefficient) as Coefficient, weighting: upper(weighting) as Weighting };
}

const upperNames = new Map<string, string>();

function upper(name: string): string {
  let found = upperNames.get(name);
  if (!found) upperNames.set(name, (found = name.toUpperCase().replaceAll(/[(,]/g, "_").replace(")", "")));
  return found;
}

/** The coefficients of an offer, in the order they stand side by side. */
export function offered(offer: Offer, scale: MeasuredScale): AskedCoefficient[] {
  if (offer === "RECOMMENDED") return recommended(scale);
  const sensible = everyCoefficient(scale.level, scale.categories !== null);
  return sensible.filter(({ needs }) => offer === "ALL" || needs === "COUNTS").map(apiName);
}

/**
 * α at the scale's level, with percent agreement and AC1 (labels) or AC2 (ordered values) beside it, which stay informative
 * where one category dominates. The latter depend on the declared categories, and a continuous scale has none.
 */
function recommended({ level, categories }: MeasuredScale): AskedCoefficient[] {
  const always: AskedCoefficient[] = [
    { coefficient: "PERCENT_AGREEMENT", weighting: "UNWEIGHTED" },
    { coefficient: "KRIPPENDORFF_ALPHA", weighting: level },
  ];
  if (categories === null) return always;
  if (level === "NOMINAL") return [...always, { coefficient: "GWET_AC1", weighting: "UNWEIGHTED" }];
  return [...always, { coefficient: "GWET_AC2", weighting: "QUADRATIC" }];
}

/** The weighting of a coefficient where none is named. */
export function usualWeighting(coefficient: Coefficient, level: MeasurementLevel): Weighting {
  switch (coefficient) {
    case "KRIPPENDORFF_ALPHA":
      return level;
    case "GWET_AC2":
      return "QUADRATIC";
    case "COHEN_KAPPA":
      return level === "NOMINAL" ? "UNWEIGHTED" : "QUADRATIC";
    case "ICC":
      return "ICC_2_1";
    case "KENDALL_W":
      return "TIES_CORRECTED";
    case "MEAN_PAIRWISE_SPEARMAN":
      return "PLAIN_MEAN";
    default:
      return "UNWEIGHTED";
  }
}

/** The weightings that a coefficient takes, whatever the scale. */
export function weightingsOf(coefficient: Coefficient): Weighting[] {
  const taken = everyCoefficient("ORDINAL", true)
    .map(apiName)
    .filter((one) => one.coefficient === coefficient)
    .map((one) => one.weighting);
  return coefficient === "COHEN_KAPPA" ? [...taken, "CUSTOM"] : taken;
}

/** What computes the asked coefficients on a scale, in their order. */
export function computed(asked: readonly AskedCoefficient[], scale: MeasuredScale): NamedCoefficient[] {
  // Also those that make no sense at the level can be asked for; they say why they have no value.
  const known = knownAt(scale.level === "NOMINAL" ? "ORDINAL" : scale.level, scale.categories !== null);
  return asked.map((one) => (one.disagreements ? cohenWithDisagreements(one.disagreements) : known.get(nameOf(one))!));
}

const knownAtLevels = new Map<string, Map<string, NamedCoefficient>>();

/** Coefficients by their names in the API. */
function knownAt(level: MeasurementLevel, declared: boolean): Map<string, NamedCoefficient> {
  const name = `${level} ${declared}`;
  let known = knownAtLevels.get(name);
  if (!known) {
    known = new Map(everyCoefficient(level, declared).map((one) => [nameOf(apiName(one)), one]));
    knownAtLevels.set(name, known);
  }
  return known;
}

function nameOf({ coefficient, weighting }: AskedCoefficient): string {
  return `${coefficient} ${weighting}`;
}
