// What is known of the example versions of an audit, a number each and no text?

export interface ScopeSource {
  source: number;
  key: string;
  kind: "HUMAN_DEMONSTRATION" | "FILTERED_DATASET" | "MODEL_GENERATED";
  /** The model's name, for MODEL_GENERATED where it is told. */
  model: string | null;
}

/** A label dimension: of each example the index of its value, −1 without one. */
export interface LabelColumn {
  dimension: string;
  values: string[];
  of: Int32Array;
  /** How many had further values, which do not count. */
  furtherCount: number;
}

/** Columns of the same length, a place for each example version, ascending by number. */
export interface AuditScope {
  exampleVersions: Int32Array;
  /** Of each the index into `sources`. */
  source: Int32Array;
  sources: ScopeSource[];
  /** Of each the index into `authors`, −1 where nobody is known. */
  author: Int32Array;
  /** Keys of annotators. */
  authors: string[];
  /** Their numbers as annotators. */
  authorIds: Int32Array;
  promptWords: Int32Array;
  responseWords: Int32Array;
  /** 1 where the text was erased. */
  erased: Uint8Array;
  labels: LabelColumn[];
}

/** Where an example version stands; −1 where it is not in the scope. */
export function placeOf({ exampleVersions }: Pick<AuditScope, "exampleVersions">, exampleVersion: number): number {
  let [low, high] = [0, exampleVersions.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = exampleVersions[middle]!;
    if (found === exampleVersion) return middle;
    if (found < exampleVersion) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
