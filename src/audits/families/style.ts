// Do sources, or authors, or labels write in different styles, and did one author write much of it? Pure.
import { compareNumbers, FEWEST_EXAMPLES } from "../compareNumbers.js";
import { allOf, type FamilyTests } from "../familyTests.js";
import type { AuditScope } from "../auditScope.js";
import { minimumOf, type FamilyAsked } from "../testDraft.js";
import { topShareTest } from "../topShare.js";

/** A measure of style: a number for each place, NaN where there is none. */
export interface StyleMeasure {
  /** "response words", "hedges". */
  name: string;
  values: ArrayLike<number>;
}

/** By what answers are grouped, and the group of each place, −1 in none. */
export interface StyleGrouping {
  dimension: string;
  names: readonly string[];
  groupOf: ArrayLike<number>;
}

export function styleGroupings(scope: AuditScope): StyleGrouping[] {
  return [
    { dimension: "source", names: scope.sources.map(({ key }) => key), groupOf: scope.source },
    { dimension: "author", names: scope.authors, groupOf: scope.author },
    ...scope.labels.map(({ dimension, values, of }) => ({
      dimension: `label:${dimension}`,
      names: values,
      groupOf: of,
    })),
  ];
}

export function styleTests(measures: readonly StyleMeasure[], scope: AuditScope, asked: FamilyAsked): FamilyTests {
  const groupings = styleGroupings(scope);
  return allOf([...groupings.map((grouping) => testsBy(grouping, measures, asked)), authorTest(scope, asked)]);
}

function testsBy(grouping: StyleGrouping, measures: readonly StyleMeasure[], asked: FamilyAsked): FamilyTests {
  const { dimension, names, groupOf } = grouping;
  const tests = measures.flatMap(({ name, values }) => {
    const key = `STYLE ${name} by ${dimension}`;
    const subject = { key, family: "STYLE" as const, subject: name, dimension, unit: "EXAMPLE" as const };
    return compareNumbers(subject, { values, groupOf, names }, asked) ?? [];
  });
  if (tests.length > 0) return { tests, skipped: [] };
  const because = `fewer than two groups have ${FEWEST_EXAMPLES} examples or more`;
  return { tests, skipped: [{ family: "STYLE", subject: `style by ${dimension}`, because }] };
}

/** Shares are of the examples whose author is known. */
function authorTest({ author, authors }: AuditScope, asked: FamilyAsked): FamilyTests {
  const counts = new Float64Array(authors.length);
  let total = 0;
  for (const place of author) {
    if (place < 0) continue;
    counts[place]!++;
    total++;
  }
  const subject = "share of one author";
  if (total === 0)
    return { tests: [], skipped: [{ family: "STYLE", subject, because: "no example has a known author" }] };
  const test = topShareTest(
    { key: "STYLE author", family: "STYLE", subject, dimension: "author", unit: "EXAMPLE" },
    authors.map((name, i) => ({ name, count: counts[i]! })),
    total,
    minimumOf(asked, "STYLE", "SHARE"),
    asked,
    (top) => ({
      supports: (place) => author[place]! >= 0 && authors[author[place]!] === top,
      counters: (place) => author[place]! >= 0 && authors[author[place]!] !== top,
      supportingNote: `${top} wrote it.`,
      counterNote: "Somebody else wrote it.",
    }),
  );
  const advice = "Spread the writing over more authors, or cap this one's share in the release selection.";
  return { tests: [{ ...test, advice }], skipped: [] };
}
