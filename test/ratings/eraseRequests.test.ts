import { afterAll, beforeAll, expect, it } from "vitest";
import { startRatedWorld, type RatedWorld } from "./ratedWorld.js";

let world: RatedWorld;
beforeAll(async () => {
  world = await startRatedWorld();
});
afterAll(() => world.stop());

async function send(verb: string, input: object): Promise<void> {
  const type = `${verb[0]!.toUpperCase()}${verb.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${verb}(input: $input) { userErrors { code } } }`;
  const answer = await world.ask(query, { input: { dataset: "house", ...input } });
  expect(answer[verb].userErrors).toEqual([]);
}

it("an erasure takes along the digests of every request that brought a text of the example, and of no other", async () => {
  const example = { externalId: "z", prompt: "Who?", response: "Ada." };
  const rating = { externalId: "z", criterion: "good", annotator: "ada", value: 3 };
  await send("importExamples", { requestKey: "imported", defaults: { source: "us" }, examples: [example] });
  await world.rate([{ ...rating, rationale: "On the first version." }], { requestKey: "rated-one" });
  await send("reviseExamples", { requestKey: "revised-one", revisions: [{ externalId: "z", response: "Ada L." }] });
  await world.rate([{ ...rating, rationale: "On the second." }], { requestKey: "rated-two" });
  await world.rate([rating], { requestKey: "rated-silently" });
  const decision = { externalId: "z", verdict: "REJECT", reason: "It names somebody." };
  await send("decideExamples", { requestKey: "decided-one", decisions: [decision] });
  await send("eraseExample", { externalId: "z", reason: "asked for" });
  const rows = await world.db.rowsOnce<{ key: string; kept: boolean; named: boolean }>(
    `select a.request_key as key,
       exists (select from contents c where c.dataset_id = 1 and c.commitment = a.request_digest) as kept,
       exists (select from erasures e where e.dataset_id = 1 and e.commitment = a.request_digest) as named
     from activities a where a.dataset_id = 1 and a.request_key is not null order by a.activity`,
  );
  expect(rows).toEqual(
    ["imported", "rated-one", "revised-one", "rated-two", "rated-silently", "decided-one"].map((key) => ({
      key,
      kept: key === "rated-silently",
      named: key !== "rated-silently",
    })),
  );
  expect(await world.verified()).toBe(true);
});
