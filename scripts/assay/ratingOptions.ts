// Which ratings count, said on a command line?
import type { Command } from "commander";
import { usage } from "./failure.js";
import { STRATA } from "./fieldKinds.js";
import { jsonObject, list, wholeNumber, word } from "./optionValues.js";
import type { Fields } from "./rows.js";
import { withoutAbsent } from "./withoutAbsent.js";

export const REPEATS = ["LATEST", "FIRST", "ALL"] as const;
const KINDS = ["HUMAN", "MODEL"] as const;

export interface RatingOptions {
  criterion?: string;
  criterionVersion?: number;
  repeats?: (typeof REPEATS)[number];
  strata?: string[];
  kinds?: string[];
  annotators?: string[];
  filter?: Fields;
}

export function addRatingOptions(command: Command): Command {
  return command
    .option("--criterion <key>", "the criterion")
    .option("--criterion-version <n>", "one version of it; the latest where absent", wholeNumber(1, 1e9))
    .option(
      "--repeats <rule>",
      "which of a rater's repeated ratings counts: latest, first, all; latest where absent",
      word(REPEATS),
    )
    .option("--strata <names>", "e.g. open,random", (value) => list(value).map(word(STRATA)))
    .option("--kinds <names>", "whose: human, model, or both", (value) => list(value).map(word(KINDS)))
    .option("--annotators <keys>", "only by these", list)
    .option("--filter <json>", `only these examples, as the API takes it: '{"sources": ["web"]}'`, jsonObject);
}

/** As the API takes it. Refuses where no criterion is given. */
export function countedRatings(options: RatingOptions): Fields {
  const { criterion, criterionVersion, repeats, strata, kinds, annotators, filter } = options;
  if (criterion === undefined) throw usage("give --criterion KEY");
  return withoutAbsent({ criterion, criterionVersion, repeats, strata, annotatorKinds: kinds, annotators, filter });
}
