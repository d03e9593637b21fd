// What is asked about agreement, and can it be asked? Pure.
//
// Here the words change: an example version on a criterion version is a unit, an annotator is a rater.
import type { ExampleFilter } from "../examples/types.js";
import { refusal } from "../platform/errors.js";
import type { MeasurementLevel } from "../guidelines/tables.js";
import type { Stratum } from "../ratings/tables.js";

export const COEFFICIENTS = ["PERCENT_AGREEMENT", "KRIPPENDORFF_ALPHA"] as const;
export type Coefficient = (typeof COEFFICIENTS)[number];

/** What counts as half an agreement: nothing, or the differences of a level of measurement. */
export const WEIGHTINGS = ["UNWEIGHTED", "NOMINAL", "ORDINAL", "INTERVAL", "RATIO"] as const;
export type Weighting = (typeof WEIGHTINGS)[number];

export type AskedCoefficient =
  | { coefficient: "PERCENT_AGREEMENT"; weighting: "UNWEIGHTED" }
  | { coefficient: "KRIPPENDORFF_ALPHA"; weighting: MeasurementLevel };

export const GROUPINGS = ["SOURCE", "SOURCE_KIND", "LABEL", "BATCH", "GUIDELINE_VERSION"] as const;
export type GroupingBy = (typeof GROUPINGS)[number];

export interface Grouping {
  by: GroupingBy;
  /** Only for LABEL. */
  dimension: string | null;
}

export const REPEATS = ["LATEST", "FIRST", "ALL"] as const;
export type Repeats = (typeof REPEATS)[number];

const STRATA: readonly Stratum[] = ["OPEN", "RANDOM", "ADAPTIVE", "CALIBRATION", "GOLD"];
const RATER_KINDS = ["HUMAN", "MODEL"] as const;
export type RaterKind = (typeof RATER_KINDS)[number];

/** As it comes from the API. */
export interface AgreementArguments {
  criterion: string;
  criterionVersion?: number | null;
  coefficients?: ReadonlyArray<{ coefficient: Coefficient; weighting?: Weighting | null }> | null;
  groupBy?: ReadonlyArray<{ by: GroupingBy; dimension?: string | null }> | null;
  repeats: Repeats;
  strata: readonly Stratum[];
  annotatorKinds: readonly RaterKind[];
  filter?: ExampleFilter | null;
}

/** What decides which numbers come out, the snapshot apart; equal questions are equal as JSON. */
export interface Question {
  criterion: string;
  criterionVersion: number;
  coefficients: AskedCoefficient[];
  groupBy: Grouping[];
  repeats: Repeats;
  strata: Stratum[];
  annotatorKinds: RaterKind[];
  filter: ExampleFilter | null;
}

export const MOST_GROUPINGS = 5;

/** The question about a criterion version of this level. Throws BAD_USER_INPUT with what to ask instead. */
export function questionOf(
  given: AgreementArguments,
  measured: { key: string; version: number; level: MeasurementLevel },
): Question {
  return {
    criterion: measured.key,
    criterionVersion: measured.version,
    coefficients: coefficientsOf(given.coefficients ?? null, measured.level),
    groupBy: groupingsOf(given.groupBy ?? []),
    ...countedBy(given),
  };
}

/** Whether what is kept per unit, which is kept for the default question, may answer it; groupings apart. */
export function asksForKept(given: AgreementArguments): boolean {
  const { repeats, strata, annotatorKinds, filter } = countedBy(given);
  return (
    repeats === "LATEST" && strata.join() === "OPEN,RANDOM" && annotatorKinds.join() === "HUMAN" && filter === null
  );
}

/** Which ratings count. */
function countedBy(given: AgreementArguments): Pick<Question, "repeats" | "strata" | "annotatorKinds" | "filter"> {
  return {
    repeats: given.repeats,
    strata: someOf("strata", STRATA, given.strata),
    annotatorKinds: someOf("annotatorKinds", RATER_KINDS, given.annotatorKinds),
    filter: filterOf(given.filter),
  };
}

function coefficientsOf(given: AgreementArguments["coefficients"] | null, level: MeasurementLevel): AskedCoefficient[] {
  if (!given)
    return [
      { coefficient: "PERCENT_AGREEMENT", weighting: "UNWEIGHTED" },
      { coefficient: "KRIPPENDORFF_ALPHA", weighting: level },
    ];
  if (given.length === 0) throw bad("coefficients", "coefficients is empty; leave it out, or name at least one");
  const asked = given.map((one) => askedOf(one.coefficient, one.weighting ?? null, level));
  return [...new Map(asked.map((one) => [`${one.coefficient} ${one.weighting}`, one])).values()];
}

function askedOf(coefficient: Coefficient, weighting: Weighting | null, level: MeasurementLevel): AskedCoefficient {
  if (coefficient === "PERCENT_AGREEMENT") {
    if (weighting === null || weighting === "UNWEIGHTED") return { coefficient, weighting: "UNWEIGHTED" };
    throw bad("coefficients", `PERCENT_AGREEMENT was asked ${weighting}; it takes UNWEIGHTED, or no weighting`);
  }
  if (weighting !== "UNWEIGHTED") return { coefficient, weighting: weighting ?? level };
  throw bad("coefficients", "KRIPPENDORFF_ALPHA was asked UNWEIGHTED; use NOMINAL, ORDINAL, INTERVAL or RATIO");
}

function groupingsOf(given: ReadonlyArray<{ by: GroupingBy; dimension?: string | null }>): Grouping[] {
  if (given.length > MOST_GROUPINGS)
    throw bad(
      "groupBy",
      `${given.length} groupings were asked; at most ${MOST_GROUPINGS} are taken, ask in two queries`,
    );
  const seen = new Set<string>();
  return given.map(({ by, dimension: named }) => {
    const dimension = named ?? null;
    if (by === "LABEL" && !dimension)
      throw bad("groupBy", 'groupBy LABEL needs a dimension: { by: LABEL, dimension: "intent" }');
    if (by !== "LABEL" && dimension !== null)
      throw bad("groupBy", `groupBy ${by} takes no dimension; ${JSON.stringify(dimension)} was given`);
    const key = JSON.stringify([by, dimension]);
    if (seen.has(key))
      throw bad("groupBy", `groupBy ${by}${dimension ? ` ${dimension}` : ""} was asked twice; ask it once`);
    seen.add(key);
    return { by, dimension };
  });
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

function bad(argument: string, message: string) {
  return refusal("BAD_USER_INPUT", message, { argument });
}
