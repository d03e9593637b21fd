// What can be asked about annotators on the command line?
import { InvalidArgumentError, type Command } from "commander";
import { STRATA } from "../fieldKinds.js";
import { usage } from "../failure.js";
import { list, wholeNumber, word } from "../optionValues.js";
import type { Fields } from "../rows.js";
import { POPULATIONS, snapshotAt, type SnapshotOptions } from "../snapshotOption.js";
import { withoutAbsent } from "../withoutAbsent.js";

export interface QualityOptions extends SnapshotOptions {
  criterion?: string;
  criterionVersion?: number;
  repeats?: string;
  strata?: string[];
  kinds?: string[];
  weighting?: string;
  confidence?: number;
  job?: boolean;
}

export function addQualityOptions(command: Command): Command {
  return command
    .option("--criterion <key>", "the criterion; required")
    .option("--criterion-version <n>", "one version of it; the latest where absent", wholeNumber(1, 1e9))
    .option("--kinds <names>", "whose work: human, model, or both", (value) =>
      list(value).map(word(["HUMAN", "MODEL"] as const)),
    )
    .option("--repeats <rule>", "which repeated ratings count: latest, first, all", word(["LATEST", "FIRST", "ALL"]))
    .option("--strata <names>", "e.g. open,random", (value) => list(value).map(word(STRATA)))
    .option(
      "--weighting <name>",
      "of the agreement with others: unweighted, linear, quadratic",
      word(["UNWEIGHTED", "LINEAR", "QUADRATIC"]),
    )
    .option("--confidence <level>", "of intervals; 0.95 where absent", levelOf)
    .option("--at <point>", "an activity's number, a time, or a release")
    .option("--population <population>", "current, accepted, release, all-versions", word(POPULATIONS))
    .option("--job", "compute it as a job, with progress, and wait");
}

function levelOf(value: string): number {
  const level = Number(value);
  if (value.trim() !== "" && level >= 0.5 && level <= 0.999) return level;
  throw new InvalidArgumentError("Give a number from 0.5 to 0.999.");
}

/** The question as the API takes it. */
export function questionOf(options: QualityOptions): Fields {
  if (options.criterion === undefined) throw usage("give --criterion KEY");
  const { criterion, criterionVersion, repeats, strata, kinds, weighting, confidence } = options;
  return withoutAbsent({
    criterion,
    criterionVersion,
    repeats,
    strata,
    annotatorKinds: kinds,
    weighting,
    level: confidence,
  });
}

export function snapshotOf(slug: string, { at, population }: QualityOptions): Fields {
  return { slug, ...withoutAbsent({ at: at === undefined ? undefined : snapshotAt(at), population }) };
}
