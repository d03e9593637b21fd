// How does the API reach gold values, set them and take them back?
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import { textsByCommitment } from "../activities/queries.js";
import { activitiesByNumber, agentsById } from "../activities/readQueries.js";
import { Activity, Agent, Dataset } from "../activities/types.js";
import { registerErasable } from "../examples/eraseExample.js";
import { exampleVersionsById } from "../examples/queries.js";
import { ExampleVersion } from "../examples/types.js";
import { CategoryValueScalar } from "../guidelines/categoryValue.js";
import { criterionVersionsById } from "../guidelines/queries.js";
import { CriterionVersion } from "../guidelines/types.js";
import { connection } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { registerNode } from "../platform/nodes.js";
import type { Permission } from "../policy.js";
import * as read from "./queries.js";
import { retractGoldValues } from "./retractGoldValues.js";
import { setGoldValues } from "./setGoldValues.js";
import {
  GoldValue,
  GoldValueConnection,
  GoldValuesArgs,
  RetractGoldValuesInput,
  RetractGoldValuesPayload,
  SetGoldValuesInput,
  SetGoldValuesPayload,
  VersionGoldArgs,
} from "./types.js";

registerNode({ type: "GoldValue", code: 27, id: "gold", permission: "gold:read", read: read.goldValuesById });
registerErasable(read.rationalesOnVersions);

@Resolver(() => Dataset)
export class GoldResolver {
  @FieldResolver(() => GoldValueConnection, {
    description: "The gold values in force, in the order they were set in, also on superseded example versions.",
  })
  @Authorized<Permission>("gold:read")
  goldValues(
    @Root() { datasetId }: Dataset,
    @Args(() => GoldValuesArgs) { criterion = null, ...page }: GoldValuesArgs,
    @Ctx() { db }: Context,
  ) {
    return connection<read.GoldValueRow>(page, {
      order: `goldValues ${criterion ?? ""}`,
      keyTypes: ["number"],
      key: (row) => [row.gold],
      read: (slice) => read.goldValuesPage(db, datasetId, criterion, slice),
      count: () => read.goldValueCount(db, datasetId, criterion),
    });
  }

  @Mutation(() => SetGoldValuesPayload, {
    nullable: true,
    description: "Sets the right values of examples, which annotators do not see and are measured against.",
  })
  @Authorized<Permission>("gold:set")
  async setGoldValues(@Arg("input", () => SetGoldValuesInput) input: SetGoldValuesInput, @Ctx() context: Context) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "gold:set");
    const answer = await setGoldValues(context.db, scope, input);
    return {
      ...(await payloadOf(context, dataset.datasetId, answer)),
      get goldValues() {
        return answer.activity === null
          ? []
          : read.goldValuesOfActivity(context.db, dataset.datasetId, answer.activity);
      },
    };
  }

  @Mutation(() => RetractGoldValuesPayload, {
    nullable: true,
    description: "Takes the gold values in force back, without others in their place; they stay in the log.",
  })
  @Authorized<Permission>("gold:set")
  async retractGoldValues(
    @Arg("input", () => RetractGoldValuesInput) input: RetractGoldValuesInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "gold:set");
    const answer = await retractGoldValues(context.db, scope, input);
    return {
      ...(await payloadOf(context, dataset.datasetId, answer)),
      get goldValues() {
        return answer.activity === null ? [] : read.goldValuesEndedBy(context.db, dataset.datasetId, answer.activity);
      },
    };
  }
}

@Resolver(() => ExampleVersion)
export class ExampleVersionGoldResolver {
  @FieldResolver(() => [GoldValue], {
    description:
      "Its gold values in force, the last first, at most 100; as of the snapshot it was reached through, else now.",
  })
  @Authorized<Permission>("gold:read")
  goldValues(
    @Root() { datasetId, exampleVersion, asOf = null }: ExampleVersion,
    @Args(() => VersionGoldArgs) { criterion = null, all }: VersionGoldArgs,
    @Ctx() { load }: Context,
  ) {
    const asked: read.GoldAsked = { exampleVersion, criterion, all, asOf };
    return load(read.goldValuesOfVersions, datasetId, JSON.stringify(asked));
  }
}

@Resolver(() => GoldValue)
export class GoldValueFieldsResolver {
  @FieldResolver(() => CategoryValueScalar, { description: "The right value, as the criterion declares it." })
  async value(@Root() { datasetId, criterionVersion, category, score }: GoldValue, @Ctx() { load }: Context) {
    if (category === null) return score;
    return (await load(criterionVersionsById, datasetId, criterionVersion))!.categories![category];
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Why this value is right; null where it was not said, or erased.",
  })
  async rationale(@Root() { datasetId, rationaleKey }: GoldValue, @Ctx() { load }: Context) {
    return (await load(textsByCommitment, datasetId, rationaleKey)) || null;
  }

  @FieldResolver(() => CriterionVersion, { description: "What was asked." })
  criterionVersion(@Root() { datasetId, criterionVersion }: GoldValue, @Ctx() { load }: Context) {
    return load(criterionVersionsById, datasetId, criterionVersion);
  }

  @FieldResolver(() => ExampleVersion, { description: "What it is the right value of." })
  exampleVersion(@Root() { datasetId, exampleVersion }: GoldValue, @Ctx() { load }: Context) {
    return load(exampleVersionsById, datasetId, exampleVersion);
  }

  @FieldResolver(() => Agent, { description: "Who says so: the agent of its activity." })
  @Authorized<Permission>("activity:read")
  async author(@Root() { datasetId, activityNumber }: GoldValue, @Ctx() { load }: Context) {
    const activity = await load(activitiesByNumber, datasetId, activityNumber);
    return load(agentsById, datasetId, activity!.agentId);
  }

  @FieldResolver(() => Activity, { description: "The activity that set it." })
  activity(@Root() { datasetId, activityNumber }: GoldValue, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => Activity, {
    nullable: true,
    description: "The activity that replaced it or took it back; null while it is in force.",
  })
  supersededBy(@Root() { datasetId, supersededByNumber }: GoldValue, @Ctx() { load }: Context) {
    return supersededByNumber === null ? null : load(activitiesByNumber, datasetId, supersededByNumber);
  }
}
