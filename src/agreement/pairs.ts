// How well does each annotator agree with each other one?
import type { SnapshotKey } from "../activities/snapshot.js";
import { annotatorsById } from "../annotators/queries.js";
import type { Database } from "../platform/db.js";
import { kappaOfTable } from "../statistics/cohenKappa.js";
import { gwetWeights, weightingRefuses, type Weight, type Weighting } from "../statistics/gwetWeights.js";
import type { Interval } from "../statistics/interval.js";
import { pairAgreement, pairTables, type PairTable } from "../statistics/pairTables.js";
import type { RaterMatrix } from "../statistics/raterMatrix.js";
import { withHashJoins } from "./hashJoins.js";
import { bad, type CountedRatings, type RaterKind } from "./question.js";
import { readAll } from "./readGroups.js";

export const PAIR_WEIGHTINGS = ["UNWEIGHTED", "LINEAR", "QUADRATIC"] as const satisfies Weighting[];
export type PairWeighting = (typeof PAIR_WEIGHTINGS)[number];

export interface PairsQuestion extends CountedRatings {
  weighting: PairWeighting;
  level: number;
}

export interface PairedAnnotator {
  key: string;
  kind: RaterKind;
}

/** Two annotators, by their places in the list, and what they share. */
export interface PairRow {
  first: number;
  second: number;
  unitCount: number;
  percentAgreement: number;
  kappa: number | null;
  undefinedBecause: string | null;
  standardError: number | null;
  interval: Interval | null;
}

export interface Pairs {
  /** By key. */
  annotators: PairedAnnotator[];
  /** Those that share a unit, in the order of the annotators. */
  pairs: PairRow[];
}

/** The weighting of κ where none is named: places of an ordered scale lie apart, labels only differ. */
export function usualPairWeighting({ measured }: CountedRatings): PairWeighting {
  return measured.level === "NOMINAL" ? "UNWEIGHTED" : "QUADRATIC";
}

/** Cohen's κ and percent agreement of all pairs, each over the units that both rated. */
export async function measurePairs(db: Database, snapshot: SnapshotKey, question: PairsQuestion): Promise<Pairs> {
  const { matrix, annotators } = await withHashJoins(db, async (tx) => {
    const read = (await readAll(tx, snapshot, question, true)).matrix!;
    const rows = await annotatorsById(tx, snapshot.datasetId, [...new Set(Array.from(read.raters, Number))]);
    return { matrix: read, annotators: new Map(rows.map((row) => [row!.annotator, row!])) };
  });
  const known = [...annotators.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const placeOf = new Map(known.map((row, place) => [row.annotator, place]));
  const place = (rater: number) => placeOf.get(Number(matrix.raters[rater]))!;
  const tables = tablesByPlaces(matrix, place);
  return {
    annotators: known.map(({ key, kind }) => ({ key, kind })),
    pairs: pairRows(tables, matrix, question),
  };
}

/** A table for each pair of people: further raters are repeats of one, and do not stand beside their own. */
function tablesByPlaces(matrix: RaterMatrix, place: (rater: number) => number): PairTable[] {
  const q = matrix.values.length;
  const found = new Map<string, PairTable>();
  for (const table of pairTables(matrix)) {
    const [a, b] = [place(table.first), place(table.second)];
    if (a === b) continue;
    const [first, second] = [Math.min(a, b), Math.max(a, b)];
    const key = `${first} ${second}`;
    const pooled = found.get(key) ?? { first, second, units: 0, cells: new Map<number, number>() };
    found.set(key, pooled);
    pooled.units += table.units;
    for (const [cell, count] of table.cells) {
      const turned = a < b ? cell : (cell % q) * q + Math.floor(cell / q);
      pooled.cells.set(turned, (pooled.cells.get(turned) ?? 0) + count);
    }
  }
  return [...found.values()].sort((a, b) => a.first - b.first || a.second - b.second);
}

function pairRows(tables: PairTable[], { values }: RaterMatrix, { weighting, level, measured }: PairsQuestion) {
  const refused = weighting === "UNWEIGHTED" ? null : weightingRefuses(weighting, values);
  if (refused) throw bad("weighting", `${weighting} does not fit the scale of ${measured.key}: ${refused}`);
  const w = gwetWeights(weighting, values);
  return tables.map((table) => pairRow(table, values.length, w, level));
}

function pairRow(table: PairTable, q: number, w: Weight, level: number): PairRow {
  const { first, second, units } = table;
  const counts = { units, raters: 2, pairableValues: 2 * units };
  const kappa = kappaOfTable(table, q, w, counts, level);
  return {
    first,
    second,
    unitCount: units,
    percentAgreement: pairAgreement(table, q, (k, l) => (k === l ? 1 : 0)).observed,
    kappa: kappa.kind === "defined" ? kappa.value : null,
    undefinedBecause: kappa.kind === "undefined" ? kappa.because : null,
    standardError: kappa.standardError,
    interval: kappa.interval,
  };
}
