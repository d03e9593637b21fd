// What does the API show of candidates and releases?
import { GraphQLDateTime, GraphQLJSONObject } from "graphql-scalars";
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionType } from "../platform/connections.js";
import { Node } from "../platform/nodes.js";
import { EXPORT_FORMATS, type ExportFormat } from "./exportFormats.js";
import type { GateResult } from "./gates.js";
import { MEMBERSHIP_REASONS, type MembershipReason } from "./membership.js";
import type { ReleaseStatus } from "./queries.js";
import type { Selection } from "./selection.js";
import { SPLITS, type Split } from "./splitOf.js";
import type { Bump } from "./versionBump.js";

const enumOf = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((n) => [n, n])) as { [K in Name]: K };

export const ExportFormatEnum = enumOf(Object.keys(EXPORT_FORMATS) as ExportFormat[]);
registerEnumType(ExportFormatEnum, {
  name: "ExportFormat",
  description: "How a release is written: JSON Lines, in the order of split and id.",
  valuesConfig: {
    RECORDS: { description: "The standard record in RFC 8785 with its salt, so that the root can be recomputed." },
    MESSAGES: { description: "id, messages and split, as trainers load them; without members whose text was erased." },
  },
});
export const ReleaseStatusEnum = enumOf(["PUBLISHED", "DEPRECATED", "REVOKED"] as const);
registerEnumType(ReleaseStatusEnum, {
  name: "ReleaseStatus",
  description: "A release's standing.",
  valuesConfig: {
    PUBLISHED: { description: "To be used." },
    DEPRECATED: { description: "There is a better one." },
    REVOKED: { description: "Not to be used; it cannot be downloaded any more." },
  },
});
export const GateLevelEnum = enumOf(["BLOCK", "WARN"] as const);
registerEnumType(GateLevelEnum, {
  name: "GateLevel",
  description: "What a gate that is not passed means.",
  valuesConfig: {
    BLOCK: { description: "The candidate cannot be cut." },
    WARN: { description: "It can, and the release says so." },
  },
});
export const MembershipReasonEnum = enumOf(Object.keys(MEMBERSHIP_REASONS) as MembershipReason[]);
registerEnumType(MembershipReasonEnum, {
  name: "MembershipReason",
  description: "Why an example is in a release, or not.",
  valuesConfig: Object.fromEntries(
    Object.entries(MEMBERSHIP_REASONS).map(([name, description]) => [name, { description }]),
  ),
});
export const VersionBumpEnum = enumOf(["MAJOR", "MINOR", "PATCH"] as const);
registerEnumType(VersionBumpEnum, {
  name: "VersionBump",
  description: "What a change asks of the version.",
  valuesConfig: {
    MAJOR: { description: "A record is gone, reads otherwise or is in another split." },
    MINOR: { description: "There are only new records." },
    PATCH: { description: "The records are the same." },
  },
});
export const SplitEnum = enumOf(SPLITS);
registerEnumType(SplitEnum, {
  name: "Split",
  description: "A part of a release, as its records name it.",
  valuesConfig: Object.fromEntries(SPLITS.map((split) => [split, { description: `The ${split} part.` }])),
});

@ObjectType({ description: "What stands in the way of a release, or does not." })
export class Gate implements GateResult {
  @Field(() => String, { description: "What is looked at, such as LICENCES_STATED." })
  name!: string;
  @Field(() => GateLevelEnum, { description: "Whether it blocks." })
  level!: "BLOCK" | "WARN";
  @Field(() => Boolean, { description: "Whether it is passed." })
  passed!: boolean;
  @Field(() => String, { description: "What was found." })
  observed!: string;
  @Field(() => String, { description: "What is asked for." })
  required!: string;
}

@ObjectType({ description: "How many members a split has." })
export class SplitCount {
  @Field(() => SplitEnum, { description: "The split." })
  name!: Split;
  @Field(() => Int, { description: "Its members." })
  count!: number;
}

@ObjectType({ description: "A member of a release or candidate." })
export class ReleaseMember {
  datasetId!: number;
  exampleVersionId!: number;
  atNumber!: number;
  @Field(() => String, { description: "The example's external id: the record's id." })
  externalId!: string;
  @Field(() => Int, { description: "Its leaf's place in the tree, from 0." })
  position!: number;
  @Field(() => SplitEnum, { description: "Its split." })
  split!: Split;
  @Field(() => String, { description: "SHA-256(0x00 ‖ salt ‖ RFC 8785 of the record), hex." })
  leaf!: string;
}

@ObjectType({
  implements: Node,
  description: "A selection fixed at an activity: what would be released, and what stands in the way.",
})
export class ReleaseCandidate extends Node {
  datasetId!: number;
  candidate!: number;
  atNumber!: number;
  activityNumber!: number;
  @Field(() => Int, { description: "1, 2, 3 … within the dataset." })
  number!: number;
  @Field(() => GraphQLJSONObject, {
    description: "What was asked for, completed with the defaults; enters the release's digest.",
  })
  selection!: Selection;
  @Field(() => Int, { description: "How many records it has." })
  memberCount!: number;
  @Field(() => String, { description: "SHA-256, hex, of exactly which example versions are in it." })
  scopeDigest!: string;
  @Field(() => String, { description: "RFC 6962 root over the members' leaves, hex." })
  root!: string;
  @Field(() => [Gate], { description: "What was looked at, and what was found." })
  gates!: Gate[];
}

@ObjectType({ implements: Node, description: "A candidate published under a version; immutable." })
export class Release extends Node {
  datasetId!: number;
  release!: number;
  candidateId!: number;
  atNumber!: number;
  activityNumber!: number;
  notesKey!: string | null;
  statusActivityNumber!: number;
  @Field(() => String, { description: "Semantic version." })
  version!: string;
  @Field(() => String, {
    description:
      "SHA-256, hex, over the tag assay.release.v1, root, dataset uid and RFC 8785 of the selection, each length-prefixed.",
  })
  digest!: string;
  @Field(() => String, { description: "RFC 6962 root over the members' leaves, hex." })
  root!: string;
  @Field(() => Int, { description: "How many records it has." })
  memberCount!: number;
  @Field(() => GraphQLJSONObject, { description: "What was asked for, completed with the defaults." })
  selection!: Selection;
  @Field(() => [Gate], { description: "The gates as they stood." })
  gates!: Gate[];
  @Field(() => ReleaseStatusEnum, { description: "Its standing now." })
  status!: ReleaseStatus;
  @Field(() => String, { nullable: true, description: "Why it was deprecated or revoked." })
  statusReason!: string | null;
}

@ObjectType({ description: "Whether an example is in a release, and why." })
export class ExampleMembership {
  @Field(() => Boolean, { description: "Whether it is a member." })
  member!: boolean;
  @Field(() => MembershipReasonEnum, { description: "Why." })
  because!: MembershipReason;
  @Field(() => String, { description: "The same in words, with the decision and activities it follows from." })
  message!: string;
}

@ObjectType({ description: "An example that two releases do not share as it is." })
export class ReleaseChange {
  datasetId!: number;
  @Field(() => String, { description: "The example's external id." })
  externalId!: string;
  @Field(() => Int, { nullable: true, description: "Its version in the earlier release; null where it is not in it." })
  fromVersion!: number | null;
  @Field(() => Int, { nullable: true, description: "Its version in the later release; null where it is not in it." })
  toVersion!: number | null;
  @Field(() => SplitEnum, { nullable: true, description: "Its split in the earlier release." })
  fromSplit!: Split | null;
  @Field(() => SplitEnum, { nullable: true, description: "Its split in the later release." })
  toSplit!: Split | null;
}

@ObjectType({
  description: "How one release differs from another, by example. One can be both revised and in another split.",
})
export class ReleaseDiff {
  datasetId!: number;
  fromCandidate!: number;
  toCandidate!: number;
  @Field(() => Release, { description: "The release that is compared with." })
  from!: Release;
  @Field(() => Release, { description: "The release that is compared." })
  to!: Release;
  @Field(() => Int, { description: "Only in the later one." })
  addedCount!: number;
  @Field(() => Int, { description: "Only in the earlier one." })
  removedCount!: number;
  @Field(() => Int, { description: "In both, in other versions." })
  revisedCount!: number;
  @Field(() => Int, { description: "In both, in other splits." })
  movedSplitCount!: number;
  @Field(() => Int, {
    description: "Same version and split, but another record: category, rating, licence, source or annotator.",
  })
  restatedCount!: number;
  @Field(() => VersionBumpEnum, { description: "What the difference asks of the version." })
  minimumBump!: Bump;
}

@ObjectType({ description: "The first member whose record gives another leaf." })
export class BadMember {
  @Field(() => String, { description: "The example's external id." })
  externalId!: string;
  @Field(() => Int, { description: "Its leaf's place in the tree." })
  position!: number;
  @Field(() => String, { description: "What the record gives, and what it was released with." })
  message!: string;
}

@ObjectType({ description: "What verifying a release found." })
export class ReleaseVerification {
  @Field(() => Boolean, { description: "Whether leaves, root and digest are as they were cut." })
  verified!: boolean;
  @Field(() => Int, { description: "Members looked at." })
  memberCount!: number;
  @Field(() => Int, { description: "Members whose text was erased since: the leaf that was kept counts." })
  erasedCount!: number;
  @Field(() => String, { description: "The root that the leaves give, hex." })
  root!: string;
  @Field(() => String, { description: "The digest that follows, hex." })
  digest!: string;
  @Field(() => BadMember, { nullable: true, description: "The first that does not verify." })
  firstBad!: BadMember | null;
}

@ObjectType({ description: "RFC 6962: that a record is in a release, shown without the other records." })
export class InclusionProof {
  @Field(() => Int, { description: "The leaf's place in the tree, from 0." })
  position!: number;
  @Field(() => Int, { description: "How many leaves the tree has." })
  size!: number;
  @Field(() => String, { description: "The record's leaf, hex." })
  leaf!: string;
  @Field(() => [String], { description: "The hashes that lead from the leaf to the root, nearest first, hex." })
  path!: string[];
  @Field(() => String, { description: "The root they lead to, hex." })
  root!: string;
}

@ObjectType({ description: "A URL by which anyone who has it can download a release for ten minutes." })
export class ReleaseDownload {
  @Field(() => String, {
    description: "Where: GET gives JSON Lines. It carries its own permission; send no token to it.",
  })
  url!: string;
  @Field(() => GraphQLDateTime, { description: "When it ends; a download that has begun goes on." })
  expiresAt!: Date;
  @Field(() => ExportFormatEnum, { description: "In which format." })
  format!: ExportFormat;
  @Field(() => Int, { description: "How many members the release has." })
  memberCount!: number;
}

export const ReleaseConnection = connectionType("Release", Release);
export const ReleaseCandidateConnection = connectionType("ReleaseCandidate", ReleaseCandidate);
export const ReleaseMemberConnection = connectionType("ReleaseMember", ReleaseMember);
export const ReleaseChangeConnection = connectionType("ReleaseChange", ReleaseChange);
