// How does the API count annotators by group, set what is known of them and forget it?
import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import { Dataset } from "../activities/types.js";
import type { Context } from "../platform/context.js";
import type { Permission } from "../policy.js";
import { findReports, findTable } from "./findCounts.js";
import { attributesOfPrincipal } from "./queries.js";
import { setAnnotatorAttributes } from "./setAnnotatorAttributes.js";
import {
  AnnotatorAttribute,
  AnnotatorAttributeTable,
  MyAnnotatorAttribute,
  SetAnnotatorAttributesInput,
  SetAnnotatorAttributesPayload,
  WithdrawAnnotatorAttributesInput,
  WithdrawAnnotatorAttributesPayload,
} from "./types.js";
import { withdrawAnnotatorAttributes } from "./withdrawAnnotatorAttributes.js";

@Resolver(() => Dataset)
export class AttributesResolver {
  @FieldResolver(() => [AnnotatorAttribute], {
    description:
      "People who annotate by group, of each attribute that is known of anybody, by name. Now: attributes are no facts, and what is withdrawn is gone.",
  })
  @Authorized<Permission>("attribute:read")
  annotatorAttributes(@Root() { datasetId }: Dataset, @Ctx() { db }: Context) {
    return findReports(db, datasetId);
  }

  @FieldResolver(() => AnnotatorAttributeTable, {
    description: "People who annotate by the groups of two attributes, now. No cell below 5 can be worked out from it.",
  })
  @Authorized<Permission>("attribute:read")
  annotatorAttributeTable(
    @Root() { datasetId }: Dataset,
    @Arg("rows", () => String, { description: "An attribute." }) rows: string,
    @Arg("columns", () => String, { description: "Another attribute." }) columns: string,
    @Ctx() { db }: Context,
  ) {
    return findTable(db, datasetId, rows, columns);
  }

  @FieldResolver(() => [MyAnnotatorAttribute], { description: "What is known of annotators that you act as." })
  @Authorized<Permission>("attribute:own")
  async myAnnotatorAttributes(@Root() { datasetId }: Dataset, @Ctx() { db, viewer }: Context) {
    const rows = await attributesOfPrincipal(db, datasetId, viewer!.principalUid);
    return rows.map(({ annotatorKey, ...row }) => ({ ...row, annotator: annotatorKey }));
  }

  @Mutation(() => SetAnnotatorAttributesPayload, {
    nullable: true,
    description:
      "Sets what annotators consented to be known. The log says how many values were set, by whom and under which consent, and not what they are.",
  })
  @Authorized<Permission>("attribute:set")
  async setAnnotatorAttributes(
    @Arg("input", () => SetAnnotatorAttributesInput) input: SetAnnotatorAttributesInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "attribute:set");
    const answer = await setAnnotatorAttributes(context.db, scope, input);
    const unknown = (answer.outcome.more?.["unknown"] ?? {}) as Record<string, number>;
    return {
      ...(await payloadOf(context, dataset.datasetId, answer)),
      unknown: Object.entries(unknown)
        .map(([word, count]) => ({ word, count }))
        .toSorted((a, b) => (a.word < b.word ? -1 : 1)),
    };
  }

  @Mutation(() => WithdrawAnnotatorAttributesPayload, {
    nullable: true,
    description: "Deletes what is known of an annotator: an owner of anybody, others of themselves.",
  })
  @Authorized<Permission>("attribute:own")
  async withdrawAnnotatorAttributes(
    @Arg("input", () => WithdrawAnnotatorAttributesInput) input: WithdrawAnnotatorAttributesInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "attribute:own");
    const answer = await withdrawAnnotatorAttributes(context.db, scope, input);
    return { ...(await payloadOf(context, dataset.datasetId, answer)), withdrawnCount: answer.outcome.accepted };
  }
}
