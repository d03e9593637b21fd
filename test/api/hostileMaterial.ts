// Which values are nearly right for a dataset that has one of everything?
import { PERMISSIONS } from "../../src/policy.js";
import type { FullDataset } from "../support/fullDataset.js";
import { issueToken } from "../support/people.js";
import type { World } from "../support/world.js";
import type { Material } from "./hostileRequests.js";

type Good = Material["good"];

const LISTS = `query ($slug: String!) {
  apiTokens(first: 5) { nodes { id principal } }
  dataset(slug: $slug) {
    sources(first: 2) { edges { cursor } }
    activities(first: 2) { edges { cursor } }
    annotators(first: 2) { edges { cursor } }
    releases(first: 1) { edges { cursor } nodes { members(first: 2) { edges { cursor } } } }
    head {
      a: examples(first: 2) { edges { cursor } nodes { ratings(first: 2) { edges { cursor } } } }
      b: examples(first: 2, orderBy: { field: EXTERNAL_ID }) { edges { cursor } }
      c: examples(first: 2, orderBy: { field: RECORDED, direction: DESC }) { edges { cursor } }
    }
  }
}`;

/** Names of the dataset's own things and of another's; a token that may be revoked, and candidates that may be cut. */
export async function materialOf(world: World, full: FullDataset, other: FullDataset): Promise<Material> {
  await issueToken(world, { principal: "script" });
  const candidates = await candidatesOf(world, full.slug);
  const { apiTokens, dataset } = await world.ask(LISTS, { slug: full.slug });
  const cursors = [...JSON.stringify(dataset).matchAll(/"cursor":"([^"]+)"/g)].map((one) => one[1]!);
  const tokens = apiTokens.nodes.filter((one: any) => one.principal === "script").map((one: any) => one.id as string);
  const ids = [full, other].flatMap((one) => Object.values(one.ids).flat());
  const keys = [full.source, full.criterion, full.guideline, full.guidelineVersion, full.batch, ...full.annotators];
  const names = [...ids, ...cursors, ...keys, other.slug, other.source, "instance", full.uid];
  const good = {
    ...TEXTS_AND_NUMBERS,
    ...keysOf(full),
    ...idsOf(full, candidates),
    ...each(["after", "before"], cursors),
    tokenId: tokens,
    dataset: [...Array.from({ length: 15 }, () => full.slug), other.slug],
  };
  return { good, names, cursors };
}

async function candidatesOf(world: World, dataset: string): Promise<string[]> {
  const candidates: string[] = [];
  for (const splitSeed of ["one", "two", "three"]) {
    const input = { dataset, population: "CURRENT", splitSeed };
    const query = `mutation ($input: PrepareReleaseInput!) { prepareRelease(input: $input) { candidate { id } } }`;
    candidates.push((await world.ask(query, { input })).prepareRelease.candidate.id);
  }
  return candidates;
}

const each = (names: readonly string[], values: readonly unknown[]): Good =>
  Object.fromEntries(names.map((name) => [name, values]));
const fresh = (what: string) => Array.from({ length: 30 }, (_, i) => `new-${what}-${i}`);

function idsOf({ ids, uid, examples }: FullDataset, candidates: readonly string[]): Good {
  return {
    ...each(["id", "ids", "nodeId"], Object.values(ids).flat()),
    exampleVersionId: ids["ExampleVersion"]!,
    exampleId: ids["Example"]!,
    candidateId: ids["ReleaseCandidate"]!,
    feedbackId: ids["Feedback"]!,
    datasetUid: [uid],
    "CutReleaseInput.candidateId": candidates,
    "CutReleaseInput.version": ["1.0.1", "1.1.0", "2.0.0", "3.0.0", "4.0.0"],
    "EraseExampleInput.externalId": [examples.at(-1), "new-1"],
    "EraseExampleInput.exampleId": ids["Example"]!.slice(0, 1),
  };
}

function keysOf({
  slug,
  source,
  criterion,
  guideline,
  guidelineVersion,
  annotators,
  batch,
  examples,
}: FullDataset): Good {
  return {
    slug: ["new-set", "newer-set", slug],
    datasets: [slug],
    key: [source, criterion, guideline, batch, annotators[0], "new-key", "newer-key"],
    "SourceInput.key": fresh("source"),
    "CriterionInput.key": fresh("criterion"),
    "AnnotatorInput.key": [...annotators, ...fresh("annotator")],
    "BatchInput.key": fresh("batch"),
    "PublishGuidelineInput.key": [guideline, ...fresh("guideline")],
    "PublishGuidelineInput.version": ["2.0", "2.1", "3.0", "4.0"],
    "PlanDimensionInput.key": ["intent", "topic", "tone"],
    "ImportExampleInput.externalId": fresh("example"),
    ...each(["externalId", "externalIds", "derivedFrom"], examples),
    ...each(["source", "sources"], [source]),
    ...each(["batch", "batches"], [batch]),
    ...each(["criterion", "criteria", "qualityCriterion"], [criterion, `${criterion}@1`]),
    ...each(["guidelineVersion", "qualifiedFor", "name"], [guidelineVersion]),
    ...each(["annotator", "author", "authors"], annotators),
    clauses: [`${guidelineVersion}#1`, `${guidelineVersion}#2`],
    principal: ["script", "admin"],
    scopes: PERMISSIONS,
    ...each(["release", "from", "to"], ["1.0.0"]),
    version: ["1.0.0", "1.1.0", "2.0.0", "2.0", "3.0"],
    requestKey: ["request-key-1", "request-key-2", "request-key-3"],
  };
}

const TEXTS_AND_NUMBERS: Good = {
  ...each(
    ["title", "prompt", "response", "system", "content", "text", "reason", "words", "comment"],
    ["One.", "# Two", "Say it."],
  ),
  ...each(["dimension", "categoryDimension", "unlabelled"], ["intent", "topic"]),
  ...each(["value", "values"], ["qa", "chat", "code"]),
  ...each(["language", "languages"], ["en", "de-CH"]),
  ...each(["time", "occurredAt"], ["2026-01-01T00:00:00Z", "2100-01-01T00:00:00Z"]),
  ...each(["confidence", "share", "train", "test", "validation", "certaintyAtLeast"], [0, 0.5, 1]),
  ...each(["minimum", "maximum", "seconds", "tolerance"], [0, 1, 5.5]),
  ...each(["first", "last", "depth", "activity", "since", "planVersion", "criterionVersion"], [0, 1, 2, 5]),
  ...each(["minimumCount", "expectedVersion", "expiresInDays", "rowsIn", "rowsOut"], [1, 2]),
  ...each(["Int version", "Int number", "Int from", "Int to"], [1, 2, 5]),
  ...each(["enrol", "multiple", "requiresQualification"], [true, false]),
  ...each(["attributes", "parameters"], [{ a: 1, b: [true, null, "x"] }]),
  number: ["1", "1.1", "2"],
  "CategoryValue value": [1, 2, 3, 4, 5],
  ...each(["atLeast", "atMost", "oneOf", "ratingsAtLeast"], [1, 2, 3]),
  categories: [1, 2, 3, "yes", "no"],
  licence: ["CC0-1.0"],
  digest: ["0".repeat(64)],
};
