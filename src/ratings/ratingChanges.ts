// What does an activity change of what is counted? Known while it is planned; so projecting it needs no reading back.
import type { Plan } from "../activities/plan.js";
import type { Unit } from "./submission.js";

/** A counted rating (human annotator, stratum OPEN or RANDOM) that came into force (+1) or went out of it (-1). */
export interface RatingChange {
  unit: Unit;
  annotator: number;
  /** Null on a continuous scale. */
  category: number | null;
  by: 1 | -1;
}

const changes = new WeakMap<Plan, readonly RatingChange[]>();

/** Kept with the plan: nothing of it is stored. Every plan with rows in ratings must have its changes here. */
export function rememberChanges(plan: Plan, ofPlan: readonly RatingChange[]): void {
  changes.set(plan, ofPlan);
}

export function changesOf(plan: Plan): readonly RatingChange[] | null {
  return changes.get(plan) ?? null;
}
