// How many raters, and how many units, does it take to know a coefficient this well?
import { drawRatings, unitsWithRatings } from "./drawRatings.js";
import { whyNothingToCompare } from "./estimate.js";
import { noFigure, type NoFigure } from "./figure.js";
import { jackknife } from "./jackknife.js";
import { normalQuantile } from "./normalDistribution.js";
import { countsOf } from "./pairableCounts.js";
import { randomNumbers } from "./randomNumbers.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import type { Statistic } from "./sumStatistic.js";
import { tQuantile } from "./tQuantile.js";
import { varianceByRaters, type UnitVariance } from "./varianceByRaters.js";

/**
 * Why there is no plan.
 *
 * - `NO_RATINGS`, `NO_PAIRABLE_UNITS`: as for a coefficient.
 * - `TOO_FEW_UNITS`: fewer than 20 units have two ratings, so their variance is not known.
 * - `NO_STANDARD_ERROR`: the statistic, or its error, has no value on these ratings.
 * - `NO_VARIATION`: the error is 0, as when all agree: that says nothing about other units.
 * - `TOO_MANY_UNITS`: the half-width is so small that no plan has a billion units or fewer.
 */
export type PlanReason =
  "NO_RATINGS" | "NO_PAIRABLE_UNITS" | "TOO_FEW_UNITS" | "NO_STANDARD_ERROR" | "NO_VARIATION" | "TOO_MANY_UNITS";

/** The standard error of the coefficient that a plan is for, over units, on some ratings; null where it has none. */
export type ErrorOf = (design: RatingPatterns) => number | null;

/** The error of any statistic by leaving out one unit at a time. */
export function jackknifeError(statistic: Statistic): ErrorOf {
  return (design) => jackknife(design, statistic).standardError;
}

export interface PlanAsked {
  /** How far the limits of the interval may be from the value, before they are cut. */
  halfWidth: number;
  level?: number;
  /** Plans are made for 2 raters a unit up to so many. */
  mostRaters: number;
  seed: number;
  /** How often the ratings of a unit are drawn; 10 unless told. */
  draws?: number;
}

export interface PlanRow {
  /** Ratings a unit. */
  raters: number;
  units: number;
  /** raters × units */
  ratings: number;
  /** s²_m: the squared standard error, times the number of units. */
  perUnitVariance: number;
  /** True where no unit, or too few, have so many ratings, and the variance is a fitted one. */
  extrapolated: boolean;
}

export interface RatingPlan {
  kind: "defined";
  /** By raters a unit, ascending. */
  rows: ReadonlyArray<PlanRow>;
  /** The index of the row with the fewest ratings; of equal ones the first. */
  fewestRatings: number;
}

/** A variance of fewer units is too uncertain, and deeper ratings of a small part of them are of chosen units. */
const FEWEST_UNITS = 20;
const FEWEST_SHARE = 0.3;
const MOST_UNITS = 1e9;
const MOST_RATERS = 1_000;

/**
 * How many units with m ratings each give a coefficient an interval that reaches no farther than `halfWidth`, from the
 * ratings at hand and its error on parts of them (`jackknifeError` of it, or a faster way to the same).
 *
 * For each m that 20 units, and 30% of the units with two ratings, have: m ratings of each such unit are drawn without
 * replacement, several times; each draw's error, squared, times its units is the variance of one unit, and their mean
 * is s²_m. The units needed are the fewest n ≥ 2 with t(n − 1) s_m/√n ≤ halfWidth. Beyond these m, s²_m is fitted
 * (`varianceByRaters`), which needs two of them; else no plan is offered. The units planned for must be like those at
 * hand; raters are taken as exchangeable, and only units as drawn. Simulated plans from 200 units gave half-widths
 * within a tenth of the one asked for where three values were even, and up to a half off where one value had 90%.
 *
 * Undefined: `PlanReason`; a row is left out where s²_m is missing or 0, or the units needed are more than 10⁹. Throws
 * a RangeError on a half-width, level, number of raters or of draws that makes no sense. Time: that of `errorOf` on at
 * most 100 patterns, for each m and draw.
 * Source: the jackknife of Efron (1982), chapter 3, on parts of the ratings; a decision study as in Brennan,
 * Generalizability theory (2001), 1.2, with the pairs of ratings as they stand instead of variance components.
 */
export function planRatings(
  ratings: RatingPatterns,
  errorOf: ErrorOf,
  asked: PlanAsked,
): RatingPlan | NoFigure<PlanReason> {
  refuseSenseless(asked);
  const because = whyNothingToCompare(countsOf(ratings));
  if (because) return noFigure(because);
  const observed = observedVariances(ratings, errorOf, asked);
  if (observed.length === 0) return noFigure("TOO_FEW_UNITS");
  const found = observed.filter(({ variance }) => variance !== null) as UnitVariance[];
  if (found.length === 0) return noFigure("NO_STANDARD_ERROR");
  const varying = found.filter(({ variance }) => variance > 0);
  if (varying.length === 0) return noFigure("NO_VARIATION");
  const rows = variancesUpTo(asked.mostRaters, varying).flatMap((row) => planRow(row, asked) ?? []);
  if (rows.length === 0) return noFigure("TOO_MANY_UNITS");
  const fewest = rows.reduce((best, row, i) => (row.ratings < rows[best]!.ratings ? i : best), 0);
  return { kind: "defined", rows, fewestRatings: fewest };
}

function observedVariances(ratings: RatingPatterns, errorOf: ErrorOf, { mostRaters, seed, draws = 10 }: PlanAsked) {
  const random = randomNumbers(seed);
  const found: { m: number; variance: number | null }[] = [];
  let pairable = 0;
  for (let m = 2; m <= mostRaters; m++) {
    const units = unitsWithRatings(ratings, m);
    if (m === 2) pairable = units.length;
    if (units.length < Math.max(FEWEST_UNITS, FEWEST_SHARE * pairable)) break;
    found.push({ m, variance: unitVariance(draws, () => drawRatings(random, ratings, units, m), errorOf) });
  }
  return found;
}

/** s²_m, averaged over the draws that have an error; null when none has. */
function unitVariance(draws: number, draw: () => RatingPatterns, errorOf: ErrorOf): number | null {
  let sum = 0;
  let known = 0;
  for (let i = 0; i < draws; i++) {
    const design = draw();
    const standardError = errorOf(design);
    if (standardError === null) continue;
    sum += standardError ** 2 * countsOf(design).units;
    known++;
  }
  return known === 0 ? null : sum / known;
}

function variancesUpTo(mostRaters: number, observed: ReadonlyArray<UnitVariance>) {
  const rows = observed.map((row) => ({ ...row, extrapolated: false }));
  const varianceAt = varianceByRaters(observed);
  if (!varianceAt) return rows;
  for (let m = observed.at(-1)!.m + 1; m <= mostRaters; m++)
    rows.push({ m, variance: varianceAt(m), extrapolated: true });
  return rows;
}

function planRow(
  { m, variance, extrapolated }: UnitVariance & { extrapolated: boolean },
  { halfWidth, level = 0.95 }: PlanAsked,
): PlanRow | null {
  const p = (1 + level) / 2;
  let units = Math.max(2, Math.ceil(((normalQuantile(p) * Math.sqrt(variance)) / halfWidth) ** 2));
  if (units > MOST_UNITS) return null;
  while (tQuantile(p, units - 1) * Math.sqrt(variance / units) > halfWidth) units++;
  return { raters: m, units, ratings: m * units, perUnitVariance: variance, extrapolated };
}

function refuseSenseless({ halfWidth, level = 0.95, mostRaters, draws = 10 }: PlanAsked): void {
  if (!(halfWidth > 0 && halfWidth < Infinity)) throw new RangeError(`a half-width of ${halfWidth} is not above 0`);
  if (!(level > 0 && level < 1)) throw new RangeError(`level ${level} is not between 0 and 1`);
  if (!(Number.isSafeInteger(mostRaters) && mostRaters >= 2 && mostRaters <= MOST_RATERS))
    throw new RangeError(`${mostRaters} raters a unit were asked for; a plan needs a whole number from 2 to 1000`);
  if (!(Number.isSafeInteger(draws) && draws >= 1))
    throw new RangeError(`${draws} draws are not a whole number from 1 up`);
}
