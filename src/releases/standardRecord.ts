// What does one record of a release look like?

/** The standard record but for its text. */
export interface RecordFacets {
  id: string;
  source: string;
  annotator_id: string | null;
  quality_rating: number | string | null;
  category: string | null;
  split: "train" | "validation" | "test";
  licence: string | null;
  version: number;
}
