// What do tests of releases start from, and which documents do they send?
import { startWorld, type World } from "../support/world.js";

export const SLUG = "house";
const PROBLEMS = `userErrors { code path message }`;

export const PREPARE = /* GraphQL */ `
  mutation ($input: PrepareReleaseInput!) {
    prepareRelease(input: $input) {
      activity {
        number
        kind
      }
      replayed
      candidate {
        id
        number
        at {
          number
        }
        selection
        memberCount
        scopeDigest
        root
        ready
        minimumVersion
        gates {
          name
          level
          passed
          observed
          required
        }
        splits {
          name
          count
        }
        snapshot {
          population
          exampleCount
          scopeDigest
          activity {
            number
          }
        }
      }
      userErrors {
        code
        path
        message
      }
    }
  }
`;

export const CUT = /* GraphQL */ `
  mutation ($input: CutReleaseInput!) {
    cutRelease(input: $input) {
      activity {
        number
        kind
      }
      replayed
      release {
        id
        version
        digest
        root
        memberCount
        status
        notes
        selection
        splits {
          name
          count
        }
        gates {
          name
          passed
        }
        candidate {
          id
          release {
            version
          }
        }
      }
      userErrors {
        code
        path
        message
      }
    }
  }
`;

const DOWNLOAD = /* GraphQL */ `
  mutation ($input: CreateDownloadInput!) {
    createDownload(input: $input) {
      activity {
        number
      }
      download {
        url
        expiresAt
        format
        memberCount
      }
      userErrors {
        code
        path
        message
      }
    }
  }
`;

/** A server with a dataset: two licensed sources and one that is not, a criterion, three raters and examples ex-01 … */
export async function startReleaseWorld(exampleCount = 40): Promise<World> {
  const world = await startWorld();
  await world.ask(
    `mutation ($slug: String!, $clauses: [ClauseInput!]!) {
      createDataset(input: { slug: $slug, title: "House" }) { ${PROBLEMS} }
      registerSources(input: { dataset: $slug, sources: [
        { key: "people", kind: HUMAN_DEMONSTRATION, title: "Our writers", licence: "CC0-1.0" }
        { key: "web", kind: FILTERED_DATASET, title: "Web answers", licence: "CC-BY-4.0" }
        { key: "unclear", kind: FILTERED_DATASET, title: "Found somewhere" }
      ] }) { ${PROBLEMS} }
      publishCriteria(input: { dataset: $slug, criteria: [
        { key: "helpfulness", question: "Does it help?", level: ORDINAL, categories: [1, 2, 3, 4, 5] }
        { key: "tone", question: "Which tone?", level: NOMINAL, categories: ["plain", "warm"] }
      ] }) { ${PROBLEMS} }
      publishGuideline(input: { dataset: $slug, key: "house-style", version: "1.0", title: "House style", clauses: $clauses, criteria: ["helpfulness", "tone"] }) { ${PROBLEMS} }
      enrolAnnotators(input: { dataset: $slug, annotators: [{ key: "ada" }, { key: "ben" }, { key: "cyd" }, { key: "bot", kind: MODEL }] }) { ${PROBLEMS} }
    }`,
    { slug: SLUG, clauses: [{ number: "1", title: "Be kind", text: "Be kind." }] },
  );
  await importInto(
    world,
    Array.from({ length: exampleCount }, (_, i) => exampleOf(i + 1)),
  );
  return world;
}

export const idOf = (i: number): string => `ex-${String(i).padStart(2, "0")}`;

export function exampleOf(i: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  const labels = [{ dimension: "intent", value: i % 2 ? "qa" : "chat" }];
  return { externalId: idOf(i), prompt: `What is ${i}?`, response: `It is ${i}.`, author: "ada", labels, ...more };
}

/** Sends one of the bulk mutations per item; fails where anything was refused. */
async function bulk(world: World, mutation: string, type: string, input: object): Promise<any> {
  const answer = await world.ask(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { activity { number } ${PROBLEMS} } }`,
    { input: { dataset: SLUG, mode: "PER_ITEM", ...input } },
  );
  if (answer[mutation].userErrors.length > 0) throw new Error(JSON.stringify(answer[mutation].userErrors));
  return answer[mutation];
}

export function importInto(world: World, examples: object[], more: object = {}): Promise<any> {
  return bulk(world, "importExamples", "ImportExamplesInput", { defaults: { source: "web" }, examples, ...more });
}

export function decide(world: World, verdict: string, externalIds: string[]): Promise<any> {
  const decisions = externalIds.map((externalId) => ({ externalId, verdict }));
  return bulk(world, "decideExamples", "DecideExamplesInput", { decisions });
}

export function rate(world: World, ratings: object[], more: object = {}): Promise<any> {
  return bulk(world, "submitRatings", "SubmitRatingsInput", { guidelineVersion: "house-style@1.0", ratings, ...more });
}

export async function prepare(world: World, more: object = {}, token?: string): Promise<any> {
  return (await world.ask(PREPARE, { input: { dataset: SLUG, ...more } }, token)).prepareRelease;
}

export async function cut(world: World, candidateId: string, version: string, more: object = {}): Promise<any> {
  return (await world.ask(CUT, { input: { dataset: SLUG, candidateId, version, ...more } })).cutRelease;
}

/** Prepares and cuts; fails where either is refused. */
export async function release(world: World, version: string, more: object = {}): Promise<any> {
  const prepared = await prepare(world, more);
  if (!prepared.candidate?.ready) throw new Error(JSON.stringify(prepared));
  const answer = await cut(world, prepared.candidate.id, version);
  if (!answer.release) throw new Error(JSON.stringify(answer.userErrors));
  return { ...answer.release, candidate: prepared.candidate };
}

export async function createDownload(world: World, version: string, format = "RECORDS", token?: string): Promise<any> {
  return (await world.ask(DOWNLOAD, { input: { dataset: SLUG, release: version, format } }, token)).createDownload;
}

/** The bytes of a release. */
export async function download(world: World, version: string, format = "RECORDS"): Promise<string> {
  const { download: made } = await createDownload(world, version, format);
  const response = await fetch(made.url);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return response.text();
}

export const linesOf = (text: string): string[] => text.split("\n").filter((line) => line !== "");
export const recordsOf = (text: string): any[] => linesOf(text).map((line) => JSON.parse(line));

/** Whether the whole log verifies, and why not. */
export async function logOf(world: World): Promise<any> {
  const { dataset } = await world.ask(
    `query ($slug: String!) { dataset(slug: $slug) { uid verifyLog { verified firstBad { number reason message } } } }`,
    { slug: SLUG },
  );
  return dataset;
}
