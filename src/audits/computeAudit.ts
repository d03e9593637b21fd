// What are the numbers of a bias audit on a snapshot?
import type { SnapshotKey } from "../activities/snapshot.js";
import { datasetById } from "../activities/queries.js";
import { withHashJoins } from "../agreement/hashJoins.js";
import { scopeDigestOf } from "../examples/snapshotQueries.js";
import { ensureMeasures } from "../measures/ensureMeasures.js";
import type { TaskContext } from "../platform/tasks.js";
import type { AttributeGroups } from "./annotatorGroups.js";
import type { AuditFamily, AuditNumbers, AuditSkipped } from "./auditNumbers.js";
import type { AuditQuestion } from "./auditQuestion.js";
import type { AuditScope } from "./auditScope.js";
import { withEvidence } from "./evidenceOf.js";
import { associationTests } from "./families/association.js";
import { poolCounts, poolTests } from "./families/pool.js";
import { provenanceTests, sourceCounts } from "./families/provenance.js";
import { axisCounts, representationTests } from "./families/representation.js";
import { styleTests, type StyleMeasure } from "./families/style.js";
import { treatmentTests, type Outcome } from "./families/treatment.js";
import { allOf, type FamilyTests } from "./familyTests.js";
import { finishTests } from "./finishTests.js";
import { modelAnnotators, peopleAmong, type ModelAnnotator } from "./queries.js";
import { readAttributes } from "./readAttributes.js";
import { readMentions, type Mentions } from "./readMentions.js";
import { readRated } from "./readRated.js";
import { readScope } from "./readScope.js";
import { readStyle, REFUSALS, RESPONSE_WORDS } from "./readStyle.js";
import { disparityOf, outcomesOf, selfPreferenceOf } from "./testRated.js";

/** Changes whenever the same question on the same snapshot could get other numbers. */
export const AUDIT_METHOD = "bias-audit/1";

/** Of permutation tests and bootstraps. */
const DRAWN = { permutations: 9_999, resamples: 2_000 };

/** What is known at a point of the work. */
interface Work {
  context: TaskContext;
  snapshot: SnapshotKey;
  question: AuditQuestion;
  scope: AuditScope;
  asks: (...families: AuditFamily[]) => boolean;
}

/**
 * All tests of the question, for a task: the texts are read in portions and only counts are kept, about 200 bytes an example
 * version and the ratings of one criterion at a time.
 */
export async function computeAudit(
  context: TaskContext,
  snapshot: SnapshotKey,
  question: AuditQuestion,
): Promise<AuditNumbers> {
  const { db, progress } = context;
  progress(0, "reading which examples there are");
  const scope = await withHashJoins(db, (tx) => readScope(tx, snapshot, question.filter, question.dimensions));
  const asks = (...families: AuditFamily[]) => families.some((family) => question.families.includes(family));
  const work: Work = { context, snapshot, question, scope, asks };
  const mentions = await mentionsOf(work);
  const style = await styleOf(work);
  const attributes = asks("POOL", "DISPARITY") ? await readAttributes(db, snapshot, question) : null;
  const rated = await testRatings(work, attributes?.groups ?? [], attributes?.strata ?? null);
  progress(0.95, "comparing what was counted");
  const parts = [
    rated,
    ...testsOfTexts(work, mentions, style, rated.outcomes),
    await poolOf(work, attributes?.groups ?? [], rated.raters),
  ];
  const { tests, skipped } = allOf(parts.map((part) => withEvidence(part, scope.exampleVersions, question.seed)));
  const { uid } = (await datasetById(db, snapshot.datasetId))!;
  const { lexicons, filter: _, ...asked } = question;
  return {
    methodVersion: AUDIT_METHOD,
    parameters: { ...asked, ...DRAWN, criteria: question.criteria.map(({ key, version }) => `${key}@${version}`) },
    scopeDigest: (await scopeDigestOf(uid, [[...scope.exampleVersions]])).toString("hex"),
    exampleVersionCount: scope.exampleVersions.length,
    erasedCount: scope.erased.reduce((sum, one) => sum + one, 0),
    seed: question.seed,
    lexicons: lexicons.map(({ name, checksum }) => ({ ...named(name), checksum })),
    tests: finishTests(tests, question),
    skipped,
    warnings: [...warningsOf(scope), ...(mentions?.warnings ?? []), ...(attributes?.warnings ?? [])],
  };
}

function named(name: string): { key: string; version: number } {
  const [key, version] = name.split("@") as [string, string];
  return { key, version: Number(version) };
}

function warningsOf({ erased, labels }: AuditScope): string[] {
  const count = erased.reduce((sum, one) => sum + one, 0);
  return [
    ...(count > 0 ? [`the text of ${count} example versions was erased, and is in no test of texts`] : []),
    ...labels.flatMap(({ dimension, furtherCount }) =>
      furtherCount > 0 ? [`${furtherCount} further values of ${dimension} do not count; the first by name does`] : [],
    ),
  ];
}

async function mentionsOf({ context, snapshot, question, scope, asks }: Work): Promise<Mentions | null> {
  if (question.lexicons.length === 0 || !asks("REPRESENTATION", "ASSOCIATION", "TREATMENT")) return null;
  const count = scope.exampleVersions.length;
  return readMentions(context.db, snapshot, question.lexicons, scope, (seen) =>
    context.progress(0.05 + (0.35 * seen) / count, `looking for groups in ${seen} of ${count} texts`),
  );
}

async function styleOf({ context, snapshot, question, scope, asks }: Work): Promise<StyleMeasure[]> {
  if (!asks("STYLE", "TREATMENT")) return [];
  await ensureMeasures(context, snapshot, { filter: question.filter, share: [0.4, 0.65] });
  return withHashJoins(context.db, (tx) => readStyle(tx, snapshot, question.filter, scope));
}

/** One criterion at a time; what is kept of each are its outcomes, its tests and who rated. */
async function testRatings(work: Work, attributes: readonly AttributeGroups[], strata: AttributeGroups | null) {
  const { context, snapshot, question, scope, asks } = work;
  const models = asks("SELF_PREFERENCE") ? await modelAnnotators(context.db, snapshot) : [];
  const [outcomes, parts, raters]: [Outcome[], FamilyTests[], Set<number>] = [[], [], new Set()];
  if (!asks("ASSOCIATION", "TREATMENT", "DISPARITY", "SELF_PREFERENCE", "POOL"))
    return { ...allOf([]), outcomes, raters };
  for (const [i, criterion] of question.criteria.entries()) {
    const name = `${criterion.key}@${criterion.version}`;
    context.progress(0.65 + (0.3 * i) / question.criteria.length, `reading and comparing ratings of ${name}`);
    const rated = await withHashJoins(context.db, (tx) =>
      readRated(tx, snapshot, criterion, ["HUMAN"], question.filter),
    );
    for (const rater of new Set(rated.matrix.rater)) raters.add(Number(rated.matrix.raters[rater]));
    outcomes.push(...outcomesOf(rated, scope));
    if (asks("DISPARITY") && question.filter === null)
      parts.push(
        withEvidence(
          disparityOf(rated, attributes, scope, { ...question, ...DRAWN, strata }),
          scope.exampleVersions,
          question.seed,
        ),
      );
    if (models.length > 0) parts.push(await selfPreferences(work, criterion, models));
  }
  return { ...allOf([...parts, { tests: [], skipped: skippedRatings(work, attributes, models) }]), outcomes, raters };
}

async function selfPreferences(
  { context, snapshot, question, scope }: Work,
  criterion: AuditQuestion["criteria"][number],
  models: readonly ModelAnnotator[],
): Promise<FamilyTests> {
  const rated = await withHashJoins(context.db, (tx) =>
    readRated(tx, snapshot, criterion, ["HUMAN", "MODEL"], question.filter),
  );
  const part = selfPreferenceOf(rated, models, scope, question, DRAWN);
  return withEvidence(part, scope.exampleVersions, question.seed);
}

function skippedRatings(
  { question, asks }: Work,
  attributes: readonly AttributeGroups[],
  models: readonly ModelAnnotator[],
): AuditSkipped[] {
  const skipped: AuditSkipped[] = [];
  const skip = (family: AuditFamily, because: string) => skipped.push({ family, subject: "all", because });
  if (asks("DISPARITY") && question.filter !== null) skip("DISPARITY", NO_FILTER);
  else if (asks("DISPARITY") && attributes.length === 0) skip("DISPARITY", "no attribute of annotators is known");
  if (asks("DISPARITY") && question.criteria.length === 0) skip("DISPARITY", "no criterion is there to rate on");
  if (asks("SELF_PREFERENCE") && models.length === 0) skip("SELF_PREFERENCE", "no annotator is a model");
  return skipped;
}

/** Numbers of two filters could be held against each other until a group of one annotator is left. */
const NO_FILTER = "annotators are compared over a whole snapshot only; name a label dimension in the place of a filter";

function testsOfTexts(
  { question, scope, asks }: Work,
  mentions: Mentions | null,
  style: readonly StyleMeasure[],
  ratings: readonly Outcome[],
): FamilyTests[] {
  const parts: FamilyTests[] = [];
  if (asks("PROVENANCE")) parts.push(provenanceTests(sourceCounts(scope), scope, question));
  if (asks("STYLE")) parts.push(styleTests(style, scope, question));
  for (const family of ["REPRESENTATION", "ASSOCIATION", "TREATMENT"] as const)
    if (asks(family) && !mentions) {
      const because = "no lexicon is loaded that says groups of people; load one with loadLexicon";
      parts.push({ tests: [], skipped: [{ family, subject: "all", because }] });
    }
  if (!mentions) return parts;
  const { axes, words } = mentions;
  if (asks("REPRESENTATION"))
    parts.push(
      representationTests(
        axes.map((axis) => ({ axis, counts: axisCounts(axis, scope) })),
        question,
      ),
    );
  if (asks("ASSOCIATION")) parts.push(associationTests(words, axes, ratings, question));
  if (asks("TREATMENT")) parts.push(treatmentTests(axes, [...answersOf(style), ...ratings], question));
  return parts;
}

/** Whether an answer refuses, and how long it is. */
function answersOf(style: readonly StyleMeasure[]): Outcome[] {
  return style.flatMap(({ name, values }): Outcome[] => {
    if (name === RESPONSE_WORDS) return [{ name, kind: "NUMBERS", values }];
    if (name !== REFUSALS) return [];
    return [
      {
        name: "refusal",
        kind: "SHARE",
        values: Float32Array.from(values, (n) => (Number.isNaN(n) ? n : n > 0 ? 1 : 0)),
      },
    ];
  });
}

/** People who rated or wrote something in the scope. */
async function poolOf(
  { context, snapshot, question, scope, asks }: Work,
  attributes: readonly AttributeGroups[],
  raters: ReadonlySet<number>,
): Promise<FamilyTests> {
  if (!asks("POOL")) return allOf([]);
  const skip = (because: string): FamilyTests => ({
    tests: [],
    skipped: [{ family: "POOL", subject: "all", because }],
  });
  if (question.filter !== null) return skip(NO_FILTER);
  if (attributes.length === 0) return skip("no attribute of annotators is known");
  const pool = await peopleAmong(context.db, snapshot, new Set([...raters, ...scope.authorIds]));
  return allOf(attributes.map((groups) => poolTests(poolCounts(groups, pool), question.references, question)));
}
