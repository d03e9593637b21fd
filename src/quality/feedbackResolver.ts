// How does the API send feedback, and show it to those it was sent to?
import { GraphQLJSONObject } from "graphql-scalars";
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import { textsByCommitment } from "../activities/queries.js";
import { activitiesByNumber, agentsById } from "../activities/readQueries.js";
import { Activity, Agent, Dataset } from "../activities/types.js";
import { annotatorsById } from "../annotators/queries.js";
import { Annotator } from "../annotators/types.js";
import { criterionVersionsById } from "../guidelines/queries.js";
import { CriterionVersion } from "../guidelines/types.js";
import { connection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { decodeGlobalId, registerNode } from "../platform/nodes.js";
import { scopeFor } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import { acknowledgeFeedback } from "./acknowledgeFeedback.js";
import { decodeFeedback } from "./feedbackText.js";
import {
  AcknowledgeFeedbackInput,
  AcknowledgeFeedbackPayload,
  Feedback,
  FeedbackAcknowledgement,
  FeedbackArgs,
  FeedbackConnection,
  SendFeedbackInput,
  SendFeedbackPayload,
} from "./feedbackTypes.js";
import * as read from "./queries.js";
import { sendFeedback } from "./sendFeedback.js";

registerNode({ type: "Feedback", code: 28, id: "feedback", permission: "feedback:read", read: read.feedbackById });

@Resolver(() => Dataset)
export class FeedbackResolver {
  @FieldResolver(() => FeedbackConnection, { description: "What was sent to annotators, in order." })
  @Authorized<Permission>("feedback:read")
  feedback(
    @Root() { datasetId }: Dataset,
    @Args(() => FeedbackArgs) { annotator, ...page }: FeedbackArgs,
    @Ctx() { db }: Context,
  ) {
    return feedbackConnection(db, datasetId, { annotator: annotator ?? null, principalUid: null }, page);
  }

  @FieldResolver(() => FeedbackConnection, { description: "What was sent to annotators that you act as, in order." })
  @Authorized<Permission>("feedback:receive")
  myFeedback(@Root() { datasetId }: Dataset, @Args(() => PageArgs) page: PageArgs, @Ctx() { db, viewer }: Context) {
    return feedbackConnection(db, datasetId, { annotator: null, principalUid: viewer!.principalUid }, page);
  }

  @Mutation(() => SendFeedbackPayload, {
    nullable: true,
    description: "Sends an annotator their own numbers as of a snapshot, with words. What was sent stays as it was.",
  })
  @Authorized<Permission>("feedback:send")
  async sendFeedback(@Arg("input", () => SendFeedbackInput) input: SendFeedbackInput, @Ctx() context: Context) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "feedback:send");
    scopeFor(context.viewer, dataset, "quality:read");
    const answer = await sendFeedback(context, scope, dataset, input);
    const sent =
      answer.activity === null ? null : await read.feedbackOfActivity(context.db, dataset.datasetId, answer.activity);
    return { ...(await payloadOf(context, dataset.datasetId, answer)), feedback: sent };
  }

  @Mutation(() => AcknowledgeFeedbackPayload, {
    nullable: true,
    description: "Says that you have read what was sent to you, once, with a comment or without.",
  })
  @Authorized<Permission>("feedback:receive")
  async acknowledgeFeedback(
    @Arg("input", () => AcknowledgeFeedbackInput) input: AcknowledgeFeedbackInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "feedback:receive");
    const { comment, requestKey, message } = input;
    const id = decodeGlobalId(input.feedbackId);
    const feedback = id?.node.type === "Feedback" && id.datasetUid === dataset.uid ? id.id : null;
    const answer = await acknowledgeFeedback(context.db, scope, { feedback, comment, requestKey, message }, input);
    const [row] = answer.activity === null ? [] : await read.feedbackById(context.db, dataset.datasetId, [feedback!]);
    return { ...(await payloadOf(context, dataset.datasetId, answer)), feedback: row ?? null };
  }
}

function feedbackConnection(db: Context["db"], datasetId: number, asked: read.FeedbackAsked, page: PageArgs) {
  return connection<read.FeedbackRow>(page, {
    order: `feedback ${asked.principalUid === null ? (asked.annotator ?? "") : "mine"}`,
    keyTypes: ["number"],
    key: (row) => [row.feedback],
    read: (slice) => read.feedbackPage(db, datasetId, asked, slice),
    count: () => read.feedbackCount(db, datasetId, asked),
  });
}

/** Numbers and words: one text. */
async function textOf({ datasetId, reportKey }: Feedback, { load }: Context) {
  return decodeFeedback(await load(textsByCommitment, datasetId, reportKey));
}

@Resolver(() => Feedback)
export class FeedbackFieldsResolver {
  @FieldResolver(() => Annotator, { description: "Whom it is about and was sent to." })
  annotator(@Root() { datasetId, annotatorId }: Feedback, @Ctx() { load }: Context) {
    return load(annotatorsById, datasetId, annotatorId);
  }

  @FieldResolver(() => CriterionVersion, { description: "The question that was put and its scale." })
  criterionVersion(@Root() { datasetId, criterionVersionId }: Feedback, @Ctx() { load }: Context) {
    return load(criterionVersionsById, datasetId, criterionVersionId);
  }

  @FieldResolver(() => GraphQLJSONObject, {
    nullable: true,
    description:
      "The annotator's numbers as they were, as in AnnotatorQuality, with how they were computed; null where they were erased.",
  })
  async report(@Root() root: Feedback, @Ctx() context: Context) {
    return (await textOf(root, context))?.report ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "What the sender says to them; null where nothing was said or it was erased.",
  })
  async words(@Root() root: Feedback, @Ctx() context: Context) {
    return (await textOf(root, context))?.words ?? null;
  }

  @FieldResolver(() => Activity, { description: "The last activity that counts in its numbers." })
  asOf(@Root() { datasetId, asOfNumber }: Feedback, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, asOfNumber);
  }

  @FieldResolver(() => Activity, { description: "The activity that sent it." })
  activity(@Root() { datasetId, activityNumber }: Feedback, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => Agent, { description: "Who sent it." })
  async sentBy(@Root() { datasetId, activityNumber }: Feedback, @Ctx() { load }: Context) {
    const sending = await load(activitiesByNumber, datasetId, activityNumber);
    return load(agentsById, datasetId, sending!.agentId);
  }

  @FieldResolver(() => FeedbackAcknowledgement, {
    nullable: true,
    description: "That the annotator has read it; null until they say so.",
  })
  acknowledgement(@Root() { datasetId, feedback }: Feedback, @Ctx() { load }: Context) {
    return load(read.acknowledgementsOfFeedback, datasetId, feedback);
  }
}

@Resolver(() => FeedbackAcknowledgement)
export class FeedbackAcknowledgementResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: "What the annotator says to it; null where nothing was said or it was erased.",
  })
  comment(@Root() { datasetId, commentKey }: FeedbackAcknowledgement, @Ctx() { load }: Context) {
    return commentKey === null ? null : load(textsByCommitment, datasetId, commentKey);
  }

  @FieldResolver(() => Activity, { description: "The activity that recorded it." })
  activity(@Root() { datasetId, activityNumber }: FeedbackAcknowledgement, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }
}
