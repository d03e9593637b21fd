// How does the API reach annotators, and enrol them?
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import { activitiesByNumber, agentsById } from "../activities/readQueries.js";
import { Activity, Agent, Dataset } from "../activities/types.js";
import { guidelineVersionsById } from "../guidelines/queries.js";
import { GuidelineVersion } from "../guidelines/types.js";
import { connection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { registerNode } from "../platform/nodes.js";
import type { Permission } from "../policy.js";
import { enrolAnnotators } from "./enrolAnnotators.js";
import {
  annotatorCount,
  annotatorsById,
  annotatorsByKey,
  annotatorsPage,
  qualificationsOfAnnotators,
  type AnnotatorRow,
} from "./queries.js";
import { Annotator, AnnotatorConnection, EnrolAnnotatorsInput, EnrolAnnotatorsPayload } from "./types.js";

registerNode({ type: "Annotator", code: 15, id: "annotator", permission: "annotator:read", read: annotatorsById });

@Resolver(() => Dataset)
export class AnnotatorsResolver {
  @FieldResolver(() => AnnotatorConnection, { description: "Who is enrolled to write or rate." })
  @Authorized<Permission>("annotator:read")
  annotators(@Root() { datasetId }: Dataset, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return connection<AnnotatorRow>(args, {
      order: "annotator",
      keyTypes: ["number"],
      key: (row) => [row.annotator],
      read: (slice) => annotatorsPage(db, datasetId, slice),
      count: () => annotatorCount(db, datasetId),
    });
  }

  @FieldResolver(() => Annotator, { nullable: true, description: "An annotator by key." })
  @Authorized<Permission>("annotator:read")
  annotator(
    @Root() { datasetId }: Dataset,
    @Arg("key", () => String, { description: "The pseudonym." }) key: string,
    @Ctx() { load }: Context,
  ) {
    return load(annotatorsByKey, datasetId, key);
  }

  @Mutation(() => EnrolAnnotatorsPayload, {
    nullable: true,
    description: "Enrols annotators by key, or changes their profiles.",
  })
  @Authorized<Permission>("annotator:enrol")
  async enrolAnnotators(
    @Arg("input", () => EnrolAnnotatorsInput) input: EnrolAnnotatorsInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "annotator:enrol");
    const answer = await enrolAnnotators(context.db, scope, input);
    const found = await annotatorsByKey(
      context.db,
      dataset.datasetId,
      input.annotators.map((one) => one.key),
    );
    return {
      ...(await payloadOf(context, dataset.datasetId, answer)),
      annotators: found.filter((row) => row !== null),
    };
  }
}

@Resolver(() => Annotator)
export class AnnotatorFieldsResolver {
  @FieldResolver(() => [GuidelineVersion], {
    description: "The guideline versions it may rate under where they ask for it.",
  })
  async qualifiedFor(@Root() { datasetId, annotator }: Annotator, @Ctx() { load }: Context) {
    const held = await load(qualificationsOfAnnotators, datasetId, annotator);
    return Promise.all(held!.map((one) => load(guidelineVersionsById, datasetId, one.guidelineVersion)));
  }

  @FieldResolver(() => Agent, {
    nullable: true,
    description: "Who acts behind the pseudonym; for those who may see members.",
  })
  @Authorized<Permission>("member:read")
  agent(@Root() { datasetId, agentId }: Annotator, @Ctx() { load }: Context) {
    return load(agentsById, datasetId, agentId);
  }

  @FieldResolver(() => Activity, { description: "The activity that last said what is known of it." })
  activity(@Root() { datasetId, activityNumber }: Annotator, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }
}
