// How does the API reach sources?
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import { textsByCommitment } from "../activities/queries.js";
import { activitiesByNumber } from "../activities/readQueries.js";
import { Activity, Dataset } from "../activities/types.js";
import { connection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { registerNode } from "../platform/nodes.js";
import type { Permission } from "../policy.js";
import { sourceCount, sourcesById, sourcesByKey, sourcesPage, type SourceRow } from "./queries.js";
import { registerSources } from "./registerSources.js";
import {
  FilteredDetails,
  HumanDetails,
  ModelDetails,
  RegisterSourcesInput,
  RegisterSourcesPayload,
  ReleaseDetails,
  Source,
  SourceConnection,
} from "./types.js";

registerNode({ type: "Source", code: 10, id: "source", permission: "dataset:read", read: sourcesById });

@Resolver(() => Dataset)
export class SourceResolver {
  @FieldResolver(() => SourceConnection, { description: "Where its content comes from." })
  sources(@Root() { datasetId }: Dataset, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return connection<SourceRow>(args, {
      order: "source",
      keyTypes: ["number"],
      key: (row) => [row.source],
      read: (slice) => sourcesPage(db, datasetId, slice),
      count: () => sourceCount(db, datasetId),
    });
  }

  @FieldResolver(() => Source, { nullable: true, description: "A source by key." })
  source(
    @Root() { datasetId }: Dataset,
    @Arg("key", () => String, { description: "What scripts call it." }) key: string,
    @Ctx() { load }: Context,
  ) {
    return load(sourcesByKey, datasetId, key);
  }

  @Mutation(() => RegisterSourcesPayload, {
    nullable: true,
    description: "Registers sources, or corrects them as new versions.",
  })
  @Authorized<Permission>("source:register")
  async registerSources(
    @Arg("input", () => RegisterSourcesInput) input: RegisterSourcesInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "source:register");
    const answer = await registerSources(context.db, scope, input);
    const found = await sourcesByKey(
      context.db,
      dataset.datasetId,
      input.sources.map((source) => source.key),
    );
    return { ...(await payloadOf(context, dataset.datasetId, answer)), sources: found.filter((row) => row !== null) };
  }
}

@Resolver(() => Source)
export class SourceFieldsResolver {
  @FieldResolver(() => String, { nullable: true, description: "Terms of use, in words." })
  terms(@Root() { datasetId, termsKey }: Source, @Ctx() { load }: Context) {
    return termsKey === null ? null : load(textsByCommitment, datasetId, termsKey);
  }

  @FieldResolver(() => String, { nullable: true, description: "Whom to ask." })
  contact(@Root() { datasetId, contactKey }: Source, @Ctx() { load }: Context) {
    return contactKey === null ? null : load(textsByCommitment, datasetId, contactKey);
  }

  @FieldResolver(() => HumanDetails, { nullable: true, description: "For HUMAN_DEMONSTRATION." })
  human(@Root() { kind, details }: Source) {
    return kind === "HUMAN_DEMONSTRATION" ? details : null;
  }

  @FieldResolver(() => FilteredDetails, { nullable: true, description: "For FILTERED_DATASET." })
  filtered(@Root() { kind, details }: Source) {
    return kind === "FILTERED_DATASET" ? details : null;
  }

  @FieldResolver(() => ModelDetails, { nullable: true, description: "For MODEL_GENERATED." })
  model(@Root() { kind, details }: Source) {
    return kind === "MODEL_GENERATED" ? details : null;
  }

  @FieldResolver(() => ReleaseDetails, { nullable: true, description: "The release it is, where it is one." })
  release(@Root() { details }: Source) {
    return details.release ?? null;
  }

  @FieldResolver(() => Activity, { description: "The activity that last said what is known of it." })
  activity(@Root() { datasetId, activityNumber }: Source, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }
}
