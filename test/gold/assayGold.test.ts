// Does the command line set, list and take back gold values, of files and one by one?
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileOf, run, type Ran } from "../scripts/assayWorld.js";
import { makePrincipal } from "../support/people.js";
import { startGoldWorld, type GoldWorld } from "./goldWorld.js";

let world: GoldWorld;
beforeAll(async () => {
  world = await startGoldWorld();
  await world.importExamples(5);
});
afterAll(() => world.stop());

const assay = (args: string[], token = world.adminToken): Promise<Ran> =>
  run(["gold", ...args], { env: { ASSAY_URL: `${world.url}/graphql`, ASSAY_TOKEN: token, ASSAY_DATASET: "house" } });

describe("assay gold", () => {
  it("sets what the columns of a file and its options say, once, however often it is given", async () => {
    const file = await fileOf("gold.csv", "item,answer,why\ne1,4,Plain.\ne2,5,\ne3,9,\n");
    const set = [
      "set",
      file,
      "--map",
      "example=item",
      "--map",
      "value=answer",
      "--map",
      "rationale=why?",
      "--criterion",
      "helpfulness",
      "--tolerance",
      "1",
    ];
    const rehearsed = await assay([...set, "--dry-run"]);
    expect([rehearsed.exitCode, rehearsed.stdout]).toEqual([
      0,
      expect.stringContaining("3 gold values would be sent in 1 call"),
    ]);
    expect(await world.inForce()).toEqual([]);
    const errors = `${file}.errors`;
    const ran = await assay([...set, "--errors", errors, "--resume"]);
    expect([ran.exitCode, ran.stdout]).toEqual([
      1,
      expect.stringMatching(/^3 rows read: 2 gold values in, 0 unchanged, 1 refused; activity 5/),
    ]);
    expect(ran.stderr).toContain(
      "gold.csv:4 value: value 9 is outside the scale 1–5 of helpfulness; use 1, 2, 3, 4 or 5",
    );
    expect(JSON.parse(await readFile(errors, "utf8"))).toMatchObject({
      line: 4,
      field: "value",
      code: "VALUE_OUTSIDE_SCALE",
    });
    const again = await assay([...set, "--json"]);
    expect(JSON.parse(again.stdout)).toMatchObject({ replayedCalls: 1, accepted: 2, activities: [5] });
    const anew = await assay([...set, "--run", "second"]);
    expect(anew.stdout).toMatch(/^3 rows read: 0 gold values in, 2 unchanged, 1 refused/);
    expect(await world.inForce()).toEqual([
      ["e1", "helpfulness@1", 4],
      ["e2", "helpfulness@1", 5],
    ]);
  });

  it("sets one, and says what is wrong with one that cannot be set", async () => {
    const one = [
      "set",
      "--example",
      "e4",
      "--criterion",
      "tone",
      "--value",
      "warm",
      "--rationale",
      "It thanks\nthe reader.",
    ];
    expect(await assay(one)).toMatchObject({ exitCode: 0, stdout: "e4 on tone: set; activity 6\n" });
    expect(await assay(one)).toMatchObject({ exitCode: 0, stdout: "e4 on tone was so before; nothing changed\n" });
    const bad = await assay(["set", "--example", "e4", "--criterion", "helpfulness", "--value", "6"]);
    expect(bad).toMatchObject({ exitCode: 1, stdout: "" });
    expect(bad.stderr).toBe(
      "goldValues.0.value: value 6 is outside the scale 1–5 of helpfulness; use 1, 2, 3, 4 or 5\n",
    );
    const usage = async (...args: string[]) => {
      const ran = await assay(args);
      expect(ran.exitCode).toBe(2);
      return ran.stderr.trim();
    };
    expect(await usage("set", "--example", "e4")).toBe("give a FILE, or --example, --criterion, --value");
    expect(await usage("retract", "--criterion", "tone")).toBe("give a FILE, or --example, --criterion");
    expect(await usage("set", "f.csv", "--example", "e4")).toBe("give a file or --example, not both");
    expect(await usage("set", "f.csv", "--value", "4")).toContain("--map value=FIELD");
    expect(await usage("set", "--example", "e4", "--criterion", "minutes", "--value", "4", "--tolerance", "wide")).toBe(
      '--tolerance is "wide", not a number',
    );
  });

  it("lists those in force, for people and for programs", async () => {
    const { stdout } = await assay(["list"]);
    expect(stdout.split("\n").map((line) => line.split(/ {2,}/).map((cell) => cell.trim()))).toMatchObject([
      ["example", "version", "criterion", "value", "tolerance", "author", "activity", "rationale"],
      {},
      ["e1", "1", "helpfulness@1", "4", "1", "admin", "5", "Plain."],
      ["e2", "1", "helpfulness@1", "5", "1", "admin", "5", "–"],
      ["e4", "1", "tone@1", "warm", "0", "admin", "6", "It thanks the reader."],
      {},
    ]);
    const listed = JSON.parse((await assay(["list", "--criterion", "tone@1", "--json"])).stdout);
    expect(listed).toMatchObject([
      { value: "warm", rationale: "It thanks\nthe reader.", exampleVersion: { example: { externalId: "e4" } } },
    ]);
    const viewer = await makePrincipal(world, "viewer", { house: "VIEWER" });
    const refused = await assay(["list"], viewer);
    expect([refused.exitCode, refused.stdout]).toEqual([3, ""]);
    expect(refused.stderr).toContain("gold:read");
  });

  it("takes back those of a file, or one", async () => {
    expect(await assay(["retract", "--example", "e4", "--criterion", "tone"])).toMatchObject({
      exitCode: 0,
      stdout: "e4 on tone: taken back; activity 7\n",
    });
    const file = await fileOf("wrong.jsonl", '{"example":"e1"}\n{"example":"e3"}\n');
    const ran = await assay(["retract", file, "--criterion", "helpfulness"]);
    expect([ran.exitCode, ran.stdout]).toEqual([
      1,
      expect.stringMatching(/^2 rows read: 1 retraction in, 0 unchanged, 1 refused; activity 8/),
    ]);
    expect(ran.stderr).toContain(
      "wrong.jsonl:2 criterion: the latest version of e3 has no gold value in force on helpfulness@1",
    );
    expect(await world.inForce()).toEqual([["e2", "helpfulness@1", 5]]);
    expect(await world.verified()).toBe(true);
  });

  it("shows examples in its help", async () => {
    for (const command of ["set", "list", "retract"])
      expect((await assay([command, "--help"])).stdout).toContain(`\n  assay gold ${command} `);
  });
});
