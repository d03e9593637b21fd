// How many examples of a snapshot lie in each cell?
import type { SnapshotKey } from "../activities/snapshot.js";
import { withHashJoins } from "../agreement/hashJoins.js";
import { clustersOfSnapshot, type ClusteredSnapshot } from "../duplicates/duplicateReport.js";
import { ensureMeasures } from "../measures/ensureMeasures.js";
import type { Db } from "../platform/db.js";
import { refusal } from "../platform/errors.js";
import type { TaskContext } from "../platform/tasks.js";
import { permutationPOf } from "./association.js";
import {
  everyPlaceStatement,
  onePlaceStatement,
  type CountQuestion,
  type CountRow,
  type CountStatement,
  type PlaceRow,
} from "./countStatements.js";
import { MAX_CELLS, type CoverageCounts } from "./coverageReport.js";
import { canonicalLanguage, nameOf, type AskedDimension } from "./dimensions.js";

type Counted = Omit<CoverageCounts, "permutationP" | "erasedCount" | "raw">;

/**
 * An example counts once in each cell that its values give; texts that a dimension needs and that were not measured yet
 * are measured first. Throws BAD_USER_INPUT where there are more than MAX_CELLS.
 */
export async function countExamples(
  context: TaskContext,
  snapshot: SnapshotKey,
  question: CountQuestion,
): Promise<CoverageCounts> {
  const { progress } = context;
  const { filter, measures, countedBy } = question;
  const ensured = measures === null ? null : await ensureMeasures(context, snapshot, { filter, share: [0, 0.4] });
  const clustered =
    countedBy === "CLUSTERS" ? await clustersOfSnapshot(context, snapshot, { filter }, [0.4, 0.9]) : null;
  progress(0.9, "counting examples");
  const raw = await countedWithout([], context, snapshot, question);
  const counted = clustered ? await countedWithout(repeatsOf(clustered), context, snapshot, question) : raw;
  const single = counted.dimensions.every(({ placementCount }) => placementCount === counted.exampleCount);
  const permutationP = question.dimensions.length === 2 ? permutationPOf({ cells: counted.cells, single }) : null;
  const { exampleCount, cells } = raw;
  const erasedCount = ensured?.erased ?? clustered?.erased ?? null;
  return { ...counted, permutationP, erasedCount, raw: clustered && { exampleCount, cells } };
}

/** All members of clusters but the one that stands for the others. */
function repeatsOf({ representatives }: ClusteredSnapshot): number[] {
  return [...representatives].filter(([version, first]) => version !== first).map(([version]) => version);
}

function countedWithout(
  repeats: readonly number[],
  { db }: TaskContext,
  snapshot: SnapshotKey,
  question: CountQuestion,
): Promise<Counted> {
  return withHashJoins(db, async (tx) => {
    const once = await countedOnce(tx, snapshot, question, repeats);
    if (once) return once;
    return countedOften(
      await rowsOf<PlaceRow>(tx, everyPlaceStatement(snapshot, question, repeats), question),
      question,
    );
  });
}

async function rowsOf<Row extends Pick<PlaceRow, "part">>(
  db: Db,
  { text, values }: CountStatement,
  { dimensions }: CountQuestion,
): Promise<Row[]> {
  const rows = await db.rowsOnce<Row>(text, values);
  if (rows.filter(({ part }) => part === "cell").length <= MAX_CELLS) return rows;
  const names = dimensions.map(nameOf).join(" and ");
  const message = `${names} give more than ${MAX_CELLS} cells; ask for a coarser dimension`;
  throw refusal("BAD_USER_INPUT", message, { argument: "dimensions" });
}

/** Null where an example has several values in a dimension. */
async function countedOnce(
  db: Db,
  snapshot: SnapshotKey,
  question: CountQuestion,
  repeats: readonly number[],
): Promise<Counted | null> {
  const rows = await rowsOf<CountRow>(db, onePlaceStatement(snapshot, question, repeats), question);
  const cells = cellsOf(rows, question.dimensions);
  const sum = (some: Counted["cells"]) => some.reduce((n, { count }) => n + count, 0);
  const exampleCount = rows.find(({ part }) => part === "total")!.n;
  if (sum(cells) !== exampleCount) return null;
  return {
    exampleCount,
    unassignedCount: sum(cells.filter(({ keys }) => keys.includes(null))),
    dimensions: question.dimensions.map((_, i) => ({
      unassignedCount: sum(cells.filter(({ keys }) => keys[i] === null)),
      placementCount: exampleCount,
      methods: methodsOf(rows, i),
    })),
    cells,
  };
}

function countedOften(rows: readonly PlaceRow[], { dimensions }: CountQuestion): Counted {
  const numberOf = (part: PlaceRow["part"], dimension = 0) =>
    rows.find((row) => row.part === part && row.dimension === dimension)!.n;
  return {
    exampleCount: numberOf("total"),
    unassignedCount: numberOf("unassignedAny"),
    dimensions: dimensions.map((_, i) => ({
      unassignedCount: numberOf("unassigned", i),
      placementCount: numberOf("placement", i),
      methods: methodsOf(rows, i),
    })),
    cells: cellsOf(rows, dimensions),
  };
}

function methodsOf(rows: readonly PlaceRow[], dimension: number) {
  return rows
    .filter((row) => row.part === "method" && row.dimension === dimension)
    .map(({ keys, n }) => ({ method: keys![0]!, count: n }))
    .sort((a, b) => b.count - a.count || (a.method < b.method ? -1 : 1));
}

/** Keys of languages as BCP 47 writes them; tags that become one are one cell. */
function cellsOf(rows: readonly PlaceRow[], asked: readonly AskedDimension[]): Counted["cells"] {
  const merged = new Map<string, Counted["cells"][number]>();
  for (const { part, keys, n } of rows) {
    if (part !== "cell") continue;
    const named = keys!.map((key, i) => (key !== null && asked[i]!.by === "LANGUAGE" ? canonicalLanguage(key) : key));
    const name = JSON.stringify(named);
    const cell = merged.get(name);
    if (cell) cell.count += n;
    else merged.set(name, { keys: named, count: n });
  }
  return [...merged.values()].sort((a, b) => (JSON.stringify(a.keys) < JSON.stringify(b.keys) ? -1 : 1));
}
