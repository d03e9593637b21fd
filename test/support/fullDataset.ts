// How does a test get a dataset that holds one of everything?
import type { World } from "./world.js";

const OK = `userErrors { code path message }`;

/** What a dataset made by makeFullDataset is called by: every key begins with its slug. */
export interface FullDataset {
  slug: string;
  uid: string;
  source: string;
  criterion: string;
  guideline: string;
  guidelineVersion: string;
  annotators: string[];
  batch: string;
  examples: string[];
  release: string;
  lexicon: string;
  /** Global ids by node type, at least one of each type that belongs to a dataset. */
  ids: Record<string, string[]>;
  candidateId: string;
}

const SETUP = `mutation ($slug: String!, $clauses: [ClauseInput!]!, $sources: [SourceInput!]!, $criteria: [CriterionInput!]!, $annotators: [AnnotatorInput!]!,
    $batches: [BatchInput!]!, $key: String!, $keys: [String!]!, $dimensions: [PlanDimensionInput!]!, $targets: [PlanTargetInput!]!) {
  createDataset(input: { slug: $slug, title: $slug }) { ${OK} }
  registerSources(input: { dataset: $slug, sources: $sources, message: "first sources" }) { ${OK} }
  publishCriteria(input: { dataset: $slug, criteria: $criteria }) { ${OK} }
  publishGuideline(input: { dataset: $slug, key: $key, version: "1.0", title: "Style", clauses: $clauses, criteria: $keys }) { ${OK} }
  enrolAnnotators(input: { dataset: $slug, annotators: $annotators }) { ${OK} }
  openBatches(input: { dataset: $slug, batches: $batches }) { ${OK} }
  publishCoveragePlan(input: { dataset: $slug, title: "Plan", dimensions: $dimensions, targets: $targets }) { ${OK} }
}`;

/** Sources, rules, people, a plan, examples with labels and an edit, ratings, decisions, a candidate, a release, a gold value, feedback, a lexicon, attributes, a check result, an audit, a job. */
export async function makeFullDataset(
  world: World,
  slug: string,
  exampleCount = 12,
  audited = true,
): Promise<FullDataset> {
  const named = (name: string) => `${slug}-${name}`;
  const [source, criterion, guideline, batch] = [named("web"), named("helpfulness"), named("style"), named("pilot")];
  const annotators = [named("ada"), named("ben"), named("cyd")];
  const examples = Array.from({ length: exampleCount }, (_, i) => named(`ex-${i + 1}`));
  const guidelineVersion = `${guideline}@1.0`;
  const setup = await world.ask(SETUP, {
    slug,
    clauses: [{ number: "1", title: "Be kind", text: "Be kind.", examples: [{ text: "Thank you." }] }],
    sources: [
      { key: source, kind: "FILTERED_DATASET", title: "Web", licence: "CC-BY-4.0", terms: "Say whose it is." },
      { key: named("people"), kind: "HUMAN_DEMONSTRATION", title: "Writers", licence: "CC0-1.0" },
    ],
    criteria: [{ key: criterion, question: "Does it help?", level: "ORDINAL", categories: [1, 2, 3, 4, 5] }],
    annotators: annotators.map((key) => ({ key })),
    batches: [{ key: batch, title: "Pilot", guidelineVersion }],
    key: guideline,
    keys: [criterion],
    dimensions: [{ key: "intent", title: "Intent", values: [{ value: "qa" }, { value: "chat" }, { value: "code" }] }],
    targets: [{ cell: [{ dimension: "intent", value: "code" }], minimumCount: 3 }],
  });
  refuseErrors(setup);
  const items = examples.map((externalId, i) => ({
    externalId,
    prompt: `What is ${i}?`,
    response: `It is ${i}.`,
    author: annotators[0],
    labels: [{ dimension: "intent", value: i % 2 ? "qa" : "chat" }],
    ...(i === 1 ? { derivedFrom: [examples[0]] } : {}),
  }));
  const bulk = (name: string, type: string, input: object) =>
    world
      .ask(`mutation ($input: ${type}!) { ${name}(input: $input) { ${OK} } }`, { input: { dataset: slug, ...input } })
      .then(refuseErrors);
  await bulk("importExamples", "ImportExamplesInput", { defaults: { source, batch }, examples: items });
  await bulk("reviseExamples", "ReviseExamplesInput", {
    revisions: [{ externalId: examples[0], prompt: "What is nought?", response: "It is 0." }],
  });
  const ratings = examples.flatMap((externalId, i) =>
    annotators.map((annotator, a) => ({
      externalId,
      criterion,
      annotator,
      value: 1 + ((i + (a === 2 ? i % 3 : 0)) % 5),
      rationale: "It is right.",
    })),
  );
  await bulk("submitRatings", "SubmitRatingsInput", { guidelineVersion, batch, ratings });
  const decisions = examples.map((externalId) => ({
    externalId,
    verdict: "ACCEPT",
    clauses: [`${guidelineVersion}#1`],
    reason: "Good.",
  }));
  await bulk("decideExamples", "DecideExamplesInput", { decisions });
  const { prepareRelease } = await world.ask(
    `mutation ($input: PrepareReleaseInput!) { prepareRelease(input: $input) { candidate { id ready gates { name passed observed } } ${OK} } }`,
    { input: { dataset: slug, categoryDimension: "intent", qualityCriterion: criterion, splitSeed: "seed" } },
  );
  if (!prepareRelease.candidate?.ready) throw new Error(JSON.stringify(prepareRelease));
  await bulk("cutRelease", "CutReleaseInput", {
    candidateId: prepareRelease.candidate.id,
    version: "1.0.0",
    notes: "First.",
  });
  await bulk("setGoldValues", "SetGoldValuesInput", {
    goldValues: [{ externalId: examples[1], criterion, value: 2, tolerance: 1, rationale: "It is plain." }],
  });
  await bulk("sendFeedback", "SendFeedbackInput", { annotator: annotators[0], criterion, words: "Well done." });
  await bulk("loadLexicon", "LoadLexiconInput", {
    key: named("terms"),
    title: "Terms",
    language: "en",
    licence: "CC0-1.0",
    attribution: "Us",
    entries: [
      {
        term: "nought",
        kind: "WORD",
      },
    ],
  });
  await bulk("setAnnotatorAttributes", "SetAnnotatorAttributesInput", {
    consent: "study@1",
    annotators: annotators.map((annotator, i) => ({
      annotator,
      attributes: [
        { attribute: "hand", value: i === 0 ? "left" : "right" },
        { attribute: "region", value: "north" },
      ],
    })),
  });
  await bulk("submitCheckResults", "SubmitCheckResultsInput", {
    results: [
      {
        externalId: examples[1],
        check: named("length"),
        checkVersion: "1.0",
        status: "FAIL",
        message: "Too short.",
        spans: [
          {
            start: 0,
            end: 2,
            label: "WORD",
          },
        ],
      },
    ],
  });
  if (audited) await auditDataset(bulk);
  await bulk("computeAgreement", "ComputeAgreementInput", { question: { criterion } });
  const { uid, ids } = await idsOf(world, slug);
  const candidateId = prepareRelease.candidate.id;
  return {
    slug,
    uid,
    source,
    criterion,
    guideline,
    guidelineVersion,
    annotators,
    batch,
    examples,
    release: "1.0.0",
    lexicon: named("terms"),
    ids,
    candidateId,
  };
}

/** An audit with a finding that is waived, and an analysis made elsewhere. */
async function auditDataset(bulk: (name: string, type: string, input: object) => Promise<unknown>): Promise<void> {
  await bulk("recordAudit", "RecordAuditInput", { title: "First look", question: { families: ["PROVENANCE"] } });
  await bulk("waiveFinding", "WaiveFindingInput", {
    finding: 1,
    reason: "One source for now.",
    mitigation: "More to come.",
  });
  await bulk("attachAnalysis", "AttachAnalysisInput", {
    audit: 1,
    statistic: "s",
    method: "m",
    result: { estimate: 0.1 },
  });
}

function refuseErrors(answer: Record<string, { userErrors: unknown[] }>): void {
  const problems = Object.values(answer).flatMap((payload) => payload.userErrors);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
}

const IDS = `query ($slug: String!) {
  dataset(slug: $slug) {
    __typename id uid
    activities(first: 3) { nodes { __typename id } }
    agents(first: 3) { nodes { __typename id } }
    sources(first: 3) { nodes { __typename id } }
    criteria(first: 3) { nodes { __typename id versions(first: 3) { nodes { __typename id } } } }
    guidelines(first: 3) { nodes { __typename id versions(first: 3) { nodes { __typename id clauses { __typename id } } } } }
    annotators(first: 3) { nodes { __typename id } }
    batches(first: 3) { nodes { __typename id } }
    coveragePlan { __typename id }
    candidates(first: 3) { nodes { __typename id } }
    releases(first: 3) { nodes { __typename id } }
    goldValues(first: 3) { nodes { __typename id } }
    lexicons(first: 3) { nodes { __typename id } }
    feedback(first: 3) { nodes { __typename id } }
    jobs(first: 3) { nodes { __typename id } }
    audits(first: 3) { nodes { __typename id findings(first: 3) { nodes { __typename id } } } }
    waivers(first: 3) { nodes { __typename id } }
    externalAnalyses(first: 3) { nodes { __typename id } }
    head { examples(first: 3) { nodes { __typename id example { __typename id } labels { __typename id } checkResults { __typename id } decision { __typename id } ratings(first: 2) { nodes { __typename id } } } } }
  }
}`;

async function idsOf(world: World, slug: string): Promise<{ uid: string; ids: Record<string, string[]> }> {
  const { dataset } = await world.ask(IDS, { slug });
  const ids: Record<string, string[]> = {};
  const collect = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const { __typename: type, id } = value as { __typename?: string; id?: string };
    if (type && id && !(ids[type] ??= []).includes(id)) ids[type].push(id);
    Object.values(value).forEach(collect);
  };
  collect(dataset);
  return { uid: dataset.uid, ids };
}
