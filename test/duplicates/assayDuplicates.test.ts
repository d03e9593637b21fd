// Does the command line show near-duplicates and diversity as the API answers them?
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importInto, startExampleWorld } from "../examples/exampleWorld.js";
import { run } from "../scripts/assayWorld.js";
import type { World } from "../support/world.js";

const folder = mkdtempSync(join(tmpdir(), "assay-duplicates-"));
let world: World;
beforeAll(async () => {
  world = await startExampleWorld();
  const tale = "Once a fox met a crow who had found a large piece of cheese and sat in a tree to eat it alone";
  const told = (externalId: string, response: string) => ({ externalId, prompt: "Tell a fable", response });
  await importInto(world, [
    told("fox", tale),
    told("same", tale.toUpperCase()),
    told("near", `${tale} today`),
    told("far", "A hare laughed at a tortoise and lost the race."),
  ]);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.stop();
});

function assay(...args: string[]) {
  const { url, adminToken } = world;
  return run(args, { env: { ASSAY_URL: `${url}/graphql`, ASSAY_TOKEN: adminToken, ASSAY_DATASET: "house" } });
}

describe("assay duplicates", () => {
  it("shows the clusters, and the mass", async () => {
    const ran = await assay("duplicates");
    expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
    const lines = ran.stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^house at activity \d+ .*, population current, method duplicates\/1, measures\/1, miss$/);
    expect(lines.slice(1, 3)).toEqual([
      "4 texts compared, near-duplicates from a Jaccard index of 0.8",
      "1 cluster, 2 distinct, near-duplicate mass 50.0%",
    ]);
    expect(lines.at(-1)).toMatch(/^ +3 +fox +same 1\.00, near 0\.96$/);
  });

  it("answers as JSON, after a job where asked", async () => {
    const ran = await assay("duplicates", "--threshold", "0.9", "--job", "--json");
    expect(JSON.parse(ran.stdout)).toMatchObject({ clusterCount: 1, cache: "HIT", parameters: { threshold: 0.9 } });
    expect(ran.stderr).toContain("is done");
  });

  it("looks up a text of a file and an example, and refuses what is neither", async () => {
    const file = join(folder, "text.json");
    writeFileSync(
      file,
      JSON.stringify({ prompt: "Tell a fable!", response: "A hare laughed at a tortoise, and lost the race" }),
    );
    const ofText = await assay("duplicates", "--of-text", file);
    expect(ofText.stdout).toContain(`1 near-duplicate of the text in ${file}`);
    expect(ofText.stdout.trimEnd().split("\n").at(-1)).toMatch(/^far +1 +1\.000$/);
    const ofExample = JSON.parse((await assay("duplicates", "--example", "near", "--json")).stdout);
    expect(ofExample.matches.nodes.map((one: any) => one.exampleVersion.example.externalId)).toEqual(["fox", "same"]);
    writeFileSync(file, JSON.stringify({ prompt: "Only this" }));
    expect(await assay("duplicates", "--of-text", file)).toMatchObject({ exitCode: 2 });
    expect(await assay("duplicates", "--of-text", file, "--example", "fox")).toMatchObject({ exitCode: 2 });
    expect(await assay("duplicates", "--example", "nobody")).toMatchObject({ exitCode: 3 });
    expect(await assay("duplicates", "--threshold", "0.4")).toMatchObject({ exitCode: 2 });
  });
});

describe("assay diversity", () => {
  it("shows the spread over kinds and the measures of both parts, with what they were taken of", async () => {
    const ran = await assay("diversity", "--by", "source", "--by", "label:topic", "--by", "cluster", "--seed", "4");
    expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
    expect(ran.stdout).toContain("4 examples, 2 distinct, near-duplicate mass 50.0%");
    expect(ran.stdout).toMatch(/\nsource +4 +0 +1 +1\.000 +1\.000 +1\.000 +100\.0% +web +0\.000\n/);
    expect(ran.stdout).toMatch(/\ntopic +0 +4 +– +NO_COUNTS/);
    // {3, 1}: exp of their entropy is 4/27^¼, and 1/Σp² is 1.6
    expect(ran.stdout).toMatch(/\ncluster +4 +0 +2 +1\.755 +1\.600 +0\.877 +75\.0% +– +0\.250\n/);
    expect(ran.stdout).toContain("texts: 4 drawn by seed 4");
    expect(ran.stdout).toMatch(/\nresponse +compression-ratio +\d\.\d{3} +4 +\d+ +gzip-9\/1\n/);
  });

  it("answers as JSON, after a job where asked, and refuses kinds that there are not", async () => {
    const ran = await assay("diversity", "--sample", "3", "--job", "--json");
    expect(JSON.parse(ran.stdout)).toMatchObject({ cache: "HIT", sample: { drawnCount: 3, seed: 1 } });
    expect(await assay("diversity", "--by", "colour")).toMatchObject({ exitCode: 2 });
  });
});
