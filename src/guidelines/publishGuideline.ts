// How is a guideline version published?
import { addText, emptyPlan, type Plan } from "../activities/plan.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import type { Database } from "../platform/db.js";
import type { Scope } from "../platform/viewer.js";
import { guidelineProblems, type ClauseInput, type GuidelineFacts, type GuidelineInput } from "./checkGuideline.js";
import { guidelineFacts } from "./guidelineFacts.js";
import { clauses, guidelineCriteria, guidelines, guidelineVersions, illustrations } from "./tables.js";

export type PublishGuidelineInput = RequestFields & GuidelineInput;

const publishGuidelineVerb: Verb<PublishGuidelineInput, GuidelineFacts> = {
  kind: "GUIDELINE_PUBLICATION",
  facts: (tx, datasetId, [command]) => guidelineFacts(tx, datasetId, command!.input),
  plan({ input }, facts, ids) {
    const problems = guidelineProblems(input, facts);
    if (problems.length > 0) return { kind: "refused", problems };
    if (facts.published) return { kind: "nothing", outcome: { accepted: 0, unchanged: 1, problems: [] } };
    const plan = emptyPlan();
    const guidelineVersion = addVersion(plan, ids, input, facts);
    for (const clause of input.clauses) addClause(plan, ids, guidelineVersion, clause);
    for (const named of facts.named) {
      const { criterionVersion } = named!;
      plan.rows.push({ table: guidelineCriteria, rows: [{ guidelineVersion, criterionVersion }] });
      plan.used.push({ noun: "criterionVersion", id: criterionVersion });
    }
    plan.outcome.accepted = 1;
    return { kind: "plan", plan };
  },
};

/** Publishes a guideline version, for ever as it is. The same content again changes nothing; other content is refused. */
export function publishGuideline(db: Database, scope: Scope, input: PublishGuidelineInput): Promise<Answer> {
  return write(db, scope, publishGuidelineVerb, input);
}

function addVersion(plan: Plan, ids: Ids, input: GuidelineInput, { known }: GuidelineFacts): number {
  const guideline = known?.guideline ?? ids.take("guideline");
  if (known) {
    plan.superseded.push({ table: guidelineVersions, ids: [known.latest.guidelineVersion] });
    plan.used.push({ noun: "guidelineVersion", id: known.latest.guidelineVersion });
  } else plan.rows.push({ table: guidelines, rows: [{ guideline, key: input.key }] });
  const guidelineVersion = ids.take("guidelineVersion");
  const { version, title, requiresQualification } = input;
  const changeNote = addText(plan, input.changeNote);
  plan.rows.push({
    table: guidelineVersions,
    rows: [{ guidelineVersion, guideline, version, title, changeNote, requiresQualification }],
  });
  return guidelineVersion;
}

function addClause(
  plan: Plan,
  ids: Ids,
  guidelineVersion: number,
  { number, title, text, ...lists }: ClauseInput,
): void {
  const clause = ids.take("clause");
  plan.rows.push({ table: clauses, rows: [{ clause, guidelineVersion, number, title, text: addText(plan, text) }] });
  for (const [kind, given] of [
    ["EXAMPLE", lists.examples],
    ["COUNTEREXAMPLE", lists.counterexamples],
  ] as const)
    for (const one of given ?? []) {
      const texts = { text: addText(plan, one.text), note: addText(plan, one.note) };
      plan.rows.push({
        table: illustrations,
        rows: [{ illustration: ids.take("illustration"), clause, kind, ...texts }],
      });
    }
}
