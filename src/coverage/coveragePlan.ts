// What does a coverage plan say?

/** One condition of a cell: a built-in dimension (SOURCE_KIND, SOURCE, LENGTH, LANGUAGE) or a label dimension, and a value. */
export interface CellKey {
  dimension: string;
  value: string;
}

export interface PlanTarget {
  /** One or two conditions, of different dimensions. */
  cell: CellKey[];
  minimumCount?: number;
  /** Share of the examples counted, 0 to 1. */
  share?: number;
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
