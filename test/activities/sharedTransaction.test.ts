import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeDataset } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";
import { emptyPlan } from "../../src/activities/plan.js";
import { write, type RequestFields, type Verb } from "../../src/activities/write.js";
import { serverScope, type Viewer } from "../../src/platform/viewer.js";

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await makeDataset(world, "house");
});
afterAll(() => world.stop());

const viewer: Viewer = {
  principal: 1,
  principalUid: "00000000-0000-4000-8000-000000000001",
  kind: "SCRIPT",
  key: "somebody",
  isAdmin: true,
  memberships: new Map(),
  token: null,
};

it("a submission that cannot even be planned does not take down those that share its transaction", async () => {
  const verb: Verb<RequestFields & { number: number }, null> = {
    kind: "RATING",
    facts: async () => null,
    plan: ({ input }) => {
      if (input.number === 2) throw new Error("a fault of ours");
      return { kind: "plan", plan: emptyPlan() };
    },
    touches: () => [],
  };
  const lock = new pg.Client({ connectionString: world.ownerUrl });
  await lock.connect();
  await lock.query("begin; select from datasets where slug = 'house' for update");
  const waiting = [0, 1, 2, 3].map((number) => write(world.db, serverScope(viewer, 1), verb, { number }));
  const settled = Promise.allSettled(waiting);
  await sleep(200);
  await lock.query("commit");
  await lock.end();
  expect((await settled).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  const { dataset } = await world.ask(`{ dataset(slug: "house") { verifyLog { verified head } } }`);
  expect(dataset.verifyLog).toEqual({ verified: true, head: 4 });
});
