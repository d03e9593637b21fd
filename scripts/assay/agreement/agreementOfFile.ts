// How well do raters agree, by a file with one rating a row?
import type { Level } from "../../../src/statistics/difference.js";
import { everyCoefficient, type NamedCoefficient } from "../../../src/statistics/everyCoefficient.js";
import { inferCoefficients, type InferredCoefficient } from "../../../src/statistics/inferCoefficients.js";
import type { Interval, IntervalKind } from "../../../src/statistics/interval.js";
import { warningsOf } from "../../../src/statistics/intervalWarnings.js";
import { patternsOfRatings, type Rating, type RatingsRead } from "../../../src/statistics/patternsOfRatings.js";
import { raterMatrix } from "../../../src/statistics/raterMatrix.js";
import { RatingInputError } from "../../../src/statistics/ratingInputError.js";
import type { Value } from "../../../src/statistics/ratingPatterns.js";

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
  /** Every coefficient that makes sense at the level, each with its error and interval by formula. */
  all?: boolean | undefined;
  /** Intervals beside; by default at 0.95, seed 1, 2,000 resamples. */
  intervals?: ReadonlyArray<IntervalKind> | undefined;
  confidence?: number | undefined;
  seed?: number | undefined;
  resamples?: number | undefined;
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
  /** Null where the coefficient has none. */
  standardError: number | null;
  interval: NamedInterval | null;
  /** Those asked for beside. */
  intervals?: Array<NamedInterval & { standardError: number | null; undefinedResamples: number }>;
}

/** The method by the lower-case name that the reference vectors' peers use. */
type NamedInterval = Omit<Interval, "method"> & { method: string };

export interface FileAgreement {
  rows: CoefficientRow[];
  /** Why intervals may be too narrow. */
  warnings: string[];
  /** Rows without a value. */
  skipped: number;
}

/** The ratings of a file, and how they are to be read. */
export interface RatingsOfFile {
  ratings: Rating[];
  read: RatingsRead;
  skipped: number;
  /** Does something with the ratings; a refusal names the row of the file. */
  naming: <T>(use: () => T) => T;
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

/**
 * The ratings. Values are numbers when the level is INTERVAL or RATIO, when all categories are, or, without categories,
 * when all values are; otherwise they are labels, compared exactly. A row without a value (empty, null or absent) is
 * skipped and counted. Throws RatingFileError for a missing column, unit or rater, for a value that is not a number, and
 * for labels at level ORDINAL without categories that order them.
 */
export function ratingsOfRows(rows: ReadonlyArray<FileRow>, question: AgreementQuestion): RatingsOfFile {
  refuseMissingColumns(rows, question);
  const rated = rows.flatMap((row, index) => (isEmpty(row[question.value]) ? [] : [{ row, number: index + 1 }]));
  const numeric = valuesAreNumbers(
    rated.map(({ row }) => row[question.value]),
    question,
  );
  const categories = question.categories?.map((category) => asValue(category, numeric, null));
  const ratings = rated.map(({ row, number }) => ratingOf(row, number, question, numeric));
  const numbers = rated.map(({ number }) => number);
  return {
    ratings,
    read: { categories, repeats: question.repeats ?? "LATEST" },
    skipped: rows.length - rated.length,
    naming: (use) => withRowNumbers(use, numbers),
  };
}

/**
 * Percent agreement, Krippendorff's alpha at the level and, with declared categories, AC1 or AC2; or under `all` every
 * coefficient there is for the level. Throws RatingFileError, also for a value that is not one of the categories.
 */
export function agreementOfRatings(rows: ReadonlyArray<FileRow>, question: AgreementQuestion): FileAgreement {
  const { ratings, read, skipped, naming } = ratingsOfRows(rows, question);
  const bothWays = naming(() => ({ patterns: patternsOfRatings(ratings, read), matrix: raterMatrix(ratings, read) }));
  const { intervals: kinds = [], confidence: level = 0.95, seed = 1, resamples = 2_000 } = question;
  const usual = question.all ? ("ANALYTIC" as const) : undefined;
  const found = inferCoefficients(coefficientsOf(question), bothWays, { usual, kinds, level, seed, resamples });
  const raters = new Set(ratings.map(({ rater }) => rater)).size; // with repeats ALL the patterns count each repeat as one more
  const coefficients = found.map((one) => ({ ...coefficientRow(one, kinds.length > 0), raters }));
  return { rows: coefficients, warnings: warningsOf(bothWays.patterns), skipped };
}

function coefficientsOf({ level, categories, all }: AgreementQuestion): NamedCoefficient[] {
  const every = everyCoefficient(level, categories !== undefined);
  if (all) return every;
  const usual = ["percent_agreement unweighted", `krippendorff_alpha ${level.toLowerCase()}`];
  if (categories) usual.push(level === "NOMINAL" ? "gwet_ac1 unweighted" : "gwet_ac2 quadratic");
  return every.filter(({ coefficient, weighting }) => usual.includes(`${coefficient} ${weighting}`));
}

function coefficientRow(found: InferredCoefficient, withIntervals: boolean): CoefficientRow {
  const { coefficient, weighting, units, raters, pairableValues, standardError, interval, intervals } = found;
  const named = <Of extends Interval>({ method, ...rest }: Of) => ({ ...rest, method: method.toLowerCase() });
  return {
    coefficient,
    weighting,
    value: found.kind === "defined" ? found.value : null,
    undefinedBecause: found.kind === "undefined" ? found.because : null,
    units,
    raters,
    pairableValues,
    standardError,
    interval: interval && named(interval),
    ...(withIntervals ? { intervals: intervals.map(({ kind: _, ...one }) => named(one)) } : {}),
  };
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
