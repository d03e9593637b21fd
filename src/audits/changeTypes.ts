// What does the API show of a test in two audits?
import { Field, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../platform/connections.js";
import { TEST_CHANGES, type TestChange } from "./testChanges.js";
import { AuditTestType } from "./testTypes.js";

const CHANGES: Record<TestChange, string> = {
  NEW: "Only the later audit has it.",
  GONE: "Only the earlier audit has it.",
  BETTER: "A less severe verdict, or an effect whose interval is nearer to none and does not touch the earlier one.",
  WORSE: "A more severe verdict, or an effect whose interval is further from none and does not touch the earlier one.",
  SAME: "Neither is shown: the intervals overlap, or it was not measured both times.",
};
export const TestChangeEnum = Object.fromEntries(TEST_CHANGES.map((change) => [change, change])) as {
  [C in TestChange]: C;
};
registerEnumType(TestChangeEnum, {
  name: "TestChange",
  description: "What became of a test from one audit to another.",
  valuesConfig: Object.fromEntries(Object.entries(CHANGES).map(([name, description]) => [name, { description }])),
});

@ObjectType({ description: "A test in two audits." })
export class ChangedTest {
  @Field(() => String, { description: "The test's key." })
  key!: string;
  @Field(() => TestChangeEnum, { description: "What became of it." })
  change!: TestChange;
  @Field(() => AuditTestType, { nullable: true, description: "In the earlier audit; null where it is new." })
  before!: AuditTestType | null;
  @Field(() => AuditTestType, { nullable: true, description: "In the later audit; null where it is gone." })
  after!: AuditTestType | null;
  @Field(() => String, { nullable: true, description: "Why the two do not measure the same; null where they do." })
  notComparable!: string | null;
}

export const ChangedTestConnection = connectionType("ChangedTest", ChangedTest);
