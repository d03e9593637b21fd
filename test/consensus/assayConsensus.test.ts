// Does the command line show consensus as the API answers it?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../scripts/assayWorld.js";
import { consensusWorld, type ConsensusWorld } from "./consensusWorld.js";

let house: ConsensusWorld;
beforeAll(async () => {
  house = await consensusWorld(3, 125);
  const ratings = Array.from({ length: 125 }, (_, i) => ({ externalId: `x${i}`, annotator: "ann", value: "warm" }));
  await house.rate("tone", ratings);
  for (let i = 0; i < 40; i++) await house.happen();
});
afterAll(() => house.world.stop());

function assay(...args: string[]) {
  const { url, adminToken } = house.world;
  const env = { ASSAY_URL: `${url}/graphql`, ASSAY_TOKEN: adminToken, ASSAY_DATASET: "house" };
  return run(["consensus", ...args], { env });
}

describe("assay consensus", () => {
  it("shows a line for each example, the least certain first where asked", async () => {
    const ran = await assay("--criterion", "stars", "--order", "least-certain", "--first", "5");
    expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
    const [first, , header, , ...units] = ran.stdout.trimEnd().split("\n");
    expect(first).toMatch(
      /^stars in version 1 by mean: house at activity \d+ .*, population current, method consensus\/1, miss$/,
    );
    expect(header).toMatch(/^example +version +consensus +certainty +ratings +values$/);
    expect(units).toHaveLength(5);
    const { nodes } = await house.consensus(
      `criterion: "stars", order: LEAST_CERTAIN, first: 5`,
      "nodes { exampleVersion { example { externalId } } }",
    );
    expect(units.map((line) => line.split(/ +/)[0])).toEqual(
      nodes.map((one: any) => one.exampleVersion.example.externalId),
    );
  });

  it("answers as JSON over as many pages as asked, by a rule and a moment", async () => {
    const at = (await house.head()) - 1;
    const ran = await assay(
      "--criterion",
      "tone",
      "--rule",
      "majority",
      "--first",
      "1000",
      "--at",
      String(at),
      "--json",
    );
    const answer = JSON.parse(ran.stdout);
    expect(answer).toMatchObject({ rule: "MAJORITY", activity: { number: at }, model: null });
    const { totalCount } = await house.consensus(
      `criterion: "tone", first: 0`,
      "totalCount { value }",
      `snapshot(at: { activity: ${at} })`,
    );
    expect(answer.nodes).toHaveLength(totalCount.value);
    expect(new Set(answer.nodes.map((one: any) => one.exampleVersion.example.externalId)).size).toBe(totalCount.value);
    expect(totalCount.value).toBeGreaterThan(100);
  });

  it("computes a model as a job, with progress, and shows its annotators", async () => {
    const ran = await assay("--criterion", "tone", "--rule", "dawid-skene", "--job", "--raters", "--first", "3");
    expect(ran.exitCode).toBe(0);
    expect(ran.stderr).toMatch(/^job \d+ (waits|: ).*\n(.*\n)*job \d+ is done\n$/);
    expect(ran.stdout).toMatch(/by dawid-skene: .*, hit\n/);
    expect(ran.stdout).toMatch(
      /true values: plain \d+\.\d%, warm \d+\.\d%, cold \d+\.\d%\nlog-likelihood -\d+\.\d{3} after \d+ steps\n/,
    );
    expect(ran.stdout).toMatch(
      /annotator +ratings +accuracy +right on plain +right on warm +right on cold\n.*\nann +\d+ +[01]\.\d{3}/,
    );
  });

  it("says what is missing or does not fit", async () => {
    expect(await assay()).toMatchObject({ exitCode: 2, stderr: "give --criterion KEY\n" });
    expect(await assay("--criterion", "stars", "--job")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/--job goes with --rule dawid-skene/),
    });
    expect(await assay("--criterion", "tone", "--rule", "mean")).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/BAD_USER_INPUT: MEAN does not fit tone/),
    });
    expect(await assay("--criterion", "score", "--rule", "dawid-skene", "--job")).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/no categories/),
    });
  });
});
