// What is asked about agreement, and can it be asked? Pure.
//
// Here the words change: an example version on a criterion version is a unit, an annotator is a rater.
import type { ExampleFilter } from "../examples/types.js";
import { refusal } from "../platform/errors.js";
import type { MeasurementLevel } from "../guidelines/tables.js";
import type { Stratum } from "../ratings/tables.js";
import type { Value } from "../statistics/ratingPatterns.js";
import type { AskedCoefficient, Coefficient, Offer, Weighting } from "./coefficientNames.js";
import { coefficientsOf } from "./askedCoefficients.js";
import { groupingsOf, type Grouping, type GroupingInput } from "./grouping.js";
import { inferenceOf, type Inference, type InferenceInput } from "./inference.js";

export const REPEATS = ["LATEST", "FIRST", "ALL"] as const;
export type Repeats = (typeof REPEATS)[number];

export const STRATA: readonly Stratum[] = ["OPEN", "RANDOM", "ADAPTIVE", "CALIBRATION", "GOLD"];
const RATER_KINDS = ["HUMAN", "MODEL"] as const;
export type RaterKind = (typeof RATER_KINDS)[number];

/** Which ratings count, as it comes from the API. */
export interface CountedArguments {
  criterion: string;
  criterionVersion?: number | null;
  repeats: Repeats;
  strata: readonly Stratum[];
  annotatorKinds: readonly RaterKind[];
  annotators?: readonly string[] | null;
  filter?: ExampleFilter | null;
}

export interface AgreementArguments extends CountedArguments {
  offer: Offer;
  coefficients?: ReadonlyArray<{
    coefficient: Coefficient;
    weighting?: Weighting | null;
    disagreements?: number[][] | null;
  }> | null;
  inference?: InferenceInput | null;
  groupBy?: ReadonlyArray<GroupingInput> | null;
}

/** The criterion version that is measured. */
export interface Measured {
  criterionVersion: number;
  key: string;
  version: number;
  level: MeasurementLevel;
  /** Null on a continuous scale. */
  categories: Value[] | null;
}

/** Which ratings count; equal questions are equal as JSON. */
export interface CountedRatings {
  measured: Measured;
  repeats: Repeats;
  strata: Stratum[];
  annotatorKinds: RaterKind[];
  /** Keys; null for everybody's. */
  annotators: string[] | null;
  filter: ExampleFilter | null;
}

/** What decides which numbers come out, the snapshot apart. */
export interface Question extends CountedRatings {
  coefficients: AskedCoefficient[];
  inference: Inference;
  groupBy: Grouping[];
}

/** The question about a criterion version. Throws BAD_USER_INPUT with what to ask instead. */
export function questionOf(given: AgreementArguments, measured: Measured): Question {
  return {
    ...countedOf(given, measured),
    coefficients: coefficientsOf(given.coefficients ?? null, given.offer, measured),
    inference: inferenceOf(given.inference ?? null),
    groupBy: groupingsOf(given.groupBy ?? []),
  };
}

export function countedOf(given: CountedArguments, measured: Measured): CountedRatings {
  return { measured, ...countedBy(given) };
}

/** Whether what is kept per unit, which is kept for the default question, may answer it. Filters and slices apart. */
export function asksForKept(given: Omit<CountedRatings, "measured" | "filter">): boolean {
  const { repeats, strata, annotatorKinds, annotators } = given;
  return (
    repeats === "LATEST" && strata.join() === "OPEN,RANDOM" && annotatorKinds.join() === "HUMAN" && annotators === null
  );
}

export function countedBy(given: CountedArguments): Omit<CountedRatings, "measured"> {
  return {
    repeats: given.repeats,
    strata: someOf("strata", STRATA, given.strata),
    annotatorKinds: someOf("annotatorKinds", RATER_KINDS, given.annotatorKinds),
    annotators: annotatorsOf(given.annotators ?? null),
    filter: filterOf(given.filter),
  };
}

const MOST_ANNOTATORS = 1_000;

function annotatorsOf(given: readonly string[] | null): string[] | null {
  if (given === null) return null;
  if (given.length === 0) throw bad("annotators", "annotators is empty, so that no rating would count; leave it out");
  if (given.length > MOST_ANNOTATORS)
    throw bad("annotators", `${given.length} annotators were named; at most ${MOST_ANNOTATORS} are taken`);
  return [...new Set(given)].sort();
}

/** Those that were given, each once and in the order they are declared in. */
function someOf<Name extends string>(argument: string, all: readonly Name[], given: readonly Name[]): Name[] {
  if (given.length === 0) throw bad(argument, `${argument} is empty, so that no rating would count; name at least one`);
  return all.filter((name) => given.includes(name));
}

/** The fields that are set; null where none is. */
function filterOf(filter: ExampleFilter | null | undefined): ExampleFilter | null {
  const set = Object.entries(filter ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return set.length === 0 ? null : (Object.fromEntries(set) as ExampleFilter);
}

export function bad(argument: string, message: string) {
  return refusal("BAD_USER_INPUT", message, { argument });
}
