// Which names does the API use for what bias audits test and find?
import { registerEnumType } from "type-graphql";
import type { Verdict, VerdictRule } from "../statistics/effectVerdict.js";
import type { AuditEffect, AuditEvidence, AuditFamily, AuditUnit } from "./auditNumbers.js";
import type { EffectKind } from "./minimumEffects.js";

function registered<Name extends string>(
  name: string,
  description: string,
  values: Record<Name, string>,
): Record<Name, Name> {
  const names = Object.keys(values) as Name[];
  const type = Object.fromEntries(names.map((value) => [value, value])) as Record<Name, Name>;
  const valuesConfig = Object.fromEntries(names.map((value) => [value, { description: values[value] }]));
  registerEnumType(type, { name, description, valuesConfig: valuesConfig as never });
  return type;
}

export const AuditFamilyEnum = registered<AuditFamily>("AuditFamily", "What a test of a bias audit is about.", {
  REPRESENTATION: "Which groups are mentioned, how often, and in which sources.",
  ASSOCIATION: "Which words stand near the terms of a group, and how examples that mention it are rated.",
  TREATMENT: "Whether answers differ by the group that the prompt mentions: refusal, length, rating.",
  STYLE: "Whether sources, authors and labels differ in style, and whether one author wrote much of it.",
  PROVENANCE: "Whether one source or one model wrote much of it.",
  POOL: "Who the annotators are, against a reference or equal shares, and of how many it is not known.",
  DISPARITY: "Whether groups of annotators rate the same units differently.",
  SELF_PREFERENCE: "Whether a model rates answers of its own family higher than others do.",
});

export const AuditUnitEnum = registered<AuditUnit>("AuditUnit", "What a test counts once.", {
  EXAMPLE: "An example version.",
  ANNOTATOR: "An annotator.",
  RATED_UNIT: "An example version that was rated.",
  MENTION: "A mention of a group.",
});

export const AuditVerdictEnum = registered<Verdict>(
  "AuditVerdict",
  "What the limits of an effect say. None of it hangs on p alone.",
  {
    HIGH: "Even the limit nearer to no effect is beyond the minimum effect.",
    MEDIUM: "The estimate is beyond the minimum effect, and q is below alpha.",
    LOW: "q is below alpha, and the estimate is not beyond the minimum effect.",
    INCONCLUSIVE: "Neither an effect nor its absence is shown: no pass, add data.",
    PASS: "All of the interval is within the minimum effect.",
  },
);

export const AuditVerdictRuleEnum = registered<VerdictRule>("AuditVerdictRule", "Which rule gave a verdict.", {
  LIMIT_EXCEEDS_MINIMUM: "HIGH: the limit nearer to no effect is beyond the minimum effect.",
  ESTIMATE_EXCEEDS_MINIMUM: "MEDIUM: the estimate is beyond the minimum effect, and q is below alpha.",
  ESTIMATE_BELOW_MINIMUM: "LOW: q is below alpha; the interval may reach beyond the minimum effect.",
  BELOW_MINIMUM_THROUGHOUT: "LOW: q is below alpha, and all of the interval is within the minimum effect.",
  CONTAINS_NONE_AND_MINIMUM: "INCONCLUSIVE: the interval holds no effect and the minimum effect, too.",
  NOT_SIGNIFICANT: "INCONCLUSIVE: the interval leaves out no effect, and q is not below alpha.",
  NOT_MEASURED: "INCONCLUSIVE: there is no estimate or no interval.",
  WITHIN_MINIMUM: "PASS: all of the interval is within the minimum effect.",
});

export const AuditEffectScaleEnum = registered<AuditEffect["scale"]>("AuditEffectScale", "What no effect is.", {
  DIFFERENCE: "0.",
  RATIO: "1.",
});

export const AuditEvidenceRoleEnum = registered<AuditEvidence["role"]>("AuditEvidenceRole", "What an example shows.", {
  SUPPORTING: "It shows what the test is about.",
  COUNTER: "It could have shown it, and does not.",
});

export const AuditEffectKindEnum = registered<EffectKind>("AuditEffectKind", "A kind of effect with a minimum.", {
  RATIO: "Of two groups' examples; 1.25 and 0.8 are the same. Of REPRESENTATION, 1.25 where not said.",
  COHENS_W: "Distance of counts from shares. Of REPRESENTATION and POOL, 0.3 where not said.",
  CRAMERS_V: "Association of groups and sources. Of REPRESENTATION, 0.1 where not said.",
  LOG_ODDS_RATIO: "Of a word near two groups. Of ASSOCIATION, ln 2 where not said.",
  RISK_DIFFERENCE: "Of two shares. Of TREATMENT, 0.05 where not said.",
  CLIFFS_DELTA: "Of two groups of numbers. Of ASSOCIATION, TREATMENT and STYLE, 0.147 where not said.",
  EPSILON_SQUARED: "Of several groups of numbers. Of STYLE, 0.04 where not said.",
  SHARE:
    "What one may hold at most: of PROVENANCE 0.5, of STYLE (one author) 0.3, of POOL (not known) 0.2 where not said.",
  SCALE_SHARE: "Rating points over the scale's length. Of DISPARITY and SELF_PREFERENCE, 0.05 where not said.",
});
