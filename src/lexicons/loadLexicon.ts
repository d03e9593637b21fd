// How is a lexicon loaded into a dataset?
import { addText, emptyPlan, type Plan } from "../activities/plan.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import { tooMany } from "../examples/importExamples.js";
import type { Database } from "../platform/db.js";
import { PLAIN_KEY } from "../guidelines/names.js";
import type { Scope } from "../platform/viewer.js";
import { MOST_ENTRIES, packProblems } from "./checkPack.js";
import { checksumOf, kindCounts, packText, type Credit, type LexiconPack } from "./lexiconPack.js";
import { lexiconOfActivity, lexiconsByName, type LexiconRow } from "./queries.js";
import { lexiconVersions } from "./tables.js";

export interface LoadLexiconInput extends RequestFields, LexiconPack {}

/** What was found out before the dataset was locked. */
interface Prepared extends RequestFields {
  pack: LexiconPack;
  text: string;
  checksum: Buffer;
}

const loadLexiconVerb: Verb<Prepared, LexiconRow | null> = {
  kind: "LEXICON",
  facts: async (tx, datasetId, [command]) =>
    (await lexiconsByName(tx, datasetId, [command!.input.pack.key]))[0] ?? null,
  plan({ input: { pack, text, checksum } }, latest, ids) {
    const { length } = pack.entries;
    if (latest?.checksum === checksum.toString("hex"))
      return { kind: "nothing", outcome: { accepted: 0, unchanged: length, problems: [] } };
    const plan = emptyPlan();
    if (latest) plan.superseded.push({ table: lexiconVersions, ids: [latest.lexiconVersion] });
    addLexicon(plan, ids, pack, { text, checksum, version: (latest?.version ?? 0) + 1 });
    plan.outcome = { accepted: length, unchanged: 0, problems: [] };
    return { kind: "plan", plan };
  },
};

/** Loads a pack of up to 20,000 entries as the next version of its key, whole or not at all; the same content changes nothing. */
export async function loadLexicon(
  db: Database,
  scope: Scope,
  { requestKey, message, ...pack }: LoadLexiconInput,
  asked: RequestFields,
): Promise<Answer> {
  if (pack.entries.length > MOST_ENTRIES) return tooMany("entries", pack.entries.length, MOST_ENTRIES);
  const problems = packProblems(pack);
  if (problems.length > 0) return { activity: null, replayed: false, outcome: { accepted: 0, unchanged: 0, problems } };
  const text = packText(pack);
  return write(db, scope, loadLexiconVerb, { requestKey, message, pack, text, checksum: checksumOf(text) }, asked);
}

function addLexicon(
  plan: Plan,
  ids: Ids,
  { key, title, language, licence, attribution, url, shareAlike, entries }: LexiconPack,
  { text, checksum, version }: { text: string; checksum: Buffer; version: number },
): void {
  const credit: Credit = { attribution, url, shareAlike };
  const row = {
    lexiconVersion: ids.take("lexiconVersion"),
    key,
    version,
    title,
    language,
    licence,
    checksum,
    entryCount: entries.length,
    kinds: kindCounts(entries),
    credit: addText(plan, JSON.stringify(credit)),
    pack: addText(plan, text),
    supersededBy: null,
  };
  plan.rows.push({ table: lexiconVersions, rows: [row] });
}

/** The lexicon an answer is about: what it loaded, or the latest where nothing changed; null where it was refused. */
export async function lexiconOfAnswer(
  db: Database,
  datasetId: number,
  key: string,
  { activity, outcome }: Answer,
): Promise<LexiconRow | null> {
  if (activity !== null) return lexiconOfActivity(db, datasetId, activity);
  if (outcome.unchanged === 0 || !PLAIN_KEY.test(key)) return null;
  return (await lexiconsByName(db, datasetId, [key]))[0] ?? null;
}
