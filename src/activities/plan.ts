// What does a verb decide to write?
import type { PgTable } from "drizzle-orm/pg-core";
import { commit } from "../platform/digest.js";
import type { UserProblem } from "../platform/errors.js";
import type { Row } from "../platform/insert.js";

/** Free text on its way into contents. */
export interface Content {
  commitment: Buffer;
  salt: Buffer;
  text: string;
  hash?: Buffer;
  groupKey?: Buffer;
}

/** What the caller was answered, kept with the activity so that a repeated request key gets the same. */
export interface Outcome {
  accepted: number;
  unchanged: number;
  problems: UserProblem[];
  /** What a verb needs to answer a replay and cannot read from its rows; small, and no free text. */
  more?: Record<string, unknown>;
}

/** Everything one activity writes. Rows lack dataset_id and activity: the writer sets them. */
export interface Plan {
  rows: Array<{ table: PgTable; rows: Row[] }>;
  superseded: Array<{ table: PgTable; ids: number[] }>;
  contents: Content[];
  /** PROV's used. */
  used: Array<{ noun: string; id: number }>;
  /** Commitments whose contents are deleted; only with rows in erasures that say so. */
  erased: Buffer[];
  /** Example versions that left or entered population CURRENT: projections follow. */
  population: { left: number[]; entered: number[] };
  outcome: Outcome;
}

/** What a verb answers to a command: a plan, or nothing to do, or why not. */
export type Decision =
  { kind: "plan"; plan: Plan } | { kind: "nothing"; outcome: Outcome } | { kind: "refused"; problems: UserProblem[] };

export function emptyPlan(): Plan {
  return {
    rows: [],
    superseded: [],
    contents: [],
    used: [],
    erased: [],
    population: { left: [], entered: [] },
    outcome: { accepted: 0, unchanged: 0, problems: [] },
  };
}

/** Adds a text to the plan's contents; gives the commitment that facts refer to, or null for no text. */
export function addText(plan: Plan, text: string | null | undefined): Buffer | null {
  if (text === null || text === undefined) return null;
  const { commitment, salt } = commit(text);
  plan.contents.push({ commitment, salt, text });
  return commitment;
}

export type BulkMode = "ATOMIC" | "PER_ITEM";

/**
 * Closes a batch: the plan when something is written; nothing when all is as it was; refused when nothing can be taken,
 * or when one item cannot and the caller asked for all or nothing.
 */
export function settle(mode: BulkMode, plan: Plan): Decision {
  const { accepted, problems } = plan.outcome;
  if (
    problems.length > 0 &&
    (mode === "ATOMIC" || accepted === 0) &&
    !(mode === "PER_ITEM" && plan.outcome.unchanged > 0 && accepted === 0)
  )
    return { kind: "refused", problems };
  return accepted === 0 ? { kind: "nothing", outcome: plan.outcome } : { kind: "plan", plan };
}
