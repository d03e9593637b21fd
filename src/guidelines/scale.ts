// Is this a scale that values can be measured on? Pure.
import type { CategoryValue } from "./categoryValue.js";
import type { MeasurementLevel } from "./tables.js";

/** Categories in order, or the bounds of a continuous scale (inclusive, null where open). */
export interface Scale {
  level: MeasurementLevel;
  categories: CategoryValue[] | null;
  minimum: number | null;
  maximum: number | null;
}

export interface ScaleInput {
  level: MeasurementLevel;
  categories?: CategoryValue[] | null;
  minimum?: number | null;
  maximum?: number | null;
}

/** Numbers whose squares, fourth powers and quotients are numbers still, whatever is summed. */
export const MEASURABLE = "0 or of a size from 1e-30 to 1e30";

export function isMeasurable(value: number): boolean {
  const size = Math.abs(value);
  return size === 0 || (size >= 1e-30 && size <= 1e30);
}

const MOST_CATEGORIES = 200;
const LONGEST_CATEGORY = 200;

/** What is wrong with a scale, and in which field; null where nothing is. */
export interface ScaleProblem {
  field: "categories" | "minimum" | "maximum";
  message: string;
}

/** The scale as it is stored. A continuous RATIO scale begins at 0 where no minimum is given: it has a true zero. */
export function scaleOf({ level, categories = null, minimum = null, maximum = null }: ScaleInput): Scale {
  const startsAtZero = level === "RATIO" && categories === null && minimum === null;
  return { level, categories, minimum: startsAtZero ? 0 : minimum, maximum };
}

export function scaleProblem(scale: Scale): ScaleProblem | null {
  return scale.categories === null
    ? boundsProblem(scale)
    : (categoriesProblem(scale, scale.categories) ?? strayBound(scale));
}

/** NOMINAL and ORDINAL have categories, all text or all numbers; numbers stand in ascending order where order matters. */
function categoriesProblem({ level }: Scale, categories: CategoryValue[]): ScaleProblem | null {
  const bad = (message: string): ScaleProblem => ({ field: "categories", message });
  if (categories.length < 2 || categories.length > MOST_CATEGORIES)
    return bad(`${categories.length} categories were given; a scale has 2 to ${MOST_CATEGORIES}`);
  const repeated = categories.find((category, i) => categories.indexOf(category) !== i);
  if (repeated !== undefined) return bad(`category ${JSON.stringify(repeated)} stands twice; give each once`);
  if (new Set(categories.map((category) => typeof category)).size > 1)
    return bad("categories are partly text and partly numbers; use only text or only numbers");
  if (typeof categories[0] === "number") return numbersProblem(level, categories as number[]);
  if (level === "INTERVAL" || level === "RATIO")
    return bad(`categories of ${level} must be numbers, since their differences count`);
  const unfit = (categories as string[]).find(
    (category) => category.trim() === "" || category.length > LONGEST_CATEGORY,
  );
  return unfit === undefined
    ? null
    : bad(
        `category ${JSON.stringify(unfit.slice(0, 40))} has ${unfit.length} characters; use 1 to ${LONGEST_CATEGORY}, not all blank`,
      );
}

function numbersProblem(level: MeasurementLevel, categories: number[]): ScaleProblem | null {
  const extreme = categories.find((category) => !isMeasurable(category));
  if (extreme !== undefined)
    return { field: "categories", message: `category ${extreme} is no measure; use numbers that are ${MEASURABLE}` };
  const fallen = categories.findIndex((category, i) => i > 0 && category < categories[i - 1]!);
  if (level !== "NOMINAL" && fallen > 0)
    return {
      field: "categories",
      message: `category ${categories[fallen]} follows ${categories[fallen - 1]}; give the numbers of ${level} in ascending order`,
    };
  if (level === "RATIO" && categories[0]! < 0)
    return {
      field: "categories",
      message: `category ${categories[0]} is below 0; a RATIO scale has a true zero, so use INTERVAL or numbers from 0`,
    };
  return null;
}

function strayBound({ minimum, maximum }: Scale): ScaleProblem | null {
  const field = minimum !== null ? "minimum" : maximum !== null ? "maximum" : null;
  return (
    field && { field, message: `${field} is for a scale without categories; leave it out, or leave out the categories` }
  );
}

function boundsProblem({ level, minimum, maximum }: Scale): ScaleProblem | null {
  for (const [field, bound] of Object.entries({ minimum, maximum }))
    if (bound !== null && !isMeasurable(bound))
      return { field: field as "minimum", message: `${field} ${bound} is no measure; use one that is ${MEASURABLE}` };
  if (level === "NOMINAL" || level === "ORDINAL")
    return {
      field: "categories",
      message: `${level} needs its categories: 2 to ${MOST_CATEGORIES}, in order where there is one`,
    };
  if (level === "RATIO" && minimum !== null && minimum < 0)
    return {
      field: "minimum",
      message: `minimum ${minimum} is below 0; a RATIO scale has a true zero, so use INTERVAL or a minimum from 0`,
    };
  if (minimum !== null && maximum !== null && minimum >= maximum)
    return { field: "maximum", message: `maximum ${maximum} must be greater than minimum ${minimum}` };
  return null;
}
