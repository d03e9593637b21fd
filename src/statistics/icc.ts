// Which share of the variance of numbers comes from the units, and not from the raters or from chance?
import { defined, undefinedBecause, type RaterReason } from "./estimate.js";
import { fQuantile } from "./fQuantile.js";
import { NO_UNCERTAINTY, type Inferred } from "./interval.js";
import { meanSquares, whyNoCompleteTable, type MeanSquares } from "./meanSquares.js";
import { countsOfMatrix, type RaterMatrix } from "./raterMatrix.js";

/**
 * (1,·): one way, raters differ by unit; (2,·): two ways, raters drawn at random, absolute agreement; (3,·): two ways,
 * these raters only, consistency. (·,1): of one rater; (·,k): of the mean of all k raters.
 */
export type IccForm = "ICC(1,1)" | "ICC(1,k)" | "ICC(2,1)" | "ICC(2,k)" | "ICC(3,1)" | "ICC(3,k)";

/**
 * The intraclass correlation of n units × k raters without missing ratings, with its interval from the F distribution.
 *
 * Level: interval. Range: at most 1; may be negative, even below −1. No standard error. No interval where the residual
 * variance is 0, so that F is infinite, or where the limits for (2,·) do not enclose the value.
 * Undefined: NO_RATINGS, NEEDS_TWO_UNITS_AND_TWO_RATERS, INCOMPLETE_RATINGS, VALUES_NOT_NUMERIC, NO_VARIATION where
 * the variance that it is a share of is 0, or for (2,k) below.
 * Source: Shrout and Fleiss, Intraclass correlations (1979); McGraw and Wong, Forming inferences about some intraclass
 * correlation coefficients (1996); as R irr 0.84.1 icc.
 */
export function icc(matrix: RaterMatrix, form: IccForm, level = 0.95): Inferred<RaterReason> {
  const none = whyNoCompleteTable(matrix);
  if (none) return { ...none, ...NO_UNCERTAINTY };
  const counts = countsOfMatrix(matrix);
  const numeric = matrix.values.every((value) => typeof value === "number");
  if (!numeric) return { ...undefinedBecause("VALUES_NOT_NUMERIC", counts), ...NO_UNCERTAINTY };
  const squares = meanSquares(matrix);
  const [above, below] = FORMS[form].share(squares);
  if (!(below > 0)) return { ...undefinedBecause("NO_VARIATION", counts), ...NO_UNCERTAINTY };
  const value = above / below;
  const [low, high] = FORMS[form].limits(squares, value, (1 + level) / 2);
  // McGraw and Wong's limits turn over a pole, away from the value, when units differ far less than raters err.
  const interval = low <= value && value <= high ? { low, high, level, method: "F_DISTRIBUTION" as const } : null;
  return { ...defined(value, counts), standardError: null, interval };
}

interface Form {
  /** What is divided by what. */
  share: (squares: MeanSquares) => readonly [above: number, below: number];
  /** The limits whose outer shares are 1 − p each. */
  limits: (squares: MeanSquares, value: number, p: number) => readonly [low: number, high: number];
}

const FORMS: Record<IccForm, Form> = {
  "ICC(1,1)": {
    share: ({ raters: k, rows, within }) => [rows - within, rows + (k - 1) * within],
    limits: (squares, _, p) => oneWay(squares, p).map((f) => ofOne(f, squares.raters)) as [number, number],
  },
  "ICC(1,k)": {
    share: ({ rows, within }) => [rows - within, rows],
    limits: (squares, _, p) => oneWay(squares, p).map(ofMean) as [number, number],
  },
  "ICC(2,1)": {
    share: ({ units: n, raters: k, rows, columns, residual }) => [
      rows - residual,
      rows + (k - 1) * residual + (k / n) * (columns - residual),
    ],
    limits: (squares, value, p) => agreementLimits(squares, squares.raters, value, p),
  },
  "ICC(2,k)": {
    share: ({ units: n, rows, columns, residual }) => [rows - residual, rows + (columns - residual) / n],
    limits: (squares, value, p) => agreementLimits(squares, 1, value, p),
  },
  "ICC(3,1)": {
    share: ({ raters: k, rows, residual }) => [rows - residual, rows + (k - 1) * residual],
    limits: (squares, _, p) => twoWay(squares, p).map((f) => ofOne(f, squares.raters)) as [number, number],
  },
  "ICC(3,k)": {
    share: ({ rows, residual }) => [rows - residual, rows],
    limits: (squares, _, p) => twoWay(squares, p).map(ofMean) as [number, number],
  },
};

const ofOne = (f: number, k: number) => (f - 1) / (f + k - 1);
const ofMean = (f: number) => 1 - 1 / f;

function oneWay({ units: n, raters: k, rows, within }: MeanSquares, p: number): [number, number] {
  return aroundRatio(rows / within, n - 1, n * (k - 1), p);
}

function twoWay({ units: n, raters: k, rows, residual }: MeanSquares, p: number): [number, number] {
  return aroundRatio(rows / residual, n - 1, (n - 1) * (k - 1), p);
}

function aroundRatio(f: number, df1: number, df2: number, p: number): [number, number] {
  return [f / fQuantile(p, df1, df2), f * fQuantile(p, df2, df1)];
}

/**
 * McGraw and Wong's limits for absolute agreement of one rater, `k` the raters, or of their mean, `k` 1. The degrees of
 * freedom v take k raters times the value in both, as R irr does for the mean as well.
 */
function agreementLimits(squares: MeanSquares, k: number, value: number, p: number): [number, number] {
  const { units: n, raters, rows, columns, residual } = squares;
  const odds = (raters * value) / (n * (1 - value));
  const [a, b] = [odds * columns, (1 + odds * (n - 1)) * residual];
  const v = (a + b) ** 2 / (a ** 2 / (raters - 1) + b ** 2 / ((n - 1) * (raters - 1)));
  if (!(v > 0 && Number.isFinite(v)) || residual === 0) return [Number.NaN, Number.NaN];
  const others = k * columns + (k * n - k - n) * residual;
  const [lower, upper] = [fQuantile(p, n - 1, v), fQuantile(p, v, n - 1)];
  return [
    (n * (rows - lower * residual)) / (lower * others + n * rows),
    (n * (upper * rows - residual)) / (others + n * upper * rows),
  ];
}
