// How are ratings submitted?
import { addText, emptyPlan, settle, type Plan } from "../activities/plan.js";
import { write, type Answer, type Command, type Ids, type Verb } from "../activities/write.js";
import { addEnrolment } from "../annotators/enrolment.js";
import type { Database } from "../platform/db.js";
import type { Row } from "../platform/insert.js";
import { may, type Scope } from "../platform/viewer.js";
import { checkSubmission, type AcceptedRating, type Rights } from "./checkSubmission.js";
import { rememberChanges, type RatingChange } from "./ratingChanges.js";
import { readFacts } from "./submissionFacts.js";
import {
  COUNTED_STRATA,
  type InForce,
  type KnownAnnotator,
  type SubmissionFacts,
  type SubmitRatingsInput,
} from "./submission.js";
import { ratings } from "./tables.js";

// Measured over HTTP on two busy cores, 1,000,000 ratings there (npm run bench): 5,000 a call 0.52 to 0.60 of a bare insert of the
// same rows, 500 a call 0.51 to 0.57. Of 300 ms for 5,000: the insert 165 (five foreign keys), what must be known 22, tallies 12,
// GraphQL's coercion 22, digests 15, checking and planning 12, garbage 45. Eight clients with single ratings on one dataset:
// 1.5 times the rate of eight on eight datasets, since they share transactions.

/** Larger submissions have a transaction to themselves: sharing would make the small ones wait for them. */
const MOST_TO_SHARE = 200;

const submitRatingsVerb: Verb<SubmitRatingsInput, SubmissionFacts> = {
  kind: "RATING",
  facts: (tx, datasetId, commands) =>
    readFacts(
      tx,
      datasetId,
      commands.map((command) => command.input),
    ),
  plan(command, facts, ids) {
    const { accepted, problems } = checkSubmission(command.input, facts, rightsOf(command));
    const plan = emptyPlan();
    plan.outcome = { accepted: accepted.length, unchanged: 0, problems };
    const decision = settle(command.input.mode, plan);
    if (decision.kind === "plan") writeRatings(plan, accepted, command.input, facts, ids);
    return decision;
  },
  // Whatever they touch: what one plans, the next ones find among the facts they share.
  touches: ({ input }) => (input.ratings.length > MOST_TO_SHARE ? null : []),
};

/**
 * Submits ratings. A value for a unit that its annotator has rated supersedes the rating in force, within a batch too, in
 * the order of the items. The same value again is a rating again: repeats are data. Only a request key makes it a replay.
 */
export function submitRatings(db: Database, scope: Scope, input: SubmitRatingsInput): Promise<Answer> {
  return write(db, scope, submitRatingsVerb, input);
}

function rightsOf({ scope }: Command<SubmitRatingsInput>): Rights {
  const { viewer, datasetId } = scope;
  return {
    principalUid: viewer.principalUid,
    forOthers: may(viewer, datasetId, "rating:submitForOthers"),
    mayEnrol: may(viewer, datasetId, "annotator:enrol"),
  };
}

function writeRatings(
  plan: Plan,
  accepted: readonly AcceptedRating[],
  input: SubmitRatingsInput,
  facts: SubmissionFacts,
  ids: Ids,
): void {
  const batch = new RatingBatch(plan, ids.take("rating", accepted.length), ids.nextActivity);
  for (const one of accepted) {
    const annotator = one.annotator ?? enrolled(one.input.annotator, plan, facts, ids);
    batch.add(one, annotator, one.input.stratum ?? input.stratum, addText(plan, one.input.rationale));
  }
  plan.rows.push({ table: ratings, rows: batch.rows });
  plan.superseded.push({ table: ratings, ids: batch.superseded });
  for (const id of new Set(accepted.map((one) => one.guidelineVersion)))
    plan.used.push({ noun: "guidelineVersion", id });
  rememberChanges(plan, batch.changes);
}

/** Enrols the key once in the activity; who comes later in the group finds it enrolled. */
function enrolled(key: string, plan: Plan, facts: SubmissionFacts, ids: Ids): KnownAnnotator {
  let known = facts.annotators.get(key);
  if (!known) {
    const annotator = addEnrolment(plan, ids, { key, kind: "HUMAN" });
    known = { annotator, kind: "HUMAN", status: "ACTIVE", principalUid: null, qualifiedFor: [] };
    facts.annotators.set(key, known);
  }
  return known;
}

/** The rows of one activity, and what they change of the tallies. */
class RatingBatch {
  readonly rows: Row[] = [];
  /** Ratings that were in force before the activity, written or planned. */
  readonly superseded: number[] = [];
  readonly changes: RatingChange[] = [];

  constructor(
    private readonly plan: Plan,
    private nextRating: number,
    private readonly activity: number,
  ) {}

  add(
    { input, unit, placed, guidelineVersion, batch }: AcceptedRating,
    { annotator, kind }: KnownAnnotator,
    stratum: NonNullable<AcceptedRating["input"]["stratum"]>,
    rationale: Buffer | null,
  ): void {
    const human = kind === "HUMAN";
    const earlier = unit.inForce.get(annotator);
    if (earlier) this.supersede(earlier);
    if (earlier?.countedStratum && human) this.changes.push({ unit, annotator, category: earlier.category, by: -1 });
    const { category, score } = placed;
    const { seconds = null, occurredAt = null } = input;
    const row = {
      rating: this.nextRating++,
      criterionVersion: unit.criterionVersion,
      exampleVersion: unit.version.exampleVersion,
      annotator,
      guidelineVersion,
      category,
      score,
      stratum,
      repeat: earlier ? earlier.repeat + 1 : 0,
      batch,
      seconds,
      occurredAt,
      rationale,
    };
    const countedStratum = COUNTED_STRATA.has(stratum);
    const { rating, repeat } = row;
    this.rows.push(row);
    unit.inForce.set(annotator, { rating, repeat, category, countedStratum, planned: { row, plan: this.plan } });
    if (countedStratum && human) this.changes.push({ unit, annotator, category, by: 1 });
  }

  /** A row that is not written yet comes in as superseded: also one that an earlier submission of the group planned. */
  private supersede({ rating, planned }: InForce): void {
    if (planned) planned.row.supersededBy = this.activity;
    if (planned?.plan !== this.plan) this.superseded.push(rating);
  }
}
