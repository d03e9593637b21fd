// Does a model rate the answers of its own family higher than other raters do? Pure.
import { groupDifferences } from "../../statistics/groupDifferences.js";
import { groupEffects, groupLayout } from "../../statistics/groupEffects.js";
import { detectableMeanDifference } from "../../statistics/minimumDetectableEffect.js";
import { permuteGroups } from "../../statistics/permuteGroups.js";
import { leaveOneOutResiduals } from "../../statistics/severity.js";
import type { FamilyTests } from "../familyTests.js";
import { matrixOfUnits, type Judgement } from "../ratedCriterion.js";
import type { RatedEvidence } from "../ratedEvidence.js";
import { difference, minimumOf, noEffect, testDraft, type FamilyAsked, type TestDraft } from "../testDraft.js";

export interface SelfPreferenceAsked extends FamilyAsked {
  permutations: number;
  resamples: number;
}

/**
 * The family of a model by its name: what stands after the last slash, up to the first sign that is no letter, in lower case:
 * "gpt" of "openai/GPT-4o", "claude" of "claude-3-opus", "llama" of "Llama3". Null where nothing is left.
 */
export function modelFamily(name: string): string | null {
  return /^\p{L}+/u.exec(name.slice(name.lastIndexOf("/") + 1).toLowerCase())?.[0] ?? null;
}

/** A rater is compared with as many of its ratings of the family's answers, and of other answers, that others rated too. */
const FEWEST_OF_EACH = 5;
const FEWEST_OF_FAMILY = 2;
const FEWEST_OTHERS = 5;

/**
 * Of each rater: its mean residual (rating less the mean of the other raters' of the unit, which takes the answer's own
 * quality out) on answers of the family less that on other answers, which takes its severity out. Of the family's raters
 * against all others, permuted among raters.
 */
export function selfPreferenceTests(
  { name, judgement }: { name: string; judgement: Judgement },
  familyOfUnit: (exampleVersion: number) => string | null,
  familyOfRater: ReadonlyMap<number, string>,
  asked: SelfPreferenceAsked,
  evidence: RatedEvidence = () => null,
): FamilyTests {
  const skip = (subject: string, because: string) => ({ family: "SELF_PREFERENCE" as const, subject, because });
  const residuals = leaveOneOutResiduals(judgement.matrix, judgement.level);
  const families = [...new Set(familyOfRater.values())].sort();
  if (!residuals) return { tests: [], skipped: [skip(name, "its values are no numbers")] };
  const tests: TestDraft[] = [];
  const skipped = [];
  for (const family of families) {
    const raters = preferences(residuals, judgement, (unit) => familyOfUnit(unit) === family);
    const own = raters.filter(({ rater }) => familyOfRater.get(rater) === family);
    const others = raters.filter(({ rater }) => familyOfRater.get(rater) !== family);
    if (own.length >= FEWEST_OF_FAMILY && others.length >= FEWEST_OTHERS) {
      const test = preferenceTest({ name, judgement, family }, own, others, asked);
      const onOwn = matrixOfUnits(
        judgement.matrix,
        (unit) => familyOfUnit(Number(judgement.matrix.units[unit])) === family,
      );
      const sideOf = (rater: number) => (familyOfRater.get(rater) === family ? 0 : 1);
      const evidenceRule = evidence(onOwn, sideOf, [family, "other raters"], test.effect.value);
      tests.push({ ...test, evidenceRule });
    } else
      skipped.push(
        skip(
          `${family}'s ratings of ${name}`,
          `${own.length} raters of the family and ${others.length} others rated ${FEWEST_OF_EACH} of its answers and ${FEWEST_OF_EACH} other answers beside somebody else; ${FEWEST_OF_FAMILY} and ${FEWEST_OTHERS} are needed`,
        ),
      );
  }
  return { tests, skipped };
}

type Residuals = NonNullable<ReturnType<typeof leaveOneOutResiduals>>;

interface Preference {
  rater: number;
  /** In points. */
  value: number;
}

function preferences(
  { shared, sums }: Residuals,
  { matrix }: Judgement,
  isOwn: (unit: number) => boolean,
): Preference[] {
  const owned = Array.from(matrix.units, (unit) => (isOwn(Number(unit)) ? 1 : 0));
  const [n, total] = [0, 1].map(() => [
    new Float64Array(shared.raters.length),
    new Float64Array(shared.raters.length),
  ]) as [[Float64Array, Float64Array], [Float64Array, Float64Array]];
  shared.rater.forEach((rater, entry) => {
    const side = owned[shared.unit[entry]!] as 0 | 1;
    n[side][rater]! += shared.to[entry]! - shared.from[entry]!;
    total[side][rater]! += sums[entry]!;
  });
  return shared.raters.flatMap((rater, r) => {
    if (n[0][r]! < FEWEST_OF_EACH || n[1][r]! < FEWEST_OF_EACH) return [];
    return [{ rater: Number(rater), value: total[1][r]! / n[1][r]! - total[0][r]! / n[0][r]! }];
  });
}

function preferenceTest(
  { name, judgement, family }: { name: string; judgement: Judgement; family: string },
  own: readonly Preference[],
  others: readonly Preference[],
  asked: SelfPreferenceAsked,
): TestDraft {
  const { seed, permutations, resamples, alpha } = asked;
  const x = Float64Array.from([...own, ...others], ({ value }) => value);
  const group = Int32Array.from(x, (_, i) => (i < own.length ? 0 : 1));
  const layout = groupLayout(group, new Int32Array(x.length), 2, 1);
  const effects = groupEffects(x, group, layout);
  const spreads = [own, others].map((one) => spreadOf(one.map(({ value }) => value))) as [Spread, Spread];
  const common = {
    key: `SELF_PREFERENCE ${name} of ${family}`,
    family: "SELF_PREFERENCE" as const,
    subject: `rating of ${name} on answers of ${family}`,
    dimension: "model family",
    unit: "ANNOTATOR" as const,
    groups: [family, "other raters"].map((one, g) => ({
      name: one,
      n: spreads[g]!.n,
      value: spreads[g]!.mean,
      low: null,
      high: null,
    })),
    method: "self-preference@1",
    parameters: { permutations, resamples, fewestOfEach: FEWEST_OF_EACH },
    minimumEffect: minimumOf(asked, "SELF_PREFERENCE", "SCALE_SHARE") * judgement.range,
  };
  if (effects.kind === "undefined")
    return testDraft({ ...common, effect: noEffect("rating points", alpha), undefinedBecause: effects.because });
  const [pair] = groupDifferences(x, group, layout, effects, { seed, resamples, level: 1 - alpha });
  const least = detectableMeanDifference(...spreads, asked);
  return testDraft({
    ...common,
    statistic: { name: "Welch's t squared", value: effects.statistic, degreesOfFreedom: null },
    p: permuteGroups(x, group, layout, effects.statistic, { seed, permutations }),
    effect: difference("rating points", pair!.value, pair!.interval, asked, "bootstrap over annotators"),
    minimumDetectableEffect: least.kind === "defined" ? least.value : null,
  });
}

interface Spread {
  n: number;
  mean: number;
  standardDeviation: number;
}

function spreadOf(numbers: readonly number[]): Spread {
  const n = numbers.length;
  const mean = numbers.reduce((sum, number) => sum + number / n, 0);
  const squares = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0);
  return { n, mean, standardDeviation: Math.sqrt(squares / (n - 1)) };
}
