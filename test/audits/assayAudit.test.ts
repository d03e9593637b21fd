// Does the command line show audits, sign them off and settle their findings?
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileOf, run, type Ran } from "../scripts/assayWorld.js";
import { startRecordWorld, testOf, type Person, type RecordWorld } from "./recordWorld.js";

let world: RecordWorld;
beforeAll(async () => {
  world = await startRecordWorld();
  await world.record(
    [
      { key: "a" },
      {
        key: "b",
        subject: "refusal",
        family: "TREATMENT",
        verdict: "MEDIUM",
        effect: { ...testOf().effect, low: null, high: null },
      },
      { key: "c", subject: "sources", verdict: "PASS" },
      {
        key: "n",
        subject: "emoji",
        verdict: "INCONCLUSIVE",
        effect: { ...testOf().effect, value: null, low: null, high: null },
        undefinedBecause: "NO_VARIATION",
      },
    ],
    { title: "First\nlook" },
  );
});
afterAll(() => world?.stop());

const assay = (person: Person, ...args: string[]): Promise<Ran> =>
  run(["audit", ...args], {
    env: { ASSAY_URL: `${world.url}/graphql`, ASSAY_TOKEN: world.tokens[person], ASSAY_DATASET: "house" },
  });
const said = async (person: Person, ...args: string[]) => {
  const ran = await assay(person, ...args);
  expect([ran.exitCode, ran.stderr]).toEqual([0, ""]);
  return ran.stdout;
};
const columns = (line: string) =>
  line
    .trim()
    .split(/ {2,}/)
    .map((cell) => cell.trim());

describe("assay audit", () => {
  it("lists audits with their findings and where they stand", async () => {
    const lines = (await said("vera", "list")).split("\n").map(columns);
    expect(lines[0]).toEqual([
      "audit",
      "title",
      "examples",
      "high",
      "medium",
      "low",
      "inconclusive",
      "signed off",
      "stale",
      "by",
      "recorded",
    ]);
    expect(lines[2]).toMatchObject([
      "1",
      "First look",
      "12",
      "1",
      "1",
      "0",
      "1",
      "no",
      "no",
      "carla",
      expect.any(String),
    ]);
    expect(await assay("anna", "list")).toMatchObject({ exitCode: 3, stdout: "" });
  });

  it("shows one as a table of tests and one of findings with the next step", async () => {
    const text = await said("vera", "show", "1");
    expect(text).toContain("not signed off: 0 of 2 people other than its author accept it");
    const lines = text.split("\n").map(columns);
    const at = lines.findIndex(([first]) => first === "verdict");
    expect(lines.slice(at + 2, at + 5)).toEqual([
      [
        "HIGH",
        "style",
        "response words by source",
        "Cliff's delta 0.600 [0.400, 0.800]",
        "0.330",
        "0.004",
        "web 40 (n=6), people 20 (n=6)",
      ],
      [
        "MEDIUM",
        "treatment",
        "refusal by source",
        "Cliff's delta 0.600",
        "0.330",
        "0.004",
        "web 40 (n=6), people 20 (n=6)",
      ],
      expect.arrayContaining(["PASS"]),
    ]);
    expect(text).toContain("pool: nobody said (gender)");
    expect(text).toContain("  NO_VARIATION, with the finding's number: emoji by source (3)\n");
    const from = lines.findIndex(([first]) => first === "finding");
    expect(lines[from + 2]).toEqual([
      "1",
      "HIGH",
      "open",
      "response words by source",
      "Look at the longest answers of web.",
      "–",
    ]);
    const { tests, findings } = JSON.parse(await said("vera", "show", "1", "--json"));
    expect([tests.length, findings.length]).toEqual([4, 3]);
    const missing = await assay("vera", "show", "9");
    expect(missing).toMatchObject({
      exitCode: 3,
      stderr: "NOT_FOUND: house has no audit 9; assay audit list shows them\n",
    });
  });

  it("signs off, and says what is missing", async () => {
    const sign = (person: Person, decision = "accept") =>
      assay(person, "sign", "1", "--decision", decision, "--statement", "Looked.");
    expect((await sign("rita")).stdout).toMatch(
      /^audit 1: not signed off: 1 of 2 people other than its author accept it\nactivity \d+\n$/,
    );
    expect((await sign("raul")).stdout).toMatch(/^audit 1: signed off\n/);
    const { exitCode, stderr } = await sign("carla");
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining("audit:signOff")]);
    expect(await said("vera", "show", "1")).toContain("accept by raul on ");
  });

  it("sets what became of findings, and waives them until a day", async () => {
    const clause = `${world.full.guidelineVersion}#1`;
    expect(await said("carla", "status", "2", "mitigated", "--reason", "Done.", "--clause", clause)).toMatch(
      /^finding 2: mitigated\n/,
    );
    const until = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
    expect(await said("mona", "waive", "1", "--reason", "For now.", "--until", until)).toContain(
      `waived until ${until}T00:00:00.000Z`,
    );
    const text = await said("vera", "show", "1");
    expect(text).toContain(`waived until ${until}`);
    expect(text).toMatch(new RegExp(`2 +MEDIUM +mitigated .* ${clause}`));
    expect(await assay("mona", "waive", "1", "--reason", "r", "--until", "soon")).toMatchObject({
      exitCode: 2,
      stdout: "",
    });
    expect((await assay("mona", "waive", "1", "--reason", "r", "--until", "2020-01-01")).stderr).toContain("is over");
  });

  it("attaches an analysis with the digest of its file, which stays where it is", async () => {
    const file = await fileOf("model.html", "<p>-0.31</p>");
    const digest = createHash("sha256").update("<p>-0.31</p>").digest("hex");
    const result = await fileOf("result.json", `{ "estimate": -0.31 }`);
    const attach = [
      "attach",
      "--audit",
      "1",
      "--statistic",
      "group effect",
      "--method",
      "mixed model",
      "--result",
      result,
    ];
    expect(await said("carla", ...attach, "--file", file)).toContain(
      `analysis 1: attached to audit 1, file sha256 ${digest}\n`,
    );
    expect(await said("vera", "show", "1")).toContain(
      `1: group effect; mixed model; model.html sha256 ${digest.slice(0, 12)}… (by carla)`,
    );
    expect((await assay("carla", ...attach.slice(0, -1), "nowhere.json")).exitCode).toBe(2);
  });

  it("shows what became of each test from one audit to another", async () => {
    await world.record([{ key: "a", verdict: "LOW" }, { key: "d" }]);
    const text = await said("vera", "diff", "1", "2");
    expect(text.split("\n")[0]).toBe("from audit 1 to audit 2: 0 worse, 1 new, 1 better, 3 gone, 0 same");
    expect(columns(text.split("\n")[4]!)).toEqual([
      "BETTER",
      "style",
      "response words by source",
      "HIGH Cliff's delta 0.600 [0.400, 0.800]",
      "LOW Cliff's delta 0.600 [0.400, 0.800]",
      "–",
    ]);
    expect((await assay("vera", "diff", "2", "2")).exitCode).toBe(2);
  });
});
