// How does a write's answer become a mutation's payload?
import type { Context } from "../platform/context.js";
import { activitiesByNumber, type ActivityRow } from "./readQueries.js";
import type { Answer } from "./write.js";
import type { UserProblem } from "../platform/errors.js";

export interface PayloadBase {
  activity: ActivityRow | null;
  replayed: boolean;
  userErrors: UserProblem[];
  acceptedCount: number;
  unchangedCount: number;
}

/** The fields all payloads share. Problems of an input are pathed below "input". */
export async function payloadOf({ db }: Context, datasetId: number, answer: Answer): Promise<PayloadBase> {
  const activity = answer.activity === null ? null : (await activitiesByNumber(db, datasetId, [answer.activity]))[0]!;
  return {
    activity,
    replayed: answer.replayed,
    userErrors: answer.outcome.problems,
    acceptedCount: answer.outcome.accepted,
    unchangedCount: answer.outcome.unchanged,
  };
}
