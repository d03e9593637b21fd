// Which ratings do two annotators share, pair by pair?
import type { SnapshotKey } from "../activities/snapshot.js";
import { annotatorsById } from "../annotators/queries.js";
import type { Db, Tx } from "../platform/db.js";
import { matrixOfPair, pairTables } from "../statistics/pairTables.js";
import type { RaterMatrix } from "../statistics/raterMatrix.js";
import { patternsOfMatrix } from "../statistics/ratingColumns.js";
import type { RatingGroup } from "./decodeGroups.js";
import { bad, type CountedRatings } from "./question.js";
import { readAll } from "./readGroups.js";

/** The pairs that have units in common, each with these units alone. Throws BAD_USER_INPUT where they are more than `most`. */
export async function pairGroups(
  tx: Tx,
  snapshot: SnapshotKey,
  question: CountedRatings,
  most: number,
): Promise<RatingGroup[]> {
  const matrix = (await readAll(tx, snapshot, question, true)).matrix!;
  const tables = pairTables(matrix);
  if (tables.length > most)
    throw bad(
      "groupBy",
      `groupBy ANNOTATOR_PAIR gives ${tables.length} groups; at most ${most} are answered, use a filter, or the field pairs`,
    );
  const names = await annotatorNames(tx, snapshot.datasetId, matrix);
  return tables.map((table, id) => {
    const ofPair = matrixOfPair(table, matrix);
    const key = `${names(table.first)}, ${names(table.second)}`;
    return { id, key, ratings: { matrix: ofPair, patterns: patternsOfMatrix(ofPair) } };
  });
}

/** The keys of a matrix's raters by their place in it. */
export async function annotatorNames(
  db: Db,
  datasetId: number,
  { raters }: RaterMatrix,
): Promise<(place: number) => string> {
  const ids = [...new Set(Array.from(raters, Number))];
  const rows = await annotatorsById(db, datasetId, ids);
  const keys = new Map(rows.map((row) => [row!.annotator, row!.key]));
  return (place) => keys.get(Number(raters[place]))!;
}
