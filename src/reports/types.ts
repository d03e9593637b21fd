// What does the API show of jobs?
import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { MutationPayload } from "../activities/types.js";
import { connectionType } from "../platform/connections.js";
import { Node } from "../platform/nodes.js";
import type { JobState } from "./tables.js";

export const JobStateEnum: Record<JobState, JobState> = {
  QUEUED: "QUEUED",
  RUNNING: "RUNNING",
  DONE: "DONE",
  FAILED: "FAILED",
  CANCELLED: "CANCELLED",
};
registerEnumType(JobStateEnum, {
  name: "JobState",
  description: "How far a job is.",
  valuesConfig: {
    QUEUED: { description: "It waits for a server that has a hand free." },
    RUNNING: { description: "It is being computed. A server that is killed leaves it to the next." },
    DONE: { description: "Its report is kept: ask for it on the job's snapshot, with the same arguments." },
    FAILED: { description: "It could not be computed; problem says why." },
    CANCELLED: { description: "Somebody cancelled it." },
  },
});

@ObjectType({
  implements: Node,
  description: "A report that is computed apart from any request. No fact: it may be deleted, and computed again.",
})
export class Job extends Node {
  datasetId!: number;
  job!: number;
  asOf!: number;
  candidate!: number | null;
  principalUid!: string;
  @Field(() => Int, { description: "The number people say aloud." })
  number!: number;
  @Field(() => String, { description: "Which report it makes." })
  kind!: string;
  @Field(() => GraphQLJSON, { description: "All that was asked, defaults included." })
  question!: unknown;
  @Field(() => JobStateEnum, { description: "How far it is." })
  state!: JobState;
  @Field(() => Float, { description: "How much is done, from 0 to 1." })
  progress!: number;
  @Field(() => String, { description: "What is being done; empty while it waits, and at the end." })
  step!: string;
  @Field(() => String, { nullable: true, description: "Why it failed; null where it did not." })
  problem!: string | null;
  @Field(() => Int, { description: "How often it was begun." })
  attempts!: number;
  @Field(() => GraphQLDateTime, { description: "When it was asked for." })
  createdAt!: Date;
  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was first begun; null while it waits." })
  startedAt!: Date | null;
  @Field(() => GraphQLDateTime, { nullable: true, description: "When it ended; null until then." })
  finishedAt!: Date | null;
}

export const JobConnection = connectionType("Job", Job);

@InputType({ description: "Which job." })
export class CancelJobInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => ID, { description: "The job's id." })
  jobId!: string;
}

@ObjectType({ implements: MutationPayload, description: "The job as it is now." })
export class CancelJobPayload extends MutationPayload {
  @Field(() => Job, { nullable: true, description: "The job; null where it was refused." })
  job!: Job | null;
}

@ObjectType({
  implements: MutationPayload,
  description: "The job that computes a report. No activity records it: what it reads does not change.",
})
export class StartJobPayload extends MutationPayload {
  @Field(() => Job, {
    nullable: true,
    description: "The job; the one that is open already, where the same was asked for. Null where it was refused.",
  })
  job!: Job | null;
}
