// Which gold values of a submission can be set, and which are as they are? Pure.
import type { CategoryValue } from "../guidelines/categoryValue.js";
import type { CriterionVersionRow } from "../guidelines/queries.js";
import { isMeasurable, MEASURABLE } from "../guidelines/scale.js";
import type { UserProblem } from "../platform/errors.js";
import { outsideScale, placeOf, type PlacedValue } from "../ratings/scales.js";
import {
  badItem,
  isProblem,
  nameOf,
  unitOf,
  type Bad,
  type GoldFacts,
  type GoldUnitInput,
  type Seen,
} from "./goldUnits.js";
import type { GoldInForce } from "./queries.js";

export interface GoldValueInput extends GoldUnitInput {
  value: CategoryValue;
  tolerance: number;
  rationale?: string | null;
}

export interface NewGoldValue {
  exampleVersion: number;
  criterionVersion: number;
  placed: PlacedValue;
  tolerance: number;
  rationale: string | null;
  /** The one in force that it replaces; null for none. */
  replaces: number | null;
}

export interface CheckedGoldValues {
  toWrite: NewGoldValue[];
  unchanged: number;
  problems: UserProblem[];
}

export function checkGoldValues(inputs: readonly GoldValueInput[], facts: GoldFacts): CheckedGoldValues {
  const result: CheckedGoldValues = { toWrite: [], unchanged: 0, problems: [] };
  const seen: Seen = { refs: new Map(), units: new Map() };
  for (const [index, input] of inputs.entries()) {
    const checked = checkItem(input, index, facts, seen);
    if (checked === "UNCHANGED") result.unchanged++;
    else if (isProblem(checked)) result.problems.push(checked);
    else result.toWrite.push(checked);
  }
  return result;
}

function checkItem(
  input: GoldValueInput,
  index: number,
  facts: GoldFacts,
  seen: Seen,
): NewGoldValue | UserProblem | "UNCHANGED" {
  const bad = badItem("goldValues", index);
  const unit = unitOf(input, index, facts, seen, bad);
  if (isProblem(unit)) return unit;
  const { version, criterion, inForce } = unit;
  const { value, tolerance, rationale = null } = input;
  if (version.erased) return erased(input, bad);
  const placed = placeOf(value, criterion);
  if (!placed) return bad("value", "VALUE_OUTSIDE_SCALE", outsideScale(value, criterion));
  const unfit = toleranceProblem(tolerance, criterion, bad) ?? rationaleProblem(rationale, bad);
  if (unfit) return unfit;
  if (inForce && saysTheSame(inForce, placed, tolerance, rationale)) return "UNCHANGED";
  const { exampleVersion } = version;
  const replaces = inForce?.gold ?? null;
  return { exampleVersion, criterionVersion: criterion.criterionVersion, placed, tolerance, rationale, replaces };
}

function erased(input: GoldValueInput, bad: Bad): UserProblem {
  const { field, text } = nameOf(input);
  return bad(field, "CONTENT_ERASED", `the text of ${text} was erased; nobody rates it any more, so leave it out`);
}

function toleranceProblem(
  tolerance: number,
  { key, version, level }: CriterionVersionRow,
  bad: Bad,
): UserProblem | null {
  const say = (message: string) => bad("tolerance", "INVALID_VALUE", `tolerance ${tolerance} ${message}`);
  if (!(tolerance >= 0))
    return say("is below 0; give how far a rating may lie from the value and be right, or 0 for that value only");
  if (!isMeasurable(tolerance)) return say(`is no measure; use a number that is ${MEASURABLE}`);
  if (level !== "NOMINAL" || tolerance === 0) return null;
  return say(`is given on ${key}@${version}, which is NOMINAL: none of its values is nearer; use 0, or leave it out`);
}

const LONGEST_RATIONALE = 50_000;

function rationaleProblem(rationale: string | null, bad: Bad): UserProblem | null {
  if (rationale === null) return null;
  if (rationale.trim() === "")
    return bad("rationale", "INVALID_VALUE", "rationale is empty; write it, or leave it out");
  return rationale.length <= LONGEST_RATIONALE
    ? null
    : bad(
        "rationale",
        "INVALID_VALUE",
        `rationale has ${rationale.length} characters; use at most ${LONGEST_RATIONALE}`,
      );
}

function saysTheSame(
  known: GoldInForce,
  { category, score }: PlacedValue,
  tolerance: number,
  rationale: string | null,
): boolean {
  return (
    known.category === category &&
    known.score === score &&
    known.tolerance === tolerance &&
    known.rationale === (rationale ?? NO_RATIONALE)
  );
}

/**
 * What stands in contents where no rationale was given. A row without a salt could be guessed: its example version, value
 * and tolerance are few, and whoever may read the log sees the digest over an activity's rows.
 */
export const NO_RATIONALE = "";
