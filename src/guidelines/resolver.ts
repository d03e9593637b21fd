// How does the API reach guidelines and criteria, and publish them?
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import { Dataset } from "../activities/types.js";
import { connection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { registerNode } from "../platform/nodes.js";
import type { Permission } from "../policy.js";
import {
  PublishCriteriaInput,
  PublishCriteriaPayload,
  PublishGuidelineInput,
  PublishGuidelinePayload,
} from "./inputTypes.js";
import * as keys from "./keyQueries.js";
import { publishCriteria } from "./publishCriteria.js";
import { publishGuideline } from "./publishGuideline.js";
import * as read from "./queries.js";
import { Criterion, CriterionConnection, GuidelineConnection, GuidelineVersion } from "./types.js";

registerNode({
  type: "GuidelineVersion",
  code: 11,
  id: "guidelineVersion",
  permission: "dataset:read",
  read: read.guidelineVersionsById,
});
registerNode({ type: "Guideline", code: 12, id: "guideline", permission: "dataset:read", read: keys.guidelinesById });
registerNode({
  type: "CriterionVersion",
  code: 13,
  id: "criterionVersion",
  permission: "dataset:read",
  read: read.criterionVersionsById,
});
registerNode({ type: "Criterion", code: 14, id: "criterion", permission: "dataset:read", read: keys.criteriaById });
registerNode({ type: "Clause", code: 24, id: "clause", permission: "dataset:read", read: keys.clausesById });

@Resolver(() => Dataset)
export class GuidelinesResolver {
  @FieldResolver(() => GuidelineConnection, { description: "Its rules." })
  guidelines(@Root() { datasetId }: Dataset, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return connection<keys.GuidelineRow>(args, {
      order: "guideline",
      keyTypes: ["number"],
      key: (row) => [row.guideline],
      read: (slice) => keys.guidelinesPage(db, datasetId, slice),
      count: () => read.countOf(db, "guidelines", datasetId),
    });
  }

  @FieldResolver(() => GuidelineVersion, {
    nullable: true,
    description: "A guideline version by name, such as house-style@1.0.",
  })
  guidelineVersion(
    @Root() { datasetId }: Dataset,
    @Arg("name", () => String, { description: "Key and version." }) name: string,
    @Ctx() { load }: Context,
  ) {
    return load(read.guidelineVersionsByName, datasetId, name);
  }

  @FieldResolver(() => CriterionConnection, { description: "The questions put to its raters." })
  criteria(@Root() { datasetId }: Dataset, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return connection<keys.CriterionRow>(args, {
      order: "criterion",
      keyTypes: ["number"],
      key: (row) => [row.criterion],
      read: (slice) => keys.criteriaPage(db, datasetId, slice),
      count: () => read.countOf(db, "criteria", datasetId),
    });
  }

  @FieldResolver(() => Criterion, { nullable: true, description: "A criterion by key." })
  criterion(
    @Root() { datasetId }: Dataset,
    @Arg("key", () => String, { description: "What scripts call it." }) key: string,
    @Ctx() { load }: Context,
  ) {
    return load(keys.criteriaByKey, datasetId, key);
  }

  @Mutation(() => PublishCriteriaPayload, {
    nullable: true,
    description: "Publishes criteria, or new versions of them.",
  })
  @Authorized<Permission>("criterion:publish")
  async publishCriteria(
    @Arg("input", () => PublishCriteriaInput) input: PublishCriteriaInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "criterion:publish");
    const answer = await publishCriteria(context.db, scope, input);
    const found = await read.criterionVersionsByKey(
      context.db,
      dataset.datasetId,
      input.criteria.map((one) => one.key),
    );
    return {
      ...(await payloadOf(context, dataset.datasetId, answer)),
      criterionVersions: found.filter((row) => row !== null),
    };
  }

  @Mutation(() => PublishGuidelinePayload, {
    nullable: true,
    description: "Publishes a guideline version, for ever as it is.",
  })
  @Authorized<Permission>("guideline:publish")
  async publishGuideline(
    @Arg("input", () => PublishGuidelineInput) input: PublishGuidelineInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "guideline:publish");
    const answer = await publishGuideline(context.db, scope, input);
    const refused = answer.outcome.problems.length > 0;
    const [found] = refused
      ? [null]
      : await read.guidelineVersionsByName(context.db, dataset.datasetId, [`${input.key}@${input.version}`]);
    return { ...(await payloadOf(context, dataset.datasetId, answer)), guidelineVersion: found };
  }
}
