// Who is mentioned, how often, and is that the same in every source? Pure.
import { chiSquareIndependence } from "../../statistics/chiSquareIndependence.js";
import { cramersV } from "../../statistics/cramersV.js";
import { detectableNoncentrality } from "../../statistics/detectableEffects.js";
import { goodnessOfFit } from "../../statistics/goodnessOfFit.js";
import { hillNumbers } from "../../statistics/hillNumbers.js";
import { detectableShareDifference } from "../../statistics/minimumDetectableEffect.js";
import { twoSidedP } from "../../statistics/normalTest.js";
import { wilsonInterval } from "../../statistics/wilsonInterval.js";
import type { AuditGroup } from "../auditNumbers.js";
import type { AuditScope } from "../auditScope.js";
import type { MentionAxis } from "../contrasts.js";
import { FEWEST_EXAMPLES } from "../compareNumbers.js";
import { allOf, type FamilyTests } from "../familyTests.js";
import {
  minimumOf,
  noEffect,
  shareGroup,
  testDraft,
  unsignedEffect,
  type EvidenceRule,
  type FamilyAsked,
  type TestDraft,
} from "../testDraft.js";

/** How many examples mention each group of an axis, and how many mention it and no other, by source as well. */
export interface AxisCounts {
  dimension: string;
  groups: readonly string[];
  /** Examples whose text could be looked at. */
  examples: number;
  mentioning: Float64Array;
  only: Float64Array;
  mentions: ArrayLike<number>;
  sources: readonly string[];
  /** By source and group. */
  onlyBySource: Float64Array[];
}

export function axisCounts({ dimension, groups, anywhere, mentions }: MentionAxis, scope: AuditScope): AxisCounts {
  const [mentioning, only] = [new Float64Array(groups.length), new Float64Array(groups.length)];
  const onlyBySource = scope.sources.map(() => new Float64Array(groups.length));
  let examples = 0;
  for (let place = 0; place < anywhere.length; place++) {
    if (scope.erased[place] === 1) continue;
    examples++;
    const mask = anywhere[place]!;
    for (let g = 0; g < groups.length; g++) {
      if ((mask & (1 << g)) === 0) continue;
      mentioning[g]!++;
      if (mask !== 1 << g) continue;
      only[g]!++;
      onlyBySource[scope.source[place]!]![g]!++;
    }
  }
  const sources = scope.sources.map(({ key }) => key);
  return { dimension, groups, examples, mentioning, only, mentions, sources, onlyBySource };
}

export function representationTests(
  counted: ReadonlyArray<{ counts: AxisCounts; axis: Pick<MentionAxis, "anywhere"> }>,
  asked: FamilyAsked,
): FamilyTests {
  return allOf(counted.map(({ counts, axis }) => axisTests(counts, axis, asked)));
}

function axisTests(counts: AxisCounts, { anywhere }: Pick<MentionAxis, "anywhere">, asked: FamilyAsked): FamilyTests {
  const { dimension, groups, only } = counts;
  const skip = (because: string) => ({
    tests: [],
    skipped: [{ family: "REPRESENTATION" as const, subject: dimension, because }],
  });
  if (groups.length < 2) return skip("the axis has one group, which there is nothing to hold against");
  const alone = sumOf(only);
  if (alone < FEWEST_EXAMPLES)
    return skip(`${alone} examples mention one of its groups alone; at least ${FEWEST_EXAMPLES} are compared`);
  const most = only.indexOf(Math.max(...only));
  const evidenceRule: EvidenceRule = {
    supports: (place) => anywhere[place] === 1 << most,
    counters: (place) => anywhere[place] !== 0 && (anywhere[place]! & (1 << most)) === 0,
    supportingNote: `It mentions ${groups[most]} and no other group.`,
    counterNote: `It does not mention ${groups[most]}, but another group.`,
  };
  const shares = groups.length === 2 ? ratioTest(counts, asked) : sharesTest(counts, asked);
  const bySource = sourceTest(counts, asked);
  const because = `fewer than two sources, or groups, have ${FEWEST_EXAMPLES} examples that mention one group alone`;
  const skipped = bySource ? [] : [{ family: "REPRESENTATION" as const, subject: `${dimension} by source`, because }];
  return { tests: [{ ...shares, evidenceRule }, ...(bySource ? [bySource] : [])], skipped };
}

/** What all tests of an axis show: of 1,000 examples, how many mention each group. */
function groupsOf({ groups, mentioning, examples }: AxisCounts, { alpha }: FamilyAsked) {
  return groups.map((name, g): AuditGroup => {
    const { value, low, high } = shareGroup(name, { hits: mentioning[g]!, trials: examples }, alpha);
    const perThousand = (share: number | null) => (share === null ? null : 1000 * share);
    return { name, n: mentioning[g]!, value: perThousand(value), low: perThousand(low), high: perThousand(high) };
  });
}

function detailsOf({ groups, mentioning, only, mentions }: AxisCounts) {
  const hill = hillNumbers(mentioning);
  const byGroup = groups.map((name, g) => ({
    name,
    examples: mentioning[g]!,
    alone: only[g]!,
    mentions: mentions[g]!,
  }));
  return {
    byGroup,
    hill: hill.kind === "defined" ? { q0: hill.q0, q1: hill.q1, q2: hill.q2, evenness: hill.evenness } : null,
  };
}

/** b : c of the examples that mention one of two groups and not the other; as McNemar's, by the share b/(b + c). */
function ratioTest(counts: AxisCounts, asked: FamilyAsked): TestDraft {
  const [b, c] = counts.only as unknown as [number, number];
  const [n, odds] = [b + c, (share: number) => share / (1 - share)];
  const share = wilsonInterval({ hits: b, trials: n }, 1 - asked.alpha);
  if (share.kind === "undefined") throw new RangeError("no example mentions one group alone");
  const z = (b - c) / Math.sqrt(n);
  const { above } = detectableShareDifference({ share: 0.5, n1: 1e15, n2: n }, asked);
  const [first, second] = counts.groups;
  return testDraft({
    key: `REPRESENTATION ${counts.dimension}`,
    family: "REPRESENTATION",
    subject: `examples that mention ${first} alone for each that mentions ${second} alone`,
    dimension: counts.dimension,
    unit: "EXAMPLE",
    groups: groupsOf(counts, asked),
    method: "mcnemar@1",
    statistic: { name: "z", value: z, degreesOfFreedom: null },
    p: twoSidedP(z),
    effect: {
      name: "ratio",
      scale: "RATIO",
      value: odds(share.value),
      low: odds(share.interval.low),
      high: odds(share.interval.high),
      level: 1 - asked.alpha,
      intervalMethod: "Wilson, of the share of the first",
    },
    minimumEffect: minimumOf(asked, "REPRESENTATION", "RATIO"),
    minimumDetectableEffect: above.kind === "defined" ? odds(0.5 + above.value) : null,
    details: detailsOf(counts),
  });
}

/** The groups of an axis against equal shares, of examples that mention one of them alone. */
function sharesTest(counts: AxisCounts, asked: FamilyAsked): TestDraft {
  const { only, groups, dimension } = counts;
  const test = goodnessOfFit(
    only,
    groups.map(() => 1),
    1 - asked.alpha,
  );
  const n = only.reduce((sum, count) => sum + count, 0);
  const common = {
    key: `REPRESENTATION ${dimension}`,
    family: "REPRESENTATION" as const,
    subject: "shares of the groups among examples that mention one alone, against equal shares",
    dimension,
    unit: "EXAMPLE" as const,
    groups: groupsOf(counts, asked),
    method: "goodness-of-fit@1",
    minimumEffect: minimumOf(asked, "REPRESENTATION", "COHENS_W"),
    minimumDetectableEffect: Math.sqrt(detectableNoncentrality(groups.length - 1, asked) / n),
  };
  if (test.kind === "undefined")
    return testDraft({ ...common, effect: noEffect("Cohen's w", asked.alpha), undefinedBecause: test.because });
  const residuals = groups.map((name, g) => ({ name, standardisedResidual: test.standardisedResiduals[g] }));
  return testDraft({
    ...common,
    statistic: { name: "chi-square", value: test.statistic, degreesOfFreedom: test.df },
    p: test.p,
    effect: unsignedEffect("Cohen's w", test.w.value, test.w.interval, asked, {
      detectable: common.minimumDetectableEffect,
      minimum: common.minimumEffect,
    }),
    details: { ...detailsOf(counts), residuals },
    warnings: test.fewExpected ? ["an expected count is below 5, where p fits badly"] : [],
  });
}

const PERMUTATIONS = 9999;

/** Groups mentioned alone by source, those of so few left out: limits of V hold for no table that is all but empty. */
function sourceTest(counts: AxisCounts, asked: FamilyAsked): TestDraft | null {
  const { dimension } = counts;
  const { table, sources, groups } = largeEnough(counts);
  if (sources.length < 2 || groups.length < 2) return null;
  const test = chiSquareIndependence(table, { seed: asked.seed, permutations: PERMUTATIONS });
  const v = cramersV(table, 1 - asked.alpha);
  if (test.kind === "undefined" || v.kind === "undefined") return null;
  const [rows, columns] = [1 + test.df / Math.max(1, usedColumns(table) - 1), usedColumns(table)];
  const lambda = detectableNoncentrality(test.df, asked);
  const detectable = Math.min(1, Math.sqrt(lambda / test.n / (Math.min(rows, columns) - 1)));
  const minimum = minimumOf(asked, "REPRESENTATION", "CRAMERS_V");
  return testDraft({
    key: `REPRESENTATION ${dimension} by source`,
    family: "REPRESENTATION",
    subject: "which group is mentioned alone",
    dimension: `${dimension} by source`,
    unit: "EXAMPLE",
    groups: sources.map((name, s) =>
      shareGroup(`${groups[0]} in ${name}`, { hits: table[s]![0]!, trials: sumOf(table[s]!) }, asked.alpha),
    ),
    method: test.permutationP === null ? "chi-square@1" : "chi-square-permutation@1",
    parameters: test.permutationP === null ? {} : { permutations: PERMUTATIONS },
    statistic: { name: "chi-square", value: test.statistic, degreesOfFreedom: test.df },
    p: test.permutationP ?? test.p,
    effect: unsignedEffect("Cramér's V", v.value, v.interval, asked, { detectable, minimum }),
    minimumEffect: minimum,
    minimumDetectableEffect: detectable,
    details: { table: sources.map((source, s) => ({ source, counts: [...table[s]!] })), groups: [...groups] },
    advice: "Look at the table: a source that mentions one group far more is where to add or cap examples.",
  });
}

/** The rows and columns that have enough examples over all. */
function largeEnough({ onlyBySource, only, sources, groups }: AxisCounts) {
  const columns = groups.flatMap((_, g) => (only[g]! >= FEWEST_EXAMPLES ? [g] : []));
  const rows = onlyBySource
    .map((row, s) => ({ source: sources[s]!, counts: Float64Array.from(columns, (g) => row[g]!) }))
    .filter(({ counts }) => sumOf(counts) >= FEWEST_EXAMPLES);
  return {
    table: rows.map(({ counts }) => counts),
    sources: rows.map(({ source }) => source),
    groups: columns.map((g) => groups[g]!),
  };
}

function usedColumns(table: readonly Float64Array[]): number {
  return table[0]!.reduce((used, _, g) => used + (table.some((row) => row[g]! > 0) ? 1 : 0), 0);
}

const sumOf = (row: Float64Array) => row.reduce((sum, count) => sum + count, 0);
