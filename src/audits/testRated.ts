// What do the ratings on each criterion give: outcomes of examples, and tests of disparity and self-preference?
import type { AttributeGroups } from "./annotatorGroups.js";
import { intersectionsOf } from "./annotatorGroups.js";
import { placeOf, type AuditScope } from "./auditScope.js";
import type { AuditQuestion } from "./auditQuestion.js";
import { disparityTests, type DisparityAsked, type DisparityPart } from "./families/disparity.js";
import { modelFamily, selfPreferenceTests } from "./families/selfPreference.js";
import type { Outcome } from "./families/treatment.js";
import { allOf, type FamilyTests } from "./familyTests.js";
import { judgementsOf, matrixOfUnits, meansOfUnits, type Judgement, type RatedCriterion } from "./ratedCriterion.js";
import { ratedEvidence } from "./ratedEvidence.js";

/** The mean rating of each example that somebody rated. */
export function outcomesOf(rated: RatedCriterion, scope: AuditScope): Outcome[] {
  return judgementsOf(rated).map((judgement) => {
    const values = new Float32Array(scope.exampleVersions.length).fill(NaN);
    const means = meansOfUnits(judgement);
    means.forEach((mean, unit) => (values[placeOf(scope, Number(judgement.matrix.units[unit]))] = mean));
    return { name: `rating of ${judgement.name}@${rated.version}`, kind: "NUMBERS" as const, values };
  });
}

/** Every judgement by every attribute and every two of them, over all units and over those with each label. */
export function disparityOf(
  rated: RatedCriterion,
  attributes: readonly AttributeGroups[],
  scope: AuditScope,
  asked: DisparityAsked,
): FamilyTests {
  const groupings = [...attributes, ...intersectionsOf(attributes)];
  const found: FamilyTests[] = [];
  for (const judgement of judgementsOf(rated))
    for (const part of slicesOf(judgement, rated.version, scope))
      for (const groups of groupings) found.push(disparityTests(part, groups, asked, ratedEvidence(scope)));
  return allOf(found);
}

/** One at a time, since each is a copy of its ratings. */
function* slicesOf(judgement: Judgement, version: number, scope: AuditScope): Generator<DisparityPart> {
  const name = `${judgement.name}@${version}`;
  const { units } = judgement.matrix;
  yield { name, judgement };
  for (const { dimension, values, of } of scope.labels)
    for (const [label, value] of values.entries()) {
      const isIn = (unit: number) => of[placeOf(scope, Number(units[unit]))] === label;
      const matrix = matrixOfUnits(judgement.matrix, isIn);
      yield { name: `${name} where ${dimension} is ${value}`, judgement: { ...judgement, matrix } };
    }
}

export function selfPreferenceOf(
  rated: RatedCriterion,
  models: ReadonlyArray<{ annotator: number; key: string }>,
  scope: AuditScope,
  question: Pick<AuditQuestion, "alpha" | "seed" | "minimumEffects">,
  drawn: { permutations: number; resamples: number },
): FamilyTests {
  const families = scope.sources.map(({ kind, key, model }) =>
    kind === "MODEL_GENERATED" ? modelFamily(model ?? key) : null,
  );
  const familyOfUnit = (exampleVersion: number) => families[scope.source[placeOf(scope, exampleVersion)]!] ?? null;
  const written = new Set(families);
  const familyOfRater = new Map(
    models.flatMap(({ annotator, key }) => {
      const family = modelFamily(key);
      return family !== null && written.has(family) ? [[annotator, family] as const] : [];
    }),
  );
  const parts = judgementsOf(rated).map((judgement) =>
    selfPreferenceTests(
      { name: `${judgement.name}@${rated.version}`, judgement },
      familyOfUnit,
      familyOfRater,
      { ...question, ...drawn },
      ratedEvidence(scope),
    ),
  );
  return allOf(parts);
}
