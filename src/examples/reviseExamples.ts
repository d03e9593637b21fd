// How are examples edited?
import { emptyPlan, settle, type BulkMode, type Plan } from "../activities/plan.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import type { Database, Tx } from "../platform/db.js";
import { may, type Scope } from "../platform/viewer.js";
import { addVersion, noVersions, planVersions } from "./addVersion.js";
import { authorOf } from "./authorOf.js";
import { checkRevisions, type RevisionFacts, type TakenRevision } from "./checkRevisions.js";
import { isFault } from "./exampleContent.js";
import { currentAmong, knownKeys, knownVersions } from "./importFacts.js";
import { MAX_EXAMPLES, tooMany } from "./importExamples.js";
import { prepareRevisions, revisedIds, type PreparedRevision, type RevisionItem } from "./prepareRevisions.js";

export interface ReviseExamplesInput extends RequestFields {
  mode: BulkMode;
  enrol: boolean;
}

interface PreparedInput extends RequestFields {
  mode: BulkMode;
  enrol: boolean;
  items: PreparedRevision[];
}

interface Facts extends RevisionFacts {
  current: Set<number>;
}

const reviseExamplesVerb: Verb<PreparedInput, Facts> = {
  kind: "REVISION",
  facts: (tx, datasetId, commands) => factsOf(tx, datasetId, commands[0]!.input.items),
  plan({ input }, facts, ids) {
    const { taken, unchanged, problems } = checkRevisions(input.items, facts, input.enrol);
    const plan = emptyPlan();
    planTaken(plan, taken, facts, ids);
    plan.outcome = { accepted: taken.length, unchanged, problems };
    return settle(input.mode, plan);
  },
};

/** Makes a new version of each example; the one before it stays, and the new one is derived from it. */
export async function reviseExamples(
  db: Database,
  scope: Scope,
  input: ReviseExamplesInput,
  items: readonly RevisionItem[],
): Promise<Answer> {
  if (items.length > MAX_EXAMPLES) return tooMany("revisions", items.length, MAX_EXAMPLES);
  const prepared = await prepareRevisions(db, scope.datasetId, items);
  const { requestKey, message, mode } = input;
  const enrol = input.enrol && may(scope.viewer, scope.datasetId, "annotator:enrol");
  return write(db, scope, reviseExamplesVerb, { requestKey, message, mode, enrol, items: prepared }, input);
}

async function factsOf(tx: Tx, datasetId: number, items: readonly PreparedRevision[]): Promise<Facts> {
  const authors = items.flatMap((item) => (isFault(item.content) || item.author === null ? [] : [item.author]));
  const { annotators } = await knownKeys(tx, datasetId, { sources: [], batches: [], annotators: authors });
  const latest = await knownVersions(tx, datasetId, revisedIds(items));
  const current = await currentAmong(
    tx,
    datasetId,
    [...latest.values()].map((known) => known.exampleVersion),
  );
  return { annotators, latest, current };
}

function planTaken(plan: Plan, taken: readonly TakenRevision[], facts: Facts, ids: Ids): void {
  const rows = noVersions();
  const annotators = new Map(facts.annotators);
  for (const { item, known } of taken) {
    const { externalId, content, labels } = item;
    const { source, batch } = known;
    const author = authorOf(plan, ids, item.author, annotators) ?? known.author;
    const language = item.language ?? known.language;
    const version = { externalId, known, content, source, author, batch, language, labels, parents: [] };
    addVersion(plan, rows, ids, version, facts.current);
  }
  planVersions(plan, rows);
}
