// What do tests of examples start from, and which documents do they send?
import { startWorld, type World } from "../support/world.js";

export const IMPORT = /* GraphQL */ `
  mutation ($input: ImportExamplesInput!) {
    importExamples(input: $input) {
      activity {
        number
        kind
      }
      replayed
      acceptedCount
      unchangedCount
      examples {
        index
        externalId
        clientRef
        status
        exampleVersion {
          id
          number
          version
        }
      }
      userErrors {
        code
        path
        index
        message
      }
    }
  }
`;

export const EXAMPLE = /* GraphQL */ `
  query ($slug: String!, $externalId: String!) {
    dataset(slug: $slug) {
      example(externalId: $externalId) {
        id
        number
        externalId
        latest {
          id
          version
          turns {
            role
            content
          }
          prompt
          response
          attributes
          erased
          language
          turnCount
          promptWords
          responseWords
          source {
            key
          }
          author {
            key
          }
          batch {
            key
          }
          labels {
            dimension
            value
            method
            confidence
          }
          derivedFrom {
            version
            example {
              externalId
            }
          }
          derivedInto {
            version
            example {
              externalId
            }
          }
          supersededBy {
            number
          }
        }
      }
    }
  }
`;

/** A server with a dataset, two sources, a batch and an annotator. */
export async function startExampleWorld(slug = "house"): Promise<World> {
  const world = await startWorld();
  await addDataset(world, slug);
  return world;
}

export async function addDataset(world: World, slug: string): Promise<void> {
  const done = `userErrors { message }`;
  await world.ask(
    `mutation ($slug: String!) {
      createDataset(input: { slug: $slug, title: "House" }) { ${done} }
      registerSources(input: { dataset: $slug, sources: [
        { key: "people", kind: HUMAN_DEMONSTRATION, title: "Our writers" }
        { key: "web", kind: FILTERED_DATASET, title: "Web answers" }
      ] }) { ${done} }
      openBatches(input: { dataset: $slug, batches: [{ key: "pilot", title: "Pilot" }] }) { ${done} }
      enrolAnnotators(input: { dataset: $slug, annotators: [{ key: "ada" }] }) { ${done} }
    }`,
    { slug },
  );
}

/** An example to import, with what a test says otherwise. */
export function exampleOf(externalId: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { externalId, prompt: `What is ${externalId}?`, response: `It is ${externalId}.`, ...more };
}

/** Imports into a dataset; answers as the server does. */
export async function importInto(world: World, examples: object[], more: Record<string, unknown> = {}): Promise<any> {
  const input = { dataset: "house", defaults: { source: "web" }, examples, ...more };
  return (await world.ask(IMPORT, { input })).importExamples;
}

export async function latestOf(world: World, externalId: string, slug = "house"): Promise<any> {
  const { dataset } = await world.ask(EXAMPLE, { slug, externalId });
  return dataset.example?.latest ?? null;
}

/** Fails unless the whole log verifies. */
export async function verified(world: World, slug = "house"): Promise<{ activityCount: number; rowCount: number }> {
  const { dataset } = await world.ask(
    `query ($slug: String!) { dataset(slug: $slug) { verifyLog { verified activityCount rowCount firstBad { number reason message } } } }`,
    { slug },
  );
  if (!dataset.verifyLog.verified) throw new Error(JSON.stringify(dataset.verifyLog.firstBad));
  return dataset.verifyLog;
}
