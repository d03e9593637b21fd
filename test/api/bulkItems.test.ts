import { afterAll, beforeAll, expect, it } from "vitest";
import { BULK_ITEMS, LIMITS } from "../../src/platform/requestLimits.js";
import { makeFullDataset, type FullDataset } from "../support/fullDataset.js";
import { startWorld, type World } from "../support/world.js";

let world: World;
let full: FullDataset;
beforeAll(async () => {
  world = await startWorld();
  full = await makeFullDataset(world, "house");
  const criteria = Array.from({ length: 5 }, (_, i) => ({ key: `c${i}`, question: "?", level: "INTERVAL" }));
  await world.ask(
    `mutation ($criteria: [CriterionInput!]!) { publishCriteria(input: { dataset: "house", criteria: $criteria }) { acceptedCount } }`,
    { criteria },
  );
});
afterAll(() => world.stop());

type Bulk = keyof typeof BULK_ITEMS;

/** The list of each bulk mutation, and an item of it. */
function itemOf(mutation: Bulk, i: number): [list: string, item: object] {
  const externalId = full.examples[0];
  // 5,000 units: the examples that importExamples takes above, on five criteria.
  const unit = { externalId: `bulk-${i % 1_000}`, criterion: `c${Math.floor(i / 1_000) % 5}` };
  const items: Record<Bulk, [string, object]> = {
    importExamples: ["examples", { externalId: `bulk-${i}`, prompt: "p", response: "r", source: full.source }],
    reviseExamples: ["revisions", { externalId: `bulk-${i}`, prompt: "p", response: `r${i}` }],
    labelExamples: ["labels", { externalId: full.examples[i % 12], dimension: `d${i}`, values: ["v"] }],
    submitRatings: [
      "ratings",
      {
        externalId,
        criterion: full.criterion,
        annotator: full.annotators[0],
        value: 1 + (i % 5),
        guidelineVersion: full.guidelineVersion,
      },
    ],
    decideExamples: ["decisions", { externalId, verdict: i % 2 ? "ACCEPT" : "REJECT" }],
    setGoldValues: ["goldValues", { ...unit, value: i }],
    retractGoldValues: ["items", unit],
    setAnnotatorAttributes: [
      "annotators",
      { annotator: full.annotators[i % 3], attributes: [{ attribute: `a${i}`, value: "v" }] },
    ],
    submitCheckResults: [
      "results",
      { externalId: `bulk-${i % 1_000}`, check: `c${Math.floor(i / 1_000)}`, checkVersion: "1", status: "PASS" },
    ],
    loadLexicon: ["entries", { term: `term ${i}`, kind: "WORD" }],
  };
  return items[mutation];
}

/** The rest of the input. A lexicon is loaded whole or not at all without being told. */
function fixedOf(mutation: Bulk): object {
  const lexicon = { key: "bulk", title: "Bulk", language: "en", licence: "CC0-1.0", attribution: "Us" };
  if (mutation === "loadLexicon") return lexicon;
  return { mode: "ATOMIC", ...(mutation === "setAnnotatorAttributes" ? { consent: "study@1" } : {}) };
}

it.each(Object.entries(BULK_ITEMS) as Array<[Bulk, number]>)(
  "%s takes %i items a call, and not one more",
  async (mutation, most) => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { activity { number } acceptedCount userErrors { code } } }`;
    const send = async (count: number) => {
      const items = Array.from({ length: count }, (_, i) => itemOf(mutation, i)[1]);
      const input = { dataset: "house", ...fixedOf(mutation), [itemOf(mutation, 0)[0]]: items };
      return (await world.ask(query, { input }))[mutation];
    };
    expect(await send(most + 1)).toMatchObject({ activity: null, userErrors: [{ code: "TOO_MANY_ITEMS" }] });
    expect(await send(most)).toMatchObject({ acceptedCount: most, userErrors: [] });
    const { apiLimits } = await world.ask(`{ apiLimits { bulkItems { mutation items } } }`);
    expect(apiLimits.bulkItems).toContainEqual({ mutation, items: most });
  },
);

it("a page of the largest size costs less than the limit as dashboards ask for it", async () => {
  const response = await fetch(`${world.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${world.adminToken}` },
    body: JSON.stringify({
      query: `{ dataset(slug: "house") { head { examples(first: 100) { nodes { prompt response source { key } author { key } labels { value } decision { verdict } ratings(first: 20) { nodes { value annotator { key } criterionVersion { key } } } } } } } }`,
    }),
  });
  const { extensions, data } = (await response.json()) as any;
  expect(data.dataset.head.examples.nodes).not.toHaveLength(0);
  expect(extensions.cost.requested).toBeLessThanOrEqual(LIMITS.cost);
});
