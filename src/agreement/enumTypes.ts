// Which words does the API use for agreement?
import { registerEnumType } from "type-graphql";
import { SCALES, type ScaleName } from "../statistics/benchmark.js";
import { BENCHMARK_RULES } from "../statistics/benchmarksOf.js";
import { OFFERS, type Coefficient, type Weighting } from "./coefficientNames.js";
import { GROUPINGS, PERIODS, type GroupingBy, type Period } from "./grouping.js";
import { KINDS } from "./inference.js";
import { PAIR_WEIGHTINGS } from "./pairs.js";
import { BETWEEN } from "./pairSummaries.js";
import { REPEATS } from "./question.js";
import { WARNINGS } from "../statistics/intervalWarnings.js";

const enumOf = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, name])) as { [K in Name]: K };

export function registered<Name extends string>(
  name: string,
  description: string,
  values: Record<Name, string>,
): { [K in Name]: K } {
  const type = enumOf(Object.keys(values) as Name[]);
  const valuesConfig = Object.fromEntries(
    Object.entries<string>(values).map(([value, text]) => [value, { description: text }]),
  );
  registerEnumType(type, { name, description, valuesConfig: valuesConfig as never });
  return type;
}

export const CoefficientEnum = registered<Coefficient>("AgreementCoefficientName", "How agreement is measured.", {
  PERCENT_AGREEMENT:
    "The share of agreeing pairs of ratings in a unit, averaged over units with two or more. From 0 to 1.",
  PERCENT_AGREEMENT_UNANIMOUS: "The share of unanimous units among those that every rater rated.",
  KRIPPENDORFF_ALPHA:
    "How far agreement is above chance: 1 is perfect, 0 what chance gives, below 0 worse. Missing ratings are allowed.",
  GWET_AC1:
    "Gwet's AC1: chance is only in ratings that were hard to give, so it stays informative where one category dominates.",
  GWET_AC2: "The same with weights for ordered categories.",
  BRENNAN_PREDIGER: "Above an even chance for each declared category; also known as S, G and Randolph's kappa.",
  PABAK: "The same for two categories: 2 p − 1.",
  FLEISS_KAPPA: "Fleiss' kappa, generalised to missing ratings: chance draws both ratings from what all raters gave.",
  SCOTT_PI: "Scott's pi of two raters.",
  CONGER_KAPPA: "Conger's kappa, generalised to missing ratings: chance keeps each rater's own use of the categories.",
  LIGHT_KAPPA: "Light's kappa: the mean of Cohen's over the pairs of raters.",
  COHEN_KAPPA: "Cohen's kappa of two raters. Name them in annotators where there are more.",
  ICC: "The intraclass correlation of a table without missing ratings.",
  KENDALL_W: "Kendall's coefficient of concordance of a table without missing ratings.",
  MEAN_PAIRWISE_SPEARMAN: "The mean rank correlation over pairs of raters of a table without missing ratings.",
});

export const WeightingEnum = registered<Weighting>(
  "AgreementWeighting",
  "How much two different values disagree, and further variants.",
  {
    UNWEIGHTED: "Wholly.",
    LINEAR: "By their distance.",
    QUADRATIC: "By their squared distance.",
    ORDINAL:
      "For KRIPPENDORFF_ALPHA by how many ratings lie between them; else by Gwet's ordinal weights, by how many categories do.",
    RADICAL: "By the root of their distance.",
    RATIO: "By their squared difference relative to their sum; needs numbers from 0.",
    BIPOLAR: "By Gwet's bipolar weights.",
    CUSTOM: "By a table of disagreements; for COHEN_KAPPA.",
    NOMINAL: "Wholly; for KRIPPENDORFF_ALPHA.",
    INTERVAL: "By their squared difference; needs numbers. For KRIPPENDORFF_ALPHA.",
    GWET_LINEAR: "Alpha with Gwet's linear weights.",
    GWET_ORDINAL: "Alpha with Gwet's ordinal weights.",
    GWET_RADICAL: "Alpha with Gwet's radical weights.",
    ICC_1_1: "One way, one rater.",
    ICC_1_K: "One way, the mean of all raters.",
    ICC_2_1: "Two ways, raters drawn at random, absolute agreement, one rater.",
    ICC_2_K: "The same of the mean of all raters.",
    ICC_3_1: "Two ways, these raters only, consistency, one rater.",
    ICC_3_K: "The same of the mean of all raters.",
    TIES_CORRECTED: "With the correction for ties; for KENDALL_W.",
    UNCORRECTED: "Without it.",
    PLAIN_MEAN: "Of the correlations; for MEAN_PAIRWISE_SPEARMAN.",
  },
);

export const OfferEnum = registered("AgreementOffer", "Which coefficients stand side by side where none is named.", {
  RECOMMENDED:
    "Percent agreement, Krippendorff's alpha at the scale's level, and Gwet's AC1 or AC2 where categories are declared.",
  FROM_COUNTS: "All that make sense on the scale and need not know who rated: quick at any size.",
  ALL: "All that make sense on the scale.",
} satisfies Record<(typeof OFFERS)[number], string>);

export const GroupingByEnum = registered<GroupingBy>("AgreementGroupingBy", "By what agreement is sliced.", {
  SOURCE: "The example version's source; key: the source's.",
  SOURCE_KIND: "The kind of its source.",
  LABEL: "Its labels of a dimension; a unit with several counts in each.",
  BATCH: "The batch the rating was given in: what was said in it, superseded since or not.",
  GUIDELINE_VERSION:
    "The rules it was rated under; key: such as house-style@1.0. What was said under them, superseded since or not.",
  CRITERION_VERSION: "Each version of the criterion, on its own scale; key: such as helpfulness@2.",
  STRATUM: "Why the rating was given: what was said in it, superseded since or not.",
  PERIOD: "When the rating was given, in UTC: as it was sent, else when it was recorded.",
  ANNOTATOR_KIND: "Whether people or models rated.",
  ANNOTATOR_PAIR: "Two annotators over the units that both rated; key: both, with a comma.",
} satisfies Record<(typeof GROUPINGS)[number], string>);

export const PeriodEnum = registered<Period>("AgreementPeriod", "How long a period is.", {
  DAY: "Key: such as 2026-11-25.",
  WEEK: "Key: such as 2026-W48, ISO weeks.",
  MONTH: "Key: such as 2026-11.",
  QUARTER: "Key: such as 2026-Q4.",
  YEAR: "Key: such as 2026.",
} satisfies Record<(typeof PERIODS)[number], string>);

export const RepeatsEnum = registered(
  "Repeats",
  "Which of an annotator's values counts where they rated the same unit more than once.",
  {
    LATEST: "The one in force; within a slice of what was said in something, the last said in it.",
    FIRST: "The first of those in the strata asked for; within such a slice, the first said in it.",
    ALL: "Each, as if by a further rater; raterCount still counts people.",
  } satisfies Record<(typeof REPEATS)[number], string>,
);

const REASONS = {
  NO_RATINGS: "Nobody rated anything.",
  NO_PAIRABLE_UNITS: "No unit has two ratings, so nothing can be compared.",
  NO_VARIATION: "All pairable ratings have one value, so chance alone would agree.",
  NO_FULLY_RATED_UNITS: "No unit was rated by every rater.",
  RATERS_UNKNOWN: "It is not known how many raters there are.",
  VALUES_NOT_NUMERIC: "The weighting needs numbers, and the categories are text.",
  NEGATIVE_VALUES: "RATIO needs values from 0, and one is below.",
  PRECISION_LOST: "The sums that were kept are too coarse to show the spread of the values.",
  NEEDS_TWO_RATERS: "It compares two raters, and there are others; name two in annotators.",
  NEEDS_TWO_UNITS_AND_TWO_RATERS: "It needs variance over units and over raters, and there is one of either.",
  INCOMPLETE_RATINGS: "It needs every rater's rating of every unit, and some are missing.",
  NEEDS_TWO_CATEGORIES: "It is of scales with two categories.",
  CATEGORIES_NOT_DECLARED: "It depends on the declared categories, and the scale is continuous.",
  TOO_MANY_VALUES: "A matrix of so many values by values is of no use.",
  TOO_FEW_UNITS: "Too few units have two ratings to know how they vary.",
  NO_STANDARD_ERROR: "The coefficient has no error on these ratings.",
  TOO_MANY_UNITS: "No plan has a billion units or fewer.",
};
export const UndefinedReasonEnum = registered("UndefinedReason", "Why a statistic has no value.", REASONS);

export const CacheOutcomeEnum = registered("CacheOutcome", "Whether the numbers had been computed before.", {
  HIT: "They had.",
  MISS: "They were computed for this request.",
});

export const IntervalKindEnum = registered("AgreementIntervalKind", "A way to an interval.", {
  ANALYTIC:
    "By the coefficient's formula: Gwet's for those of counts and Conger's, Fleiss, Cohen and Everitt's for Cohen's, F for ICC.",
  JACKKNIFE: "By leaving out one unit at a time, everything recomputed.",
  BOOTSTRAP_PERCENTILE: "By drawing units anew, everything recomputed: the middle of what comes out.",
  BOOTSTRAP_BCA: "The same, corrected for bias and acceleration; for fewer than about 100 units.",
} satisfies Record<(typeof KINDS)[number], string>);

export const IntervalMethodEnum = registered("IntervalMethod", "How an interval was made.", {
  GWET_LINEARIZATION_T: "Gwet's analytic standard error over units, Student's t.",
  FLEISS_COHEN_EVERITT_NORMAL: "The large-sample error of kappa of Fleiss, Cohen and Everitt (1969), normal.",
  JACKKNIFE_T: "The delete-one-unit jackknife, everything recomputed, Student's t.",
  UNIT_BOOTSTRAP_PERCENTILE: "Units drawn with replacement, everything recomputed, percentiles.",
  UNIT_BOOTSTRAP_BCA: "The same, bias-corrected and accelerated (Efron 1987).",
  F_DISTRIBUTION: "Ratios of mean squares.",
});

export const BenchmarkScaleEnum = registered<ScaleName>("BenchmarkScale", "A convention for reading a coefficient.", {
  KRIPPENDORFF: SCALES.KRIPPENDORFF.source,
  LANDIS_KOCH: SCALES.LANDIS_KOCH.source,
  ALTMAN: SCALES.ALTMAN.source,
  KOO_LI: SCALES.KOO_LI.source,
});

export const BenchmarkRuleEnum = registered("BenchmarkRule", "By what a coefficient is read.", {
  LOWER_LIMIT: "By the lower limit of its interval.",
  MEMBERSHIP:
    "By Gwet's probabilistic benchmarking: the highest band that it reaches or exceeds with a probability of 0.95.",
} satisfies Record<(typeof BENCHMARK_RULES)[number], string>);

export const WarningEnum = registered("AgreementWarning", "Why intervals may be too narrow.", {
  FEW_UNITS: "Fewer than 20 units can be compared: 95 % intervals of alpha then hold it in 84 to 92 % of cases.",
  DOMINANT_VALUE:
    "More than 90 % of the values are one: intervals of alpha hold it in 84 to 93 % of cases; look at AC1 or AC2.",
} satisfies Record<(typeof WARNINGS)[number], string>);

export const PairWeightingEnum = registered("PairWeighting", "How much two different values of a pair disagree.", {
  UNWEIGHTED: "Wholly.",
  LINEAR: "By their distance.",
  QUADRATIC: "By their squared distance.",
} satisfies Record<(typeof PAIR_WEIGHTINGS)[number], string>);

export const BetweenEnum = registered("PairBetween", "Of which kinds of annotators a pair is.", {
  HUMAN_HUMAN: "Two people.",
  HUMAN_MODEL: "A person and a model.",
  MODEL_MODEL: "Two models.",
} satisfies Record<(typeof BETWEEN)[number], string>);
