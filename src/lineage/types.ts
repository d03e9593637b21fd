// What does the API show and take of lineage?
import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { PageInfo } from "../platform/connections.js";
import { RELATIONS, type Relation } from "./edgeKinds.js";
import { KINDS, type NodeKind } from "./nodeKinds.js";

export const LineageKindEnum = Object.fromEntries(KINDS.map((kind) => [kind, kind])) as { [Kind in NodeKind]: Kind };
registerEnumType(LineageKindEnum, {
  name: "LineageKind",
  description: "What a node of a lineage is.",
  valuesConfig: {
    ACTIVITY: { description: "An activity that erased something or revoked a release." },
    AGENT: { description: "Who acted." },
    ANNOTATOR: { description: "Who wrote or rated." },
    AUDIT_FINDING: { description: "What a bias audit found." },
    AUDIT_WAIVER: { description: "That a finding may be released with for a time." },
    BATCH: { description: "A round of work." },
    BIAS_AUDIT: { description: "A bias audit." },
    CLAUSE: { description: "A clause of a guideline." },
    COVERAGE_PLAN_VERSION: { description: "A version of the coverage plan." },
    CRITERION_VERSION: { description: "A version of a question put to raters." },
    DECISION: { description: "A verdict on an example version." },
    EXAMPLE: { description: "An example." },
    EXAMPLE_VERSION: { description: "A version of an example." },
    GUIDELINE_VERSION: { description: "A version of the rules." },
    RATING: { description: "A rating." },
    RELEASE: { description: "A release." },
    RELEASE_CANDIDATE: { description: "What a release was cut from." },
    SOURCE: { description: "Where content came from." },
  },
});

export const LineageRelationEnum = Object.fromEntries(Object.keys(RELATIONS).map((name) => [name, name])) as {
  [Name in Relation]: Name;
};
registerEnumType(LineageRelationEnum, {
  name: "LineageRelation",
  description: "How two things are related, in terms of PROV-O: from, relation, to.",
  valuesConfig: Object.fromEntries(Object.entries(RELATIONS).map(([name, description]) => [name, { description }])),
});

export const LineageDirectionEnum = { BACKWARD: "BACKWARD", FORWARD: "FORWARD", BOTH: "BOTH" } as const;
registerEnumType(LineageDirectionEnum, {
  name: "LineageDirection",
  description: "Which way to walk.",
  valuesConfig: {
    BACKWARD: { description: "Where it came from." },
    FORWARD: { description: "What it led to." },
    BOTH: { description: "Both, each on its own: not what else its sources led to." },
  },
});

@InputType({ description: "Of what: give exactly one. An example stands for all of its versions." })
export class LineageSubject {
  @Field(() => String, { nullable: true, description: "An example, by external id." })
  externalId?: string | null;
  @Field(() => Int, { nullable: true, description: "An example, by number." })
  exampleNumber?: number | null;
  @Field(() => ID, { nullable: true, description: "An example version, by id." })
  exampleVersionId?: string | null;
  @Field(() => ID, { nullable: true, description: "Anything of the dataset that has a lineage, by id." })
  nodeId?: string | null;
  @Field(() => String, { nullable: true, description: "A source, by key." })
  source?: string | null;
  @Field(() => String, { nullable: true, description: "A release, by version." })
  release?: string | null;
  @Field(() => String, { nullable: true, description: "A guideline version, such as house-style@1.0." })
  guidelineVersion?: string | null;
  @Field(() => String, { nullable: true, description: "An annotator, by key." })
  annotator?: string | null;
}

@ArgsType()
export class LineageArgs {
  @Field(() => LineageSubject, { description: "Of what." })
  of!: LineageSubject;
  @Field(() => LineageDirectionEnum, { description: "Which way." })
  direction!: keyof typeof LineageDirectionEnum;
  @Field(() => Int, { defaultValue: 5, description: "How many steps, 1 to 10." })
  depth!: number;
  @Field(() => Int, { defaultValue: 100, description: "How many nodes, 1 to 100, nearest first." })
  first!: number;
  @Field(() => String, { nullable: true, description: "The endCursor of the page before." })
  after?: string | null;
}

@ObjectType({ description: "A thing in a lineage." })
export class LineageNode {
  @Field(() => ID, { description: "The thing's own id; give it to node(id:)." })
  id!: string;
  @Field(() => LineageKindEnum, { description: "What it is." })
  kind!: NodeKind;
  @Field(() => String, { description: "What people call it." })
  label!: string;
  @Field(() => Int, { description: "Steps from where the walk began." })
  distance!: number;
}

@ObjectType({ description: "How two things are related: from, relation, to." })
export class LineageEdge {
  datasetId!: number;
  activityNumber!: number;
  @Field(() => ID, { description: "The id of the thing that is said something of." })
  from!: string;
  @Field(() => ID, { description: "The id of the other." })
  to!: string;
  @Field(() => LineageRelationEnum, { description: "How." })
  relation!: Relation;
}

@ObjectType({ description: "A page of a lineage: nodes by distance, kind and number, with the edges among them." })
export class Lineage {
  @Field(() => [LineageNode], { description: "The page." })
  nodes!: LineageNode[];
  @Field(() => [LineageEdge], {
    description:
      "All edges among these nodes and those of earlier pages that touch this page: over all pages, each comes once.",
  })
  edges!: LineageEdge[];
  @Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo!: PageInfo;
  @Field(() => Boolean, {
    description: "Whether a limit kept things out so far: 1,000 new nodes a step, 1,000 neighbours a node.",
  })
  truncated!: boolean;
}
