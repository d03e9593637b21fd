// What does a value mean on a criterion's scale? Pure.
import type { CategoryValue } from "../guidelines/categoryValue.js";
import { isMeasurable, MEASURABLE } from "../guidelines/scale.js";

/** The version of a criterion that is in force under a guideline version. */
export interface CriterionInForce {
  criterionVersion: number;
  key: string;
  /** Null on a continuous scale. */
  categories: CategoryValue[] | null;
  /** Bounds of a continuous scale, inclusive; null where open. */
  minimum: number | null;
  maximum: number | null;
}

/** A value as it is stored: the 0-based index of its category, or a score. */
export type PlacedValue = { category: number; score: null } | { category: null; score: number };

const indexes = new WeakMap<CategoryValue[], Map<CategoryValue, number>>();

/** The value's place on the scale; null where it has none. Text equals exactly, numbers as numbers; 4 is not "4". */
export function placeOf(value: CategoryValue, scale: CriterionInForce): PlacedValue | null {
  if (scale.categories !== null) {
    const category = indexOf(scale.categories).get(value);
    return category === undefined ? null : { category, score: null };
  }
  if (typeof value !== "number" || !isMeasurable(value)) return null;
  if (value < (scale.minimum ?? -Infinity) || value > (scale.maximum ?? Infinity)) return null;
  return { category: null, score: value };
}

function indexOf(categories: CategoryValue[]): Map<CategoryValue, number> {
  let index = indexes.get(categories);
  if (!index) indexes.set(categories, (index = new Map(categories.map((category, i) => [category, i]))));
  return index;
}

/** Why a value is not on the scale: what came, what was expected, what to do. */
export function outsideScale(value: CategoryValue, scale: CriterionInForce): string {
  if (typeof value === "number" && scale.categories === null && !isMeasurable(value))
    return `value ${value} is no measure on ${scale.key}; use a number that is ${MEASURABLE}`;
  return `value ${shown(value)} is outside the scale ${rangeOf(scale)}of ${scale.key}; use ${choicesOf(scale)}`;
}

function shown(value: CategoryValue): string {
  if (typeof value === "number") return String(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60).toWellFormed()}…` : value);
}

function rangeOf({ categories, minimum, maximum }: CriterionInForce): string {
  if (categories !== null)
    return typeof categories[0] === "number" ? `${categories[0]}–${categories[categories.length - 1]} ` : "";
  return minimum !== null && maximum !== null ? `${minimum}–${maximum} ` : "";
}

const MOST_SHOWN = 12;

function choicesOf({ categories, minimum, maximum }: CriterionInForce): string {
  if (categories !== null) {
    const names = categories.slice(0, MOST_SHOWN).map(shown);
    if (categories.length > MOST_SHOWN) return `${names.join(", ")} … (${categories.length} categories)`;
    return `${names.slice(0, -1).join(", ")} or ${names[names.length - 1]}`;
  }
  if (minimum !== null && maximum !== null) return `a number from ${minimum} to ${maximum}`;
  if (minimum !== null) return `a number from ${minimum}`;
  return maximum !== null ? `a number up to ${maximum}` : "a number";
}
