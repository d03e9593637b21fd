// Pairs, confusions, disagreements and plans: what are they, by the ratings of a file?
import { coincidences } from "../../../src/statistics/coincidences.js";
import { kappaOfTable } from "../../../src/statistics/cohenKappa.js";
import type { Level } from "../../../src/statistics/difference.js";
import { gwetWeights, weightingRefuses, type Weighting } from "../../../src/statistics/gwetWeights.js";
import { jackknivesOfSums } from "../../../src/statistics/jackknife.js";
import { krippendorffAlpha, krippendorffAlphaSums } from "../../../src/statistics/krippendorffAlpha.js";
import { pairAgreement, pairTables, type PairTable } from "../../../src/statistics/pairTables.js";
import { patternsOfRatings } from "../../../src/statistics/patternsOfRatings.js";
import { planRatings } from "../../../src/statistics/planRatings.js";
import { raterMatrix, type RaterMatrix } from "../../../src/statistics/raterMatrix.js";
import type { RatingPatterns } from "../../../src/statistics/ratingPatterns.js";
import { unitDisagreements } from "../../../src/statistics/unitDisagreements.js";
import type { RatingsOfFile } from "./agreementOfFile.js";
import type { ShownConfusion, ShownDisagreement, ShownPair, ShownPlanRow } from "./partsView.js";

export interface PartsAsked {
  level: Level;
  pairs?: boolean | undefined;
  confusions?: boolean | undefined;
  disagreements?: number | undefined;
  /** The half-width that a plan is for. */
  plan?: number | undefined;
  mostRaters?: number | undefined;
  confidence?: number | undefined;
  seed?: number | undefined;
}

export interface FileParts {
  pairs?: ShownPair[];
  confusions?: ShownConfusion[];
  disagreements?: ShownDisagreement[];
  plan?: { undefinedBecause: string | null; rows: ShownPlanRow[] };
}

/** Those that were asked for. */
export function partsOfFile({ ratings, read, naming }: RatingsOfFile, asked: PartsAsked): FileParts {
  const weighting = asked.level === "NOMINAL" ? "UNWEIGHTED" : "QUADRATIC";
  const matrix = naming(() => raterMatrix(ratings, read));
  const patterns = naming(() => patternsOfRatings(ratings, read));
  return {
    ...(asked.pairs ? { pairs: pairsOf(matrix, weighting) } : {}),
    ...(asked.confusions ? { confusions: confusionsOf(patterns) } : {}),
    ...(asked.disagreements === undefined
      ? {}
      : { disagreements: disagreementsOf(matrix, weighting, asked.disagreements) }),
    ...(asked.plan === undefined ? {} : { plan: planOf(patterns, asked.plan, asked) }),
  };
}

/** Lowest κ first; those without one last. */
function pairsOf(matrix: RaterMatrix, weighting: Weighting): ShownPair[] {
  const pairs = pairTables(matrix).map((table) => pairOf(table, matrix, weighting));
  return pairs.sort((a, b) => (a.kappa ?? Infinity) - (b.kappa ?? Infinity) || b.unitCount - a.unitCount || 0);
}

function pairOf(table: PairTable, { values, raters }: RaterMatrix, weighting: Weighting): ShownPair {
  const q = values.length;
  const refused = weightingRefuses(weighting, values);
  const w = gwetWeights(refused ? "UNWEIGHTED" : weighting, values);
  const kappa = kappaOfTable(table, q, w, { units: table.units, raters: 2, pairableValues: 2 * table.units });
  return {
    firstAnnotator: `${raters[table.first]}`,
    secondAnnotator: `${raters[table.second]}`,
    unitCount: table.units,
    percentAgreement: pairAgreement(table, q, (k, l) => (k === l ? 1 : 0)).observed,
    kappa: kappa.kind === "defined" ? kappa.value : null,
    undefinedBecause: kappa.kind === "undefined" ? kappa.because : null,
    interval: kappa.interval,
  };
}

function confusionsOf(patterns: RatingPatterns): ShownConfusion[] {
  const found = coincidences(patterns);
  if (found.kind === "undefined") return [];
  return found.confusions.map(({ values: [c, k], ...confusion }) => ({
    first: found.values[c]!,
    second: found.values[k]!,
    ...confusion,
  }));
}

function disagreementsOf(matrix: RaterMatrix, weighting: Weighting, most: number): ShownDisagreement[] {
  return unitDisagreements(matrix, weighting)
    .slice(0, most)
    .map(({ unit, disagreement, counts }) => ({
      unit: `${matrix.units[unit]}`,
      disagreement,
      ratingCount: counts.reduce((sum, [, count]) => sum + count, 0),
      values: counts.map(([index, count]) => ({ value: matrix.values[index]!, count })),
    }));
}

/** For α at the level, by the jackknife. */
function planOf(patterns: RatingPatterns, halfWidth: number, asked: PartsAsked): NonNullable<FileParts["plan"]> {
  const { level: scale, confidence: level = 0.95, mostRaters = 10, seed = 1 } = asked;
  const errorOf = (design: RatingPatterns) =>
    krippendorffAlpha(design, scale).kind === "undefined"
      ? null
      : jackknivesOfSums([krippendorffAlphaSums(design, scale)])[0]!.standardError;
  const plan = planRatings(patterns, errorOf, { halfWidth, level, mostRaters, seed });
  if (plan.kind === "undefined") return { undefinedBecause: plan.because, rows: [] };
  return {
    undefinedBecause: null,
    rows: plan.rows.map((row, i) => ({ ...row, fewestRatings: i === plan.fewestRatings })),
  };
}
