import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileOf, run } from "../scripts/assayWorld.js";
import { makeDataset, makePrincipal } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";

let world: World;
const ERRORS = "userErrors { code message path index }";
const RESULT = `check checkVersion parameters status level score message spans { turn start end label }
  exampleVersion { version example { externalId } } activity { number } supersededBy { number }`;
const send = async (name: string, input: object, selection: string) => {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { activity { number kind } replayed ${selection} ${ERRORS} } }`;
  return (await world.ask(query, { input: { dataset: "house", ...input } }))[name];
};
const submit = (results: object[], more: object = {}) =>
  send("submitCheckResults", { results, ...more }, `acceptedCount unchangedCount checkResults { ${RESULT} }`);
beforeAll(async () => {
  world = await startWorld();
  await makeDataset(world, "house");
  const source = { key: "us", kind: "HUMAN_DEMONSTRATION", title: "Us" };
  await send("registerSources", { sources: [source] }, "acceptedCount");
  const examples = [
    { externalId: "e1", prompt: "Who?", response: "👍🏽 ok" },
    { externalId: "e2", prompt: "What?", response: "Mail a@b.org" },
    { externalId: "e3", prompt: "Why?", response: "So." },
  ].map((one) => ({ ...one, source: "us" }));
  await send("importExamples", { examples }, "acceptedCount");
});
afterAll(() => world.stop());

const pii = { externalId: "e2", check: "pii", checkVersion: "2.1", status: "FAIL", level: "BLOCK" };
const found = { ...pii, score: 0.9, message: "An address.", spans: [{ start: 5, end: 12, label: "EMAIL" }] };
const at = async (activity: number, selection: string) =>
  (await world.ask(`{ dataset(slug: "house") { snapshot(at: { activity: ${activity} }) { ${selection} } } }`)).dataset
    .snapshot;
const filtered = async (checks: string, activity = 100) => {
  const head = activity === 100 ? "head" : `snapshot(at: { activity: ${activity} })`;
  const { dataset } = await world.ask(
    `{ dataset(slug: "house") { it: ${head} { examples(first: 10, filter: { checks: [${checks}] }) { nodes { example { externalId } } } } } }`,
  );
  return dataset.it.examples.nodes.map((one: any) => one.example.externalId);
};

describe("results of checks", () => {
  it("are taken with places in the text, once for a request key, and unchanged by the same again", async () => {
    const answer = await submit([found, { ...pii, externalId: "e1", status: "PASS" }], { requestKey: "checks-1" });
    expect(answer).toMatchObject({
      activity: {
        number: 4,
        kind: "CHECKS",
      },
      replayed: false,
      acceptedCount: 2,
      unchangedCount: 0,
      userErrors: [],
      checkResults: [
        {
          check: "pii",
          checkVersion: "2.1",
          parameters: {},
          status: "FAIL",
          level: "BLOCK",
          score: 0.9,
          message: "An address.",
          spans: [
            {
              turn: null,
              start: 5,
              end: 12,
              label: "EMAIL",
            },
          ],
          exampleVersion: {
            version: 1,
            example: { externalId: "e2" },
          },
          supersededBy: null,
        },
        {
          status: "PASS",
          message: null,
          spans: [],
          score: null,
        },
      ],
    });
    expect(await submit([found, { ...pii, externalId: "e1", status: "PASS" }], { requestKey: "checks-1" })).toEqual({
      ...answer,
      replayed: true,
    });
    expect(await submit([found])).toMatchObject({ activity: null, unchangedCount: 1 });
  });

  it("are superseded by another of the same check, version and parameters, and by no other", async () => {
    const others = [
      { ...found, checkVersion: "2.2" },
      { ...found, parameters: { threshold: 0.5, of: ["a"] } },
      { ...found, check: "length", level: "INFO" },
    ];
    expect(await submit(others)).toMatchObject({ activity: { number: 5 }, acceptedCount: 3 });
    const same = { ...others[1]!, parameters: { of: ["a"], threshold: 0.5 } };
    expect(await submit([same])).toMatchObject({ activity: null, unchangedCount: 1 });
    expect(await submit([{ ...same, spans: [{ start: 5, end: 11 }] }])).toMatchObject({ activity: { number: 6 } });
    expect(await submit([{ ...pii, status: "SKIPPED", level: "INFO" }])).toMatchObject({ activity: { number: 7 } });
    const query = `{ dataset(slug: "house") { example(externalId: "e2") { latest { checkResults(check: "pii@2.1") { status parameters }
      all: checkResults(all: true) { check } } } } }`;
    const { latest } = (await world.ask(query)).dataset.example;
    expect(latest.checkResults).toEqual([
      { status: "SKIPPED", parameters: {} },
      { status: "FAIL", parameters: { of: ["a"], threshold: 0.5 } },
    ]);
    expect(latest.all).toHaveLength(6);
  });

  it("are listed, counted and filtered by as of a snapshot", async () => {
    const list = `checkResults(first: 10, filter: { check: "pii" }) { nodes { status checkVersion } totalCount { value } }
      checkCounts { check checkVersion level status count }`;
    expect(await at(4, list)).toEqual({
      checkResults: {
        nodes: [
          { status: "FAIL", checkVersion: "2.1" },
          { status: "PASS", checkVersion: "2.1" },
        ],
        totalCount: { value: 2 },
      },
      checkCounts: [
        { check: "pii", checkVersion: "2.1", level: "BLOCK", status: "FAIL", count: 1 },
        { check: "pii", checkVersion: "2.1", level: "BLOCK", status: "PASS", count: 1 },
      ],
    });
    const now = await at(
      7,
      `checkResults(last: 1, filter: { status: FAIL, level: INFO }) { nodes { check } totalCount { value } } checkCounts(filter: { check: "pii@2.1" }) { status count }`,
    );
    expect(now).toEqual({
      checkResults: { nodes: [{ check: "length" }], totalCount: { value: 1 } },
      checkCounts: [
        { status: "FAIL", count: 1 },
        { status: "PASS", count: 1 },
        { status: "SKIPPED", count: 1 },
      ],
    });
    expect(await filtered(`{ check: "pii@2.1", statuses: [FAIL], levels: [BLOCK] }`, 4)).toEqual(["e2"]);
    expect(await filtered(`{ check: "pii" }`)).toEqual(["e1", "e2"]);
    expect(await filtered(`{ check: "pii", absent: true }`)).toEqual(["e3"]);
    expect(await filtered(`{ check: "pii", scoreAtLeast: 0.5 }, { check: "length", scoreAtMost: 0.9 }`)).toEqual([
      "e2",
    ]);
    expect(await filtered(`{ check: "pii", statuses: [FAIL], absent: true }`, 4)).toEqual(["e1", "e3"]);
  });

  it("are refused with what is wrong; places are counted in code points", async () => {
    const spans = (...all: object[]) => ({ ...pii, check: "spans", externalId: "e1", spans: all });
    const bad = [
      { ...pii, externalId: "absent" },
      { ...pii, check: "no key" },
      { ...pii, checkVersion: "" },
      { ...pii, parameters: { text: "x".repeat(5_000) } },
      { ...pii, message: " " },
      spans({ start: 0, end: 6 }),
      spans({ start: 2, end: 2 }),
      spans({ turn: 2, start: 0, end: 1 }),
      { ...pii, check: "twice" },
      { ...pii, check: "twice" },
      spans({ start: 0, end: 5 }, { turn: 0, start: 3, end: 4 }),
    ];
    const answer = await submit(bad);
    expect(answer.acceptedCount).toBe(2);
    expect(answer.userErrors.map((one: any) => [one.code, one.path.slice(1).join(".")])).toEqual([
      ["UNKNOWN_EXAMPLE", "0.externalId"],
      ["INVALID_VALUE", "1.check"],
      ["INVALID_VALUE", "2.checkVersion"],
      ["INVALID_VALUE", "3.parameters"],
      ["INVALID_VALUE", "4.message"],
      ["INVALID_VALUE", "5.spans"],
      ["INVALID_VALUE", "6.spans"],
      ["INVALID_VALUE", "7.spans"],
      ["DUPLICATE_IN_BATCH", "9.check"],
    ]);
    expect(answer.userErrors[5].message).toBe(
      "span 0 goes from 0 to 6; turn 1 has 5 code points, so use 0 ≤ start < end ≤ 5",
    );
    const rater = await makePrincipal(world, "rater", { house: "ANNOTATOR" });
    for (const asked of [
      "checkCounts { count }",
      `examples(first: 1, filter: { checks: [{ check: "pii" }] }) { nodes { id } }`,
    ])
      expect(
        (await world.send(`{ dataset(slug: "house") { head { ${asked} } } }`, {}, rater)).errors![0]!.extensions.code,
      ).toBe("FORBIDDEN");
  });

  it("come from files, and are listed, on the command line", async () => {
    const assay = (...args: string[]) =>
      run(["check", ...args], {
        env: { ASSAY_URL: `${world.url}/graphql`, ASSAY_TOKEN: world.adminToken, ASSAY_DATASET: "house" },
      });
    const rows = [
      { id: "e1", verdict: "pass" },
      { id: "e3", verdict: "fail", places: [{ start: 0, end: 3 }], why: "Short." },
      { id: "e3", verdict: "maybe" },
    ];
    const file = await fileOf("checks.jsonl", rows.map((row) => JSON.stringify(row)).join("\n"));
    const map = ["--map", "example=id", "--map", "status=verdict", "--map", "spans=places?", "--map", "message=why?"];
    const ran = await assay("submit", file, ...map, "--check", "short", "--check-version", "1", "--level", "info");
    expect([ran.exitCode, ran.stdout]).toEqual([
      1,
      expect.stringMatching(/^3 rows read: 2 check results in, 0 unchanged, 1 refused/),
    ]);
    expect(ran.stderr).toContain('checks.jsonl:3 verdict: is "maybe"; use pass, fail, skipped, error');
    expect((await assay("list", "--check", "short")).stdout).toMatch(/short@1 +INFO +FAIL +1\nshort@1 +INFO +PASS +1/);
    expect((await assay("list", "--check", "short", "--status", "fail", "--results")).stdout).toMatch(
      /e3 +1 +short@1 +INFO +FAIL +– +1 +Short\./,
    );
  });

  it("lose what they say in words and places with their example, and the log still verifies", async () => {
    expect(
      (await send("eraseExample", { externalId: "e2", reason: "Asked to." }, "erasedCount")).erasedCount,
    ).toBeGreaterThan(2);
    const { dataset } =
      await world.ask(`{ dataset(slug: "house") { verifyLog { verified } example(externalId: "e2") { versions(first: 1) { nodes {
      checkResults(all: true) { status message spans { start } } } } } } }`);
    expect(dataset.verifyLog.verified).toBe(true);
    const said = dataset.example.versions.nodes[0].checkResults;
    expect(said.length).toBeGreaterThan(4);
    expect(said.filter((one: any) => one.message !== null || (one.spans?.length ?? 0) > 0)).toEqual([]);
    const texts = await world.db.rowsOnce(`select text from contents where text like '%An address%'`, []);
    expect(texts).toEqual([]);
    expect(await submit([{ ...pii, check: "late" }])).toMatchObject({ userErrors: [{ code: "CONTENT_ERASED" }] });
  });
});

it("scores of a model come in as labels with method MODEL and confidence", async () => {
  const labels = [{ externalId: "e1", dimension: "toxicity", values: ["low"], method: "MODEL", confidence: 0.93 }];
  expect(await send("labelExamples", { labels }, "acceptedCount")).toMatchObject({ acceptedCount: 1, userErrors: [] });
  const { dataset } = await world.ask(
    `{ dataset(slug: "house") { example(externalId: "e1") { latest { labels { dimension value method confidence } } } } }`,
  );
  expect(dataset.example.latest.labels).toEqual([
    { dimension: "toxicity", value: "low", method: "MODEL", confidence: 0.93 },
  ]);
});
