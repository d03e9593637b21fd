// Do examples of one group have greater numbers than those of another, or do several groups differ? Pure.
import { cliffsDelta } from "../statistics/cliffsDelta.js";
import { detectableCliffsDelta, detectableNoncentrality } from "../statistics/detectableEffects.js";
import { kruskalWallis } from "../statistics/kruskalWallis.js";
import { mannWhitney } from "../statistics/mannWhitney.js";
import type { AuditTest } from "./auditNumbers.js";
import {
  difference,
  meanGroup,
  meanOf,
  medianOf,
  minimumOf,
  noEffect,
  testDraft,
  type EvidenceRule,
  type FamilyAsked,
  type TestDraft,
  unsignedEffect,
} from "./testDraft.js";

export type Subject = Pick<AuditTest, "key" | "family" | "subject" | "dimension" | "unit">;

/** Nothing is estimated of fewer examples in a group. */
export const FEWEST_EXAMPLES = 30;

/** A number for each place in the scope, NaN where there is none; and of each place the index of its group, −1 in none. */
export interface GroupedNumbers {
  values: ArrayLike<number>;
  groupOf: ArrayLike<number>;
  names: readonly string[];
}

/** The numbers of each group; those with too few are left out. */
export function numbersByGroup({
  values,
  groupOf,
  names,
}: GroupedNumbers): Array<{ name: string; numbers: Float64Array }> {
  const counts = new Int32Array(names.length);
  const counted = (place: number) => groupOf[place]! >= 0 && !Number.isNaN(values[place]!);
  for (let place = 0; place < values.length; place++) if (counted(place)) counts[groupOf[place]!]!++;
  const numbers = Array.from(counts, (count) => new Float64Array(count));
  const filled = new Int32Array(names.length);
  for (let place = 0; place < values.length; place++)
    if (counted(place)) numbers[groupOf[place]!]![filled[groupOf[place]!]!++] = values[place]!;
  return names
    .map((name, i) => ({ name, numbers: numbers[i]! }))
    .filter((one) => one.numbers.length >= FEWEST_EXAMPLES);
}

/** Two groups by Mann and Whitney with Cliff's δ, more by Kruskal and Wallis with ε²; null with fewer than two. */
export function compareNumbers(subject: Subject, grouped: GroupedNumbers, asked: FamilyAsked): TestDraft | null {
  const groups = numbersByGroup(grouped);
  if (groups.length < 2) return null;
  const draft = groups.length === 2 ? compareTwo(subject, groups, asked) : compareMany(subject, groups, asked);
  return { ...draft, evidenceRule: farthestGroup(grouped, groups) };
}

type Groups = ReturnType<typeof numbersByGroup>;

function compareTwo(subject: Subject, groups: Groups, asked: FamilyAsked): TestDraft {
  const [first, second] = groups.map(({ numbers }) => numbers) as [Float64Array, Float64Array];
  const test = mannWhitney(first, second);
  const delta = cliffsDelta(first, second, 1 - asked.alpha);
  const detectable = detectableCliffsDelta(first.length, second.length, asked);
  const common = {
    ...subject,
    groups: groups.map(({ name, numbers }) => meanGroup(name, numbers)),
    method: "mann-whitney@1",
    minimumEffect: minimumOf(asked, subject.family, "CLIFFS_DELTA"),
    minimumDetectableEffect: detectable.kind === "defined" ? detectable.value : null,
    details: { medians: groups.map(({ name, numbers }) => ({ name, median: medianOf(numbers) })) },
  };
  if (test.kind === "undefined" || delta.kind === "undefined")
    return testDraft({ ...common, effect: noEffect("Cliff's delta", asked.alpha), undefinedBecause: "NO_VARIATION" });
  return testDraft({
    ...common,
    statistic: { name: "U", value: test.u, degreesOfFreedom: null },
    p: test.p,
    effect: difference("Cliff's delta", delta.value, delta.interval, asked, "Cliff's consistent variance"),
  });
}

function compareMany(subject: Subject, groups: Groups, asked: FamilyAsked): TestDraft {
  const test = kruskalWallis(
    groups.map(({ numbers }) => numbers),
    1 - asked.alpha,
  );
  const n = groups.reduce((sum, { numbers }) => sum + numbers.length, 0);
  const common = {
    ...subject,
    groups: groups.map(({ name, numbers }) => meanGroup(name, numbers)),
    method: "kruskal-wallis@1",
    minimumEffect: minimumOf(asked, subject.family, "EPSILON_SQUARED"),
    minimumDetectableEffect: Math.min(1, detectableNoncentrality(groups.length - 1, asked) / (n - 1)),
    details: { medians: groups.map(({ name, numbers }) => ({ name, median: medianOf(numbers) })) },
  };
  if (test.kind === "undefined")
    return testDraft({ ...common, effect: noEffect("epsilon squared", asked.alpha), undefinedBecause: test.because });
  const { value, interval } = test.epsilonSquared;
  return testDraft({
    ...common,
    statistic: { name: "H", value: test.statistic, degreesOfFreedom: test.df },
    p: test.p,
    effect: unsignedEffect("epsilon squared", value, interval, asked, {
      detectable: common.minimumDetectableEffect,
      minimum: common.minimumEffect,
    }),
  });
}

/** Shows the group whose mean is farthest from that of the others: on which side of their median its examples lie. */
function farthestGroup({ values, groupOf, names }: GroupedNumbers, groups: Groups): EvidenceRule {
  const others = (name: string) => groups.filter((one) => one.name !== name).flatMap(({ numbers }) => [...numbers]);
  const means = groups.map(({ name, numbers }) => ({ name, mean: meanOf(numbers) }));
  const overall = means.reduce((sum, { mean }) => sum + mean / means.length, 0);
  const far = means.toSorted((a, b) => Math.abs(b.mean - overall) - Math.abs(a.mean - overall))[0]!;
  const median = medianOf(others(far.name))!;
  const [group, above] = [names.indexOf(far.name), far.mean > overall];
  const isBeyond = (place: number) => (above ? values[place]! > median : values[place]! < median);
  const side = above ? "above" : "below";
  return {
    supports: (place) => groupOf[place] === group && isBeyond(place),
    counters: (place) => groupOf[place] === group && !Number.isNaN(values[place]!) && !isBeyond(place),
    supportingNote: `It is of ${far.name}, and ${side} the median of the others, ${median}.`,
    counterNote: `It is of ${far.name}, and not ${side} the median of the others, ${median}.`,
  };
}
