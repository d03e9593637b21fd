// What does the API show of the tests of a bias audit?
import { GraphQLJSON } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Population } from "../activities/snapshot.js";
import { connectionType } from "../platform/connections.js";
import type { Verdict, VerdictRule } from "../statistics/effectVerdict.js";
import type { AuditEffect, AuditEvidence, AuditFamily, AuditNumbers, AuditTest, AuditUnit } from "./auditNumbers.js";
import {
  AuditEffectScaleEnum,
  AuditEvidenceRoleEnum,
  AuditFamilyEnum,
  AuditUnitEnum,
  AuditVerdictEnum,
  AuditVerdictRuleEnum,
} from "./enumTypes.js";

@ObjectType("AuditGroup", { description: "One of the groups that a test compares." })
export class AuditGroupType {
  @Field(() => String, { description: "What it is called." })
  name!: string;
  @Field(() => Int, { nullable: true, description: "How many units it has; null where that is not shown." })
  n!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "Its share, rate, median or mean, in the test's unit; null where there is none or it is not shown.",
  })
  value!: number | null;
  @Field(() => Float, { nullable: true, description: "Lower limit of value; null where there is none." })
  low!: number | null;
  @Field(() => Float, { nullable: true, description: "Upper limit of value; null where there is none." })
  high!: number | null;
}

@ObjectType("AuditEffect", { description: "How large it is, with limits." })
export class AuditEffectType {
  @Field(() => String, { description: "Cliff's delta, risk difference, ratio, share, rating points …" })
  name!: string;
  @Field(() => AuditEffectScaleEnum, { description: "Whether no effect is 0 or 1." })
  scale!: AuditEffect["scale"];
  @Field(() => Float, { nullable: true, description: "The estimate; null where there is none." })
  value!: number | null;
  @Field(() => Float, { nullable: true, description: "Lower limit; null where there is none." })
  low!: number | null;
  @Field(() => Float, { nullable: true, description: "Upper limit; null where there is none." })
  high!: number | null;
  @Field(() => Float, { description: "Confidence level: 1 less alpha." })
  level!: number;
  @Field(() => String, { nullable: true, description: "How the limits are made; null without limits." })
  intervalMethod!: string | null;
}

@ObjectType({ description: "What a test computes p from." })
export class AuditStatistic {
  @Field(() => String, { description: "H, U, z, chi-square …" })
  name!: string;
  @Field(() => Float, { description: "Its value." })
  value!: number;
  @Field(() => Float, { nullable: true, description: "Degrees of freedom; null where it has none." })
  degreesOfFreedom!: number | null;
}

@ObjectType("AuditEvidence", { description: "An example version that shows what a test is about, taken by rule." })
export class AuditEvidenceType {
  datasetId!: number;
  exampleVersionId!: number;
  asOf!: number;
  @Field(() => AuditEvidenceRoleEnum, { description: "Whether it shows it or the contrary." })
  role!: AuditEvidence["role"];
  @Field(() => String, { description: "What to look at." })
  note!: string;
}

@ObjectType("AuditTest", { description: "A question of a bias audit, and what was found." })
export class AuditTestType implements Omit<AuditTest, "evidence"> {
  datasetId!: number;
  asOf!: number;
  shown!: AuditEvidence[];
  @Field(() => String, { description: "The same in every audit that asks the same." })
  key!: string;
  @Field(() => AuditFamilyEnum, { description: "What it is about." })
  family!: AuditFamily;
  @Field(() => String, { description: "What is measured." })
  subject!: string;
  @Field(() => String, { description: "By what groups are made: source, lexicon:gender, attribute:age …" })
  dimension!: string;
  @Field(() => AuditUnitEnum, { description: "What is counted once." })
  unit!: AuditUnit;
  @Field(() => [AuditGroupType], { description: "What is compared." })
  groups!: AuditGroupType[];
  @Field(() => String, { description: "The test and its version." })
  method!: string;
  @Field(() => GraphQLJSON, { description: "What the method was told." })
  parameters!: Record<string, unknown>;
  @Field(() => AuditStatistic, { nullable: true, description: "Null where no test was possible." })
  statistic!: AuditStatistic | null;
  @Field(() => AuditEffectType, { description: "How large it is." })
  effect!: AuditEffectType;
  @Field(() => Float, { nullable: true, description: "Two-sided, but for shares; null where no test was possible." })
  p!: number | null;
  @Field(() => Float, { nullable: true, description: "Benjamini-Hochberg's, over all tests of the audit with a p." })
  q!: number | null;
  @Field(() => Float, { description: "What matters, in the effect's unit." })
  minimumEffect!: number;
  @Field(() => Float, {
    nullable: true,
    description: "What so many units would show 8 times in 10, without allowance for other tests; null if not known.",
  })
  minimumDetectableEffect!: number | null;
  @Field(() => AuditVerdictEnum, { description: "What the limits say." })
  verdict!: Verdict;
  @Field(() => AuditVerdictRuleEnum, { description: "Which rule gave the verdict." })
  rule!: VerdictRule;
  @Field(() => GraphQLJSON, { description: "What else was measured." })
  details!: Record<string, unknown>;
  @Field(() => String, { nullable: true, description: "Why there is no effect; null where there is one." })
  undefinedBecause!: string | null;
  @Field(() => String, { nullable: true, description: "Why numbers are not shown; null where they are." })
  suppressedBecause!: string | null;
  @Field(() => [String], { description: "What to know before it is relied on." })
  warnings!: string[];
  @Field(() => String, { description: "What to do next." })
  nextStep!: string;
}
export const AuditTestConnection = connectionType("AuditTest", AuditTestType);

@ObjectType("AuditSkipped", { description: "A question that has no test." })
export class AuditSkippedType {
  @Field(() => AuditFamilyEnum, { description: "What it would have been about." })
  family!: AuditFamily;
  @Field(() => String, { description: "What would have been measured." })
  subject!: string;
  @Field(() => String, { description: "Why there is no test." })
  because!: string;
}

@ObjectType({ description: "A lexicon that an audit used, as it was loaded." })
export class AuditLexicon {
  @Field(() => String, { description: "Its key." })
  key!: string;
  @Field(() => Int, { description: "Its version." })
  version!: number;
  @Field(() => String, { description: "SHA-256 of the pack, hex." })
  checksum!: string;
}

@ObjectType({ description: "What a bias audit of a snapshot finds. The same question has the same answer for ever." })
export class BiasAuditReport implements Omit<AuditNumbers, "tests"> {
  datasetId!: number;
  activityNumber!: number;
  reportKey!: string;
  allTests!: AuditTest[];
  @Field(() => Population, { description: "Which example versions." })
  population!: Population;
  @Field(() => String, { description: "How it was computed; another one may give other numbers." })
  methodVersion!: string;
  @Field(() => String, { description: "HIT where it was computed before, else MISS." })
  cache!: "HIT" | "MISS";
  @Field(() => GraphQLJSON, { description: "All that was asked, defaults included." })
  parameters!: Record<string, unknown>;
  @Field(() => String, { description: "Of exactly the example versions it looked at, as Snapshot.scopeDigest; hex." })
  scopeDigest!: string;
  @Field(() => Int, { description: "How many example versions it looked at." })
  exampleVersionCount!: number;
  @Field(() => Int, { description: "How many of them had their text erased: they are in no test of texts." })
  erasedCount!: number;
  @Field(() => Float, { description: "Of permutations, bootstraps and evidence." })
  seed!: number;
  @Field(() => [AuditLexicon], { description: "The lexicons it used." })
  lexicons!: AuditLexicon[];
  @Field(() => [AuditSkippedType], { description: "What could not be tested, and why." })
  skipped!: AuditSkippedType[];
  @Field(() => [String], { description: "What was wrong with what was read." })
  warnings!: string[];
}
