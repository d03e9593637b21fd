// What must be known before a guideline version is published?
import { textsByCommitment } from "../activities/queries.js";
import type { Db } from "../platform/db.js";
import type { ClauseInput, GuidelineFacts, GuidelineInput } from "./checkGuideline.js";
import {
  clausesOfVersions,
  guidelinesByKey,
  illustrationsOfClauses,
  type ClauseRow,
  type IllustrationRow,
} from "./keyQueries.js";
import {
  criteriaInForce,
  criterionVersionsByKey,
  guidelineVersionsByName,
  latestGuidelineVersions,
  type GuidelineVersionRow,
} from "./queries.js";

export async function guidelineFacts(db: Db, datasetId: number, input: GuidelineInput): Promise<GuidelineFacts> {
  const [guideline] = await guidelinesByKey(db, datasetId, [input.key]);
  const [latest] = guideline ? await latestGuidelineVersions(db, datasetId, [guideline.guideline]) : [null];
  const [version] = await guidelineVersionsByName(db, datasetId, [`${input.key}@${input.version}`]);
  return {
    known: guideline && latest ? { guideline: guideline.guideline, latest } : null,
    published: version ? await publishedContent(db, version) : null,
    named: await criterionVersionsByKey(db, datasetId, input.criteria),
  };
}

/** A published version with all its texts; an erased text is null and so equals no submission. */
async function publishedContent(
  db: Db,
  version: GuidelineVersionRow,
): Promise<NonNullable<GuidelineFacts["published"]>> {
  const { datasetId, guidelineVersion, changeNoteKey } = version;
  const rows = (await clausesOfVersions(db, datasetId, [guidelineVersion]))[0]!;
  const illustrated = await illustrationsOfClauses(
    db,
    datasetId,
    rows.map((row) => row.clause),
  );
  const keys = [
    changeNoteKey,
    ...rows.map((row) => row.textKey),
    ...illustrated.flat().flatMap((one) => [one.textKey, one.noteKey]),
  ];
  const asked = keys.filter((key) => key !== null);
  const texts = await textsByCommitment(db, datasetId, asked);
  const textOf = new Map(asked.map((key, i) => [key, texts[i]!]));
  return {
    ...version,
    changeNote: changeNoteKey && textOf.get(changeNoteKey)!,
    clauses: rows.map((row, i) => clauseOf(row, illustrated[i]!, textOf)),
    criteria: await criteriaInForce(db, datasetId, [guidelineVersion]),
  };
}

function clauseOf(
  { number, title, textKey }: ClauseRow,
  illustrated: IllustrationRow[],
  textOf: ReadonlyMap<string, string>,
): ClauseInput {
  const list = (kind: IllustrationRow["kind"]) =>
    illustrated
      .filter((one) => one.kind === kind)
      .map((one) => ({ text: textOf.get(one.textKey)!, note: one.noteKey && textOf.get(one.noteKey)! }));
  return {
    number,
    title,
    text: textOf.get(textKey)!,
    examples: list("EXAMPLE"),
    counterexamples: list("COUNTEREXAMPLE"),
  };
}
