// Does long work run on a thread of its own, with the same answers, and end there when it is no longer wanted?
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { agreementWorld, type AgreementWorld } from "../agreement/agreementWorld.js";

// The thread runs what was built: `npm run build` first, as every check does.
let threaded: AgreementWorld;
let inline: AgreementWorld;
beforeAll(async () => {
  threaded = await agreementWorld("house", { ASSAY_WORKERS: "1" });
  inline = await agreementWorld("house");
  for (const house of [threaded, inline]) {
    await house.registerSources(["people"]);
    await house.publish("1.0", [{ key: "help", level: "ORDINAL", categories: [1, 2, 3, 4, 5] }]);
    const units = Array.from({ length: 60 }, (_, i) => `x${i}`);
    await house.importExamples(
      units.map((externalId) => ({ externalId })),
      "people",
    );
    const ratings = units.flatMap((externalId, i) =>
      ["ann", "bob", "cyd"].map((annotator, a) => ({ externalId, annotator, value: 1 + ((i + ((a * i) % 3)) % 5) })),
    );
    await house.rate("help", ratings);
  }
});
afterAll(() => Promise.all([threaded?.world.stop(), inline?.world.stop()]));

const ALL = `criterion: "help", offer: ALL, inference: { kinds: [JACKKNIFE, BOOTSTRAP_PERCENTILE, BOOTSTRAP_BCA], seed: 3, resamples: 200 }`;
const FIELDS = `overall { ...Row coefficients { standardError intervals { kind low high undefinedResamples } } }
  pairs { matrix { annotators kappa unitCounts } } coincidences { observed expected } disagreements(first: 5) { nodes { disagreement } }
  trend(points: 3) { overall { coefficients { value } } }`;

it("answers the same to the last bit as where requests are answered", async () => {
  const there = await threaded.agreement(ALL, FIELDS);
  expect(there.overall.coefficients.length).toBeGreaterThan(70);
  expect(there).toEqual(await inline.agreement(ALL, FIELDS));
});

it("refuses with the same words and code", async () => {
  const query = `{ dataset(slug: "house") { head { agreement(criterion: "help", groupBy: [{ by: CRITERION_VERSION }],
    coefficients: [{ coefficient: COHEN_KAPPA, disagreements: ${JSON.stringify(Array.from({ length: 5 }, (_, k) => Array.from({ length: 5 }, (__, l) => Math.abs(k - l))))} }]) { cache } } } }`;
  const [one, other] = [await threaded.world.send(query), await inline.world.send(query)];
  expect(one.errors![0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT", argument: "groupBy" } });
  expect(one.errors).toEqual(other.errors);
});

it("ends a statement in the middle when its job is cancelled", async () => {
  const { world } = threaded;
  const owner = new pg.Client({ connectionString: world.ownerUrl });
  await owner.connect();
  // What the job reads is locked away from it, so that it waits as long as it is let.
  await owner.query("begin");
  await owner.query("lock table ratings in access exclusive mode");
  const job = await startJob();
  await until(async () => (await statements()) === 1);
  const cancel = `mutation { cancelJob(input: { dataset: "house", jobId: "${job}" }) { userErrors { message } } }`;
  expect((await world.ask(cancel)).cancelJob.userErrors).toEqual([]);
  await until(async () => (await stateOf(job)) === "CANCELLED");
  await until(async () => (await statements()) === 0);
  await owner.query("rollback");
  await owner.end();
  const again = await startJob();
  expect(again).not.toBe(job);
  await until(async () => (await stateOf(again)) === "DONE");

  async function startJob(): Promise<string> {
    const { computeAgreement } =
      await world.ask(`mutation { computeAgreement(input: { dataset: "house", question: { criterion: "help", repeats: FIRST } }) {
      job { id } userErrors { message } } }`);
    return computeAgreement.job.id;
  }
  async function stateOf(id: string): Promise<string> {
    return (await world.ask(`{ node(id: "${id}") { ... on Job { state } } }`)).node.state;
  }
  async function statements(): Promise<number> {
    const rows = await world.db.rowsOnce<{ n: number }>(`select count(*) as n from pg_stat_activity
      where application_name like 'assay worker %' and datname = current_database() and state = 'active'`);
    return rows[0]!.n;
  }
});

async function until(is: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (await is()) return;
    await sleep(20);
  }
  throw new Error("that did not come about in ten seconds");
}
