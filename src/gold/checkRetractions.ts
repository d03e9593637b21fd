// Which gold values of a submission can be taken back? Pure.
import type { UserProblem } from "../platform/errors.js";
import { badItem, isProblem, nameOf, unitOf, type GoldFacts, type GoldUnitInput, type Seen } from "./goldUnits.js";

export interface CheckedRetractions {
  /** The gold values in force that end. */
  ended: number[];
  problems: UserProblem[];
}

export function checkRetractions(items: readonly GoldUnitInput[], facts: GoldFacts): CheckedRetractions {
  const result: CheckedRetractions = { ended: [], problems: [] };
  const seen: Seen = { refs: new Map(), units: new Map() };
  for (const [index, item] of items.entries()) {
    const found = endedBy(item, index, facts, seen);
    if (typeof found === "number") result.ended.push(found);
    else result.problems.push(found);
  }
  return result;
}

function endedBy(item: GoldUnitInput, index: number, facts: GoldFacts, seen: Seen): number | UserProblem {
  const bad = badItem("items", index);
  const unit = unitOf(item, index, facts, seen, bad);
  if (isProblem(unit)) return unit;
  if (unit.inForce) return unit.inForce.gold;
  const { key, version } = unit.criterion;
  const { field, text } = nameOf(item);
  const [what, hint] =
    field === "externalId"
      ? [`the latest version of ${text}`, "name an earlier version by exampleVersionId"]
      : [text, "goldValues lists those in force"];
  return bad("criterion", "UNKNOWN_GOLD", `${what} has no gold value in force on ${key}@${version}; ${hint}`);
}
