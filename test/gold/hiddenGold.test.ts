import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsDigest } from "../../src/activities/recordActivities.js";
import { goldValues } from "../../src/gold/tables.js";
import { shapeOf, rowDigest, type Row } from "../../src/platform/insert.js";
import { ROLES, type Role } from "../../src/policy.js";
import { issueToken, makePrincipal } from "../support/people.js";
import { startGoldWorld, type GoldWorld } from "./goldWorld.js";

let world: GoldWorld;
const tokens = {} as Record<Role, string>;
const seen: Record<"before" | "after", Record<string, string>> = { before: {}, after: {} };
const refused = { externalId: "e2", criterion: "helpfulness", value: 77 };
const secret = { externalId: "e3", criterion: "helpfulness", value: 4, rationale: "Because of the third line." };
let goldId: string;
beforeAll(async () => {
  world = await startGoldWorld();
  await world.importExamples(4);
  for (const role of ROLES) tokens[role] = await makePrincipal(world, `member-${role}`, { house: role });
  await world.ask(
    `mutation { enrolAnnotators(input: { dataset: "house", annotators: [{ key: "ada" }] }) { replayed } }`,
  );
  for (const role of ["ANNOTATOR", "VIEWER"] as const) seen.before[role] = await everythingElse(tokens[role]);
  const fields = { message: "Gold for e3, to test ada.", requestKey: "gold-for-e3" };
  const { goldValues: made } = await world.set([secret, refused], fields, tokens.REVIEWER);
  goldId = made[0].id;
  for (const role of ["ANNOTATOR", "VIEWER"] as const) seen.after[role] = await everythingElse(tokens[role]);
});
afterAll(() => world.stop());

/** What a role reads of examples and their lineage, refusals included, as text. */
async function everythingElse(token: string): Promise<string> {
  const { data, errors } = await world.send(
    `{ dataset(slug: "house") { example(externalId: "e3") { latest { id supersededBy { number } labels { value } decision { verdict }
      ratings(first: 5) { nodes { id } } } }
      lineage(of: { externalId: "e3" }, direction: BOTH, depth: 5) { nodes { id label } edges { from to relation activity { number } } } } }`,
    {},
    token,
  );
  return JSON.stringify([data, errors]);
}

const READS = [
  `{ dataset(slug: "house") { goldValues(first: 5) { nodes { value } } } }`,
  `{ dataset(slug: "house") { goldValues(first: 5) { totalCount { value } } } }`,
  `{ dataset(slug: "house") { example(externalId: "e3") { latest { goldValues { value } } } } }`,
  `{ dataset(slug: "house") { example(externalId: "e4") { latest { goldValues(all: true) { id } } } } }`,
  `{ dataset(slug: "house") { head { examples(first: 5) { nodes { goldValues { value } } } } } }`,
];

describe("gold values", () => {
  it.each(["REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"] as const)("are read by a %s", async (role) => {
    for (const read of READS) expect((await world.send(read, {}, tokens[role])).errors).toBeUndefined();
    const query = `query ($id: ID!) { node(id: $id) { ... on GoldValue { value rationale author { label } } } }`;
    expect((await world.ask(query, { id: goldId }, tokens[role])).node).toEqual({
      value: 4,
      rationale: secret.rationale,
      author: { label: "member-REVIEWER" },
    });
  });

  it.each(["ANNOTATOR", "VIEWER"] as const)(
    "are not read, set or taken back by an %s, wherever they are",
    async (role) => {
      for (const read of READS) {
        const { data, errors } = await world.send(read, {}, tokens[role]);
        expect([read, errors?.[0]?.extensions.code]).toEqual([read, "FORBIDDEN"]);
        expect(JSON.stringify(data)).not.toMatch(/value|id/);
      }
      for (const verb of [
        `setGoldValues(input: { dataset: "house", goldValues: [] })`,
        `retractGoldValues(input: { dataset: "house", items: [] })`,
      ])
        expect((await world.send(`mutation { ${verb} { replayed } }`, {}, tokens[role])).errors).toMatchObject([
          { extensions: { code: "FORBIDDEN" } },
        ]);
      expect(await world.ask(`query ($id: ID!) { node(id: $id) { id } }`, { id: goldId }, tokens[role])).toEqual({
        node: null,
      });
      expect(seen.after[role]).toBe(seen.before[role]);
    },
  );

  it("are set by reviewers, curators and owners only", async () => {
    for (const role of ROLES) {
      const may = ["REVIEWER", "CURATOR", "OWNER"].includes(role);
      const query = `mutation { setGoldValues(input: { dataset: "house", goldValues: [{ externalId: "e1", criterion: "tone", value: "warm" }] }) { replayed } }`;
      const { errors } = await world.send(query, {}, tokens[role]);
      expect([role, errors?.[0]?.extensions.code]).toEqual([role, may ? undefined : "FORBIDDEN"]);
    }
  });

  it("are not read with a token whose scopes leave them out", async () => {
    const token = await issueToken(world, {
      principal: "member-OWNER",
      scopes: ["dataset:read", "example:read", "activity:read"],
    });
    for (const read of READS)
      expect((await world.send(read, {}, token)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    expect(await lastGold(token)).toMatchObject({ message: null, requestKey: null, outcome: {} });
  });
});

const LOG = `{ dataset(slug: "house") { activities(last: 50, kinds: [GOLD]) { nodes {
  number kind message requestKey outcome rowsDigest digest agent { label } } } } }`;

async function lastGold(token: string): Promise<any> {
  return (await world.ask(LOG, {}, token)).dataset.activities.nodes[0];
}

describe("the log of gold values", () => {
  it("shows what was sent and answered to those who may read gold", async () => {
    for (const role of ["REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"] as const)
      expect(await lastGold(tokens[role])).toMatchObject({
        message: "Gold for e3, to test ada.",
        requestKey: "gold-for-e3",
        outcome: { accepted: 1, problems: [{ code: "VALUE_OUTSIDE_SCALE" }] },
      });
  });

  it("shows others that something happened, when and by whom, and no more", async () => {
    const activity = await lastGold(tokens.VIEWER);
    expect(activity).toMatchObject({ kind: "GOLD", message: null, requestKey: null, outcome: {} });
    expect(activity.agent.label).toBe("member-REVIEWER");
    const words = JSON.stringify({ ...activity, digest: null, rowsDigest: null });
    expect(words).not.toMatch(/\be[1-4]\b|ada|77|third line/);
    const { dataset } = await world.ask(
      `{ dataset(slug: "house") { activities(last: 50) { nodes { kind message outcome } } } }`,
      {},
      tokens.VIEWER,
    );
    const imported = dataset.activities.nodes.find((one: any) => one.kind === "IMPORT");
    expect(imported.outcome).toMatchObject({ accepted: 4 });
    expect((await world.send(LOG, {}, tokens.ANNOTATOR)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });

  it("has digests that cannot be guessed from the few things a gold value may be", async () => {
    const unexplained = { externalId: "e4", criterion: "helpfulness", value: 2 };
    const { activity } = await world.set([unexplained]);
    const columns = shapeOf(goldValues).columns.map(({ name, property }) => `${name} as "${property}"`);
    const [row] = await world.db.rowsOnce<Row>(`select ${columns.join(", ")} from gold_values where activity = $1`, [
      activity.number,
    ]);
    const { rowsDigest: digest } = (
      await world.ask(
        `query ($at: Int!) { dataset(slug: "house") { snapshot(at: { activity: $at }) { activity { rowsDigest } } } }`,
        { at: activity.number },
        tokens.ANNOTATOR,
      )
    ).dataset.snapshot.activity;
    const digestOf = (guess: Row) => rowsDigest([rowDigest(goldValues, guess)], []).toString("hex");
    expect(digestOf(row!)).toBe(digest);
    expect(digestOf({ ...row, rationale: null })).not.toBe(digest);
    expect(row!["rationale"]).toHaveLength(32);
  });
});
