// How does the API show releases and candidates?
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Resolver, Root } from "type-graphql";
import { textsByCommitment } from "../activities/queries.js";
import { activitiesByNumber, datasetRowsById } from "../activities/readQueries.js";
import { Population } from "../activities/snapshot.js";
import { Activity, Dataset, Snapshot } from "../activities/types.js";
import { auditsOfScopes } from "../audits/auditQueries.js";
import { BiasAudit } from "../audits/recordTypes.js";
import { exampleVersionsById } from "../examples/queries.js";
import { Example, ExampleVersion } from "../examples/types.js";
import { connection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { localId } from "../platform/nodes.js";
import type { Permission } from "../policy.js";
import { membershipOf } from "./membership.js";
import { membershipFacts } from "./membershipQueries.js";
import { nextVersion } from "./nextVersion.js";
import { proveInclusion } from "./proveInclusion.js";
import * as read from "./queries.js";
import { blocking } from "./runGates.js";
import type { Split } from "./splitOf.js";
import {
  ExampleMembership,
  InclusionProof,
  Release,
  ReleaseCandidate,
  ReleaseCandidateConnection,
  ReleaseConnection,
  ReleaseMember,
  ReleaseMemberConnection,
  ReleaseVerification,
  SplitCount,
  SplitEnum,
} from "./types.js";
import { verifyRelease } from "./verifyRelease.js";

const SPLIT_ARG = { nullable: true, description: "Only this split." };

function membersOf(db: Context["db"], datasetId: number, candidate: number, split: Split | null, args: PageArgs) {
  return connection<read.ReleaseMemberRow>(args, {
    order: `member ${candidate} ${split ?? "all"}`,
    keyTypes: ["number"],
    key: (row) => [row.position],
    read: (slice) => read.membersPage(db, datasetId, { candidate, split }, slice),
    count: () => read.memberCount(db, datasetId, { candidate, split }),
  });
}

function snapshotRoot(datasetId: number, activityNumber: number, candidate: number): Partial<Snapshot> {
  return { datasetId, activityNumber, population: Population.RELEASE, candidate };
}

@Resolver(() => Dataset)
export class DatasetReleasesResolver {
  @FieldResolver(() => ReleaseConnection, { description: "What was released, in the order it was cut." })
  @Authorized<Permission>("release:read")
  releases(@Root() { datasetId }: Dataset, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return connection<read.ReleaseRow>(args, {
      order: "release",
      keyTypes: ["number"],
      key: (row) => [row.release],
      read: (slice) => read.releasesPage(db, datasetId, slice),
      count: () => read.rowCount(db, "releases", datasetId),
    });
  }

  @FieldResolver(() => Release, { nullable: true, description: "A release by version." })
  @Authorized<Permission>("release:read")
  release(
    @Root() { datasetId }: Dataset,
    @Arg("version", () => String, { description: "Semantic version." }) version: string,
    @Ctx() { load }: Context,
  ) {
    return load(read.releasesByVersion, datasetId, version);
  }

  @FieldResolver(() => ReleaseCandidateConnection, { description: "What was prepared, cut or not." })
  @Authorized<Permission>("release:read")
  candidates(@Root() { datasetId }: Dataset, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return connection<read.CandidateRow>(args, {
      order: "candidate",
      keyTypes: ["number"],
      key: (row) => [row.candidate],
      read: (slice) => read.candidatesPage(db, datasetId, slice),
      count: () => read.rowCount(db, "candidates", datasetId),
    });
  }

  @FieldResolver(() => ReleaseCandidate, { nullable: true, description: "A candidate by id." })
  @Authorized<Permission>("release:read")
  candidate(
    @Root() dataset: Dataset,
    @Arg("id", () => ID, { description: "Its global id." }) id: string,
    @Ctx() { load }: Context,
  ) {
    return load(read.candidatesById, dataset.datasetId, localId(id, "ReleaseCandidate", dataset, "id"));
  }
}

@Resolver(() => ReleaseCandidate)
export class ReleaseCandidateFieldsResolver {
  @FieldResolver(() => Activity, { description: "The activity whose state it was selected from." })
  at(@Root() { datasetId, atNumber }: ReleaseCandidate, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, atNumber);
  }

  @FieldResolver(() => Activity, { description: "The activity that recorded it." })
  activity(@Root() { datasetId, activityNumber }: ReleaseCandidate, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => [BiasAudit], { description: "The bias audits of exactly its members, in order." })
  @Authorized<Permission>("audit:read")
  audits(@Root() { datasetId, scopeDigest }: ReleaseCandidate, @Ctx() { load }: Context) {
    return load(auditsOfScopes, datasetId, scopeDigest);
  }

  @FieldResolver(() => Boolean, { description: "Whether no gate blocks it." })
  ready(@Root() { gates }: ReleaseCandidate) {
    return blocking(gates).length === 0;
  }

  @FieldResolver(() => String, {
    description: "The smallest version it can be cut as, by what changed since the last stable release.",
  })
  minimumVersion(@Root() { datasetId, candidate }: ReleaseCandidate, @Ctx() { db }: Context) {
    return nextVersion(db, datasetId, candidate);
  }

  @FieldResolver(() => Release, { nullable: true, description: "The release it became; null where it was not cut." })
  release(@Root() { datasetId, candidate }: ReleaseCandidate, @Ctx() { load }: Context) {
    return load(read.releasesByCandidate, datasetId, candidate);
  }

  @FieldResolver(() => Snapshot, { description: "Its members, for every number." })
  snapshot(@Root() { datasetId, atNumber, candidate }: ReleaseCandidate) {
    return snapshotRoot(datasetId, atNumber, candidate);
  }

  @FieldResolver(() => [SplitCount], { description: "Members by split." })
  splits(@Root() { datasetId, candidate }: ReleaseCandidate, @Ctx() { load }: Context) {
    return load(read.splitCounts, datasetId, candidate);
  }

  @FieldResolver(() => ReleaseMemberConnection, { description: "Its members, in the order of the tree." })
  members(
    @Root() { datasetId, candidate }: ReleaseCandidate,
    @Args(() => PageArgs) args: PageArgs,
    @Arg("split", () => SplitEnum, SPLIT_ARG) split: Split | null,
    @Ctx() { db }: Context,
  ) {
    return membersOf(db, datasetId, candidate, split ?? null, args);
  }
}

@Resolver(() => Release)
export class ReleaseFieldsResolver {
  @FieldResolver(() => ReleaseCandidate, { description: "What it was cut from." })
  candidate(@Root() { datasetId, candidateId }: Release, @Ctx() { load }: Context) {
    return load(read.candidatesById, datasetId, candidateId);
  }

  @FieldResolver(() => Activity, { description: "The activity that cut it." })
  activity(@Root() { datasetId, activityNumber }: Release, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => Activity, { description: "The activity that gave it its standing." })
  statusActivity(@Root() { datasetId, statusActivityNumber }: Release, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, statusActivityNumber);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Release notes; null where there are none or they were erased.",
  })
  notes(@Root() { datasetId, notesKey }: Release, @Ctx() { load }: Context) {
    return notesKey === null ? null : load(textsByCommitment, datasetId, notesKey);
  }

  @FieldResolver(() => Snapshot, { description: "Its members, for every number, as it was when it was prepared." })
  snapshot(@Root() { datasetId, atNumber, candidateId }: Release) {
    return snapshotRoot(datasetId, atNumber, candidateId);
  }

  @FieldResolver(() => [SplitCount], { description: "Members by split." })
  splits(@Root() { datasetId, candidateId }: Release, @Ctx() { load }: Context) {
    return load(read.splitCounts, datasetId, candidateId);
  }

  @FieldResolver(() => ReleaseMemberConnection, { description: "Its members, in the order of the tree." })
  members(
    @Root() { datasetId, candidateId }: Release,
    @Args(() => PageArgs) args: PageArgs,
    @Arg("split", () => SplitEnum, SPLIT_ARG) split: Split | null,
    @Ctx() { db }: Context,
  ) {
    return membersOf(db, datasetId, candidateId, split ?? null, args);
  }

  @FieldResolver(() => ReleaseVerification, {
    description: "Recomputes every leaf, the root and the digest out of what is stored now.",
  })
  @Authorized<Permission>("log:verify")
  async verify(@Root() root: Release, @Ctx() { db, load }: Context) {
    const dataset = await load(datasetRowsById, 0, root.datasetId);
    return verifyRelease(db, dataset!.uid, root as unknown as read.ReleaseRow);
  }

  @FieldResolver(() => InclusionProof, {
    nullable: true,
    description: "That an example's record is in it; null where it is not.",
  })
  inclusion(
    @Root() { datasetId, candidateId }: Release,
    @Arg("externalId", () => String, { description: "The example's external id." }) externalId: string,
    @Ctx() { db }: Context,
  ) {
    return proveInclusion(db, datasetId, candidateId, externalId);
  }
}

@Resolver(() => ReleaseMember)
export class ReleaseMemberFieldsResolver {
  @FieldResolver(() => ExampleVersion, { description: "The example version, with labels as of the release." })
  async exampleVersion(@Root() { datasetId, exampleVersionId, atNumber }: ReleaseMember, @Ctx() { load }: Context) {
    return { ...(await load(exampleVersionsById, datasetId, exampleVersionId)), asOf: atNumber };
  }
}

@Resolver(() => Example)
export class ExampleMembershipResolver {
  @FieldResolver(() => ExampleMembership, {
    nullable: true,
    description: "Whether and why it is in a release; null where there is no such release.",
  })
  @Authorized<Permission>("release:read")
  async membership(
    @Root() { datasetId, example, externalId, activityNumber }: Example,
    @Arg("release", () => String, { description: "The release's version." }) version: string,
    @Ctx() context: Context,
  ) {
    const release = await context.load(read.releasesByVersion, datasetId, version);
    return release && membershipOf(await membershipFacts(context, release, { example, externalId, activityNumber }));
  }
}
