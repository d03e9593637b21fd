// What does a report on diversity say, as data?
import type { DimensionAsked } from "./question.js";

/** How evenly examples, or for ANNOTATOR ratings, are spread over the kinds of a dimension. */
export interface SpreadNumbers extends DimensionAsked {
  /** Examples or ratings that have a kind, counted once for each; and examples without one. */
  counted: number;
  unassigned: number;
  /** Null where nothing was counted. */
  spread: {
    q0: number;
    q1: number;
    q2: number;
    evenness: number;
    topShare: number;
    gini: number;
    /** The kind that has most; null where kinds are people or clusters. */
    topKey: string | null;
  } | null;
}

export const TEXT_METRICS = [
  "DISTINCT_1",
  "DISTINCT_2",
  "DISTINCT_3",
  "SELF_REPETITION_4",
  "SELF_REPETITION_5",
  "SELF_REPETITION_6",
  "SELF_REPETITION_7",
  "SELF_REPETITION_8",
  "COMPRESSION_RATIO",
  "SELF_BLEU_4",
] as const;
export type TextMetric = (typeof TEXT_METRICS)[number];

export interface TextMetricNumbers {
  metric: TextMetric;
  value: number | null;
  undefinedBecause: string | null;
  /** Names the method and its version. */
  method: string;
  /** On what it was computed: texts and their tokens. */
  texts: number;
  tokens: number;
}

export type TextPart = "PROMPT" | "RESPONSE";

export interface DiversityNumbers {
  versions: number;
  /** Versions whose text was erased. */
  erased: number;
  spreads: SpreadNumbers[];
  duplicates: { compared: number; clusters: number; distinct: number; mass: number | null; methodVersion: string };
  sample: {
    /** Versions that were drawn, those of them whose text was erased, and those that are in the sample. */
    drawn: number;
    erased: number;
    texts: number;
  };
  texts: Array<{ part: TextPart; metrics: TextMetricNumbers[] }>;
}
