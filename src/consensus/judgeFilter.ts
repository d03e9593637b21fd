// Can examples be filtered by this consensus, and what exactly is asked of it? Pure.
import { bad, type Measured } from "../agreement/question.js";
import type { ConsensusFilter } from "../examples/filterTypes.js";
import type { CriterionVersionRow } from "../guidelines/queries.js";
import { outsideScale, placeOf } from "../ratings/scales.js";
import {
  certaintyProblem,
  defaultRule,
  hasNumbers,
  ruleProblem,
  type ConsensusRule,
  type Scale,
} from "./consensusOf.js";

/** A filter with all that its condition needs, as plain data. */
export interface JudgedFilter {
  measured: Measured;
  scale: Scale;
  rule: ConsensusRule;
  /** What a value is measured as must be in these: numbers, or places of text. */
  atLeast: number | null;
  atMost: number | null;
  oneOf: number[] | null;
  certaintyAtLeast: number | null;
  ratingsAtLeast: number | null;
  /** The run of the fit whose units are looked at; null but for DAWID_SKENE. */
  run: number | null;
}

/** "helpfulness@2" is version 2, "helpfulness" the latest. */
export function namedCriterion(name: string): { criterion: string; criterionVersion: number | null } {
  const [, criterion, version] = /^(.*?)(?:@(\d{1,9}))?$/s.exec(name)!;
  return { criterion: criterion!, criterionVersion: version === undefined ? null : Number(version) };
}

/** What is asked, the fit apart. Throws BAD_USER_INPUT with what to ask instead. */
export function judgeFilter(given: ConsensusFilter, measured: Measured, criterion: CriterionVersionRow): JudgedFilter {
  const { level, categories, minimum, maximum } = criterion;
  const scale: Scale = { level, categories, minimum, maximum };
  const rule = given.rule ?? defaultRule(scale);
  const misfit = ruleProblem(rule, scale);
  if (misfit) throw refused(`rule ${rule} does not fit ${criterion.key}: ${misfit}`);
  refuseUnordered(given, criterion);
  refuseCertainty(given, rule, criterion);
  const { atLeast = null, atMost = null, certaintyAtLeast = null, ratingsAtLeast = null } = given;
  const oneOf = given.oneOf?.map((value) => measureOf(value, rule, criterion)) ?? null;
  return { measured, scale, rule, atLeast, atMost, oneOf, certaintyAtLeast, ratingsAtLeast, run: null };
}

/** The categories, by place, that the value may be; null for any. Of a rule whose values are categories. */
export function wantedPlaces({ scale, atLeast, atMost, oneOf }: JudgedFilter): number[] | null {
  if (atLeast === null && atMost === null && oneOf === null) return null;
  const measures = scale.categories!.map((category, place) => (hasNumbers(scale) ? (category as number) : place));
  const wanted = (x: number) =>
    x >= (atLeast ?? -Infinity) && x <= (atMost ?? Infinity) && (oneOf?.includes(x) ?? true);
  return measures.flatMap((x, place) => (wanted(x) ? [place] : []));
}

function refuseUnordered({ atLeast, atMost }: ConsensusFilter, criterion: CriterionVersionRow): void {
  const asked = atLeast != null ? "atLeast" : atMost != null ? "atMost" : null;
  if (asked === null || (hasNumbers(criterion) && criterion.level !== "NOMINAL")) return;
  const named = criterion.level === "NOMINAL" ? "names, without an order" : "text";
  throw refused(
    `${asked} compares numbers, and the categories of ${criterion.key} are ${named}; name those you want in oneOf: ${namesOf(criterion)}`,
  );
}

const MOST_NAMED = 12;

function namesOf({ categories }: CriterionVersionRow): string {
  const names = categories!.slice(0, MOST_NAMED).map((category) => JSON.stringify(category));
  return names.join(", ") + (categories!.length > MOST_NAMED ? " …" : "");
}

function refuseCertainty(
  { certaintyAtLeast }: ConsensusFilter,
  rule: ConsensusRule,
  criterion: CriterionVersionRow,
): void {
  if (certaintyAtLeast == null) return;
  if (!(certaintyAtLeast >= 0 && certaintyAtLeast <= 1))
    throw refused(`certaintyAtLeast is ${certaintyAtLeast}; use a share from 0 to 1, such as 0.9`);
  const unknown = certaintyProblem(rule, criterion);
  if (unknown)
    throw refused(`${rule} of ${criterion.key} has no certainty: ${unknown}; use ratingsAtLeast, or publish bounds`);
}

/** A mean or median of numbers may lie between categories; every other value is a category. */
function measureOf(value: string | number, rule: ConsensusRule, criterion: CriterionVersionRow): number {
  const between = (rule === "MEAN" || rule === "MEDIAN") && hasNumbers(criterion);
  if (between && typeof value === "number") return value;
  const place = placeOf(value, criterion);
  if (!place) throw refused(outsideScale(value, criterion));
  return place.score ?? (hasNumbers(criterion) ? (value as number) : place.category!);
}

function refused(message: string) {
  return bad("filter", `filter.consensus: ${message}`);
}
