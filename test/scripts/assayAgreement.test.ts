// Does a quick look at a ratings file give the published numbers, without any server?
import { describe, expect, it } from "vitest";
import { fileOf, run } from "./assayWorld.js";
import { ABSENT, hasRealData, realData } from "./assayRealData.js";

const columns = (unit: string, rater: string, value: string) => ["--unit", unit, "--rater", rater, "--value", value];
const alone = (args: string[]) => run(["agreement", "--file", ...args], { env: {} });

async function alpha(args: string[]): Promise<string> {
  const ran = await alone([...args, "--json"]);
  const { coefficients } = JSON.parse(ran.stdout) as { coefficients: { coefficient: string; value: number }[] };
  return coefficients.find(({ coefficient }) => coefficient === "krippendorff_alpha")!.value.toFixed(4);
}

describe.skipIf(!hasRealData)(`the real sets ${hasRealData ? "" : ABSENT}`, () => {
  it.each([
    ["all", "nominal", "0.4455"],
    ["all", "ordinal", "0.6657"],
    ["all", "interval", "0.7378"],
    ["first", "nominal", "0.4374"],
    ["first", "ordinal", "0.6598"],
    ["first", "interval", "0.7339"],
    ["latest", "nominal", "0.4376"],
    ["latest", "ordinal", "0.6592"],
    ["latest", "interval", "0.7344"],
  ])("convabuse, repeats %s, %s: %s", async (repeats, level, expected) => {
    const file = realData("ratings/convabuse.ratings.jsonl.gz");
    const args = [file, ...columns("item_id", "annotator_id", "value"), "--level", level, "--repeats", repeats];
    expect(await alpha(args)).toBe(expected);
  });

  it("CSC and, with a template for the unit, India stereotypes", async () => {
    const csc = [realData("ratings/csc.ratings.jsonl"), ...columns("item_id", "annotator_id", "value")];
    expect(Number(await alpha([...csc, "--level", "ordinal"]))).toBeCloseTo(0.352, 3);
    const unit = columns("{axis}/{identity term}/{attribute token}", "anonymized annotator id", "annotation");
    const ran = await alone([realData("ratings/india_stereotypes.jsonl.gz"), ...unit, "--level", "nominal"]);
    expect(ran.stdout).toContain("3,852");
  });
});

describe("agreement of a file", () => {
  const csv = "unit,rater,value\n1,a,yes\n1,b,yes\n2,a,no\n2,b,yes\n3,a,no\n3,b,no\n4,a,\n";

  it("is a table with n, values with three decimals", async () => {
    const ran = await alone([await fileOf("r.csv", csv), ...columns("unit", "rater", "value"), "--level", "nominal"]);
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout.split("\n").slice(1)).toEqual([
      "",
      "3 units, 2 raters, 6 pairable values",
      "FEW_UNITS: fewer than 20 units can be compared; intervals of α may be too narrow",
      "",
      "coefficient  value  error  95% interval     method        reading",
      "───────────  ─────  ─────  ───────────────  ────────────  ───────────────────────────",
      "agreement    0.667  0.333  -0.768 to 1.000  Gwet, t       –",
      "α nominal    0.444  0.667  -2.424 to 1.000  jackknife, t  not reliable (Krippendorff)",
      "",
    ]);
    expect(ran.stdout).toContain("7 rows, 1 without a value, 0 unreadable");
  });

  it("is every coefficient with error and interval under --all, under --json by its name in the vectors", async () => {
    const args = [await fileOf("r.csv", csv), ...columns("unit", "rater", "value"), "--level", "nominal", "--all"];
    const ran = await alone([...args, "--categories", "yes,no"]);
    expect([ran.exitCode, ran.stderr]).toEqual([0, ""]);
    expect(ran.stdout).toContain("3 units, 2 raters, 6 pairable values");
    expect(ran.stdout).toMatch(/^Cohen κ +0\.400 +0\.392 +-0\.368 to 1\.168 +Fleiss-Cohen-Everitt/m);
    const asJson = await alone([...args, "--categories", "yes,no", "--json"]);
    const { coefficients } = JSON.parse(asJson.stdout) as { coefficients: Record<string, unknown>[] };
    expect(coefficients.find(({ coefficient }) => coefficient === "gwet_ac1")).toEqual({
      coefficient: "gwet_ac1",
      weighting: "unweighted",
      value: expect.closeTo(1 / 3, 12),
      undefinedBecause: null,
      units: 3,
      raters: 2,
      pairableValues: 6,
      standardError: expect.any(Number),
      interval: { low: expect.any(Number), high: 1, level: 0.95, method: "gwet_linearization_t" },
    });
    const undeclared = await alone(args);
    expect(undeclared.stdout).toContain("CATEGORIES_NOT_DECLARED: give the scale's values");
  });

  it("shows pairs, confusions, units in dispute and a plan where they are asked for", async () => {
    const args = [await fileOf("r.csv", csv), ...columns("unit", "rater", "value"), "--level", "nominal"];
    const ran = await alone([...args, "--pairs", "--confusions", "--disagreements", "5", "--plan", "0.3"]);
    expect([ran.exitCode, ran.stderr]).toEqual([0, ""]);
    expect(ran.stdout).toMatch(/^a, b +0\.400 \[.*\] +66\.7% +3$/m);
    // Each of unit 2's two ordered pairs is one; n = 3 yes and 3 no of 6, so 9 / 5 were to be expected.
    expect(ran.stdout).toMatch(/^(yes \/ no|no \/ yes) +1\.0 +1\.8 +0\.56 +100\.0%$/m);
    expect(ran.stdout).toMatch(/^ +2 +1\.000 +2 +no, yes$/m);
    expect(ran.stdout).toContain("for α ±0.3\nno plan: TOO_FEW_UNITS");
    const asJson = JSON.parse((await alone([...args, "--pairs", "--disagreements", "1", "--json"])).stdout) as {
      pairs: unknown[];
      disagreements: unknown[];
    };
    expect(asJson.pairs).toMatchObject([{ firstAnnotator: "a", secondAnnotator: "b", unitCount: 3 }]);
    expect(asJson.disagreements).toMatchObject([{ unit: "2", disagreement: 1 }]);
  });

  it("is a reason where there is no number, under --json as well", async () => {
    const file = await fileOf("r.jsonl", '{"u":1,"r":"a","v":5}\n{"u":1,"r":"b","v":5}\n');
    const ran = await alone([file, ...columns("u", "r", "v"), "--level", "ordinal", "--json"]);
    const { coefficients } = JSON.parse(ran.stdout) as {
      coefficients: { value: unknown; undefinedBecause: unknown }[];
    };
    expect(coefficients[1]).toMatchObject({ value: null, undefinedBecause: "NO_VARIATION" });
  });

  it("names the line of a value that cannot be one, and the columns that are there", async () => {
    const file = await fileOf("r.csv", csv);
    const level = await alone([file, ...columns("unit", "rater", "value"), "--level", "interval"]);
    expect([level.exitCode, level.stderr]).toEqual([2, `${file}:2: value "yes" is not a number\n`]);
    const missing = await alone([file, ...columns("item", "rater", "value"), "--level", "nominal"]);
    expect(missing.stderr).toContain('the file has no column "item"; it has unit, rater, value');
  });
});
