import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { groupsOfAnnotators } from "../../src/attributes/queries.js";
import { fileOf, run, type Ran } from "../scripts/assayWorld.js";
import { issueToken, makeDataset, makePrincipal } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";

let world: World;
let rater: string;
let lead: string;
const people = Array.from({ length: 20 }, (_, i) => `p${i}`);
beforeAll(async () => {
  world = await startWorld();
  await makeDataset(world, "house");
  await world.ask(`mutation {
    createPrincipal(input: { key: "rater", kind: HUMAN }) { userErrors { message } }
    setMember(input: { dataset: "house", principal: "rater", role: ANNOTATOR }) { userErrors { message } } }`);
  rater = await issueToken(world, { principal: "rater" });
  lead = await makePrincipal(world, "lead", { house: "CURATOR" });
  const annotators = [
    ...people.map((key) => ({ key })),
    { key: "me", principal: "rater" },
    { key: "bot", kind: "MODEL" },
  ];
  await world.ask(
    `mutation ($annotators: [AnnotatorInput!]!) { enrolAnnotators(input: { dataset: "house", annotators: $annotators }) { acceptedCount } }`,
    { annotators },
  );
});
afterAll(() => world.stop());

const ERRORS = "userErrors { code message path index }";
const send = async (name: string, input: object, selection: string, token?: string) => {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { activity { number kind } replayed ${selection} ${ERRORS} } }`;
  return (await world.ask(query, { input: { dataset: "house", ...input } }, token))[name];
};
const set = (annotators: object[], more: object = {}, token?: string) =>
  send(
    "setAnnotatorAttributes",
    { consent: "study@1", annotators, ...more },
    "acceptedCount unchangedCount unknown { word count }",
    token,
  );
const withdraw = (input: object, token?: string) => send("withdrawAnnotatorAttributes", input, "withdrawnCount", token);
const of = (annotator: string, values: Record<string, string | null>) => ({
  annotator,
  attributes: Object.entries(values).map(([attribute, value]) => ({ attribute, value })),
});
const groups = async (attribute: string, token = lead) => {
  const query = `{ dataset(slug: "house") { annotatorAttributes { attribute annotatorCount groups { kind group annotatorCount } } } }`;
  const { dataset } = await world.ask(query, {}, token);
  const found = dataset.annotatorAttributes.find((one: any) => one.attribute === attribute);
  return found?.groups.map((one: any) => [one.group ?? one.kind, one.annotatorCount]);
};
const mine = async (token: string) =>
  (
    await world.ask(
      `{ dataset(slug: "house") { myAnnotatorAttributes { annotator attribute value consent purpose } } }`,
      {},
      token,
    )
  ).dataset.myAnnotatorAttributes;

/** Everything the database holds about attributes outside their own table, as text. */
async function everythingElse(): Promise<string> {
  const rows = await world.db.rowsOnce(
    `select (select jsonb_agg(to_jsonb(a)) from activities a) as a, (select jsonb_agg(c.text) from contents c) as c`,
  );
  return JSON.stringify(rows);
}

describe("attributes of annotators", () => {
  it("are set under a consent and counted, and no value is in the log", async () => {
    const items = people.map((key, i) => of(key, { hand: i < 8 ? "left-ish" : "right-ish", zone: `z${i % 3}` }));
    const answer = await set(items, { requestKey: "attributes-1", purpose: "bias audits" });
    expect(answer).toMatchObject({
      activity: {
        number: 3,
        kind: "ATTRIBUTES",
      },
      replayed: false,
      acceptedCount: 20,
      unchangedCount: 0,
      unknown: [],
      userErrors: [],
    });
    expect(await groups("hand")).toEqual([
      ["right-ish", 12],
      ["SUPPRESSED", 9],
    ]);
    await set(["bot"].map(() => of("me", { hand: " left-ish ", zone: "z0" })));
    expect(await groups("hand")).toEqual([
      ["right-ish", 12],
      ["left-ish", 9],
      ["UNKNOWN", 0],
    ]);
    expect(await everythingElse()).not.toContain("-ish");
    expect(await everythingElse()).toContain("study@1");
    expect(await set(items, { requestKey: "attributes-1", purpose: "bias audits" })).toEqual({
      ...answer,
      replayed: true,
    });
    expect(await set(items, { purpose: "bias audits" })).toMatchObject({ activity: null, unchangedCount: 20 });
    expect(await set([items[0]!], { consent: "study@2", purpose: "bias audits" })).toMatchObject({ acceptedCount: 1 });
  });

  it("are forgotten where they are said to be unknown, and counted by word", async () => {
    const words = ["DATA_EXPIRED", "CONSENT_REVOKED", "nan", "", "Prefer not to say", null];
    const answer = await set(words.map((word, i) => of(`p${i}`, { hand: word })));
    expect(answer.acceptedCount).toBe(6);
    expect(answer.unknown).toEqual([
      { word: "", count: 2 },
      { word: "consent_revoked", count: 1 },
      { word: "data_expired", count: 1 },
      { word: "nan", count: 1 },
      { word: "prefer not to say", count: 1 },
    ]);
    expect(await groups("hand")).toEqual([
      ["right-ish", 12],
      ["SUPPRESSED", 9],
    ]);
    await set(words.map((_, i) => of(`p${i}`, { hand: "left-ish" })));
  });

  it("are refused with the line, and no message has the value in it", async () => {
    const answer = await set([
      of("p0", { hand: "secret\u001bvalue" }),
      of("nobody", { hand: "x" }),
      of("bot", { hand: "x" }),
      of("p1", { "no key": "x" }),
      of("p2", { hand: "v".repeat(129) }),
      of("p3", { hand: "right-ish" }),
      of("p3", { hand: "left-ish" }),
      of("p3", { hand: "right-ish" }),
    ]);
    expect(answer).toMatchObject({ acceptedCount: 1, unchangedCount: 1 });
    expect(answer.userErrors.map((one: any) => [one.code, one.path.join(".")])).toEqual([
      ["INVALID_TEXT", "annotators.0.attributes.0.value"],
      ["UNKNOWN_ANNOTATOR", "annotators.1.annotator"],
      ["INVALID_VALUE", "annotators.2.annotator"],
      ["INVALID_VALUE", "annotators.3.attributes.0.attribute"],
      ["INVALID_TEXT", "annotators.4.attributes.0.value"],
      ["DUPLICATE_IN_BATCH", "annotators.6.attributes.0.value"],
    ]);
    expect(answer.userErrors[0].message).toContain("U+001B at character 7");
    expect(await everythingElse()).not.toMatch(/secret|-ish/);
    for (const consent of ["study", "@1", "study@1@2", "a study@1"])
      expect((await set([of("p0", { hand: "x" })], { consent })).userErrors).toMatchObject([{ path: ["consent"] }]);
  });

  it("are shown to nobody but the annotator, and set by owners only", async () => {
    expect(await mine(rater)).toMatchObject([
      { annotator: "me", attribute: "hand", value: "left-ish", consent: "study@1", purpose: null },
      { annotator: "me", attribute: "zone" },
    ]);
    expect(await mine(world.adminToken)).toEqual([]);
    const code = async (query: string, token: string) =>
      (await world.send(query, {}, token)).errors?.[0]?.extensions.code;
    expect(await code(`{ dataset(slug: "house") { annotatorAttributes { attribute } } }`, rater)).toBe("FORBIDDEN");
    await expect(set([of("p0", { hand: "x" })], {}, lead)).rejects.toThrow("FORBIDDEN");
    const [{ id }] = await world.db.rowsOnce<any>(`select dataset_id as id from datasets where slug = 'house'`);
    const found = await groupsOfAnnotators(world.db, id, "hand");
    expect([found.size, new Set(found.values())]).toEqual([21, new Set(["left-ish", "right-ish"])]);
  });

  it("are crossed without a cell that could be worked out", async () => {
    const query = `query ($rows: String!, $columns: String!) { dataset(slug: "house") { annotatorAttributeTable(rows: $rows, columns: $columns) {
      rows { groups { annotatorCount } } cells { row { group } column { group } annotatorCount } } } }`;
    const { dataset } = await world.ask(query, { rows: "hand", columns: "zone" }, lead);
    const { cells } = dataset.annotatorAttributeTable;
    expect(cells).toHaveLength(6);
    expect(cells.filter((one: any) => one.annotatorCount !== null && one.annotatorCount < 5)).toEqual([]);
    for (const [rows, columns] of [
      ["hand", "hand"],
      ["hand", "none"],
      ["a\0", "hand"],
    ])
      expect((await world.send(query, { rows, columns }, lead)).errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });

  it("are withdrawn by an owner, and by the annotator for themselves, with the requests they could be guessed from", async () => {
    const digests = async () =>
      (
        await world.db
          .rowsOnce<any>(`select count(*) as n from activities a join contents c on c.dataset_id = a.dataset_id
        and c.commitment = a.request_digest where a.kind = 'ATTRIBUTES'`)
      )[0].n;
    await set([of("me", { hand: "left-ish" })], { requestKey: "attributes-2", consent: "study@3" });
    expect(await digests()).toBeGreaterThan(0);
    expect(await withdraw({ annotator: "p0" }, rater)).toMatchObject({
      activity: null,
      userErrors: [{ code: "NOT_YOUR_ANNOTATOR" }],
    });
    expect(await withdraw({ annotator: "absent" }, rater)).toMatchObject({
      userErrors: [{ code: "NOT_YOUR_ANNOTATOR" }],
    });
    expect(await withdraw({ annotator: "absent" })).toMatchObject({ userErrors: [{ code: "UNKNOWN_ANNOTATOR" }] });
    expect(await withdraw({ annotator: "me", attribute: "hand" }, rater)).toMatchObject({
      activity: { kind: "ATTRIBUTE_WITHDRAWAL" },
      withdrawnCount: 1,
    });
    expect(await withdraw({ annotator: "me" }, rater)).toMatchObject({ withdrawnCount: 1 });
    expect(await withdraw({ annotator: "me" }, rater)).toMatchObject({
      activity: null,
      withdrawnCount: 0,
      userErrors: [],
    });
    expect(await mine(rater)).toEqual([]);
    expect(await digests()).toBe(0);
    expect((await world.ask(`{ dataset(slug: "house") { verifyLog { verified } } }`)).dataset.verifyLog.verified).toBe(
      true,
    );
  });
});

const assay = (args: string[], dataset = "house"): Promise<Ran> =>
  run(["attributes", ...args], {
    env: { ASSAY_URL: `${world.url}/graphql`, ASSAY_TOKEN: world.adminToken, ASSAY_DATASET: dataset },
  });
const shared = new URL("../../../shared/data/ratings/", import.meta.url).pathname;

describe("assay attributes", () => {
  it("sets those of a file, shows counts, and withdraws", async () => {
    const lines = people.map((id, i) => JSON.stringify({ id, g: i === 3 ? "a\u0007" : i < 10 ? "a" : "b" }));
    const file = await fileOf("people.jsonl", lines.join("\n"));
    const ran = await assay(["set", file, "--map", "annotator=id", "--map", "team=g", "--consent", "study@1"]);
    expect([ran.exitCode, ran.stderr]).toEqual([
      1,
      expect.stringContaining("people.jsonl:4 attributes.0.value: value has U+0007"),
    ]);
    expect((await assay(["show", "team"])).stdout).toMatch(/team +b +10\nteam +a +9|SUPPRESSED|too small/);
    expect((await assay(["show", "team", "hand"])).stdout).toMatch(/team \\ hand/);
    expect((await assay(["withdraw", "p5", "--attribute", "team"])).stdout).toMatch(/^1 value of p5 deleted/);
    expect((await assay(["mine"])).stdout).toBe("nothing is known of you\n");
    expect((await assay(["set", file, "--map", "annotator=id", "--consent", "study@1"])).exitCode).toBe(2);
  });

  it.runIf(existsSync(shared))(
    "takes the annotators of real sets, of their own file or of a file of ratings",
    async () => {
      await makeDataset(world, "real");
      const { readFile } = await import("node:fs/promises");
      const csc = (await readFile(`${shared}csc.annotators.jsonl`, "utf8"))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      const keys = [...csc.map((row) => row.annotator_id), ...Array.from({ length: 14 }, (_, i) => String(i))];
      const enrol = `mutation ($annotators: [AnnotatorInput!]!) { enrolAnnotators(input: { dataset: "real", annotators: $annotators }) { acceptedCount userErrors { message } } }`;
      await world.ask(enrol, { annotators: keys.map((key) => ({ key })) });
      const map = ["--map", "annotator=annotator_id", "--map", "gender=Gender", "--consent", "csc@1"];
      const ran = await assay(["set", `${shared}csc.annotators.jsonl`, ...map], "real");
      expect([ran.exitCode, ran.stderr, ran.stdout]).toEqual([
        0,
        "",
        expect.stringMatching(/^840 rows read: 815 annotators in, 25 unchanged/),
      ]);
      const shown = JSON.parse((await assay(["show", "--json"], "real")).stdout);
      expect(shown[0].groups).toEqual([
        { kind: "NAMED", group: "Male", annotatorCount: 418 },
        { kind: "NAMED", group: "Female", annotatorCount: 397 },
        { kind: "UNKNOWN", group: null, annotatorCount: 840 + 14 - 815 },
      ]);
      const india = [
        "--map",
        "annotator=anonymized annotator id",
        "--map",
        "zone=geographic zone",
        "--consent",
        "india@1",
      ];
      const other = await assay(["set", `${shared}india_stereotypes.jsonl.gz`, ...india], "real");
      expect([other.exitCode, other.stderr]).toEqual([0, ""]);
      const zones = JSON.parse((await assay(["show", "zone", "--json"], "real")).stdout);
      expect(zones[0].groups.every((one: any) => one.annotatorCount >= 5)).toBe(true);
    },
  );
});
