// Which groups of people do the examples mention, by the terms of lexicons?
import type { SnapshotKey } from "../activities/snapshot.js";
import type { LexiconEntry, LexiconKind } from "../lexicons/lexiconPack.js";
import { matchLexicon } from "../lexicons/matchLexicon.js";
import { loadedLexicons } from "../lexicons/queries.js";
import { tokensOf } from "../lexicons/tokens.js";
import type { Db } from "../platform/db.js";
import type { AskedLexicon } from "./auditQuestion.js";
import type { AuditScope } from "./auditScope.js";
import type { MentionAxis } from "./contrasts.js";
import type { AxisWords } from "./families/association.js";
import { MentionColumns, type TermFinder } from "./mentionColumns.js";
import { readTexts } from "./readTexts.js";

export interface Mentions {
  axes: MentionAxis[];
  words: AxisWords[];
  warnings: string[];
}

/** Kinds whose axis and group say of whom a text speaks. */
export const GROUP_KINDS: ReadonlySet<LexiconKind> = new Set(["IDENTITY_NOUN", "DESCRIPTOR", "GENDERED_NOUN"]);

/** Of all lexicons together, since descriptors of one count beside person nouns of another; null where none says groups. */
export async function readMentions(
  db: Db,
  { datasetId }: SnapshotKey,
  lexicons: readonly AskedLexicon[],
  scope: AuditScope,
  progress: (seen: number) => void,
): Promise<Mentions | null> {
  const loaded = await loadedLexicons(
    db,
    datasetId,
    lexicons.map(({ name }) => name),
  );
  const entries = loaded.flatMap((lexicon) => lexicon?.entries ?? []);
  const terms = entries.filter(({ kind, axis, group }) => GROUP_KINDS.has(kind) && axis !== "" && group !== "");
  if (terms.length === 0) return null;
  const columns = new MentionColumns(scope.exampleVersions, terms, finderOf(entries, new Set(terms)));
  await readTexts(db, datasetId, scope, (place, content) => columns.add(place, content), progress);
  const gone = lexicons.filter((_, i) => !loaded[i]?.entries).map(({ name }) => `the entries of ${name} were erased`);
  return { axes: columns.mentionAxes(), words: columns.axisWords(), warnings: [...gone, ...columns.warnings] };
}

/** English pronouns that agree with the gender of whom they stand for: that they stand near is grammar. */
const PRONOUNS = ["he", "him", "his", "himself", "she", "her", "hers", "herself"];

function finderOf(entries: readonly LexiconEntry[], terms: ReadonlySet<LexiconEntry>): TermFinder {
  const match = matchLexicon(entries);
  const people = entries.filter(({ kind }) => kind === "PERSON_NOUN" || GROUP_KINDS.has(kind));
  return {
    find: (text) => match(text).matches.filter(({ entry }) => terms.has(entry)),
    words: (text) => tokensOf(text).words,
    ownWords: new Set([...PRONOUNS, ...people.flatMap(({ term }) => tokensOf(term).words)]),
  };
}
