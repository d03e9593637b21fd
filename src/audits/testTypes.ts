// What does the API show of the tests of a bias audit?
import { GraphQLJSONObject } from "graphql-scalars";
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../platform/connections.js";
import type { Verdict, VerdictRule } from "../statistics/effectVerdict.js";
import { AUDIT_FAMILIES, type AuditFamily, type AuditUnit } from "./auditNumbers.js";

const FAMILIES: Record<AuditFamily, string> = {
  REPRESENTATION: "Who is mentioned, and how often.",
  ASSOCIATION: "What is said near mentions of groups.",
  TREATMENT: "Whether answers differ by the group that is mentioned.",
  STYLE: "Whether the style of answers differs by who or what made them.",
  PROVENANCE: "Whether few sources or models made most of it.",
  POOL: "Who the annotators are.",
  DISPARITY: "Whether groups of annotators rate differently.",
  SELF_PREFERENCE: "Whether answers of models are rated higher by the same models.",
};
export const AuditFamilyEnum = Object.fromEntries(AUDIT_FAMILIES.map((family) => [family, family])) as {
  [F in AuditFamily]: F;
};
registerEnumType(AuditFamilyEnum, {
  name: "AuditFamily",
  description: "What a test of a bias audit asks.",
  valuesConfig: Object.fromEntries(Object.entries(FAMILIES).map(([name, description]) => [name, { description }])),
});

export const AuditUnitEnum: Record<AuditUnit, AuditUnit> = {
  EXAMPLE: "EXAMPLE",
  ANNOTATOR: "ANNOTATOR",
  RATED_UNIT: "RATED_UNIT",
  MENTION: "MENTION",
};
registerEnumType(AuditUnitEnum, {
  name: "AuditUnit",
  description: "What is counted once.",
  valuesConfig: {
    EXAMPLE: { description: "An example version." },
    ANNOTATOR: { description: "An annotator." },
    RATED_UNIT: { description: "An example version with its ratings." },
    MENTION: { description: "A mention in a text." },
  },
});

export const AuditVerdictEnum: Record<Verdict, Verdict> = {
  HIGH: "HIGH",
  MEDIUM: "MEDIUM",
  LOW: "LOW",
  INCONCLUSIVE: "INCONCLUSIVE",
  PASS: "PASS",
};
registerEnumType(AuditVerdictEnum, {
  name: "AuditVerdict",
  description: "What a test says, by the interval of its effect and not by its p.",
  valuesConfig: {
    HIGH: { description: "Even the limit nearer to no effect is beyond the minimum effect." },
    MEDIUM: { description: "The estimate is beyond the minimum effect, and q is below 0.05." },
    LOW: { description: "There is an effect, and the estimate is below the minimum effect." },
    INCONCLUSIVE: { description: "Too little is known: add data. This is no pass." },
    PASS: { description: "The whole interval is within the minimum effect." },
  },
});

const RULES: Record<VerdictRule, string> = {
  LIMIT_EXCEEDS_MINIMUM: "HIGH: even the limit nearer to no effect is beyond the minimum effect.",
  ESTIMATE_EXCEEDS_MINIMUM: "MEDIUM: the estimate is beyond the minimum effect, and q is below 0.05.",
  ESTIMATE_BELOW_MINIMUM: "LOW: q is below 0.05 and no more.",
  BELOW_MINIMUM_THROUGHOUT: "LOW: q is below 0.05, and the whole interval is within the minimum effect.",
  CONTAINS_NONE_AND_MINIMUM: "INCONCLUSIVE: the interval holds both no effect and the minimum effect.",
  NOT_SIGNIFICANT: "INCONCLUSIVE: the interval leaves out no effect, but q is 0.05 or more.",
  NOT_MEASURED: "INCONCLUSIVE: there is no estimate or no interval.",
  WITHIN_MINIMUM: "PASS: the whole interval is within the minimum effect, and q is not below 0.05.",
};
export const AuditRuleEnum = Object.fromEntries(Object.keys(RULES).map((rule) => [rule, rule])) as {
  [R in VerdictRule]: R;
};
registerEnumType(AuditRuleEnum, {
  name: "AuditRule",
  description: "Which rule gave a verdict.",
  valuesConfig: Object.fromEntries(Object.entries(RULES).map(([name, description]) => [name, { description }])),
});

export const EffectScaleEnum = { DIFFERENCE: "DIFFERENCE", RATIO: "RATIO" } as const;
registerEnumType(EffectScaleEnum, {
  name: "EffectScale",
  description: "Where on an effect's scale there is none.",
  valuesConfig: { DIFFERENCE: { description: "At 0." }, RATIO: { description: "At 1." } },
});

export const EvidenceRoleEnum = { SUPPORTING: "SUPPORTING", COUNTER: "COUNTER" } as const;
registerEnumType(EvidenceRoleEnum, {
  name: "EvidenceRole",
  description: "What an example shows of a test.",
  valuesConfig: {
    SUPPORTING: { description: "It is as the effect says." },
    COUNTER: { description: "It is the other way." },
  },
});

@ObjectType({ description: "One of the groups that a test compares." })
export class AuditGroup {
  @Field(() => String, { description: "What it is called." })
  name!: string;
  @Field(() => Int, {
    nullable: true,
    description: "How many units; null where that says too much about too few people.",
  })
  n!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "The share, rate or mean that is compared; null where not shown.",
  })
  value!: number | null;
  @Field(() => Float, { nullable: true, description: "The lower limit of the value." })
  low!: number | null;
  @Field(() => Float, { nullable: true, description: "The upper limit of the value." })
  high!: number | null;
}

@ObjectType({ description: "How large a difference is." })
export class AuditEffect {
  @Field(() => String, { description: "What it is called: Cramér's V, Cliff's delta, risk ratio …" })
  name!: string;
  @Field(() => EffectScaleEnum, { description: "Where on its scale there is no effect." })
  scale!: "DIFFERENCE" | "RATIO";
  @Field(() => Float, { nullable: true, description: "The estimate; null where there is none." })
  value!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "The lower limit; null where it is open, or there is no interval.",
  })
  low!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "The upper limit; null where it is open, or there is no interval.",
  })
  high!: number | null;
  @Field(() => Float, { description: "The interval's level, such as 0.95." })
  level!: number;
  @Field(() => String, { nullable: true, description: "How the limits are made." })
  intervalMethod!: string | null;
}

@ObjectType({ description: "A test statistic." })
export class AuditStatistic {
  @Field(() => String, { description: "What it is called, such as H or chi-square." })
  name!: string;
  @Field(() => Float, { description: "Its value." })
  value!: number;
  @Field(() => Float, { nullable: true, description: "Its degrees of freedom, where it has any." })
  degreesOfFreedom!: number | null;
}

@ObjectType({ description: "An example version that shows what a test is about, taken by rule and not picked." })
export class AuditEvidence {
  datasetId!: number;
  exampleVersionId!: number;
  asOf!: number;
  @Field(() => EvidenceRoleEnum, { description: "What it shows." })
  role!: "SUPPORTING" | "COUNTER";
  @Field(() => String, { description: "What to look at in it." })
  note!: string;
}

@ObjectType({ description: "One test of a bias audit." })
export class AuditTest {
  datasetId!: number;
  asOf!: number;
  @Field(() => String, { description: "The same in every audit that asks the same." })
  key!: string;
  @Field(() => AuditFamilyEnum, { description: "What it asks." })
  family!: AuditFamily;
  @Field(() => String, { description: "What is measured." })
  subject!: string;
  @Field(() => String, { description: "By what the groups are made." })
  dimension!: string;
  @Field(() => AuditUnitEnum, { description: "What is counted once." })
  unit!: AuditUnit;
  @Field(() => [AuditGroup], { description: "The groups compared." })
  groups!: AuditGroup[];
  @Field(() => String, { description: "The test and its version." })
  method!: string;
  @Field(() => GraphQLJSONObject, { description: "With what it was run." })
  parameters!: object;
  @Field(() => AuditStatistic, { nullable: true, description: "The test statistic; null where no test was possible." })
  statistic!: AuditStatistic | null;
  @Field(() => AuditEffect, { description: "How large the difference is." })
  effect!: AuditEffect;
  @Field(() => Float, { nullable: true, description: "The test's p; null where no test was possible." })
  p!: number | null;
  @Field(() => Float, { nullable: true, description: "Benjamini and Hochberg over all tests of the audit with a p." })
  q!: number | null;
  @Field(() => Float, { description: "What matters, in the effect's unit." })
  minimumEffect!: number;
  @Field(() => Float, {
    nullable: true,
    description: "The smallest effect that this many units would show 8 times in 10; null where not known.",
  })
  minimumDetectableEffect!: number | null;
  @Field(() => AuditVerdictEnum, { description: "What it says." })
  verdict!: Verdict;
  @Field(() => AuditRuleEnum, { description: "By which rule." })
  rule!: VerdictRule;
  @Field(() => GraphQLJSONObject, { description: "What else was measured." })
  details!: object;
  @Field(() => String, { nullable: true, description: "Why there is no effect; null where there is one." })
  undefinedBecause!: string | null;
  @Field(() => String, { nullable: true, description: "Why numbers are not shown; null where they are." })
  suppressedBecause!: string | null;
  @Field(() => [String], { description: "What to bear in mind." })
  warnings!: string[];
  @Field(() => String, { description: "What to do next." })
  nextStep!: string;
  @Field(() => [AuditEvidence], { description: "Example versions that show it, and some that do not." })
  evidence!: AuditEvidence[];
}

@ObjectType({ description: "What was asked and has no test, and why." })
export class AuditSkipped {
  @Field(() => AuditFamilyEnum, { description: "What was asked." })
  family!: AuditFamily;
  @Field(() => String, { description: "Of what." })
  subject!: string;
  @Field(() => String, { description: "Why there is no test." })
  because!: string;
}

@ObjectType({ description: "A lexicon as it was used." })
export class AuditLexicon {
  @Field(() => String, { description: "What it is called." })
  key!: string;
  @Field(() => Int, { description: "Its version." })
  version!: number;
  @Field(() => String, { description: "SHA-256 of its contents, hex." })
  checksum!: string;
}

export const AuditTestConnection = connectionType("AuditTest", AuditTest);
