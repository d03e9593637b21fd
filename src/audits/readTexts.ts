// What do the examples of an audit say, some at a time?
import type { StoredContent } from "../examples/exampleContent.js";
import type { Db } from "../platform/db.js";
import type { AuditScope } from "./auditScope.js";

/** A portion ends with so many examples, or so many words of last prompts and answers, whichever comes first. */
const EXAMPLES_A_READ = 1_000;
const WORDS_A_READ = 200_000;

/** Hands over the content of every example that has one, in order; `progress` hears how many were seen. */
export async function readTexts(
  db: Db,
  datasetId: number,
  scope: AuditScope,
  take: (place: number, content: StoredContent) => void,
  progress: (seen: number) => void,
): Promise<void> {
  const count = scope.exampleVersions.length;
  for (let from = 0; from < count;) {
    const to = endOfPortion(scope, from);
    const asked = Array.from(scope.exampleVersions.subarray(from, to), (id, i) => ({ id, place: from + i }));
    const places = new Map(asked.map(({ id, place }) => [id, place]));
    const rows = await db.rows<{ id: number; text: string }>(
      `/* auditTexts */ select v.example_version as id, c.text from unnest($2::int[]) u(id)
       join lateral (select * from example_versions v where v.dataset_id = $1 and v.example_version = u.id limit 1) v on true
       join lateral (select * from contents c where c.dataset_id = $1 and c.commitment = v.content limit 1) c on true`,
      [datasetId, asked.map(({ id }) => id)],
    );
    for (const { id, text } of rows) take(places.get(id)!, JSON.parse(text) as StoredContent);
    progress((from = to));
  }
}

function endOfPortion({ exampleVersions, promptWords, responseWords }: AuditScope, from: number): number {
  let words = 0;
  let to = from;
  while (to < exampleVersions.length && to - from < EXAMPLES_A_READ && (words < WORDS_A_READ || to === from))
    words += promptWords[to]! + responseWords[to++]!;
  return to;
}
