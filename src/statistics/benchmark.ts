// What do books call a coefficient of this size, when its uncertainty counts?
import { noFigure, type NoFigure } from "./figure.js";
import { normalBelow } from "./normalDistribution.js";

export type ScaleName = "KRIPPENDORFF" | "LANDIS_KOCH" | "ALTMAN" | "KOO_LI";

export interface Band {
  name: string;
  /** Where the band begins; −1 for the lowest, to which anything below belongs as well. */
  from: number;
  /** Whether `from` itself belongs to the band, or to the one below. */
  fromIncluded: boolean;
}

export interface Scale {
  source: string;
  /** From the top down. */
  bands: ReadonlyArray<Band>;
}

/** The scales, which are conventions and not to be used for other coefficients than their sources have in mind. */
export const SCALES: Record<ScaleName, Scale> = {
  KRIPPENDORFF: {
    source: "Krippendorff, Content analysis, 2nd ed. (2004), p. 241; for alpha",
    bands: bands([["RELIABLE", 0.8, true], ["TENTATIVE", 0.667, true], ["NOT_RELIABLE"]]),
  },
  LANDIS_KOCH: {
    source: "Landis and Koch, The measurement of observer agreement for categorical data (1977); for kappa",
    bands: bands([
      ["ALMOST_PERFECT", 0.8, false],
      ["SUBSTANTIAL", 0.6, false],
      ["MODERATE", 0.4, false],
      ["FAIR", 0.2, false],
      ["SLIGHT", 0, true],
      ["POOR"],
    ]),
  },
  ALTMAN: {
    source: "Altman, Practical statistics for medical research (1991), p. 404; for kappa",
    bands: bands([
      ["VERY_GOOD", 0.8, false],
      ["GOOD", 0.6, false],
      ["MODERATE", 0.4, false],
      ["FAIR", 0.2, false],
      ["POOR"],
    ]),
  },
  KOO_LI: {
    source: "Koo and Li, A guideline of selecting and reporting intraclass correlation coefficients (2016); for ICC",
    bands: bands([["EXCELLENT", 0.9, false], ["GOOD", 0.75, true], ["MODERATE", 0.5, true], ["POOR"]]),
  },
};

/** The band of a scale in which a value lies. */
export function bandOf(value: number, scale: ScaleName): string {
  if (Number.isNaN(value)) throw new RangeError("NaN lies in no band");
  const holds = ({ from, fromIncluded }: Band) => value > from || (fromIncluded && value === from);
  const found = SCALES[scale].bands.find(holds) ?? SCALES[scale].bands.at(-1)!;
  return found.name;
}

/** The band of the lower limit of an interval: what the coefficient is at least. Undefined: NO_INTERVAL. */
export function bandOfLowerLimit(
  interval: { readonly low: number } | null,
  scale: ScaleName,
): { kind: "defined"; band: string } | NoFigure<"NO_INTERVAL"> {
  return interval ? { kind: "defined", band: bandOf(interval.low, scale) } : noFigure("NO_INTERVAL");
}

export interface Membership {
  kind: "defined";
  /** From the top band down: the probability that the coefficient lies in it, and in it or a higher one. */
  bands: ReadonlyArray<{ name: string; probability: number; cumulative: number }>;
  /** The highest band at which the cumulative probability is 0.95 or more. */
  band: string;
}

/** What Gwet asks for. */
const SURE_ENOUGH = 0.95;

/**
 * Gwet's probabilistic benchmarking of a coefficient κ̂ with its standard error: a band from a to b has the probability
 * [Φ((κ̂ − a)/SE) − Φ((κ̂ − b)/SE)] / [Φ((κ̂ + 1)/SE) − Φ((κ̂ − 1)/SE)], the normal distribution cut at −1 and 1,
 * added up from the top. With an error of 0 the band of κ̂ has all of it.
 *
 * Undefined: NO_STANDARD_ERROR. Throws a RangeError on a κ̂ or an error that is not finite and an error below 0.
 * Source: Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), chapter 6; results as of R irrCAC 1.4
 * landis.koch.bf and altman.bf.
 */
export function bandMembership(
  value: number,
  standardError: number | null,
  scale: ScaleName,
): Membership | NoFigure<"NO_STANDARD_ERROR"> {
  if (standardError === null) return noFigure("NO_STANDARD_ERROR");
  if (!Number.isFinite(value) || !(standardError >= 0 && standardError < Infinity))
    throw new RangeError(`${value} ± ${standardError} is no estimate`);
  const normalBetween = (a: number, b: number) => between((a - value) / standardError, (b - value) / standardError);
  const whole = standardError > 0 ? normalBetween(-1, 1) : 0;
  let upper = 1;
  let cumulative = 0;
  const found = SCALES[scale].bands.map(({ name, from }) => {
    const certain = Number(bandOf(value, scale) === name);
    const probability = whole > 0 ? normalBetween(from, upper) / whole : certain;
    upper = from;
    cumulative = Math.min(1, cumulative + probability);
    return { name, probability, cumulative };
  });
  const sure = found.find((band) => band.cumulative >= SURE_ENOUGH) ?? found.at(-1)!;
  return { kind: "defined", bands: found, band: sure.name };
}

/** Φ(b) − Φ(a), computed in the tail where both are small. */
function between(a: number, b: number): number {
  return a > 0 ? normalBelow(-a) - normalBelow(-b) : normalBelow(b) - normalBelow(a);
}

function bands(listed: ReadonlyArray<readonly [name: string, from?: number, fromIncluded?: boolean]>): Band[] {
  return listed.map(([name, from = -1, fromIncluded = true]) => ({ name, from, fromIncluded }));
}
