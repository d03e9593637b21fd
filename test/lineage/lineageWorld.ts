// How does a test get a dataset with every kind of edge?
import { startWorld, type World } from "../support/world.js";
import { makeDataset } from "../support/people.js";

const LINEAGE = /* GraphQL */ `
  query (
    $slug: String!
    $of: LineageSubject!
    $direction: LineageDirection!
    $depth: Int!
    $first: Int!
    $after: String
  ) {
    dataset(slug: $slug) {
      lineage(of: $of, direction: $direction, depth: $depth, first: $first, after: $after) {
        nodes {
          id
          kind
          label
          distance
        }
        edges {
          from
          to
          relation
          activity {
            number
            kind
            agent {
              label
            }
            recordedAt
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          endCursor
        }
        truncated
      }
    }
  }
`;

export interface LineageQuestion {
  of: object;
  direction?: "BACKWARD" | "FORWARD" | "BOTH";
  depth?: number;
  first?: number;
  after?: string | null;
  slug?: string;
}

export interface LineageWorld extends World {
  /** Sends one mutation with an input for the dataset "house" and fails on problems. */
  change(mutation: string, input: object, selection?: string): Promise<any>;
  lineage(question: LineageQuestion, token?: string): Promise<any>;
  /** All pages; edges as "label relation label", sorted. */
  edges(question: LineageQuestion, token?: string): Promise<string[]>;
}

export async function startLineageWorld(): Promise<LineageWorld> {
  const world = await startWorld();
  const change: LineageWorld["change"] = async (mutation, input, selection = "") => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} userErrors { code message path } } }`;
    const answer = (await world.ask(document, { input: { dataset: "house", ...input } }))[mutation];
    if (answer.userErrors.length > 0) throw new Error(JSON.stringify(answer.userErrors));
    return answer;
  };
  const lineage: LineageWorld["lineage"] = async (question, token) => {
    const defaults = { slug: "house", direction: "BOTH", depth: 10, first: 100, after: null };
    return (await world.ask(LINEAGE, { ...defaults, ...question }, token)).dataset.lineage;
  };
  const edges: LineageWorld["edges"] = async (question, token) => {
    const labels = new Map<string, string>();
    const found: string[] = [];
    for (let after: string | null = null; ;) {
      const page: any = await lineage({ ...question, after }, token);
      for (const { id, label } of page.nodes) labels.set(id, label);
      for (const edge of page.edges) found.push(`${labels.get(edge.from)} ${edge.relation} ${labels.get(edge.to)}`);
      if (!page.pageInfo.hasNextPage) return found.sort();
      after = page.pageInfo.endCursor;
    }
  };
  return { ...world, change, lineage, edges };
}

const SCALE = { key: "helpfulness", level: "ORDINAL", categories: [1, 2, 3, 4, 5] };
const clause = (number: string) => ({ number, title: "True", text: "Say what is true." });
const pair = (externalId: string, more: object = {}) => ({
  externalId,
  prompt: "Why?",
  response: `Because of ${externalId}.`,
  ...more,
});

/** Rules, people, three examples from draft to release, one withdrawn and erased, a fork, and a revoked release. */
export async function fillHouse(world: LineageWorld): Promise<void> {
  const { change } = world;
  await makeDataset(world, "house");
  await change("publishCriteria", { criteria: [{ ...SCALE, question: "Does it help?" }] });
  await change("publishGuideline", {
    key: "style",
    version: "1",
    title: "Style",
    clauses: [clause("1")],
    criteria: ["helpfulness"],
  });
  await change("registerSources", {
    sources: [
      {
        key: "people",
        kind: "HUMAN_DEMONSTRATION",
        title: "People",
        licence: "CC0-1.0",
        human: { guidelineVersion: "style@1" },
      },
      { key: "bot", kind: "MODEL_GENERATED", title: "Bot", licence: "CC0-1.0" },
    ],
  });
  await change("enrolAnnotators", { annotators: [{ key: "wren" }, { key: "robin" }] });
  await change("openBatches", { batches: [{ key: "pilot", title: "Pilot", guidelineVersion: "style@1" }] });
  await change("importExamples", {
    examples: [pair("draft", { source: "bot", batch: "pilot" }), pair("spare", { source: "people" })],
  });
  await change("importExamples", {
    examples: [pair("short", { source: "people", author: "robin", derivedFrom: ["draft"] })],
  });
  await change("reviseExamples", {
    revisions: [{ externalId: "draft", prompt: "Why?", response: "Because.", author: "wren" }],
  });
  const rating = { externalId: "draft", criterion: "helpfulness", guidelineVersion: "style@1" };
  await change("submitRatings", { ratings: [{ ...rating, annotator: "robin", value: 3, batch: "pilot" }] });
  await change("submitRatings", { ratings: [{ ...rating, annotator: "robin", value: 4 }] });
  await change("decideExamples", {
    decisions: [{ externalId: "draft", verdict: "NEEDS_WORK", clauses: ["style@1#1"] }],
  });
  await change("decideExamples", {
    decisions: [
      { externalId: "draft", verdict: "ACCEPT" },
      { externalId: "spare", verdict: "WITHDRAW", reason: "Personal." },
    ],
  });
  await change("eraseExample", { externalId: "spare", reason: "Asked for." });
  await changeRules(world);
  await release(world);
}

async function changeRules({ change }: LineageWorld): Promise<void> {
  await change("publishCriteria", {
    criteria: [{ ...SCALE, question: "Would you use it?" }],
    onConflict: "NEW_VERSION",
  });
  await change("publishGuideline", {
    key: "style",
    version: "2",
    title: "Style",
    changeNote: "Another question.",
    clauses: [clause("1")],
    criteria: ["helpfulness"],
  });
  const plan = { title: "Plan", dimensions: [], targets: [] };
  await change("publishCoveragePlan", plan);
  await change("publishCoveragePlan", { ...plan, title: "Other plan" });
}

async function release(world: LineageWorld): Promise<void> {
  const { change } = world;
  const { candidate } = await change("prepareRelease", { population: "ACCEPTED" }, "candidate { id }");
  const { release: cut } = await change(
    "cutRelease",
    { candidateId: candidate.id, version: "1.0.0" },
    "release { digest }",
  );
  const { dataset } = await world.ask(`{ dataset(slug: "house") { uid } }`);
  const details = { datasetUid: dataset.uid, version: "1.0.0", digest: cut.digest };
  const source = {
    key: "back",
    kind: "FILTERED_DATASET",
    title: "Our own release",
    licence: "CC0-1.0",
    release: details,
  };
  await change("registerSources", { sources: [source] });
  await change("importExamples", { examples: [pair("again", { source: "back" })] });
  await makeDataset(world, "fork");
  await change("registerSources", { dataset: "fork", sources: [{ ...source, key: "house", title: "House" }] });
  await change("setReleaseStatus", { version: "1.0.0", status: "REVOKED", reason: "A mistake." });
}

/** An audit of a candidate, a finding that asks to change a clause and is waived, and a candidate that asks for the audit. */
export async function auditHouse({ change }: LineageWorld): Promise<void> {
  await change("prepareRelease", { population: "CURRENT" });
  await change("recordAudit", { title: "T", at: { candidate: 2 }, question: { families: ["PROVENANCE"] } });
  await change("setFindingStatus", { finding: 1, status: "OPEN", reason: "r", clause: "style@2#1" });
  await change("waiveFinding", { finding: 1, reason: "r" });
  await change("prepareRelease", { population: "CURRENT", requiredGates: ["BIAS_AUDIT"] });
}
