// How well do raters agree, by a file with one rating a row?
import type { Level } from "../../src/statistics/difference.js";
import type { Estimate } from "../../src/statistics/estimate.js";
import { everyCoefficient } from "../../src/statistics/everyCoefficient.js";
import { inferCoefficients } from "../../src/statistics/inferCoefficients.js";
import type { Interval } from "../../src/statistics/interval.js";
import { krippendorffAlpha } from "../../src/statistics/krippendorffAlpha.js";
import { patternsOfRatings, type Rating, type RatingsRead } from "../../src/statistics/patternsOfRatings.js";
import { percentAgreement } from "../../src/statistics/percentAgreement.js";
import { raterMatrix } from "../../src/statistics/raterMatrix.js";
import { RatingInputError } from "../../src/statistics/ratingInputError.js";
import type { Value } from "../../src/statistics/ratingPatterns.js";

/** One row of the file by column name: strings from CSV, any JSON value from JSON lines. */
export type FileRow = Readonly<Record<string, unknown>>;

export interface AgreementQuestion {
  /** The columns that hold the unit, the rater and the value. */
  unit: string;
  rater: string;
  value: string;
  level: Level;
  /** The scale's values in their order, used or not. Labels at level ORDINAL need them. */
  categories?: ReadonlyArray<Value> | undefined;
  /** Which of a rater's ratings of one unit count, by file order; LATEST when absent. */
  repeats?: "LATEST" | "FIRST" | "ALL" | undefined;
  /** Every coefficient that makes sense at the level, with its standard error and interval. */
  all?: boolean | undefined;
}

export interface CoefficientRow {
  /** As `weighting` by the names of the reference vectors. */
  coefficient: string;
  weighting: string;
  value: number | null;
  undefinedBecause: string | null;
  units: number;
  /** Raters with a rating, each once, also under ALL, where their repeats count as further raters' ratings. */
  raters: number | null;
  pairableValues: number;
  /** With `all` only; null where the coefficient has none. */
  standardError?: number | null;
  interval?: (Omit<Interval, "method"> & { method: string }) | null;
}

export interface FileAgreement {
  rows: CoefficientRow[];
  /** Rows without a value. */
  skipped: number;
}

/** A row, or the file, that cannot be read as ratings; `row` counts the data rows from 1, null when it is the file. */
export class RatingFileError extends Error {
  override readonly name = "RatingFileError";
  constructor(
    readonly row: number | null,
    message: string,
  ) {
    super(row === null ? message : `row ${row}: ${message}`);
  }
}

const CONFIDENCE = 0.95;

/**
 * Percent agreement and Krippendorff's alpha at one level, or under `all` every coefficient there is for it.
 *
 * Values are numbers when the level is INTERVAL or RATIO, when all categories are, or, without categories, when all
 * values are; otherwise they are labels, compared exactly. A row without a value (empty, null or absent) is skipped and
 * counted. Throws RatingFileError for a missing column, unit or rater, for a value that is not a number or not one of
 * the categories, and for labels at level ORDINAL without categories that order them.
 */
export function agreementOfRatings(rows: ReadonlyArray<FileRow>, question: AgreementQuestion): FileAgreement {
  refuseMissingColumns(rows, question);
  const rated = rows.flatMap((row, index) => (isEmpty(row[question.value]) ? [] : [{ row, number: index + 1 }]));
  const numeric = valuesAreNumbers(
    rated.map(({ row }) => row[question.value]),
    question,
  );
  const categories = question.categories?.map((category) => asValue(category, numeric, null));
  const ratings = rated.map(({ row, number }) => ratingOf(row, number, question, numeric));
  const { repeats = "LATEST" } = question;
  const coefficients = withRowNumbers(
    () => (question.all ? allRows : usualRows)(ratings, question.level, { categories, repeats }),
    rated.map(({ number }) => number),
  );
  const raters = new Set(ratings.map(({ rater }) => rater)).size; // with repeats ALL the patterns count each repeat as one more
  return { rows: coefficients.map((row) => ({ ...row, raters })), skipped: rows.length - rated.length };
}

function usualRows(ratings: ReadonlyArray<Rating>, level: Level, read: RatingsRead): CoefficientRow[] {
  const patterns = patternsOfRatings(ratings, read);
  return [
    coefficientRow("percent_agreement", "unweighted", percentAgreement(patterns)),
    coefficientRow("krippendorff_alpha", level.toLowerCase(), krippendorffAlpha(patterns, level)),
  ];
}

function allRows(ratings: ReadonlyArray<Rating>, level: Level, read: RatingsRead): CoefficientRow[] {
  const bothWays = { patterns: patternsOfRatings(ratings, read), matrix: raterMatrix(ratings, read) };
  const asked = { usual: "ANALYTIC" as const, kinds: [], level: CONFIDENCE, seed: 1, resamples: 0 };
  return inferCoefficients(everyCoefficient(level, read.categories !== undefined), bothWays, asked).map((inferred) => {
    const { coefficient, weighting, standardError, interval } = inferred;
    const shown = interval && { ...interval, method: interval.method.toLowerCase() };
    return { ...coefficientRow(coefficient, weighting, inferred), standardError, interval: shown };
  });
}

function coefficientRow(coefficient: string, weighting: string, estimate: Estimate<string>): CoefficientRow {
  const { units, raters, pairableValues } = estimate;
  const value = estimate.kind === "defined" ? estimate.value : null;
  const undefinedBecause = estimate.kind === "undefined" ? estimate.because : null;
  return { coefficient, weighting, value, undefinedBecause, units, raters, pairableValues };
}

/** A column is there when any row has it: JSON lines leave out what is missing. */
function refuseMissingColumns(rows: ReadonlyArray<FileRow>, { unit, rater, value }: AgreementQuestion): void {
  if (rows.length === 0) return;
  const missing = new Set([unit, rater, value]);
  const present = new Set<string>();
  for (const row of rows) {
    for (const column of Object.keys(row)) if (present.size < 50) present.add(column);
    for (const column of missing) if (Object.hasOwn(row, column)) missing.delete(column);
    if (missing.size === 0) return;
  }
  const names = [...missing].map((column) => JSON.stringify(column)).join(", ");
  throw new RatingFileError(null, `the file has no column ${names}; it has ${[...present].join(", ")}`);
}

function valuesAreNumbers(values: ReadonlyArray<unknown>, { level, categories }: AgreementQuestion): boolean {
  if (level === "INTERVAL" || level === "RATIO") return true;
  if ((categories ?? values).every((value) => asNumber(value) !== null)) return true;
  if (level === "NOMINAL" || categories) return false;
  const label = values.find((value) => asNumber(value) === null);
  throw new RatingFileError(
    null,
    `level ORDINAL needs an order for labels such as ${JSON.stringify(label)}; give the categories in order`,
  );
}

function ratingOf(row: FileRow, number: number, question: AgreementQuestion, numeric: boolean): Rating {
  return {
    unit: identifier(row, question.unit, number),
    rater: identifier(row, question.rater, number),
    value: asValue(row[question.value], numeric, number),
  };
}

function identifier(row: FileRow, column: string, number: number): string {
  const found = row[column];
  if (isEmpty(found)) throw new RatingFileError(number, `${column} is empty; a rating needs a unit and a rater`);
  return asLabel(found);
}

function asValue(value: unknown, numeric: boolean, row: number | null): Value {
  if (!numeric) return asLabel(value);
  const found = asNumber(value);
  if (found !== null) return found;
  throw new RatingFileError(row, `${row === null ? "category" : "value"} ${JSON.stringify(value)} is not a number`);
}

function asLabel(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A decimal number, null for anything else: no hexadecimal, no thousands separators, no infinities. */
function asNumber(value: unknown): number | null {
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : "";
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return null;
  return Number.isFinite(Number(text)) ? Number(text) : null;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

function withRowNumbers<T>(read: () => T, numbers: ReadonlyArray<number>): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RatingInputError)) throw error;
    throw new RatingFileError(error.index === null ? null : numbers[error.index]!, error.message);
  }
}
