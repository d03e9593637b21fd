// Which statements count the examples of a snapshot by kind?
import { withHashJoins } from "../agreement/hashJoins.js";
import { aliveAt, inSnapshot, type SnapshotKey } from "../activities/snapshot.js";
import { filterCondition } from "../examples/exampleFilter.js";
import type { ExampleFilter } from "../examples/types.js";
import type { Database } from "../platform/db.js";
import { Values } from "../platform/statement.js";
import type { DimensionAsked } from "./question.js";
import type { KindCounts } from "./spreadOf.js";

interface KindCount {
  /** Null for those without one. */
  key: string | null;
  n: number;
}

/** Kinds that are people are not named. */
const UNNAMED = new Set<DimensionAsked["by"]>(["AUTHOR", "ANNOTATOR"]);

/** How many examples of each kind, or for ANNOTATOR how many ratings in force of each annotator; by key. */
export async function countsByKind(
  db: Database,
  snapshot: SnapshotKey,
  filter: ExampleFilter | null,
  asked: DimensionAsked,
): Promise<KindCounts> {
  const values = new Values();
  const dataset = values.add(snapshot.datasetId);
  const { key, joins } = kindOf(asked, snapshot, values, dataset);
  const text = `/* diversityCounts */ select ${key} as key, count(*) as n from example_versions v ${joins}
    where v.dataset_id = ${dataset} and ${inSnapshot(snapshot, "v", values)} and ${filterCondition(filter, "v", values, snapshot)}
    group by 1 order by 1`;
  const rows = await withHashJoins(db, (tx) => tx.rowsOnce<KindCount>(text, values.list));
  const kinds = rows.filter((row) => row.key !== null);
  const top = kinds.reduce<KindCount | null>((most, row) => (most && most.n >= row.n ? most : row), null);
  return {
    counts: kinds.map((row) => row.n),
    unassigned: rows.find((row) => row.key === null)?.n ?? 0,
    topKey: UNNAMED.has(asked.by) ? null : (top?.key ?? null),
  };
}

function kindOf(
  { by, dimension }: DimensionAsked,
  { activity }: SnapshotKey,
  values: Values,
  dataset: string,
): { key: string; joins: string } {
  const source = `join sources s on s.dataset_id = ${dataset} and s.source = v.source`;
  switch (by) {
    case "SOURCE":
      return { key: "s.key", joins: source };
    case "SOURCE_KIND":
      return { key: "s.kind", joins: source };
    case "LANGUAGE":
      return { key: "lower(v.language)", joins: "" };
    case "AUTHOR":
      return { key: "v.author::text", joins: "" };
    case "ANNOTATOR": {
      const inForce = aliveAt("r", values.add(activity));
      const joins = `join ratings r on r.dataset_id = ${dataset} and r.example_version = v.example_version and ${inForce}`;
      return { key: "r.annotator::text", joins };
    }
    case "LABEL": {
      const inForce = aliveAt("l", values.add(activity));
      const joins = `left join labels l on l.dataset_id = ${dataset} and l.example_version = v.example_version
        and l.dimension = ${values.add(dimension)} and ${inForce}`;
      return { key: "l.value", joins };
    }
    case "CLUSTER":
      throw new Error("clusters are not counted by a statement");
  }
}
