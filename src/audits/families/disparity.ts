// Do groups of annotators rate the same units differently? Pure.
import { detectableMeanDifference } from "../../statistics/minimumDetectableEffect.js";
import { groupsOfRaters } from "../../statistics/groupsOfRaters.js";
import { raterDisparity, type GroupOfRaters, type RaterDisparity } from "../../statistics/raterDisparity.js";
import { leaveOneOutResiduals } from "../../statistics/severity.js";
import { FEWEST_ANNOTATORS, type AttributeGroups } from "../annotatorGroups.js";
import { allOf, type FamilyTests } from "../familyTests.js";
import type { Judgement } from "../ratedCriterion.js";
import type { RatedEvidence } from "../ratedEvidence.js";
import { difference, minimumOf, noEffect, testDraft, type FamilyAsked, type TestDraft } from "../testDraft.js";

export interface DisparityAsked extends FamilyAsked {
  /** With how many ratings that others share an annotator is compared. */
  fewestRatings: number;
  permutations: number;
  resamples: number;
  /** What annotators may differ by without it being meant; null for nothing. */
  strata: AttributeGroups | null;
}

/** Ratings to compare: of all units, or of those with one label. */
export interface DisparityPart {
  judgement: Judgement;
  /** "helpfulness@1", "helpfulness@1 where topic is law". */
  name: string;
}

/** Of two groups the one against the other; of more each one against all others that have enough annotators. */
export function disparityTests(
  { judgement, name }: DisparityPart,
  groups: AttributeGroups,
  asked: DisparityAsked,
  evidence: RatedEvidence = () => null,
): FamilyTests {
  const subject = `rating of ${name}`;
  const skip = (because: string): FamilyTests => ({
    tests: [],
    skipped: [{ family: "DISPARITY", subject: `${subject} by ${groups.attribute}`, because }],
  });
  const { fewestRatings } = asked;
  const compared = comparedGroups(judgement, groups, fewestRatings);
  if (!compared) return skip("its values are no numbers");
  const { names, hides } = compared;
  if (names.length < 2)
    return skip(
      `fewer than two groups have ${FEWEST_ANNOTATORS} annotators with ${fewestRatings} ratings of units that others rated as well`,
    );
  const contrasts = names.length === 2 ? [names[0]!] : names;
  return allOf(
    contrasts.map((first) => {
      const second = names.length === 2 ? names[1]! : OTHERS;
      const groupOf = new Map(
        [...groups.groupOf].flatMap(([annotator, group]) =>
          names.includes(group) ? [[annotator, group === first ? first : second] as const] : [],
        ),
      );
      const tested = contrastTest({ judgement, name }, groups.attribute, [first, second], groupOf, asked);
      const sideOf = (annotator: number) => [first, second].indexOf(groupOf.get(annotator) ?? "");
      const evidenceRule = evidence(judgement.matrix, sideOf, [first, second], tested.effect.value);
      return { tests: [{ ...(hides ? withoutNumbers(tested) : tested), evidenceRule }], skipped: [] };
    }),
  );
}

const OTHERS = "(others)";

/** Which groups have enough annotators. By itself, so that what it needs of every rating is gone when they are compared. */
function comparedGroups(judgement: Judgement, { groupOf, groupOfAll }: AttributeGroups, fewestRatings: number) {
  const residuals = leaveOneOutResiduals(judgement.matrix, judgement.level);
  if (!residuals) return null;
  const sized = (of: ReadonlyMap<number, string>) =>
    groupsOfRaters(residuals, { groupOf: of, fewestRatings, fewestRaters: FEWEST_ANNOTATORS });
  return { names: sized(groupOf).names, hides: hidesSmallGroup(sized(groupOfAll).leftOut) };
}

/** Whether from the groups' numbers and that of all annotators the number of a smaller group could be reckoned. */
function hidesSmallGroup(leftOut: ReadonlyArray<{ raters: number }>): boolean {
  const hidden = leftOut.reduce((sum, { raters }) => sum + raters, 0);
  return hidden > 0 && hidden < FEWEST_ANNOTATORS;
}

function withoutNumbers(test: TestDraft): TestDraft {
  return {
    ...test,
    groups: test.groups.map((group) => ({ ...group, n: null })),
    details: { ...test.details, groups: null },
    suppressedBecause: "the numbers of annotators would give away a group of fewer than five",
  };
}

function contrastTest(
  { judgement, name }: DisparityPart,
  attribute: string,
  [first, second]: readonly [string, string],
  groupOf: ReadonlyMap<number, string>,
  asked: DisparityAsked,
): TestDraft {
  const { seed, permutations, resamples, fewestRatings, strata, alpha } = asked;
  const found = raterDisparity(judgement.matrix, judgement.level, {
    seed,
    permutations,
    resamples,
    level: 1 - alpha,
    groupOf,
    ...(strata ? { stratumOf: strata.groupOf } : {}),
    fewestRatings,
    fewestRaters: FEWEST_ANNOTATORS,
  });
  const common = {
    key: `DISPARITY ${name} by attribute:${attribute} ${first} against ${second}`,
    family: "DISPARITY" as const,
    subject: `rating of ${name}`,
    dimension: `attribute:${attribute}`,
    unit: "ANNOTATOR" as const,
    method: "rater-disparity@1",
    parameters: {
      permutations,
      resamples,
      fewestRatings,
      fewestAnnotators: FEWEST_ANNOTATORS,
      strata: strata?.attribute ?? null,
    },
    minimumEffect: minimumOf(asked, "DISPARITY", "SCALE_SHARE") * judgement.range,
  };
  if (found.kind === "defined")
    return testDraft({ ...common, ...measured(found, first, second, meanRatings(judgement, groupOf), asked) });
  const groups = [first, second].map((group) => ({ name: group, n: null, value: null, low: null, high: null }));
  return testDraft({ ...common, groups, effect: noEffect("rating points", alpha), undefinedBecause: found.because });
}

/** The mean of all ratings by each group's annotators, whatever they rated: what is seen before units and raters are told apart. */
function meanRatings({ matrix, level }: Judgement, groupOf: ReadonlyMap<number, string>): Map<string, number> {
  const ranked = level === "ORDINAL" && matrix.values.some((value) => typeof value === "string");
  const codes = matrix.values.map((value, rank) => (ranked ? rank + 1 : Number(value)));
  const groups = Array.from(matrix.raters, (rater) => groupOf.get(Number(rater)));
  const sums = new Map<string, { n: number; sum: number }>();
  matrix.rater.forEach((rater, cell) => {
    const group = groups[rater];
    if (group === undefined) return;
    const { n, sum } = sums.get(group) ?? { n: 0, sum: 0 };
    sums.set(group, { n: n + 1, sum: sum + codes[matrix.value[cell]!]! });
  });
  return new Map([...sums].map(([group, { n, sum }]) => [group, sum / n]));
}

function measured(
  found: RaterDisparity,
  first: string,
  second: string,
  means: ReadonlyMap<string, number>,
  asked: DisparityAsked,
) {
  const pair = found.pairs[0]!;
  const sign = pair.first === first ? 1 : -1;
  const group = (name: string) => found.groups.find((one) => one.group === name)!;
  const interval = pair.interval && turned(pair.interval, sign);
  const delta = pair.cliffsDelta;
  return {
    groups: [first, second].map((name) => ({
      name,
      n: group(name).raters,
      value: group(name).meanResidual,
      low: null,
      high: null,
    })),
    statistic: { name: "Welch's t squared", value: found.statistic, degreesOfFreedom: null },
    p: found.p,
    effect:
      pair.difference.kind === "defined"
        ? difference("rating points", sign * pair.difference.value, interval, asked, "bootstrap over annotators")
        : noEffect("rating points", asked.alpha),
    undefinedBecause: pair.difference.kind === "undefined" ? pair.difference.because : null,
    minimumDetectableEffect: detectable(group(first), group(second), pair.visibleShare, asked),
    details: {
      cliffsDelta: {
        value: sign * delta.value,
        ...(delta.interval ? turned(delta.interval, sign) : { low: null, high: null }),
      },
      visibleShare: pair.visibleShare,
      groups: [group(first), group(second)].map(({ group: name, raters, ratings, medianAbsoluteResidual }) => ({
        name,
        annotators: raters,
        ratings,
        medianAbsoluteResidual,
        meanRating: means.get(name) ?? null,
      })),
    },
  };
}

function turned({ low, high }: { low: number; high: number }, sign: 1 | -1): { low: number; high: number } {
  return sign === 1 ? { low, high } : { low: -high, high: -low };
}

function detectable(one: GroupOfRaters, two: GroupOfRaters, visibleShare: number, asked: FamilyAsked): number | null {
  if (one.standardDeviation === null || two.standardDeviation === null || !(visibleShare > 0)) return null;
  const least = detectableMeanDifference(
    { n: one.raters, standardDeviation: one.standardDeviation },
    { n: two.raters, standardDeviation: two.standardDeviation },
    asked,
  );
  return least.kind === "defined" ? least.value / visibleShare : null;
}
