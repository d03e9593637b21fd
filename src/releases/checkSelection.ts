// Can this selection be prepared? Pure.
import { defaultRule, ruleProblem, type ConsensusRule } from "../consensus/consensusOf.js";
import { problem, type UserProblem } from "../platform/errors.js";
import type { CriterionAt } from "./memberQueries.js";
import { OPTIONAL_GATES, type OptionalGate, type Selection } from "./selection.js";
import { sharesProblem, type SplitShares } from "./splitOf.js";

export interface SelectionInput {
  population: string;
  filter?: object | null;
  categoryDimension?: string | null;
  qualityCriterion?: string | null;
  qualityRule?: ConsensusRule | null;
  splitSeed?: string | null;
  splits?: SplitShares | null;
  requiredGates?: OptionalGate[] | null;
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
  const required = OPTIONAL_GATES.filter((gate) => input.requiredGates?.includes(gate));
  return {
    population: input.population as Selection["population"],
    filter: input.filter ? withoutNulls(input.filter) : null,
    categoryDimension: input.categoryDimension ?? null,
    qualityCriterion: criterion && `${criterion.key}@${criterion.version}`,
    qualityRule: criterion && (input.qualityRule ?? defaultRule(criterion)),
    splitSeed: input.splitSeed ?? facts.datasetUid,
    splits: { train, validation, test },
    ...(required.length > 0 ? { requiredGates: required } : {}),
  };
}

function problemsOf(input: SelectionInput, facts: SelectionFacts): UserProblem[] {
  const { population, splitSeed, splits } = input;
  const invalid = (field: string, message: string) => problem("INVALID_VALUE", message, field);
  const problems = [...categoryProblems(input, facts), ...qualityProblems(input, facts)];
  if (population !== "ACCEPTED" && population !== "CURRENT")
    problems.push(invalid("population", `population ${population} is not released from; use ACCEPTED or CURRENT`));
  if (splitSeed != null && (splitSeed.length === 0 || splitSeed.length > LONGEST_SEED))
    problems.push(invalid("splitSeed", `splitSeed has ${splitSeed.length} characters; use 1 to ${LONGEST_SEED}`));
  const misshared = splits ? sharesProblem(splits) : null;
  return misshared ? [...problems, invalid("splits", misshared)] : problems;
}

function categoryProblems({ categoryDimension: asked }: SelectionInput, { dimensionKnown }: SelectionFacts) {
  if (asked == null || dimensionKnown) return [];
  const message = `no example is labelled in the dimension ${JSON.stringify(asked)}; labelExamples adds labels`;
  return [problem("UNKNOWN_DIMENSION", message, "categoryDimension")];
}

function qualityProblems(input: SelectionInput, { criterion }: SelectionFacts): UserProblem[] {
  const { qualityCriterion: asked, qualityRule: rule } = input;
  if (asked == null)
    return rule == null
      ? []
      : [problem("INVALID_VALUE", "qualityRule needs a qualityCriterion beside it", "qualityRule")];
  if (!criterion) {
    const message = `there is no criterion ${JSON.stringify(asked)}; publishCriteria makes one`;
    return [problem("UNKNOWN_CRITERION", message, "qualityCriterion")];
  }
  const misfit = rule == null ? null : ruleProblem(rule, criterion);
  return misfit ? [problem("INVALID_VALUE", `${rule} does not fit ${asked}: ${misfit}`, "qualityRule")] : [];
}

/** Plain JSON without what was not said, so that equal selections are equal bytes. */
function withoutNulls(filter: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(filter, (_, value: unknown) => (value === null ? undefined : value))) as Record<
    string,
    unknown
  >;
}
