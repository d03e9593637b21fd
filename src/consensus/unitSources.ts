// Where do the units of a consensus come from: each from its own ratings, or all from a fit?
import type { CategoryValue } from "../guidelines/categoryValue.js";
import type { Slice } from "../platform/connections.js";
import { whileThere, withPreparedFilter, type Reach } from "../platform/filters.js";
import type { AskedConsensus } from "./askConsensus.js";
import { consensusOf, type Consensus, type Scale, type UnitRule } from "./consensusOf.js";
import { findFit } from "./findFit.js";
import { leastCertainPage, saidOfUnits, unitCount, unitsPage, type CertaintySlice, type UnitRow } from "./queries.js";
import { fittedCount, fittedPage, leastCertainFitted, runIsKept, type FittedRow } from "./runQueries.js";

export interface ConsensusUnitRow extends Consensus {
  datasetId: number;
  exampleVersionId: number;
  /** The activity of the snapshot. */
  asOf: number;
  ratingCount: number;
  values: Array<{ value: CategoryValue; count: number }>;
}

export interface UnitSource {
  byNumber(slice: Slice): Promise<ConsensusUnitRow[]>;
  leastCertain(slice: CertaintySlice): Promise<ConsensusUnitRow[]>;
  count(): Promise<number>;
}

/** Pages by SQL, at any size. */
export function ownUnits(reach: Reach, asked: AskedConsensus): UnitSource {
  const { snapshot, criterion } = asked;
  const rule = asked.rule as UnitRule;
  const filtered = <T>(read: (question: AskedConsensus["question"]) => Promise<T>): Promise<T> =>
    withPreparedFilter(reach, asked.question.filter, snapshot, (filter) => read({ ...asked.question, filter }));
  const unit = (row: UnitRow) => unitOf(asked, row, consensusOf(rule, criterion, row.given));
  return {
    byNumber: (slice) => filtered(async (question) => (await unitsPage(reach.db, snapshot, question, slice)).map(unit)),
    leastCertain: (slice) =>
      filtered(async (question) => {
        const rows = await leastCertainPage(reach.db, snapshot, question, { rule, scale: criterion }, slice);
        return rows.map((row) => ({ ...unit(row), certainty: row.certainty }));
      }),
    count: () => filtered((question) => unitCount(reach.db, snapshot, question)),
  };
}

/** Pages of the units of a fit that was just found, under its run; where they were let go since, it is found again. */
export function fittedUnits(reach: Reach, asked: AskedConsensus, found: number): UnitSource {
  const { snapshot, question, datasetUid } = asked;
  const { datasetId } = snapshot;
  let run = found;
  const isThere = () => runIsKept(reach.db, datasetId, run);
  const read = <T>(work: (run: number) => Promise<T>): Promise<T> => {
    let tries = 0;
    const prepare = async () => {
      if (tries++ > 0) ({ run } = await findFit(reach, datasetUid, { snapshot, question }));
      return { value: run, isThere };
    };
    return whileThere(prepare, work);
  };
  return {
    byNumber: (slice) => read(async (of) => unitsOfFit(reach, asked, await fittedPage(reach.db, datasetId, of, slice))),
    leastCertain: (slice) =>
      read(async (of) => unitsOfFit(reach, asked, await leastCertainFitted(reach.db, datasetId, of, slice))),
    count: () => read((of) => fittedCount(reach.db, datasetId, of)),
  };
}

async function unitsOfFit(
  { db }: Reach,
  asked: AskedConsensus,
  rows: readonly FittedRow[],
): Promise<ConsensusUnitRow[]> {
  const ids = rows.map((row) => row.exampleVersion);
  const said = new Map(
    (await saidOfUnits(db, asked.snapshot, asked.question, ids)).map((row) => [row.exampleVersion, row]),
  );
  return rows.map(({ exampleVersion, category, certainty }) =>
    unitOf(asked, said.get(exampleVersion)!, { value: asked.criterion.categories![category] ?? null, certainty }),
  );
}

function unitOf({ snapshot, criterion }: AskedConsensus, { exampleVersion, given }: UnitRow, consensus: Consensus) {
  const { datasetId, activity: asOf } = snapshot;
  const values = countsOf(criterion, given);
  return { ...consensus, datasetId, exampleVersionId: exampleVersion, asOf, ratingCount: given.length, values };
}

/** How often each value was said, of values in order. */
function countsOf({ categories }: Scale, given: readonly number[]): ConsensusUnitRow["values"] {
  const counts = new Map<number, number>();
  for (const one of given) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].map(([one, count]) => ({ value: categories === null ? one : categories[one]!, count }));
}
