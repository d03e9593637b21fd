// Which words stand near the terms of a group, and are examples that mention it rated otherwise? Pure.
import { logOddsDirichlet } from "../../statistics/logOddsDirichlet.js";
import { normalQuantile } from "../../statistics/normalDistribution.js";
import { twoSidedP } from "../../statistics/normalTest.js";
import { compareNumbers, FEWEST_EXAMPLES } from "../compareNumbers.js";
import { contrastName, contrastsOf, type MentionAxis } from "../contrasts.js";
import { allOf, type FamilyTests } from "../familyTests.js";
import { difference, minimumOf, testDraft, type EvidenceRule, type FamilyAsked, type TestDraft } from "../testDraft.js";
import type { Outcome } from "./treatment.js";

/** Words near the terms of an axis: in how many examples each stands in a sentence that mentions the group alone. */
export interface AxisWords {
  dimension: string;
  groups: readonly string[];
  words: readonly string[];
  /** By group and word. */
  counts: readonly Float64Array[];
  /** By group and word: the place of one of these examples, −1 where there is none. */
  shown: readonly Int32Array[];
  /** By group: the examples with such a sentence. */
  examples: ArrayLike<number>;
  /** Words that were too many to keep, each seen once. */
  droppedWords: number;
}

/** A word counts that stands near the terms in as many examples. */
const FEWEST_WITH_WORD = 5;
/** How many words' worth of prior the words near all groups together have. */
const PRIOR_WEIGHT = 500;
const WORDS_SHOWN = 20;

export function associationTests(
  words: readonly AxisWords[],
  axes: readonly MentionAxis[],
  ratings: readonly Outcome[],
  asked: FamilyAsked,
): FamilyTests {
  return allOf([
    ...words.map((one) => wordTests(one, asked)),
    ...axes.map((axis) => ratingTests(axis, ratings, asked)),
  ]);
}

function wordTests(axis: AxisWords, asked: FamilyAsked): FamilyTests {
  const { groups, counts, dimension, examples } = axis;
  const pairs =
    groups.length === 2
      ? [{ name: groups[1]!, first: 0, others: [1] }]
      : groups.map((_, g) => ({ name: "others", first: g, others: groups.flatMap((__, h) => (h === g ? [] : [h])) }));
  return allOf(
    pairs.map(({ name, first, others }) => {
      const subject = `words near ${groups[first]} against ${name}`;
      const second = counts[0]!.map((_, w) => others.reduce((sum, h) => sum + counts[h]![w]!, 0));
      const sizes = [examples[first]!, others.reduce((sum, h) => sum + examples[h]!, 0)] as const;
      const test =
        Math.min(...sizes) < FEWEST_EXAMPLES
          ? null
          : wordTest(
              {
                axis,
                subject,
                names: [groups[first]!, name],
                sizes,
                first: counts[first]!,
                second,
                sides: [[first], others],
              },
              asked,
            );
      if (test) return { tests: [test], skipped: [] };
      const because = `fewer than ${FEWEST_EXAMPLES} examples have a sentence that mentions the one group and not the other, or no word stands in ${FEWEST_WITH_WORD} of them`;
      return { tests: [], skipped: [{ family: "ASSOCIATION" as const, subject: `${dimension} ${subject}`, because }] };
    }),
  );
}

interface WordPair {
  axis: AxisWords;
  subject: string;
  names: readonly [string, string];
  sizes: readonly [number, number];
  first: Float64Array;
  second: Float64Array;
  /** The groups of either side. */
  sides: readonly [readonly number[], readonly number[]];
}

/** The word that differs most, with limits and p that allow for all words having been looked at (Bonferroni). */
function wordTest(
  { axis, subject, names, sizes, first, second, sides }: WordPair,
  asked: FamilyAsked,
): TestDraft | null {
  const places = Int32Array.from(axis.words.keys()).filter((w) => first[w]! + second[w]! >= FEWEST_WITH_WORD);
  if (places.length < 2) return null;
  const [one, two] = [Float64Array.from(places, (w) => first[w]!), Float64Array.from(places, (w) => second[w]!)];
  const all = one.reduce((sum, count, i) => sum + count + two[i]!, 0);
  const prior = one.map((count, i) => ((count + two[i]!) / all) * PRIOR_WEIGHT);
  const found = logOddsDirichlet(one, two, prior);
  if (found.kind === "undefined") return null;
  const order = [...places.keys()].sort((a, b) => Math.abs(found.z[b]!) - Math.abs(found.z[a]!) || a - b);
  const [top, m] = [order[0]!, places.length];
  const reach = normalQuantile(1 - asked.alpha / m / 2) * found.standardError[top]!;
  const value = found.logOddsRatio[top]!;
  const word = (i: number) => ({
    word: axis.words[places[i]!]!,
    z: found.z[i]!,
    logOddsRatio: found.logOddsRatio[i]!,
    counts: [one[i]!, two[i]!],
  });
  const leading = (side: 1 | -1) =>
    order
      .filter((i) => side * found.z[i]! > 0)
      .slice(0, WORDS_SHOWN)
      .map(word);
  return testDraft({
    key: `ASSOCIATION ${axis.dimension} ${subject}`,
    family: "ASSOCIATION",
    subject,
    dimension: axis.dimension,
    unit: "EXAMPLE",
    groups: names.map((name, g) => ({ name, n: sizes[g]!, value: null, low: null, high: null })),
    method: "log-odds-dirichlet@1",
    parameters: { priorWeight: PRIOR_WEIGHT, fewestWithWord: FEWEST_WITH_WORD, words: m, near: "in the same sentence" },
    statistic: { name: "z", value: found.z[top]!, degreesOfFreedom: null },
    p: Math.min(1, m * twoSidedP(found.z[top]!)),
    effect: difference(
      "log odds ratio",
      value,
      { low: value - reach, high: value + reach },
      asked,
      "normal, Bonferroni over the words",
    ),
    minimumEffect: minimumOf(asked, "ASSOCIATION", "LOG_ODDS_RATIO"),
    evidenceRule: shownWords(
      axis,
      order.map((i) => places[i]!),
      value,
      sides,
      names,
    ),
    details: { word: word(top).word, [names[0]]: leading(1), [names[1]]: leading(-1) },
    warnings: axis.droppedWords > 0 ? [`${axis.droppedWords} rare words were not kept`] : [],
  });
}

const WORDS_WITH_EVIDENCE = 10;

/** For the words that differ most an example each: near the side that has more of it, and near the other where there is one. */
function shownWords(
  { words, shown }: AxisWords,
  order: readonly number[],
  value: number,
  sides: WordPair["sides"],
  names: WordPair["names"],
): EvidenceRule {
  const [most, least] = (value > 0 ? [0, 1] : [1, 0]) as [0 | 1, 0 | 1];
  const shownOf = (side: 0 | 1) =>
    new Set(
      order.slice(0, WORDS_WITH_EVIDENCE).flatMap((w) =>
        sides[side]
          .map((g) => shown[g]![w]!)
          .filter((place) => place >= 0)
          .slice(0, 1),
      ),
    );
  const [supporting, counter] = [shownOf(most), shownOf(least)];
  const listed = order
    .slice(0, WORDS_WITH_EVIDENCE)
    .map((w) => words[w])
    .join(", ");
  return {
    supports: (place) => supporting.has(place),
    counters: (place) => counter.has(place) && !supporting.has(place),
    supportingNote: `One of these words stands near ${names[most]}: ${listed}.`,
    counterNote: `One of these words stands near ${names[least]}: ${listed}.`,
  };
}

function ratingTests(axis: MentionAxis, ratings: readonly Outcome[], asked: FamilyAsked): FamilyTests {
  const { dimension } = axis;
  const tests = contrastsOf(axis, axis.anywhere).flatMap((contrast) =>
    ratings.flatMap(({ name, values }) => {
      const key = `ASSOCIATION ${name} by ${dimension} ${contrastName(contrast)}`;
      const subject = { key, family: "ASSOCIATION" as const, subject: name, dimension, unit: "RATED_UNIT" as const };
      const test = compareNumbers(subject, { values, ...contrast }, asked);
      return test ? [{ ...test, parameters: { mentioned: "anywhere" } }] : [];
    }),
  );
  return { tests, skipped: [] };
}
