// How is each answer written, in counts?
import { inSnapshot, type SnapshotKey } from "../activities/snapshot.js";
import { filterCondition } from "../examples/exampleFilter.js";
import type { ExampleFilter } from "../examples/types.js";
import { METHOD } from "../measures/measuresOf.js";
import type { Tx } from "../platform/db.js";
import { Values } from "../platform/statement.js";
import { placeOf, type AuditScope } from "./auditScope.js";
import type { StyleMeasure } from "./families/style.js";

/** Columns of `measures`, by what they are called in a report. */
const COUNTED = {
  sentences: "sentences",
  bullets: "bullets",
  headings: "headings",
  "bold spans": "bold",
  hedges: "hedges",
  "sycophantic openings": "sycophantic_openings",
  apologies: "apologies",
  refusals: "refusals",
  "exclamation marks": "exclamation_marks",
  "question marks": "question_marks",
  emoji: "emoji",
  "em dashes": "em_dashes",
};

export const RESPONSE_WORDS = "response words";
export const REFUSALS = "refusals";

/** Words of the response, and what `ensureMeasures` counted; NaN where the text was erased. */
export async function readStyle(
  tx: Tx,
  snapshot: SnapshotKey,
  filter: ExampleFilter | null,
  scope: AuditScope,
): Promise<StyleMeasure[]> {
  const names = Object.keys(COUNTED);
  const columns = names.map(() => new Float32Array(scope.exampleVersions.length).fill(NaN));
  const values = new Values();
  const counts = Object.values(COUNTED).map((column) => `m.${column}`);
  const text = `/* auditStyle */ select m.example_version, ${counts.join(", ")} from measures m
    join example_versions v on v.dataset_id = m.dataset_id and v.example_version = m.example_version
    where ${inSnapshot(snapshot, "v", values)} and ${filterCondition(filter, "v", values, snapshot)}
      and m.dataset_id = ${values.add(snapshot.datasetId)} and m.method = ${values.add(METHOD)}`;
  await tx.scan(text, values.list, (rows) => {
    for (const [exampleVersion, ...counted] of rows as number[][]) {
      const place = placeOf(scope, exampleVersion!);
      if (place >= 0) counted.forEach((count, i) => (columns[i]![place] = count));
    }
  });
  return [
    { name: RESPONSE_WORDS, values: scope.responseWords },
    ...names.map((name, i) => ({ name, values: columns[i]! })),
  ];
}
