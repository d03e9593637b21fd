// Which coefficients are asked for? Pure.
import { refusal } from "../platform/errors.js";
import {
  offered,
  usualWeighting,
  weightingsOf,
  type AskedCoefficient,
  type Coefficient,
  type MeasuredScale,
  type Offer,
  type Weighting,
} from "./coefficientNames.js";

interface Given {
  coefficient: Coefficient;
  weighting?: Weighting | null;
  disagreements?: ReadonlyArray<ReadonlyArray<number>> | null;
}

/** Those that are named, each once, or those of the offer. Throws BAD_USER_INPUT for what no coefficient takes. */
export function coefficientsOf(
  given: ReadonlyArray<Given> | null,
  offer: Offer,
  scale: MeasuredScale,
): AskedCoefficient[] {
  if (!given) return offered(offer, scale);
  if (given.length === 0) throw bad("coefficients is empty; leave it out, or name at least one");
  const asked = given.map((one) => askedOf(one, scale));
  return [...new Map(asked.map((one) => [JSON.stringify(one), one])).values()];
}

function askedOf({ coefficient, weighting: named, disagreements }: Given, scale: MeasuredScale): AskedCoefficient {
  const weighting = named ?? (disagreements ? "CUSTOM" : usualWeighting(coefficient, scale.level));
  const taken = weightingsOf(coefficient);
  if (!taken.includes(weighting))
    throw bad(`${coefficient} was asked ${weighting}; it takes ${taken.join(", ")}, or no weighting`);
  if ((weighting === "CUSTOM") !== (disagreements != null))
    throw bad(`${coefficient}: CUSTOM and a table of disagreements go together; give both or none`);
  if (!disagreements) return { coefficient, weighting };
  const problem = tableProblem(disagreements, scale.categories?.length ?? 0);
  if (problem) throw bad(problem);
  return { coefficient, weighting, disagreements: disagreements.map((row) => [...row]) };
}

function tableProblem(table: ReadonlyArray<ReadonlyArray<number>>, q: number): string | null {
  if (q === 0) return "disagreements need declared categories, and the scale is continuous";
  if (table.length !== q || table.some((row) => row.length !== q))
    return `disagreements has ${table.length} rows of ${table.map((row) => row.length).join(", ")}; ${q} rows of ${q} are expected, one for each category`;
  if (table.some((row, k) => row.some((d) => !Number.isFinite(d) || d < 0) || row[k] !== 0))
    return "disagreements must be numbers from 0 up, with 0 where a category meets itself";
  if (table.some((row, k) => row.some((d, l) => d !== table[l]![k])))
    return "disagreements must be symmetric: as bad from k to l as from l to k";
  return table.flat().some((d) => d > 0) ? null : "disagreements are all 0; at least one must be above";
}

function bad(message: string) {
  return refusal("BAD_USER_INPUT", message, { argument: "coefficients" });
}
