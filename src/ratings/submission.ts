// What is a submission of ratings, and what must be known to take it?
import type { BulkMode, Plan } from "../activities/plan.js";
import type { RequestFields } from "../activities/write.js";
import type { CategoryValue } from "../guidelines/categoryValue.js";
import type { Row } from "../platform/insert.js";
import type { CriterionInForce } from "./scales.js";
import type { Stratum } from "./tables.js";

export interface RatingInput {
  externalId?: string | null;
  /** Global id. */
  exampleVersionId?: string | null;
  criterion: string;
  annotator: string;
  value: CategoryValue;
  guidelineVersion?: string | null;
  batch?: string | null;
  stratum?: Stratum | null;
  seconds?: number | null;
  occurredAt?: Date | null;
  rationale?: string | null;
  clientRef?: string | null;
}

export interface SubmitRatingsInput extends RequestFields {
  dataset: string;
  mode: BulkMode;
  enrol: boolean;
  guidelineVersion?: string | null;
  batch?: string | null;
  stratum: Stratum;
  ratings: RatingInput[];
}

export interface KnownGuidelineVersion {
  guidelineVersion: number;
  requiresQualification: boolean;
  criteria: Map<string, CriterionInForce>;
}

export interface KnownAnnotator {
  annotator: number;
  kind: "HUMAN" | "MODEL";
  status: "ACTIVE" | "PAUSED" | "RETIRED";
  /** The principal that acts as it; null where it has none. */
  principalUid: string | null;
  /** Guideline versions. */
  qualifiedFor: number[];
}

export interface KnownVersion {
  exampleVersion: number;
  /** In population CURRENT: the latest version, and not withdrawn. */
  current: boolean;
  latest: boolean;
  erased: boolean;
}

/** A rating that is in force on a unit. */
export interface InForce {
  rating: number;
  repeat: number;
  category: number | null;
  /** Of stratum OPEN or RANDOM; whether its annotator is human is known of the annotator. */
  countedStratum: boolean;
  /** Its row, and the plan that makes it, where it is made in this very transaction. */
  planned: { row: Row; plan: Plan } | null;
}

/** An example version on a criterion version: what is in force by the annotators asked about, and the tally kept. */
export interface Unit {
  criterionVersion: number;
  version: KnownVersion;
  /** How many categories the scale has; null on a continuous one. */
  categoryCount: number | null;
  /** As kept before this transaction; null where nothing was counted. */
  counts: number[] | null;
  /** Ratings in force by annotator, of the annotators asked about. */
  inForce: Map<number, InForce>;
  /** Counted ratings, with those accepted in this transaction. */
  counted: number;
}

/** Everything a group of submissions needs to know; names that are not in a map are not known. */
export interface SubmissionFacts {
  datasetUid: string;
  guidelineVersions: Map<string, KnownGuidelineVersion>;
  annotators: Map<string, KnownAnnotator>;
  batches: Map<string, number>;
  byExternalId: Map<string, KnownVersion>;
  byVersionId: Map<number, KnownVersion>;
  unit(criterion: CriterionInForce, version: KnownVersion): Unit;
}

export const COUNTED_STRATA: ReadonlySet<Stratum> = new Set<Stratum>(["OPEN", "RANDOM"]);
export const MOST_RATINGS = 5_000;
