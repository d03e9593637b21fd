// How does the API reach decisions, and take them?
import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import { textsByCommitment } from "../activities/queries.js";
import { activitiesByNumber } from "../activities/readQueries.js";
import { Activity } from "../activities/types.js";
import { registerErasable } from "../examples/eraseExample.js";
import { exampleVersionsById } from "../examples/queries.js";
import { ExampleVersion } from "../examples/types.js";
import { clausesById } from "../guidelines/keyQueries.js";
import { Clause } from "../guidelines/types.js";
import type { Context } from "../platform/context.js";
import { registerNode } from "../platform/nodes.js";
import type { Permission } from "../policy.js";
import { decideExamples } from "./decideExamples.js";
import "./populations.js";
import * as read from "./queries.js";
import { DecideExamplesInput, DecideExamplesPayload, Decision } from "./types.js";
import "./verdictFilter.js";

registerNode({ type: "Decision", code: 20, id: "decision", permission: "decision:read", read: read.decisionsById });
registerErasable(read.reasonsOnVersions);

@Resolver(() => ExampleVersion)
export class DecisionsResolver {
  @FieldResolver(() => Decision, {
    nullable: true,
    description:
      "The decision in force, as of the snapshot it was reached through, else as of now; null where it is undecided.",
  })
  @Authorized<Permission>("decision:read")
  decision(@Root() { datasetId, exampleVersion, asOf }: ExampleVersion, @Ctx() { load }: Context) {
    return load(read.decisionsOnVersions, datasetId, read.decisionKey(exampleVersion, asOf ?? null));
  }

  @FieldResolver(() => [Decision], { description: "What was ever decided on it, the last first, at most 100." })
  @Authorized<Permission>("decision:read")
  decisions(@Root() { datasetId, exampleVersion }: ExampleVersion, @Ctx() { load }: Context) {
    return load(read.decisionHistories, datasetId, exampleVersion);
  }

  @Mutation(() => DecideExamplesPayload, {
    nullable: true,
    description: "Accepts, rejects, sends back or withdraws examples.",
  })
  @Authorized<Permission>("decision:make")
  async decideExamples(@Arg("input", () => DecideExamplesInput) input: DecideExamplesInput, @Ctx() context: Context) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "decision:make");
    const answer = await decideExamples(context.db, scope, input);
    return {
      ...(await payloadOf(context, dataset.datasetId, answer)),
      get decisions() {
        return answer.activity === null ? [] : read.decisionsOfActivity(context.db, dataset.datasetId, answer.activity);
      },
    };
  }
}

@Resolver(() => Decision)
export class DecisionFieldsResolver {
  @FieldResolver(() => String, { nullable: true, description: "Why; null where nothing was said or it was erased." })
  reason(@Root() { datasetId, reasonKey }: Decision, @Ctx() { load }: Context) {
    return reasonKey === null ? null : load(textsByCommitment, datasetId, reasonKey);
  }

  @FieldResolver(() => [Clause], { description: "The clauses it cites." })
  async clauses(@Root() { datasetId, decision }: Decision, @Ctx() { load }: Context) {
    const cited = await load(read.clausesOfDecisions, datasetId, decision);
    return Promise.all(cited!.map((clause) => load(clausesById, datasetId, clause)));
  }

  @FieldResolver(() => ExampleVersion, { description: "What it is on." })
  exampleVersion(@Root() { datasetId, exampleVersionId }: Decision, @Ctx() { load }: Context) {
    return load(exampleVersionsById, datasetId, exampleVersionId);
  }

  @FieldResolver(() => Activity, { description: "The activity that took it; its agent is who decided." })
  activity(@Root() { datasetId, activityNumber }: Decision, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => Activity, {
    nullable: true,
    description: "The activity that replaced it; null while it is in force.",
  })
  supersededBy(@Root() { datasetId, supersededByNumber }: Decision, @Ctx() { load }: Context) {
    return supersededByNumber === null ? null : load(activitiesByNumber, datasetId, supersededByNumber);
  }
}
