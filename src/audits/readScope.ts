// Which example versions does an audit look at, and what is known of each?
import { aliveAt, inSnapshot, type SnapshotKey } from "../activities/snapshot.js";
import { filterCondition } from "../examples/exampleFilter.js";
import type { ExampleFilter } from "../examples/types.js";
import type { Db, Tx } from "../platform/db.js";
import { Values } from "../platform/statement.js";
import { placeOf, type AuditScope, type LabelColumn, type ScopeSource } from "./auditScope.js";
import { GrowingColumn } from "./growingColumn.js";

/** In numbers of 30 bytes an example version; labels by dimension. */
export async function readScope(
  tx: Tx,
  snapshot: SnapshotKey,
  filter: ExampleFilter | null,
  dimensions: readonly string[],
): Promise<AuditScope> {
  const values = new Values();
  const text = `/* auditScope */ select v.example_version, v.source, coalesce(v.author, 0), v.prompt_words, v.response_words,
      (c.commitment is null)::int
    from example_versions v left join contents c on c.dataset_id = v.dataset_id and c.commitment = v.content
    where ${inSnapshot(snapshot, "v", values)} and ${filterCondition(filter, "v", values, snapshot)} order by 1`;
  const columns = Array.from({ length: 6 }, () => new GrowingColumn());
  await tx.scan(text, values.list, (rows) => {
    for (const row of rows as number[][]) for (let i = 0; i < 6; i++) columns[i]!.add(row[i]!);
  });
  const [exampleVersions, sourceIds, authorIds, promptWords, responseWords, erased] = columns.map((one) =>
    one.column(),
  ) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  const sources = await sourcesOf(tx, snapshot, new Set(sourceIds));
  const authors = await authorsOf(tx, snapshot, new Set(authorIds));
  const scope: AuditScope = {
    exampleVersions,
    sources,
    source: placed(
      sourceIds,
      sources.map(({ source }) => source),
    ),
    authors: authors.map(({ key }) => key),
    author: placed(
      authorIds,
      authors.map(({ annotator }) => annotator),
    ),
    authorIds: Int32Array.from(authors, ({ annotator }) => annotator),
    promptWords,
    responseWords,
    erased: Uint8Array.from(erased),
    labels: [],
  };
  for (const dimension of dimensions) scope.labels.push(await labelsOf(tx, snapshot, dimension, scope));
  return scope;
}

/** Of each id its place in the list, −1 where it is not in it. */
function placed(ids: Int32Array, list: readonly number[]): Int32Array {
  const places = new Map(list.map((id, place) => [id, place]));
  return ids.map((id) => places.get(id) ?? -1);
}

function sourcesOf(db: Db, { datasetId, activity }: SnapshotKey, ids: ReadonlySet<number>): Promise<ScopeSource[]> {
  return db.rows<ScopeSource>(
    `/* auditSources */ select s.source, s.key, s.kind, nullif(v.details->>'model', '') as model from sources s
     left join source_versions v on v.dataset_id = s.dataset_id and v.source = s.source and ${aliveAt("v", "$3")}
     where s.dataset_id = $1 and s.source = any($2::int[]) order by s.source`,
    [datasetId, [...ids], activity],
  );
}

function authorsOf(db: Db, { datasetId }: SnapshotKey, ids: ReadonlySet<number>) {
  return db.rows<{ annotator: number; key: string }>(
    `/* auditAuthors */ select annotator, key from annotators where dataset_id = $1 and annotator = any($2::int[])
     order by annotator`,
    [datasetId, [...ids]],
  );
}

/** Of several values of one example the first by name counts. */
async function labelsOf(
  tx: Tx,
  { datasetId, activity }: SnapshotKey,
  dimension: string,
  scope: AuditScope,
): Promise<LabelColumn> {
  const of = new Int32Array(scope.exampleVersions.length).fill(-1);
  const places = new Map<string, number>();
  let furtherCount = 0;
  await tx.scan(
    `/* auditLabels */ select l.example_version, l.value from labels l
     where l.dataset_id = $1 and l.dimension = $2 and ${aliveAt("l", "$3")} order by l.value collate "C", l.example_version`,
    [datasetId, dimension, activity],
    (rows) => {
      for (const [exampleVersion, value] of rows as Array<[number, string]>) {
        const place = placeOf(scope, exampleVersion);
        if (place < 0) continue;
        if (of[place]! >= 0) {
          furtherCount++;
          continue;
        }
        if (!places.has(value)) places.set(value, places.size);
        of[place] = places.get(value)!;
      }
    },
  );
  return { dimension, values: [...places.keys()], of, furtherCount };
}
