// What does the API show of datasets, people and what happened?
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType, Int, InterfaceType, ObjectType, registerEnumType } from "type-graphql";
import { USER_ERROR_CODES } from "../platform/errors.js";
import { connectionType } from "../platform/connections.js";
import { Node } from "../platform/nodes.js";
import { ROLES } from "../policy.js";
import { ACTIVITY_KINDS } from "./activityKinds.js";
import { Population } from "./snapshot.js";

const enumOf = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((n) => [n, n])) as { [K in Name]: K };
const sentences = (names: readonly string[]) =>
  Object.fromEntries(
    names.map((n) => [n, { description: `${n[0]}${n.slice(1).toLowerCase().replaceAll("_", " ")}.` }]),
  );

export const ActivityKindEnum = enumOf(ACTIVITY_KINDS);
registerEnumType(ActivityKindEnum, {
  name: "ActivityKind",
  description: "What kind of thing happened.",
  valuesConfig: sentences(ACTIVITY_KINDS),
});
export const RoleEnum = enumOf(ROLES);
registerEnumType(RoleEnum, {
  name: "Role",
  description: "What a member may do in a dataset.",
  valuesConfig: sentences(ROLES),
});
export const AgentKindEnum = enumOf(["HUMAN", "SCRIPT", "MODEL"] as const);
registerEnumType(AgentKindEnum, {
  name: "AgentKind",
  description: "What kind of agent acts.",
  valuesConfig: sentences(["HUMAN", "SCRIPT", "MODEL"]),
});
export const UserErrorCodeEnum = enumOf(USER_ERROR_CODES);
registerEnumType(UserErrorCodeEnum, {
  name: "UserErrorCode",
  description: "Why an item or a submission was not taken; docs/errors.md says what to do.",
  valuesConfig: sentences(USER_ERROR_CODES),
});
export const BulkModeEnum = enumOf(["ATOMIC", "PER_ITEM"] as const);
registerEnumType(BulkModeEnum, {
  name: "BulkMode",
  description: "What happens to a batch of which some items cannot be taken.",
  valuesConfig: { ATOMIC: { description: "Nothing goes in." }, PER_ITEM: { description: "The others go in." } },
});
export const ConflictRuleEnum = enumOf(["REFUSE", "NEW_VERSION"] as const);
registerEnumType(ConflictRuleEnum, {
  name: "ConflictRule",
  description: "What happens when a key is known with other content.",
  valuesConfig: {
    REFUSE: { description: "That item is refused." },
    NEW_VERSION: { description: "It becomes a new version." },
  },
});

@ObjectType({ description: "Why an item or a submission was not taken." })
export class UserError {
  @Field(() => UserErrorCodeEnum, { description: "What kind of problem." })
  code!: string;
  @Field(() => String, { description: "What came, what was expected and what to do." })
  message!: string;
  @Field(() => [String], { description: "Where in the input, such as ratings, 17, value." })
  path!: string[];
  @Field(() => Int, { nullable: true, description: "The item's index in the batch; null for the whole submission." })
  index!: number | null;
}

@ObjectType({ implements: Node, description: "Who acts in a dataset." })
export class Agent extends Node {
  datasetId!: number;
  agent!: number;
  @Field(() => AgentKindEnum, { description: "Human, script or model." })
  kind!: string;
  @Field(() => String, { description: "What it is called." })
  label!: string;
}

@ObjectType({ implements: Node, description: "Something that happened in a dataset: one number, one commit." })
export class Activity extends Node {
  datasetId!: number;
  activity!: number;
  agentId!: number;
  messageKey!: string | null;
  requestKey!: string | null;
  outcome!: Record<string, unknown>;
  @Field(() => Int, { description: "1, 2, 3 … without gaps, in commit order." })
  number!: number;
  @Field(() => ActivityKindEnum, { description: "What kind." })
  kind!: string;
  @Field(() => GraphQLDateTime, { description: "When it was recorded, by the database's clock; never runs backwards." })
  recordedAt!: Date;
  @Field(() => String, { description: "SHA-256, hex, over header, rows and the previous digest." })
  digest!: string;
  @Field(() => String, { description: "The digest of the activity before it." })
  previousDigest!: string;
  @Field(() => String, { description: "SHA-256, hex, over the rows it generated and superseded." })
  rowsDigest!: string;
}

/** What every mutation answers. Rows of a payload are filled by its resolver. */
@InterfaceType("MutationPayload", {
  description: "What every mutation answers.",
  resolveType: (v: { __typename?: string }) => v.__typename!,
})
export abstract class MutationPayload {
  @Field(() => Activity, {
    nullable: true,
    description: "The activity that recorded it; null where nothing was recorded.",
  })
  activity!: Activity | null;
  @Field(() => Boolean, { description: "Whether this answers an earlier submission with the same request key." })
  replayed!: boolean;
  @Field(() => [UserError], { description: "What could not be taken, and why." })
  userErrors!: UserError[];
}

@InputType({ description: "What every mutation takes." })
export abstract class MutationInput {
  @Field(() => String, {
    nullable: true,
    description:
      "8 to 255 visible ASCII characters, one per submission. The same key again gives the first answer and adds nothing.",
  })
  requestKey?: string | null;
  @Field(() => String, { nullable: true, description: "A note kept with the activity." })
  message?: string | null;
}

@ObjectType({
  implements: Node,
  description: "A workspace: one supervised fine-tuning dataset with everything that happened in it.",
})
export class Dataset extends Node {
  datasetId!: number;
  headNumber!: number;
  @Field(() => String, { description: "What it is called in addresses and scripts." })
  slug!: string;
  @Field(() => String, { description: "What it is called." })
  title!: string;
  @Field(() => ID, { description: "UUID that enters digests, so that instances can be told apart." })
  uid!: string;
}

@ObjectType({
  description: "What every number is computed on: a dataset, an activity, a population. The same for ever.",
})
export class Snapshot {
  datasetId!: number;
  activityNumber!: number;
  candidate!: number | null;
  @Field(() => Population, { description: "Which example versions it holds." })
  population!: Population;
}

@InputType({ description: "Which moment: give exactly one." })
export class SnapshotAt {
  @Field(() => Int, { nullable: true, description: "The last activity that counts." })
  activity?: number | null;
  @Field(() => GraphQLDateTime, { nullable: true, description: "All that was recorded up to then." })
  time?: Date | null;
  @Field(() => String, { nullable: true, description: "A release's version: its members, at its activity." })
  release?: string | null;
  @Field(() => Int, { nullable: true, description: "A release candidate's number: its members, at its activity." })
  candidate?: number | null;
}

@ObjectType({ implements: Node, description: "Somebody or something that can sign in." })
export class Principal extends Node {
  datasetId!: number;
  principal!: number;
  @Field(() => String, { description: "What scripts call it." })
  key!: string;
  @Field(() => AgentKindEnum, { description: "Human, script or model." })
  kind!: string;
}

@ObjectType({ implements: Node, description: "An API token; its secret is shown once, when it is issued." })
export class ApiToken extends Node {
  datasetId!: number;
  token!: number;
  principalId!: number;
  @Field(() => String, { description: "What it is for." })
  label!: string;
  @Field(() => String, { description: "How it begins, to recognise it by." })
  prefix!: string;
  @Field(() => [String], {
    nullable: true,
    description: "Permissions it is limited to; null for all of its principal's.",
  })
  scopes!: string[] | null;
  @Field(() => [String], { nullable: true, description: "Datasets it is limited to; null for all of its principal's." })
  datasetSlugs!: string[] | null;
  @Field(() => GraphQLDateTime, { description: "When it ends." })
  expiresAt!: Date;
  @Field(() => Boolean, { description: "Whether it was revoked." })
  revoked!: boolean;
}

@ObjectType({ description: "A principal's role in a dataset." })
export class Member {
  member!: number;
  principalId!: number;
  @Field(() => RoleEnum, { description: "What it may do." })
  role!: string;
}

@ObjectType({ description: "The first activity that does not verify." })
export class BadActivity {
  @Field(() => Int, { description: "Its number." })
  number!: number;
  @Field(() => String, {
    description: "What is wrong: MISSING, CHAIN_BROKEN, ROWS_CHANGED, HEADER_CHANGED, TEXT_CHANGED or HEAD_MISMATCH.",
  })
  reason!: string;
  @Field(() => String, { description: "What was expected and what was found." })
  message!: string;
}

@ObjectType({ description: "What verifying a log found." })
export class LogVerification {
  @Field(() => Boolean, { description: "Whether every activity verifies." })
  verified!: boolean;
  @Field(() => Int, { description: "Activities looked at." })
  activityCount!: number;
  @Field(() => Int, { description: "Rows looked at." })
  rowCount!: number;
  @Field(() => Int, { description: "The head's number." })
  head!: number;
  @Field(() => String, { description: "The head's digest, hex: keep it elsewhere to notice a log that was cut short." })
  headDigest!: string;
  @Field(() => BadActivity, { nullable: true, description: "The first that does not verify." })
  firstBad!: BadActivity | null;
}

@ObjectType({ description: "Who is signed in." })
export class ViewerType {
  @Field(() => String, { description: "The principal's key." })
  key!: string;
  @Field(() => AgentKindEnum, { description: "Human, script or model." })
  kind!: string;
  @Field(() => Boolean, { description: "Whether it administers the instance." })
  isAdmin!: boolean;
}

export const AgentConnection = connectionType("Agent", Agent);
export const ActivityConnection = connectionType("Activity", Activity);
export const DatasetConnection = connectionType("Dataset", Dataset);
export const PrincipalConnection = connectionType("Principal", Principal);
export const ApiTokenConnection = connectionType("ApiToken", ApiToken);
export const MemberConnection = connectionType("Member", Member);
