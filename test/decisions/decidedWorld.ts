// How does a test get a dataset with examples to decide on?
import { startWorld, type World } from "../support/world.js";

const IMPORT = /* GraphQL */ `
  mutation ($input: ImportExamplesInput!) {
    importExamples(input: $input) {
      acceptedCount
      userErrors {
        code
        message
        path
      }
      examples {
        exampleVersion {
          id
        }
      }
    }
  }
`;
const DECIDE = /* GraphQL */ `
  mutation ($input: DecideExamplesInput!) {
    decideExamples(input: $input) {
      activity {
        number
        kind
      }
      replayed
      acceptedCount
      unchangedCount
      decisions {
        id
        verdict
        reason
        clauses {
          name
        }
        exampleVersion {
          externalId: example {
            externalId
          }
          version
        }
        activity {
          number
        }
        supersededBy {
          number
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

export interface DecidedWorld extends World {
  /** Imports examples e1, e2 …, or new versions of them with this answer; gives the ids of the versions made. */
  importExamples(count: number, answer?: string): Promise<string[]>;
  decide(decisions: object[], fields?: object, token?: string): Promise<any>;
  /** External ids of a population, at an activity or now. */
  members(population: string, at?: number | null, filter?: object): Promise<string[]>;
}

/** A dataset "house" with a source, a guideline style@1 with clauses 1 and 2.1, and no examples yet: 3 activities. */
export async function startDecidedWorld(): Promise<DecidedWorld> {
  const world = await startWorld();
  await world.ask(`mutation {
    createDataset(input: { slug: "house", title: "House" }) { userErrors { message } }
    registerSources(input: { dataset: "house", sources: [{ key: "us", kind: HUMAN_DEMONSTRATION, title: "Us" }] }) { userErrors { message } }
    publishGuideline(input: { dataset: "house", key: "style", version: "1", title: "Style", criteria: [], clauses: [
      { number: "1", title: "True", text: "Say what is true." }, { number: "2.1", title: "Short", text: "Be short." }] }) { userErrors { message } }
  }`);
  return {
    ...world,
    async importExamples(count, answer = "Yes.") {
      const examples = Array.from({ length: count }, (_, i) => ({
        externalId: `e${i + 1}`,
        prompt: `Is it ${i + 1}?`,
        response: answer,
      }));
      const input = { dataset: "house", onConflict: "NEW_VERSION", defaults: { source: "us" }, examples };
      const { importExamples } = await world.ask(IMPORT, { input });
      if (importExamples.acceptedCount !== count) throw new Error(JSON.stringify(importExamples.userErrors));
      return importExamples.examples.map((one: any) => one.exampleVersion.id);
    },
    async decide(decisions, fields = {}, token) {
      const input = { dataset: "house", mode: "PER_ITEM", decisions, ...fields };
      return (await world.ask(DECIDE, { input }, token)).decideExamples;
    },
    async members(population, at = null, filter = {}) {
      const { dataset } = await world.ask(
        `query ($at: SnapshotAt, $population: Population, $filter: ExampleFilter) { dataset(slug: "house") { snapshot(at: $at, population: $population) {
           exampleCount examples(first: 100, filter: $filter) { nodes { example { externalId } } } } } }`,
        { at: at === null ? null : { activity: at }, population, filter },
      );
      return dataset.snapshot.examples.nodes.map((node: any) => node.example.externalId);
    },
  };
}
