// What is a write made of?
import type { Tx } from "../platform/db.js";
import type { Scope } from "../platform/viewer.js";
import type { ActivityKind } from "./activityKinds.js";
import type { Decision, Outcome } from "./plan.js";

/** What every mutation's input may carry. */
export interface RequestFields {
  requestKey?: string | null;
  message?: string | null;
}

export interface Command<Input> {
  scope: Scope;
  input: Input;
  requestKey: string | null;
  requestDigest: Buffer | null;
  message: string | null;
}

/** Hands out dataset-local ids from the counters of the locked row. */
export interface Ids {
  /** Takes count ids of a noun; gives the first. */
  take(noun: string, count?: number): number;
  /** The number of the activity being planned: for a row that is superseded inside its own batch. */
  readonly nextActivity: number;
}

/** A write: facts → plan, for one command or for several that wait on the same dataset. */
export interface Verb<Input, Facts> {
  kind: ActivityKind;
  /** Reads what the plan needs, for all commands of a group at once. The dataset is locked. */
  facts(tx: Tx, datasetId: number, commands: ReadonlyArray<Command<Input>>): Promise<Facts>;
  /** Pure: what to write for one command, or why not. */
  plan(command: Command<Input>, facts: Facts, ids: Ids): Decision;
  /** Keys of what a command touches; two that touch the same do not share a group. Absent or null: never grouped. */
  touches?(command: Command<Input>): Iterable<string> | null;
}

export interface Answer {
  /** The activity's number; null where nothing was recorded. */
  activity: number | null;
  replayed: boolean;
  outcome: Outcome;
}
