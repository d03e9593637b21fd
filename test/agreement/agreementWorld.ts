// How does an agreement test fill a dataset through the API, and ask it?
import { expect } from "vitest";
import type { Value } from "../../src/statistics/ratingPatterns.js";
import { startWorld, type World } from "../support/world.js";

export interface Scale {
  key: string;
  level: string;
  categories?: readonly Value[] | null;
}

export interface GivenRating {
  externalId: string;
  annotator: string;
  value: Value;
  criterion?: string;
  batch?: string | null;
  stratum?: string;
  guidelineVersion?: string;
}

export interface GivenExample {
  externalId: string;
  prompt?: string;
  response?: string;
  source?: string;
  labels?: Array<{ dimension: string; value: string }>;
}

/** A server with one empty dataset, and short ways to its mutations. Each fails unless everything is taken. */
export async function agreementWorld(dataset = "house", environment: Record<string, string> = {}) {
  const world = await startWorld(environment);
  const call = (mutation: string, type: string, input: object, more = "") =>
    send(world, mutation, type, { dataset, ...input }, more);
  await send(world, "createDataset", "CreateDatasetInput", { slug: dataset, title: dataset }, "");
  return {
    world,
    dataset,
    call,
    registerSources: (keys: readonly string[], kind = "HUMAN_DEMONSTRATION") =>
      call("registerSources", "RegisterSourcesInput", { sources: keys.map((key) => ({ key, kind, title: key })) }),
    publish: async (version: string, criteria: readonly Scale[]) => {
      const questions = criteria.map((one) => ({ ...one, question: `How is it, by ${one.key} of ${version}?` }));
      await call("publishCriteria", "PublishCriteriaInput", { criteria: questions, onConflict: "NEW_VERSION" });
      const keys = criteria.map(({ key }) => key);
      const clauses = [{ number: "1", title: "Rate", text: "Rate what you read." }];
      await call("publishGuideline", "PublishGuidelineInput", {
        key: "rules",
        version,
        title: "Rules",
        changeNote: "Raters disagreed.",
        clauses,
        criteria: keys,
      });
    },
    importExamples: async (examples: readonly GivenExample[], source: string) => {
      for (const part of chunks(examples, 1_000)) {
        const rows = part.map((one) => ({ prompt: "Say it.", response: `It, ${one.externalId}.`, ...one }));
        const input = { mode: "ATOMIC", defaults: { source }, examples: rows };
        const answer = await call("importExamples", "ImportExamplesInput", input, "acceptedCount");
        expect(answer.acceptedCount).toBe(part.length);
      }
    },
    rate: async (criterion: string, ratings: readonly GivenRating[], guidelineVersion = "rules@1.0") => {
      for (const part of chunks(ratings, 5_000)) {
        const rows = part.map((one) => ({ criterion, ...one }));
        const input = { mode: "ATOMIC", enrol: true, guidelineVersion, ratings: rows };
        const answer = await call("submitRatings", "SubmitRatingsInput", input, "acceptedCount");
        expect(answer.acceptedCount).toBe(part.length);
      }
    },
    /** The report on the head, by the arguments as GraphQL text; fragment Row is at hand. */
    agreement: async (args: string, fields = "overall { ...Row }", at = "head") => {
      const asked = await world.ask(
        `{ dataset(slug: "${dataset}") { ${at} { agreement(${args}) { ${fields} } } } } ${rowFragment(fields)}`,
      );
      return asked.dataset[at.split("(")[0]!.split(":")[0]!].agreement;
    },
  };
}
export type AgreementWorld = Awaited<ReturnType<typeof agreementWorld>>;

export const ROW = `fragment Row on AgreementRow {
  unitCount raterCount pairableValueCount coefficients { coefficient weighting value undefinedBecause }
}`;
const rowFragment = (fields: string) => (fields.includes("...Row") ? ROW : "");

/** The arguments for all that can be asked of both coefficients. */
export const EVERY_COEFFICIENT = `coefficients: [{ coefficient: PERCENT_AGREEMENT },
  { coefficient: KRIPPENDORFF_ALPHA, weighting: NOMINAL }, { coefficient: KRIPPENDORFF_ALPHA, weighting: ORDINAL },
  { coefficient: KRIPPENDORFF_ALPHA, weighting: INTERVAL }, { coefficient: KRIPPENDORFF_ALPHA, weighting: RATIO }]`;

/** Value or reason by weighting; percent agreement is UNWEIGHTED. */
export function byWeighting(row: {
  coefficients: Array<{ weighting: string; value: number | null; undefinedBecause: string | null }>;
}) {
  return Object.fromEntries(row.coefficients.map((one) => [one.weighting, one.value ?? one.undefinedBecause!]));
}

export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** Carries out one mutation; fails on errors and on refused items. */
async function send(world: World, mutation: string, type: string, input: object, more: string): Promise<any> {
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${more} activity { number } userErrors { code message path } } }`;
  const answer = (await world.ask(query, { input }))[mutation];
  expect(answer.userErrors).toEqual([]);
  return answer;
}
