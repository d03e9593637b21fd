// What does a coverage plan say?

/** One condition of a cell: a built-in dimension, such as SOURCE_KIND or LENGTH, or a label dimension, and a value. */
export interface CellKey {
  dimension: string;
  value: string;
}

export interface PlanTarget {
  /** One or two conditions, of different dimensions. */
  cell: CellKey[];
  minimumCount?: number;
  /** Least share of the examples counted, 0 to 1. */
  share?: number;
  /** Greatest share of the examples counted, above 0 to 1. */
  maximumShare?: number;
  /** How much a missing example counts when gaps are put in order, above 0; 1 where it is not said. */
  weight?: number;
}

export interface PlanDimension {
  key: string;
  title: string;
  /** Whether an example may have several values. */
  multiple: boolean;
  values: Array<{ value: string; description?: string }>;
}

export interface CoveragePlan {
  dimensions: PlanDimension[];
  targets: PlanTarget[];
}

/** Of plans from before there were weights, too. */
export const weightOf = ({ weight = 1 }: PlanTarget): number => weight;
