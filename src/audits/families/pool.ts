// Who are the annotators, against a reference or each other, and of how many is it not known? Pure.
import { detectableNoncentrality } from "../../statistics/detectableEffects.js";
import { goodnessOfFit } from "../../statistics/goodnessOfFit.js";
import { jensenShannon } from "../../statistics/jensenShannon.js";
import { FEWEST_ANNOTATORS, type AttributeGroups } from "../annotatorGroups.js";
import type { FamilyTests } from "../familyTests.js";
import {
  minimumOf,
  noEffect,
  shareGroup,
  testDraft,
  unsignedEffect,
  type FamilyAsked,
  type TestDraft,
} from "../testDraft.js";
import { topShareTest } from "../topShare.js";

/** What shares the groups of an attribute should have. */
export interface PoolReference {
  attribute: string;
  shares: ReadonlyArray<{ group: string; share: number }>;
}

/** How many annotators of the pool are of each group; of how many it is not known. */
export interface PoolCounts {
  attribute: string;
  groups: Array<{ name: string; n: number }>;
  unknown: number;
  total: number;
}

export function poolCounts({ attribute, groupOf }: AttributeGroups, pool: Iterable<number>): PoolCounts {
  const counts = new Map<string, number>();
  let [unknown, total] = [0, 0];
  for (const annotator of pool) {
    const group = groupOf.get(annotator);
    total++;
    if (group === undefined) unknown++;
    else counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  const groups = [...counts].map(([name, n]) => ({ name, n })).sort((a, b) => (a.name < b.name ? -1 : 1));
  return { attribute, groups, unknown, total };
}

export function poolTests(counts: PoolCounts, references: readonly PoolReference[], asked: FamilyAsked): FamilyTests {
  const { attribute, total, unknown } = counts;
  const skip = (because: string): FamilyTests => ({
    tests: [],
    skipped: [{ family: "POOL", subject: `annotators by ${attribute}`, because }],
  });
  if (total < FEWEST_ANNOTATORS) return skip(`fewer than ${FEWEST_ANNOTATORS} annotators worked on it`);
  const reference = references.find((one) => one.attribute === attribute) ?? null;
  const missing = missingTest(counts, asked);
  if (unknown === total) return { ...skip("it is known of nobody"), tests: [missing] };
  return { tests: [sharesTest(counts, reference, asked), missing], skipped: [] };
}

/**
 * The groups in cells that may be counted and shown: those with fewer than five annotators, and those of the reference
 * without any, together, and where that is still fewer than five with the least of the others.
 */
export function poolCells({ groups }: PoolCounts, reference: PoolReference | null) {
  const shareOf = (name: string) => reference?.shares.find((one) => one.group === name)?.share ?? 0;
  const isSmall = ({ n }: { n: number }) => n < FEWEST_ANNOTATORS;
  const names = new Set(groups.map(({ name }) => name));
  const absent = (reference?.shares ?? []).filter(({ group, share }) => share > 0 && !names.has(group));
  const all = [
    ...groups.map(({ name, n }) => ({ name, n, target: reference ? shareOf(name) : 1 })),
    ...absent.map(({ group: name, share: target }) => ({ name, n: 0, target })),
  ];
  const large = all.filter((cell) => !isSmall(cell)).sort((a, b) => b.n - a.n);
  const merged = all.filter(isSmall);
  const mergedCount = merged.reduce((sum, { n }) => sum + n, 0);
  if (mergedCount > 0 && mergedCount < FEWEST_ANNOTATORS && large.length > 0) merged.push(large.pop()!);
  if (merged.length === 0) return large;
  const sum = (of: (cell: (typeof all)[number]) => number) => merged.reduce((total, cell) => total + of(cell), 0);
  return [...large, { name: OTHER_GROUPS, n: sum(({ n }) => n), target: sum(({ target }) => target) }];
}

export const OTHER_GROUPS = "(other groups)";

function sharesTest(counts: PoolCounts, reference: PoolReference | null, asked: FamilyAsked): TestDraft {
  const { attribute, total, unknown } = counts;
  const cells = poolCells(counts, reference);
  const [found, target] = [cells.map(({ n }) => n), cells.map((cell) => cell.target)];
  const test = goodnessOfFit(found, target, 1 - asked.alpha);
  const isShown = cells.every(({ n }) => n === 0 || n >= FEWEST_ANNOTATORS);
  const groups = cells.map(({ name, n }) =>
    isShown
      ? shareGroup(name, { hits: n, trials: total - unknown }, asked.alpha)
      : { name, n: null, value: null, low: null, high: null },
  );
  const common = {
    key: `POOL attribute:${attribute}`,
    family: "POOL" as const,
    subject: `annotators by ${attribute}, against ${reference ? "the reference" : "equal shares"}`,
    dimension: `attribute:${attribute}`,
    unit: "ANNOTATOR" as const,
    groups: groups.map((group, i) => ({ ...group, n: isShown ? found[i]! : null })),
    method: "goodness-of-fit@1",
    parameters: { reference: reference?.shares ?? null },
    minimumEffect: minimumOf(asked, "POOL", "COHENS_W"),
    warnings: reference ? [] : ["no reference was given, so that equal shares stand in its place"],
  };
  const none = { ...common, effect: noEffect("Cohen's w", asked.alpha) };
  if (!isShown) return testDraft({ ...none, suppressedBecause: "no group has five annotators or more" });
  if (test.kind === "undefined") return testDraft({ ...none, undefinedBecause: test.because });
  const detectable = Math.sqrt(detectableNoncentrality(test.df, asked) / test.n);
  const apart = jensenShannon(found, target);
  return testDraft({
    ...common,
    statistic: { name: "chi-square", value: test.statistic, degreesOfFreedom: test.df },
    p: test.p,
    effect: unsignedEffect("Cohen's w", test.w.value, test.w.interval, asked, {
      detectable,
      minimum: common.minimumEffect,
    }),
    minimumDetectableEffect: detectable,
    details: { jensenShannonDistance: apart.kind === "defined" ? apart.value : null },
  });
}

function missingTest({ attribute, unknown, total }: PoolCounts, asked: FamilyAsked): TestDraft {
  const subject = {
    key: `POOL attribute:${attribute} unknown`,
    family: "POOL" as const,
    subject: `share of annotators whose ${attribute} is not known`,
    dimension: `attribute:${attribute}`,
    unit: "ANNOTATOR" as const,
  };
  const most = minimumOf(asked, "POOL", "SHARE");
  const test = topShareTest(subject, [{ name: "not known", count: unknown }], total, most, asked, () => null);
  const advice = "Ask the annotators again; what is said of the others holds only for those who told.";
  return { ...test, details: {}, advice };
}
