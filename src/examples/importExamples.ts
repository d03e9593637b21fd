// How are examples imported?
import { emptyPlan, settle, type BulkMode, type Plan } from "../activities/plan.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import type { Database, Tx } from "../platform/db.js";
import { problem } from "../platform/errors.js";
import { may, type Scope } from "../platform/viewer.js";
import { addVersion, noVersions, planVersions } from "./addVersion.js";
import { authorOf } from "./authorOf.js";
import { checkImport, type ImportFacts, type ImportRules, type Taken } from "./checkImport.js";
import { isFault } from "./exampleContent.js";
import { currentAmong, knownKeys, knownVersions } from "./importFacts.js";
import { lookedUp, prepareImport, type ImportDefaults, type ImportItem, type PreparedItem } from "./prepareImport.js";

export interface ImportExamplesInput extends RequestFields, ImportRules {
  mode: BulkMode;
  defaults?: ImportDefaults | null;
  examples: ImportItem[];
}

interface PreparedImport extends RequestFields, ImportRules {
  mode: BulkMode;
  items: PreparedItem[];
}

interface Facts extends ImportFacts {
  /** Versions that are in population CURRENT, of those that may be followed. */
  current: Set<number>;
}

export const MAX_EXAMPLES = 1000;

const importExamplesVerb: Verb<PreparedImport, Facts> = {
  kind: "IMPORT",
  facts: (tx, datasetId, commands) => factsOf(tx, datasetId, commands[0]!.input),
  plan({ input }, facts, ids) {
    const { taken, unchanged, problems } = checkImport(input.items, facts, input);
    const plan = emptyPlan();
    planTaken(plan, taken, facts, ids);
    plan.outcome = { accepted: taken.length, unchanged, problems };
    return settle(input.mode, plan);
  },
};

/** Imports examples, up to 1,000 a call. The same content again changes nothing. */
export async function importExamples(db: Database, scope: Scope, input: ImportExamplesInput): Promise<Answer> {
  if (input.examples.length > MAX_EXAMPLES) return tooMany("examples", input.examples.length, MAX_EXAMPLES);
  const items = await prepareImport(input.examples, input.defaults ?? {});
  const { requestKey, message, mode, onConflict } = input;
  const enrol = input.enrol && may(scope.viewer, scope.datasetId, "annotator:enrol");
  return write(db, scope, importExamplesVerb, { requestKey, message, mode, onConflict, enrol, items }, input);
}

/** The answer to a batch that is too long. */
export function tooMany(list: string, count: number, limit: number): Answer {
  const problems = [problem("TOO_MANY_ITEMS", `${count} ${list} came; send at most ${limit} a call`, list)];
  return { activity: null, replayed: false, outcome: { accepted: 0, unchanged: 0, problems } };
}

async function factsOf(tx: Tx, datasetId: number, input: PreparedImport): Promise<Facts> {
  const items = input.items.filter((item) => !isFault(item.content));
  const given = (field: "source" | "batch" | "author") =>
    items.map((item) => item[field]).filter((key) => key !== null);
  const keys = await knownKeys(tx, datasetId, {
    sources: given("source"),
    batches: given("batch"),
    annotators: given("author"),
  });
  const latest = await knownVersions(tx, datasetId, lookedUp(items));
  const followed =
    input.onConflict === "NEW_VERSION"
      ? items.flatMap((item) => latest.get(item.externalId)?.exampleVersion ?? [])
      : [];
  return { ...keys, latest, current: await currentAmong(tx, datasetId, followed) };
}

function planTaken(plan: Plan, taken: readonly Taken[], facts: Facts, ids: Ids): void {
  const rows = noVersions();
  const made = new Map<Taken, number>();
  const annotators = new Map(facts.annotators);
  for (const one of taken) {
    const { item, known, source, batch } = one;
    const { externalId, content, language, labels } = item;
    const author = authorOf(plan, ids, item.author, annotators);
    const parents = one.parents.map((parent) => (typeof parent === "number" ? parent : made.get(parent)!));
    const version = { externalId, known, content, source, author, batch, language, labels, parents };
    made.set(one, addVersion(plan, rows, ids, version, facts.current));
    plan.used.push({ noun: "source", id: source });
  }
  planVersions(plan, rows);
}
