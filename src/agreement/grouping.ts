// By what is agreement sliced? Pure.
import { refusal } from "../platform/errors.js";

export const GROUPINGS = [
  "SOURCE",
  "SOURCE_KIND",
  "LABEL",
  "BATCH",
  "GUIDELINE_VERSION",
  "CRITERION_VERSION",
  "STRATUM",
  "PERIOD",
  "ANNOTATOR_KIND",
  "ANNOTATOR_PAIR",
] as const;
export type GroupingBy = (typeof GROUPINGS)[number];

export const PERIODS = ["DAY", "WEEK", "MONTH", "QUARTER", "YEAR"] as const;
export type Period = (typeof PERIODS)[number];

/** As it comes from the API. */
export interface GroupingInput {
  by: GroupingBy;
  dimension?: string | null;
  period?: Period | null;
}

export interface Grouping {
  by: GroupingBy;
  /** Only for LABEL. */
  dimension: string | null;
  /** Only for PERIOD. */
  period: Period | null;
}

export const MOST_GROUPINGS = 5;

/** Throws BAD_USER_INPUT for too many, one that is asked twice, and one without what it needs. */
export function groupingsOf(given: ReadonlyArray<GroupingInput>): Grouping[] {
  if (given.length > MOST_GROUPINGS)
    throw bad(`${given.length} groupings were asked; at most ${MOST_GROUPINGS} are taken, ask in two queries`);
  const seen = new Set<string>();
  return given.map((one) => {
    const grouping = groupingOf(one);
    const key = JSON.stringify(grouping);
    if (seen.has(key)) throw bad(`groupBy ${groupingName(grouping)} was asked twice; ask it once`);
    seen.add(key);
    return grouping;
  });
}

function groupingOf({ by, dimension = null, period = null }: GroupingInput): Grouping {
  if (by === "LABEL" && !dimension) throw bad('groupBy LABEL needs a dimension: { by: LABEL, dimension: "intent" }');
  if (by !== "LABEL" && dimension !== null)
    throw bad(`groupBy ${by} takes no dimension; ${JSON.stringify(dimension)} was given`);
  if (by !== "PERIOD" && period !== null) throw bad(`groupBy ${by} takes no period; ${period} was given`);
  return { by, dimension, period: by === "PERIOD" ? (period ?? "MONTH") : null };
}

/** What a grouping is called in a message. */
export function groupingName({ by, dimension, period }: Grouping): string {
  return [by, dimension, period].filter((part) => part !== null).join(" ");
}

function bad(message: string) {
  return refusal("BAD_USER_INPUT", message, { argument: "groupBy" });
}
