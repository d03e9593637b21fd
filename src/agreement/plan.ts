// How many raters do I need?
import type { SnapshotKey } from "../activities/snapshot.js";
import type { Database } from "../platform/db.js";
import { refusal } from "../platform/errors.js";
import type { NamedCoefficient } from "../statistics/everyCoefficient.js";
import { jackknivesOfSums } from "../statistics/jackknife.js";
import { planRatings, type ErrorOf, type PlanRow } from "../statistics/planRatings.js";
import { coefficientsOf } from "./askedCoefficients.js";
import { computed, type AskedCoefficient, type Coefficient, type Weighting } from "./coefficientNames.js";
import { withHashJoins } from "./hashJoins.js";
import type { CountedRatings } from "./question.js";
import { readAll } from "./readGroups.js";

export interface PlanArguments {
  halfWidth: number;
  coefficient: Coefficient;
  weighting?: Weighting | null;
  level: number;
  mostRaters: number;
  seed: number;
}

export interface PlanQuestion extends CountedRatings {
  asked: AskedCoefficient;
  halfWidth: number;
  level: number;
  mostRaters: number;
  seed: number;
}

export interface PlanReport {
  undefinedBecause: string | null;
  /** By raters a unit, ascending. */
  rows: Array<PlanRow & { fewestRatings: boolean }>;
}

const MOST_RATERS = 50;

/** Throws BAD_USER_INPUT for what cannot be planned. */
export function planQuestionOf(counted: CountedRatings, given: PlanArguments): PlanQuestion {
  const { halfWidth, level, mostRaters, seed, coefficient, weighting } = given;
  const [asked] = coefficientsOf([{ coefficient, weighting: weighting ?? null }], "RECOMMENDED", counted.measured);
  const [named] = computed([asked!], counted.measured);
  if (named!.needs === "RATERS")
    throw bad("coefficient", `${coefficient} depends on who rates, which is not planned; use KRIPPENDORFF_ALPHA`);
  if (!(halfWidth > 0 && halfWidth < 1)) throw bad("halfWidth", `halfWidth ${halfWidth} is not taken; use 0.01 to 0.5`);
  if (!(level >= 0.5 && level <= 0.999)) throw bad("level", `level ${level} is not taken; use 0.5 to 0.999`);
  if (!(mostRaters >= 2 && mostRaters <= MOST_RATERS))
    throw bad("mostRaters", `mostRaters ${mostRaters} is not taken; use 2 to ${MOST_RATERS}`);
  if (!(seed >= 0)) throw bad("seed", `seed ${seed} is not taken; use a whole number from 0`);
  return { ...counted, asked: asked!, halfWidth, level, mostRaters, seed };
}

/** From the ratings at hand, and how uncertain the coefficient is on parts of them. */
export function measurePlan(db: Database, snapshot: SnapshotKey, question: PlanQuestion): Promise<PlanReport> {
  return withHashJoins(db, async (tx) => {
    const { patterns } = await readAll(tx, snapshot, question, false);
    const [named] = computed([question.asked], question.measured);
    const { halfWidth, level, mostRaters, seed } = question;
    const plan = planRatings(patterns, errorOf(named!), { halfWidth, level, mostRaters, seed });
    if (plan.kind === "undefined") return { undefinedBecause: plan.because, rows: [] };
    const rows = plan.rows.map((row, i) => ({ ...row, fewestRatings: i === plan.fewestRatings }));
    return { undefinedBecause: null, rows };
  });
}

function errorOf(named: NamedCoefficient): ErrorOf {
  return (design) => {
    if (named.needs === "RATERS" || named.infer(design, 0.95).kind === "undefined") return null;
    return jackknivesOfSums([named.sums(design)])[0]!.standardError;
  };
}

function bad(argument: string, message: string) {
  return refusal("BAD_USER_INPUT", message, { argument });
}
