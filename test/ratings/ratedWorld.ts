// How does a test get a dataset with examples to rate?
import { rebuildProjections } from "../../src/ratings/rebuildProjections.js";
import { makeDataset } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";

const SUBMIT = /* GraphQL */ `
  mutation ($input: SubmitRatingsInput!) {
    submitRatings(input: $input) {
      activity {
        number
        kind
      }
      replayed
      acceptedCount
      userErrors {
        code
        message
        path
        index
      }
      ratings {
        number
        value
        repeat
        stratum
        seconds
        rationale
        criterionVersion {
          key
          version
        }
        annotator {
          key
        }
        guidelineVersion {
          name
        }
        batch {
          key
        }
        exampleVersion {
          version
        }
        supersededBy {
          number
        }
      }
    }
  }
`;

export interface RatedWorld extends World {
  /** Submits under style@1.0 unless fields say otherwise. */
  rate(ratings: object[], fields?: object, token?: string): Promise<any>;
  importExamples(externalIds: string[], response?: string, dataset?: string): Promise<string[]>;
  decide(externalId: string, verdict: string): Promise<void>;
  /** Everything kept per unit, in one order. */
  kept(datasetId?: number): Promise<unknown[]>;
  rebuild(datasetId?: number): Promise<void>;
  verified(): Promise<boolean>;
}

/**
 * A dataset "house" with examples e1 … e6; criteria good (1 to 5), fit ("yes", "no", "unsure") and time (0 to 600); rules style@1.0
 * with all three, style@2.0 without time, strict@1.0 that asks for qualification; ada and ben, cyd (qualified), robo (a model) and
 * zoe (paused); a batch pilot.
 */
export async function startRatedWorld(): Promise<RatedWorld> {
  const world = await startWorld();
  await makeDataset(world, "house");
  await publishRules(world, "house");
  await world.ask(`mutation {
    enrolAnnotators(input: { dataset: "house", annotators: [{ key: "ada" }, { key: "ben" }, { key: "cyd", qualifiedFor: ["strict@1.0"] },
      { key: "robo", kind: MODEL }, { key: "zoe", status: PAUSED }] }) { userErrors { message } }
    openBatches(input: { dataset: "house", batches: [{ key: "pilot", title: "Pilot" }] }) { userErrors { message } }
  }`);
  const rated = { ...world, ...verbsOf(world) };
  await rated.importExamples(["e1", "e2", "e3", "e4", "e5", "e6"]);
  return rated;
}

export async function publishRules(world: World, dataset: string): Promise<void> {
  await world.ask(
    `mutation ($dataset: String!) {
      registerSources(input: { dataset: $dataset, sources: [{ key: "us", kind: HUMAN_DEMONSTRATION, title: "Us" }] }) { userErrors { message } }
      publishCriteria(input: { dataset: $dataset, criteria: [
        { key: "good", question: "Good?", level: ORDINAL, categories: [1, 2, 3, 4, 5] },
        { key: "fit", question: "Does it fit?", level: NOMINAL, categories: ["yes", "no", "unsure"] },
        { key: "time", question: "Seconds?", level: RATIO, minimum: 0, maximum: 600 }] }) { userErrors { message } }
      one: publishGuideline(input: { dataset: $dataset, key: "style", version: "1.0", title: "Style", criteria: ["good", "fit", "time"], clauses: [] }) { userErrors { message } }
      two: publishGuideline(input: { dataset: $dataset, key: "style", version: "2.0", title: "Style", changeNote: "Time is not asked any more.", criteria: ["good", "fit"], clauses: [] }) { userErrors { message } }
      strict: publishGuideline(input: { dataset: $dataset, key: "strict", version: "1.0", title: "Strict", requiresQualification: true, criteria: ["good"], clauses: [] }) { userErrors { message } }
    }`,
    { dataset },
  );
}

const KEPT = `select 'tally' as kept, criterion_version as c, example_version as id, encode(counts, 'hex') as counts, n, sum, sum_of_squares as squares
    from tallies where dataset_id = $1
  union all select 'histogram', criterion_version, null, encode(counts, 'hex'), units, null, null from histogram where dataset_id = $1
  union all select 'rater', criterion_version, annotator, null, ratings, null, null from rater_tallies where dataset_id = $1
  order by 1, 2, 3, 4`;

function verbsOf(world: World): Omit<RatedWorld, keyof World> {
  const send = async (name: string, type: string, fields: string, input: object, token?: string) =>
    (
      await world.ask(
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code message } } }`,
        { input },
        token,
      )
    )[name];
  return {
    rate: async (ratings, fields = {}, token) =>
      (
        await world.ask(
          SUBMIT,
          { input: { dataset: "house", guidelineVersion: "style@1.0", ratings, ...fields } },
          token,
        )
      ).submitRatings,
    async importExamples(externalIds, response = "Yes.", dataset = "house") {
      const examples = externalIds.map((externalId) => ({ externalId, prompt: `Is it ${externalId}?`, response }));
      const input = { dataset, onConflict: "NEW_VERSION", defaults: { source: "us" }, examples };
      const payload = await send("importExamples", "ImportExamplesInput", "examples { exampleVersion { id } }", input);
      if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload.userErrors));
      return payload.examples.map((one: any) => one.exampleVersion.id);
    },
    async decide(externalId, verdict) {
      await send("decideExamples", "DecideExamplesInput", "acceptedCount", {
        dataset: "house",
        decisions: [{ externalId, verdict }],
      });
    },
    kept: (datasetId = 1) => world.db.rowsOnce(KEPT, [datasetId]),
    rebuild: (datasetId = 1) => world.db.inTransaction((tx) => rebuildProjections(tx, datasetId)),
    async verified() {
      const { dataset } = await world.ask(
        `{ dataset(slug: "house") { verifyLog { verified firstBad { number reason message } } } }`,
      );
      if (dataset.verifyLog.firstBad) throw new Error(JSON.stringify(dataset.verifyLog.firstBad));
      return dataset.verifyLog.verified;
    },
  };
}
