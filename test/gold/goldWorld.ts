// How does a test get a dataset with examples that gold values can be set on?
import { startWorld, type World } from "../support/world.js";

const ERRORS = `userErrors { code path index message }`;
export const GOLD = `id value tolerance rationale criterionVersion { key version } exampleVersion { version example { externalId } }
  author { label } activity { number } supersededBy { number }`;

export interface GoldWorld extends World {
  /** Imports examples e1, e2 …, or new versions of them with this answer; gives the ids of the versions made. */
  importExamples(count: number, answer?: string): Promise<string[]>;
  set(goldValues: object[], fields?: object, token?: string): Promise<any>;
  retract(items: object[], fields?: object, token?: string): Promise<any>;
  /** What is in force in the dataset, as [external id, criterion, value]. */
  inForce(): Promise<unknown[][]>;
  /** Whether the dataset's log verifies; throws what is bad about it. */
  verified(): Promise<boolean>;
}

/** A dataset "house" with a source and criteria: helpfulness 1–5 (ORDINAL), tone warm or cold (NOMINAL), minutes from 0. */
export async function startGoldWorld(): Promise<GoldWorld> {
  const world = await startWorld();
  await world.ask(`mutation {
    createDataset(input: { slug: "house", title: "House" }) { ${ERRORS} }
    registerSources(input: { dataset: "house", sources: [{ key: "us", kind: HUMAN_DEMONSTRATION, title: "Us" }] }) { ${ERRORS} }
    publishCriteria(input: { dataset: "house", criteria: [
      { key: "helpfulness", question: "Does it help?", level: ORDINAL, categories: [1, 2, 3, 4, 5] }
      { key: "tone", question: "What tone?", level: NOMINAL, categories: ["warm", "cold"] }
      { key: "minutes", question: "How long?", level: RATIO } ] }) { ${ERRORS} }
  }`);
  const send = async (name: string, input: object, selection: string, token?: string) => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { activity { number kind } replayed acceptedCount ${selection} ${ERRORS} } }`;
    return (await world.ask(query, { input: { dataset: "house", ...input } }, token))[name];
  };
  return {
    ...world,
    async importExamples(count, response = "Yes.") {
      const prompts = Array.from({ length: count }, (_, i) => ({ externalId: `e${i + 1}`, prompt: `Is it ${i + 1}?` }));
      const examples = prompts.map((one) => ({ ...one, response, source: "us" }));
      const input = { onConflict: "NEW_VERSION", examples };
      const { acceptedCount, ...made } = await send("importExamples", input, `examples { exampleVersion { id } }`);
      if (acceptedCount !== count) throw new Error(JSON.stringify(made.userErrors));
      return made.examples.map((one: any) => one.exampleVersion.id);
    },
    set: (goldValues, fields = {}, token) =>
      send("setGoldValues", { goldValues, ...fields }, `unchangedCount goldValues { ${GOLD} }`, token),
    retract: (items, fields = {}, token) =>
      send("retractGoldValues", { items, ...fields }, `goldValues { ${GOLD} }`, token),
    async inForce() {
      const { dataset } = await world.ask(
        `{ dataset(slug: "house") { goldValues(first: 100) { nodes { ${GOLD} } } } }`,
      );
      return dataset.goldValues.nodes.map((one: any) => [
        one.exampleVersion.example.externalId,
        `${one.criterionVersion.key}@${one.criterionVersion.version}`,
        one.value,
      ]);
    },
    async verified() {
      const { dataset } = await world.ask(`{ dataset(slug: "house") { verifyLog { verified firstBad { message } } } }`);
      if (dataset.verifyLog.firstBad) throw new Error(dataset.verifyLog.firstBad.message);
      return dataset.verifyLog.verified;
    },
  };
}
