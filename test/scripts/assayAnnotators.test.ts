// Does the command line show what annotators' work is like, and carry feedback to them?
import { readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as documents from "../../scripts/assay/annotators/annotatorDocuments.js";
import { issueToken } from "../support/people.js";
import { plantedWorld, type PlantedWorld } from "../quality/plantedWorld.js";
import { run } from "./assayWorld.js";

const SCHEMA = new URL("../../graphql/schema.graphql", import.meta.url);

describe("the documents about annotators", () => {
  it.each(Object.entries(documents))("%s is valid", (_, document) => {
    const schema = buildSchema(readFileSync(SCHEMA, "utf8"));
    expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
  });
});

describe("against a server", () => {
  let planted: PlantedWorld;
  let annotator: string;
  beforeAll(async () => {
    planted = await plantedWorld();
    const { world, call, rate } = planted.house;
    await world.ask(
      `mutation { createPrincipal(input: { key: "sue-principal", kind: HUMAN }) { userErrors { message } }
         setMember(input: { dataset: "house", principal: "sue-principal", role: ANNOTATOR }) { userErrors { message } } }`,
    );
    annotator = await issueToken(world, { principal: "sue-principal" });
    await call("enrolAnnotators", "EnrolAnnotatorsInput", { annotators: [{ key: "sue", principal: "sue-principal" }] });
    await rate("help", [{ externalId: "x001", annotator: "sue", value: 3 }]);
  });
  afterAll(() => planted?.house.world.stop());

  const assay = async (args: string[], token = planted.house.world.adminToken) => {
    const env = { ASSAY_URL: `${planted.house.world.url}/graphql`, ASSAY_TOKEN: token, ASSAY_DATASET: "house" };
    const ran = await run(args, { env });
    return { ...ran, lines: ran.stdout.split("\n") };
  };

  it("shows a line for each annotator, least agreement first, and the same as JSON", async () => {
    const ran = await assay([
      "annotators",
      "--criterion",
      "help",
      "--order",
      "least-agreement",
      "--kinds",
      "human,model",
    ]);
    expect([ran.exitCode, ran.stderr]).toEqual([0, ""]);
    expect(ran.lines[0]).toMatch(/^help: house at activity \d+ \(.*\), population current, method quality\/1$/);
    expect(ran.lines[2]).toMatch(/^annotator +ratings +agreement +gold +severity +same again +median +drift$/);
    expect(ran.lines[4]).toMatch(
      /^rnd +112 +0\.\d{3} \[0\.\d{3}, 0\.\d{3}\] +0\.\d{3} \[.*\] +[+-]0\.\d{3} \[.*\] +– +2 s +[+-]\d/,
    );
    expect(ran.stdout).toMatch(/^bot \(model\) +112 /m);
    expect(ran.stdout).toMatch(/^bob +112 .* 70\.0% of 10 /m);
    const asJson = await assay(["annotators", "--criterion", "help", "--json"]);
    const report = JSON.parse(asJson.stdout);
    expect(report).toMatchObject({ population: "CURRENT", methodVersion: "quality/1" });
    expect(report.annotators).toHaveLength(10);
    const usage = await assay(["annotators"]);
    expect([usage.exitCode, usage.stderr]).toEqual([2, "give --criterion KEY\n"]);
  });

  it("waits for a job where that is asked for", async () => {
    const ran = await assay(["annotators", "--criterion", "help", "--repeats", "first", "--job", "--json"]);
    expect(ran.exitCode).toBe(0);
    expect(ran.stderr).toMatch(/job \d+ is done\n$/);
    expect(JSON.parse(ran.stdout).cache).toBe("HIT");
  });

  it("shows one of them in words and numbers, with the confusion matrix", async () => {
    const ran = await assay(["annotators", "show", "sev", "--criterion", "help", "--confidence", "0.9"]);
    expect([ran.exitCode, ran.stderr]).toEqual([0, ""]);
    for (const line of [
      /^sev: 112 ratings of 112 units, 112 of them shared with others, 2026-01-01 to 2026-01-01$/m,
      /value +90% interval +n +shrunken$/m,
      /^severity, below 0 more severe +-1\.\d{3} +-1\.\d{3} to -0\.\d{3} +112 +-0\.\d{3} \(own weight 0\.\d\d\)$/m,
      /^the same again +NO_REPEATS +– +0 +–$/m,
      /^gives 1\.\d{3} less than the others of a unit, on average$/m,
      /^on gold \d+ right and \d+ wrong; above 0\.75 with a probability of 0\.0\d\d$/m,
      /^value less the others' mean: -\d.* in the last 50, -\d.* in the 62 before$/m,
      /^evidence, and no verdict$/m,
      /^true +ratings +says 1 +says 2 +says 3 +says 4 +says 5$/m,
      /^ +1 +33\.8 +1\.00 +0\.00/m,
    ])
      expect(ran.stdout).toMatch(line);
    const absent = await assay(["annotators", "show", "nobody", "--criterion", "help"]);
    expect([absent.exitCode, absent.stderr]).toEqual([
      3,
      "NOT_FOUND: nobody has rated nothing on help, or there is no such annotator\n",
    ]);
  });

  it("sends feedback, lists and shows it, and takes the annotator's answer", async () => {
    const sent = await assay([
      "annotators",
      "feedback",
      "sue",
      "--criterion",
      "help",
      "--message",
      "Look at\nclause 1.",
    ]);
    expect(sent.exitCode).toBe(0);
    const id = /feedback (\S+)/.exec(sent.stdout)![1]!;
    const listed = await assay(["feedback", "list"]);
    expect(listed.stdout).toMatch(
      new RegExp(`^${id} +sue +help@1 +\\d+ +admin +\\d{4}-\\d\\d-\\d\\d +– +Look at clause 1\\.$`, "m"),
    );
    expect((await assay(["feedback", "list", "--annotator", "bob"])).stdout).toBe("nothing was sent\n");

    const unusual = await assay(["annotators", "feedback", "sue", "--criterion", "help", "--repeats", "all"]);
    expect([unusual.exitCode, unusual.stderr]).toEqual([2, expect.stringContaining("--repeats is for the table")]);

    const forbidden = await assay(["feedback", "list"], annotator);
    expect([forbidden.exitCode, forbidden.stderr]).toEqual([3, expect.stringContaining("FORBIDDEN")]);
    const mine = await assay(["feedback", "show", id, "--mine"], annotator);
    expect(mine.stdout).toMatch(/^admin says:\n {2}Look at\n {2}clause 1\.\n\nhelp@1: house at activity \d+/);
    expect(mine.stdout).toMatch(/^sue: 1 rating of 1 unit, 1 of them/m);
    expect(mine.stdout).not.toMatch(/\b(ann|bob|cat|cop|dri|few|rnd|sev)\b/);

    const done = await assay(["feedback", "acknowledge", id, "--comment", "I will."], annotator);
    expect([done.exitCode, done.stdout]).toEqual([0, expect.stringMatching(/^acknowledged\nactivity \d+\n$/)]);
    const again = await assay(["feedback", "acknowledge", id], annotator);
    expect([again.exitCode, again.stderr]).toEqual([3, expect.stringContaining("(ALREADY_EXISTS)")]);
    expect((await assay(["feedback", "show", id])).stdout).toMatch(/\nanswer: I will\.\n$/);
    const both = await assay(["feedback", "list", "--mine", "--annotator", "sue"]);
    expect([both.exitCode, both.stderr]).toEqual([2, "give --mine or --annotator, not both\n"]);
  });
});
