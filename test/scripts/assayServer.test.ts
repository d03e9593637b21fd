// Does the command line do the whole job against a real server, and lose or double nothing when answers are lost?
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startWorld, type World } from "../support/world.js";
import { fileOf, run, scratch, type RunOptions } from "./assayWorld.js";
import { ABSENT, hasRealData, realData } from "./assayRealData.js";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const sample = (name: string) => fileURLToPath(new URL(`../../scripts/demo/sample/${name}`, import.meta.url));

/** Commands on one dataset; each must end with the exit code that is expected. */
function on(dataset: string) {
  const env = { ASSAY_URL: `${world.url}/graphql`, ASSAY_TOKEN: world.adminToken, ASSAY_DATASET: dataset };
  return async (exitCode: number, args: string[], options: RunOptions = {}) => {
    const ran = await run(args, { ...options, env });
    expect([args.join(" "), ran.exitCode, ran.exitCode === exitCode ? "" : ran.stderr]).toEqual([
      args.join(" "),
      exitCode,
      "",
    ]);
    return ran;
  };
}

const json = <T = Record<string, never>>(text: string) => JSON.parse(text) as T;

async function setUp(dataset: string) {
  const assay = on(dataset);
  await assay(0, ["dataset", "create", dataset]);
  await assay(0, ["source", "register", sample("sources.json")]);
  await assay(0, ["criterion", "publish", sample("criteria.json")]);
  await assay(0, ["guideline", "publish", sample("guidelines.json")]);
  await assay(0, ["annotator", "enrol", sample("annotators.json")]);
  await assay(0, ["batch", "open", sample("batches.json")]);
  await assay(0, ["plan", "publish", sample("plan.json")]);
  return assay;
}

describe("the main job", () => {
  it("goes from sources to a release that somebody else can verify and explain", async () => {
    const assay = await setUp("job");
    expect((await assay(0, ["import", sample("examples.jsonl")])).stdout).toContain("140 rows read: 140 examples in");
    expect((await assay(1, ["import", sample("bad-rows.jsonl"), "--json"])).stdout).toContain('"refused": 8');
    expect((await assay(0, ["rate", sample("ratings.jsonl")])).stdout).toContain("1,079 ratings in");
    await assay(0, ["import", sample("edits.jsonl"), "--on-conflict", "new-version"]);
    expect((await assay(0, ["decide", sample("decisions.jsonl")])).stdout).toContain("130 decisions in");
    const agreement = await assay(0, ["agreement", "--criterion", "helpfulness", "--group-by", "batch"]);
    expect(agreement.stdout).toMatch(/^pilot +0\.\d{3} \[.*\] +0\.\d{3} \[.*\] +0\.\d{3} \[.*\] +55 /m);
    const parts = ["--pairs", "--confusions", "--disagreements", "3", "--trend", "3", "--plan", "0.1"];
    const shown = await assay(0, [
      "agreement",
      "--criterion",
      "helpfulness",
      "--intervals",
      "bootstrap",
      ...parts,
      "--job",
    ]);
    expect(shown.stderr).toMatch(/^job 1 is done$/m);
    for (const title of ["by activity", "pairs of annotators", "values", "units", "for ±0.1"])
      expect(shown.stdout).toMatch(new RegExp(`^${title}`, "m"));
    expect(shown.stdout).toMatch(/^ +0\.\d{3} +0\.\d{3} to 0\.\d{3} +bootstrap$/m);
    expect((await assay(0, ["job", "list"])).stdout).toMatch(/^ *1 +AGREEMENT +done +/m);
    expect((await assay(0, ["coverage", "--by", "label:intent", "--by", "source-kind"])).stdout).toContain(
      "gaps, largest first",
    );

    const candidate = await assay(0, [
      "release",
      "candidate",
      "--category",
      "intent",
      "--quality",
      "helpfulness",
      "--json",
    ]);
    const { id } = json<{ candidate: { id: string } }>(candidate.stdout).candidate;
    await assay(0, ["release", "cut", "1.0.0", "--candidate", id]);
    const file = `${await scratch()}/records.jsonl`;
    await assay(0, ["release", "export", "1.0.0", "--output", file]);
    expect((await assay(0, ["release", "verify", file, "--release", "1.0.0"])).stdout).toMatch(/verified\n$/);
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace("the", "teh"));
    expect((await assay(1, ["release", "verify", file, "--release", "1.0.0"])).stdout).toContain(
      "is not as it was released",
    );
    expect((await assay(0, ["lineage", "mg-018", "--depth", "3"])).stdout).toContain("wasRevisionOf");
    expect((await assay(0, ["log", "verify"])).stdout).toMatch(/^verified/);

    await assay(0, ["erase", "fd-003", "--reason", "asked to", "--yes"]);
    await assay(0, ["release", "export", "1.0.0", "--output", file]);
    expect((await assay(0, ["release", "verify", file, "--release", "1.0.0"])).stdout).toContain(
      "1 of them erased since",
    );
    expect((await assay(0, ["log", "verify"])).stdout).toMatch(/^verified/);
  });

  it("takes a file with a bad row whole or not at all under --atomic, and says what is wrong", async () => {
    const assay = await setUp("atomic");
    const ran = await assay(1, ["import", sample("bad-rows.jsonl"), "--atomic"]);
    expect(ran.stderr.split("\n").filter((line) => /bad-rows\.jsonl:\d/.test(line))).toHaveLength(8);
    expect(ran.stdout).toContain("nothing is in");
    await assay(0, ["import", sample("examples.jsonl"), "--atomic"]);
    const rating = (value: number) =>
      `{"example":"hd-001","criterion":"helpfulness","annotator":"lark","value":${value}}\n`;
    const file = await fileOf("r.jsonl", rating(4) + rating(9));
    const refused = await assay(1, ["rate", file, "--guideline", "house-style@1.0", "--atomic"]);
    expect(refused.stderr).toContain(`${file}:2 value:`);
    expect(refused.stdout).toContain("nothing is in");
    expect((await assay(1, ["rate", file, "--guideline", "house-style@1.0"])).stdout).toContain(
      "1 rating in, 0 unchanged, 1 refused",
    );
  });

  it("signs others in with a token of their own, and says what a role may not do", async () => {
    const assay = await setUp("people");
    await assay(0, ["principal", "create", "bot", "--kind", "script"]);
    await assay(0, ["member", "set", "bot", "viewer"]);
    const issued = await assay(0, ["token", "issue", "--principal", "bot", "--label", "ci", "--json"]);
    const { secret, apiToken } = json<{ secret: string; apiToken: { id: string } }>(issued.stdout);
    await assay(0, ["log", "verify", "--token", secret]);
    expect((await assay(3, ["import", sample("examples.jsonl"), "--token", secret])).stderr).toContain("FORBIDDEN");
    await assay(0, ["token", "revoke", apiToken.id]);
    // A server may honour a revoked token for some seconds more.
    const options = { timeout: 30_000, interval: 500 };
    await vi.waitFor(async () => {
      const ran = await assay(3, ["log", "verify", "--token", secret]);
      expect(ran.stderr).toContain("UNAUTHENTICATED");
    }, options);
    expect((await assay(0, ["token", "list"])).stdout).toContain("bot");
  });
});

describe("answers that are lost", () => {
  it("are asked for again: the server has everything once", async () => {
    const assay = await setUp("lossy");
    let calls = 0;
    // Every other answer is dropped after the server has given it.
    const lossy: typeof fetch = async (...given) => {
      const response = await fetch(...given);
      await response.clone().text();
      if (calls++ % 2 === 0) throw new TypeError("fetch failed", { cause: { code: "ECONNRESET" } });
      return response;
    };
    const imported = await assay(0, ["import", sample("examples.jsonl"), "--chunk-rows", "30", "--json"], {
      fetch: lossy,
    });
    expect(json(imported.stdout)).toMatchObject({ accepted: 140, calls: 5, replayedCalls: 5, refused: 0 });
    const rated = await assay(0, ["rate", sample("ratings.jsonl"), "--chunk-rows", "400", "--json"], { fetch: lossy });
    expect(json(rated.stdout)).toMatchObject({ accepted: 1079, calls: 3, replayedCalls: 3 });
    const log = (await assay(0, ["log", "follow", "--once", "--json"])).stdout.trim().split("\n");
    const kinds = log.map((line) => json<{ kind: string }>(line).kind);
    expect(kinds.filter((kind) => kind === "IMPORT")).toHaveLength(5);
    expect(kinds.filter((kind) => kind === "RATING")).toHaveLength(3);
    expect((await assay(0, ["log", "verify"])).stdout).toMatch(/^verified/);
  });
});

describe.skipIf(!hasRealData)(`the real sets ${hasRealData ? "" : ABSENT}`, () => {
  it("go in whole: trees are the pairs, a second time is no change, and CSC has its published alphas", async () => {
    const assay = await setUp("real");
    const source = ["--source", "staff-writers"];
    const oasst = [
      "--id",
      "message_id",
      "--map",
      "prompt=prompt",
      "--map",
      "response=response",
      "--map",
      "context=context",
      "--map",
      "language=lang",
    ];
    const pairs = await assay(0, ["import", realData("sft/oasst_en100.pairs.jsonl"), ...oasst, ...source, "--json"]);
    expect(json(pairs.stdout)).toMatchObject({ accepted: 687, refused: 0 });
    const trees = await assay(0, [
      "import",
      realData("sft/oasst_en100.trees.jsonl"),
      "--format",
      "oasst-trees",
      ...source,
      "--json",
    ]);
    expect(json(trees.stdout)).toMatchObject({ accepted: 0, unchanged: 687, activities: [] });

    const items = ["--id", "item_id", "--map", "prompt=context", "--map", "response=response", ...source];
    await assay(0, ["import", realData("ratings/csc.items.jsonl"), ...items]);
    const scale = { key: "sarcasm", question: "How sarcastic?", level: "ORDINAL", categories: [1, 2, 3, 4, 5, 6] };
    await assay(0, ["criterion", "publish", await fileOf("c.json", JSON.stringify(scale))]);
    const rules = {
      key: "csc",
      version: "1.0",
      title: "CSC",
      changeNote: "first",
      clauses: [{ number: "1", title: "Rate", text: "Rate." }],
      criteria: ["sarcasm"],
    };
    await assay(0, ["guideline", "publish", await fileOf("g.json", JSON.stringify(rules))]);
    const columns = ["--map", "example=item_id", "--map", "annotator=annotator_id"];
    const rated = [
      "rate",
      realData("ratings/csc.ratings.jsonl"),
      ...columns,
      "--criterion",
      "sarcasm",
      "--guideline",
      "csc@1.0",
    ];
    expect(json((await assay(1, [...rated, "--json"])).stdout)).toMatchObject({ accepted: 0, refused: 6410 });
    const enrolled = await assay(0, [...rated, "--enrol", "--json"]);
    expect(json(enrolled.stdout)).toMatchObject({ accepted: 6410, refused: 0 });
    const agreement = (await assay(0, ["agreement", "--criterion", "sarcasm"])).stdout;
    expect(agreement).toContain("1,408 units, 872 raters, 6,410 pairable values");
    expect(agreement).toMatch(/^α ordinal +0\.352 +0\.014 +0\.325 to 0\.378 +jackknife, t +not reliable/m);
    const all = json((await assay(0, ["agreement", "--criterion", "sarcasm", "--all", "--json"])).stdout);
    const file = [realData("ratings/csc.ratings.jsonl"), "--unit", "item_id", "--rater", "annotator_id"];
    const onScale = ["--value", "value", "--level", "ordinal", "--categories", "1,2,3,4,5,6"];
    const ofFile: { coefficients: object[] } = json(
      (await assay(0, ["agreement", "--file", ...file, ...onScale, "--all", "--json"])).stdout,
    );
    expect(all.coefficients).toEqual(ofFile.coefficients.map((one) => expect.objectContaining(near(one))));
  });
});

/** A file's errors are by formula, the server's where that is better by jackknife; sums may be added up in another order. */
function near(row: object): object {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !["intervals", "interval", "standardError"].includes(name))
      .map(([name, value]) => [name, typeof value === "number" ? expect.closeTo(value, 9) : value]),
  );
}
