// Can this selection be prepared? Pure.
import { problem, type UserProblem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import { defaultRule, ruleProblem, type QualityRule } from "./consensus.js";
import type { CriterionAt } from "./memberQueries.js";
import type { Selection } from "./selection.js";
import { sharesProblem, type SplitShares } from "./splitOf.js";

export interface SelectionInput {
  population: string;
  filter?: object | null;
  categoryDimension?: string | null;
  qualityCriterion?: string | null;
  qualityRule?: QualityRule | null;
  splitSeed?: string | null;
  splits?: SplitShares | null;
}

export interface SelectionFacts {
  datasetUid: string;
  criterion: CriterionAt | null;
  dimensionKnown: boolean;
}

export const DEFAULT_SPLITS: SplitShares = { train: 0.9, validation: 0.05, test: 0.05 };
const LONGEST_SEED = 200;

/** The selection as it is kept, or why it cannot be. The dataset's uid seeds the splits where nothing else is given. */
export function checkSelection(input: SelectionInput, facts: SelectionFacts): Selection | UserProblem[] {
  const problems = problemsOf(input, facts);
  if (problems.length > 0) return problems;
  const { criterion } = facts;
  const { train, validation, test } = input.splits ?? DEFAULT_SPLITS;
  return {
    population: input.population as Selection["population"],
    filter: input.filter ? withoutNulls(input.filter) : null,
    categoryDimension: input.categoryDimension ?? null,
    qualityCriterion: criterion && `${criterion.key}@${criterion.version}`,
    qualityRule: criterion && (input.qualityRule ?? defaultRule(criterion)),
    splitSeed: input.splitSeed ?? facts.datasetUid,
    splits: { train, validation, test },
  };
}

function problemsOf(input: SelectionInput, { criterion, dimensionKnown }: SelectionFacts): UserProblem[] {
  const { population, categoryDimension, qualityCriterion, qualityRule, splitSeed } = input;
  const problems: UserProblem[] = [];
  const unsound = unsoundPath({ filter: input.filter, categoryDimension, qualityCriterion, splitSeed });
  if (unsound) return [problem("INVALID_TEXT", `${unsound.join(".")} ${UNSOUND}`, ...unsound)];
  if (population !== "ACCEPTED" && population !== "CURRENT")
    problems.push(
      problem("INVALID_VALUE", `population ${population} is not released from; use ACCEPTED or CURRENT`, "population"),
    );
  if (categoryDimension != null && !dimensionKnown)
    problems.push(
      problem(
        "UNKNOWN_DIMENSION",
        `no example is labelled in the dimension ${JSON.stringify(categoryDimension)}`,
        "categoryDimension",
      ),
    );
  if (qualityCriterion != null && !criterion)
    problems.push(
      problem(
        "UNKNOWN_CRITERION",
        `there is no criterion ${JSON.stringify(qualityCriterion)}; publishCriteria makes one`,
        "qualityCriterion",
      ),
    );
  if (qualityRule != null && qualityCriterion == null)
    problems.push(problem("INVALID_VALUE", "qualityRule needs a qualityCriterion beside it", "qualityRule"));
  const misfit = criterion && qualityRule != null ? ruleProblem(qualityRule, criterion) : null;
  if (misfit)
    problems.push(
      problem("INVALID_VALUE", `${qualityRule} does not fit ${qualityCriterion}: ${misfit}`, "qualityRule"),
    );
  if (splitSeed != null && (splitSeed.length === 0 || splitSeed.length > LONGEST_SEED))
    problems.push(
      problem("INVALID_VALUE", `splitSeed has ${splitSeed.length} characters; use 1 to ${LONGEST_SEED}`, "splitSeed"),
    );
  const shares = input.splits ? sharesProblem(input.splits) : null;
  if (shares) problems.push(problem("INVALID_VALUE", shares, "splits"));
  return problems;
}

/** Plain JSON without what was not said, so that equal selections are equal bytes. */
function withoutNulls(filter: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(filter, (_, value: unknown) => (value === null ? undefined : value))) as Record<
    string,
    unknown
  >;
}
