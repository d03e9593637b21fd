// What can be asked of agreement on the command line?
import type { Command } from "commander";
import { collect, fraction, list, wholeNumber, word } from "../optionValues.js";
import { addRatingOptions, type RatingOptions } from "../ratingOptions.js";
import type { Fields } from "../rows.js";
import { addSnapshotOptions, type SnapshotOptions } from "../snapshotOption.js";

export const LEVELS = ["NOMINAL", "ORDINAL", "INTERVAL", "RATIO"] as const;
export const INTERVALS = ["ANALYTIC", "JACKKNIFE", "BOOTSTRAP_PERCENTILE", "BOOTSTRAP_BCA"] as const;
export const OFFERS = ["RECOMMENDED", "FROM_COUNTS", "ALL"] as const;

/** What both a server and a file answer. */
export interface PartOptions {
  all?: boolean;
  intervals?: Array<(typeof INTERVALS)[number]>;
  confidence?: number;
  seed?: number;
  resamples?: number;
  pairs?: boolean;
  confusions?: boolean;
  disagreements?: number;
  plan?: number;
  mostRaters?: number;
}

export interface ServerOptions extends SnapshotOptions, RatingOptions {
  offer?: (typeof OFFERS)[number];
  coefficients?: string[];
  groupBy?: string[];
  trend?: number;
  job?: boolean;
}

export interface FileOptions {
  file?: string;
  unit?: string;
  rater?: string;
  value?: string;
  level?: (typeof LEVELS)[number];
  categories?: string[];
  format?: string;
}

export type AgreementOptions = PartOptions & ServerOptions & FileOptions;

export function addPartOptions(command: Command): Command {
  return command
    .option("--all", "every coefficient that makes sense on the scale, with error and interval")
    .option("--intervals <list>", "further ones: analytic, jackknife, bootstrap-percentile, bootstrap-bca", kindsOf)
    .option("--confidence <level>", "of intervals, such as 0.95", fraction(0.5, 0.999))
    .option("--seed <n>", "of the bootstrap; 1 where absent", wholeNumber(0, 4_294_967_295))
    .option("--resamples <n>", "of the bootstrap; 2000 where absent", wholeNumber(100, 20_000))
    .option("--pairs", "each rater with each other one: Cohen's κ and the units that both rated")
    .option("--confusions", "which two values are taken for each other")
    .option("--disagreements <n>", "the n units on which raters disagree most, up to 100", wholeNumber(1, 100))
    .option(
      "--plan <half-width>",
      "how many raters and units give an interval of this half-width",
      fraction(0.001, 0.999),
    )
    .option("--most-raters <n>", "with --plan: for up to n ratings a unit; 10 where absent", wholeNumber(2, 50));
}

export function addServerOptions(command: Command): Command {
  return addSnapshotOptions(addRatingOptions(command))
    .option("--offer <which>", "recommended, from-counts (quick at any size), all", word(OFFERS))
    .option("--coefficients <list>", "these, such as cohen-kappa:quadratic,icc:ICC(2,1)", coefficientList)
    .option(
      "--group-by <by>",
      "source, source-kind, batch, guideline-version, criterion-version, stratum, annotator-kind, annotator-pair, label:DIMENSION, period:MONTH; repeatable",
      collect,
    )
    .option("--trend <points>", "over so many activities, 2 to 50", wholeNumber(2, 50))
    .option("--job", "compute it as a job, with progress, and wait");
}

export function addFileOptions(command: Command): Command {
  return command
    .option("--file <ratings>", "a file of ratings instead of a server")
    .option("--unit <column>", "with --file: what was rated; a column or a template such as {axis}/{term}")
    .option("--rater <column>", "with --file: who rated")
    .option("--value <column>", "with --file: the value")
    .option("--level <level>", "with --file: nominal, ordinal, interval or ratio", word(LEVELS))
    .option("--categories <list>", "with --file: the scale's values in order", list)
    .option("--format <format>", "with --file: jsonl or csv; by the file's name where absent");
}

/** As the API takes it: `label:intent` → { by: LABEL, dimension: intent }. */
export function groupingOf(text: string): Fields {
  const [name, detail] = text.split(/:(.*)/s, 2);
  const by = name!.toUpperCase().replaceAll("-", "_");
  if (detail === undefined) return { by };
  return by === "PERIOD" ? { by, period: detail.toUpperCase() } : { by, dimension: detail };
}

/** As the API takes it; null where nothing was said. */
export function inferenceOf({ intervals, confidence, seed, resamples }: PartOptions): Fields | null {
  if ([intervals, confidence, seed, resamples].every((one) => one === undefined)) return null;
  return {
    kinds: intervals ?? [],
    ...(confidence === undefined ? {} : { level: confidence }),
    ...(seed === undefined ? {} : { seed }),
    ...(resamples === undefined ? {} : { resamples }),
  };
}

const kindsOf = (value: string) =>
  list(value).map((one) => word(INTERVALS)(one.toUpperCase() === "BOOTSTRAP" ? "bootstrap-percentile" : one));

/** Commas stand inside ICC(2,1), too. */
const coefficientList = (value: string) =>
  value
    .split(/,(?![^(]*\))/)
    .map((one) => one.trim())
    .filter(Boolean);
