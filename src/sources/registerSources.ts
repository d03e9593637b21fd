// How are sources registered?
import { textsByCommitment } from "../activities/queries.js";
import { addText, emptyPlan, settle } from "../activities/plan.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import type { Database, Tx } from "../platform/db.js";
import type { Scope } from "../platform/viewer.js";
import { checkSources, type KnownSource, type SourceInput } from "./checkSources.js";
import { sourcesByKey } from "./queries.js";
import { sources, sourceVersions } from "./tables.js";

export interface RegisterSourcesInput extends RequestFields {
  sources: SourceInput[];
  onConflict: "REFUSE" | "NEW_VERSION";
}

const registerSourcesVerb: Verb<RegisterSourcesInput, Map<string, KnownSource>> = {
  kind: "SOURCE_REGISTRATION",
  facts: (tx, datasetId, commands) =>
    knownSources(
      tx,
      datasetId,
      commands[0]!.input.sources.map((source) => source.key),
    ),
  plan({ input }, known, ids: Ids) {
    const { toWrite, unchanged, problems } = checkSources(input.sources, known, input.onConflict);
    const plan = emptyPlan();
    for (const { input: source, details, known: earlier } of toWrite) {
      const id = earlier?.source ?? ids.take("source");
      if (earlier) plan.superseded.push({ table: sourceVersions, ids: [earlier.sourceVersion] });
      else plan.rows.push({ table: sources, rows: [{ source: id, key: source.key, kind: source.kind }] });
      const terms = addText(plan, source.terms);
      const contact = addText(plan, source.contact);
      const sourceVersion = ids.take("sourceVersion");
      const { title, licence = null } = source;
      plan.rows.push({
        table: sourceVersions,
        rows: [{ sourceVersion, source: id, title, licence, terms, contact, details }],
      });
    }
    plan.outcome = { accepted: toWrite.length, unchanged, problems };
    return settle("PER_ITEM", plan);
  },
};

/** Registers sources, or corrects them as new versions. The same content again changes nothing. */
export function registerSources(db: Database, scope: Scope, input: RegisterSourcesInput): Promise<Answer> {
  return write(db, scope, registerSourcesVerb, input);
}

async function knownSources(tx: Tx, datasetId: number, keys: string[]): Promise<Map<string, KnownSource>> {
  const rows = (await sourcesByKey(tx, datasetId, keys)).filter((row) => row !== null);
  const commitments = rows.flatMap((row) => [row.termsKey, row.contactKey]).filter((key) => key !== null);
  const texts = await textsByCommitment(tx, datasetId, commitments);
  const textOf = new Map(commitments.map((key, i) => [key, texts[i] ?? null]));
  return new Map(
    rows.map((row) => [
      row.key,
      {
        ...row,
        terms: row.termsKey && textOf.get(row.termsKey)!,
        contact: row.contactKey && textOf.get(row.contactKey)!,
      },
    ]),
  );
}
