// From a candidate over an audit that is really computed to a release, all by the command line.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run, type Ran } from "../scripts/assayWorld.js";
import { startRecordWorld, type Person, type RecordWorld } from "./recordWorld.js";

const WORDS = "the quick brown fox jumps over the lazy dog and then it rests for a while in the sun".split(" ");

let world: RecordWorld;
beforeAll(async () => {
  world = await startRecordWorld();
  const { source } = world.full;
  await world.call("carla", "registerSources", {
    sources: [{ key: "short", kind: "HUMAN_DEMONSTRATION", title: "Short answers", licence: "CC0-1.0" }],
  });
  // Planted: 40 answers of 3 or 4 words from one source, 40 of 12 to 15 from another.
  const examples = Array.from({ length: 80 }, (_, i) => ({
    externalId: `planted-${i}`,
    prompt: `What is number ${i}?`,
    response: `${WORDS.slice(0, i % 2 ? 3 + (i % 4 === 1 ? 1 : 0) : 12 + (i % 8) / 2).join(" ")} ${i}.`,
    source: i % 2 ? "short" : source,
  }));
  await world.call("carla", "importExamples", { examples });
  const decisions = examples.map(({ externalId }) => ({ externalId, verdict: "ACCEPT" }));
  await world.call("carla", "decideExamples", { decisions });
});
afterAll(() => world?.stop());

const assay = (person: Person, ...args: string[]): Promise<Ran> =>
  run(args, {
    env: { ASSAY_URL: `${world.url}/graphql`, ASSAY_TOKEN: world.tokens[person], ASSAY_DATASET: "house" },
  });
const gateOf = (ran: Ran) => ran.stdout.split("\n").find((line) => line.includes("BIAS_AUDIT"))!;
const candidate = () => assay("mona", "release", "candidate", "--require", "bias-audit");

describe("a release that asks for an audit", () => {
  it("waits for one of its members, which finds what was planted", async () => {
    const first = await candidate();
    expect(first.stdout).toMatch(/^candidate 2: 92 members, not ready/);
    expect(gateOf(first)).toMatch(/^FAILED +BIAS_AUDIT +block +no audit of these example versions/);
    const ran = await assay(
      "carla",
      "audit",
      "run",
      "--at",
      "candidate:2",
      "--families",
      "style,provenance",
      "--title",
      "Before 2.0.0",
    );
    expect([ran.exitCode, ran.stdout.split("\n")[0]]).toEqual([0, "audit 1: Before 2.0.0"]);
    expect(ran.stderr).toMatch(/^job \d+/);
    expect(ran.stderr).toMatch(/recorded as audit 1\n$/);
    expect(ran.stdout).toMatch(/HIGH +style +response words by source/);
    expect(ran.stdout).toMatch(/house at activity \d+, population release: 92 example versions/);
    const { dataset } =
      await world.ask(`{ dataset(slug: "house") { audit(number: 1) { scopeDigest snapshot { scopeDigest }
      signoff { requiredCount } test(key: "STYLE response words by source") { verdict } } candidates(last: 1) { nodes { scopeDigest } } } }`);
    const { scopeDigest, snapshot } = dataset.audit;
    expect([snapshot.scopeDigest, dataset.candidates.nodes[0].scopeDigest]).toEqual([scopeDigest, scopeDigest]);
    expect(dataset.audit.signoff.requiredCount).toBe(2);
  });

  it("and for two to sign it, and for what is severe to be settled", async () => {
    for (const person of ["rita", "raul"] as const)
      await assay(person, "audit", "sign", "1", "--decision", "accept", "--statement", "Looked at the evidence.");
    expect(gateOf(await candidate())).toContain("audit 1 is signed off (STYLE, PROVENANCE); open: finding");
    const { findings } = JSON.parse((await assay("mona", "audit", "show", "1", "--json")).stdout);
    const severe = findings.filter((one: any) => ["HIGH", "MEDIUM"].includes(one.severity));
    expect(severe.length).toBeGreaterThan(0);
    for (const { number } of severe)
      expect(
        (await assay("mona", "audit", "waive", `${number}`, "--reason", "Known.", "--mitigation", "Longer ones come."))
          .exitCode,
      ).toBe(0);
    const ready = await candidate();
    expect(gateOf(ready)).toMatch(/^passed +BIAS_AUDIT/);
    const id = /^id +(\S+)/m.exec(ready.stdout)![1]!;
    const cut = await assay("mona", "release", "cut", "2.0.0", "--candidate", id);
    expect([cut.exitCode, cut.stderr]).toEqual([0, ""]);
  });

  it("is compared with the audit after the next import", async () => {
    const { source } = world.full;
    const examples = Array.from({ length: 60 }, (_, i) => ({
      externalId: `longer-${i}`,
      prompt: `And number ${i}?`,
      response: `${WORDS.slice(0, 12 + (i % 4)).join(" ")} once more ${i}.`,
      source: i % 6 ? "short" : source,
    }));
    await world.call("carla", "importExamples", { examples });
    const ran = await assay("carla", "audit", "run", "--families", "style,provenance");
    expect(ran.stdout).toMatch(/^audit 2: Audit of house\n/);
    expect((await assay("vera", "audit", "list")).stdout).toMatch(/Before 2.0.0/);
    const diff = await assay("vera", "audit", "diff", "1", "2");
    expect(diff.stdout).toMatch(/^from audit 1 to audit 2: /);
    const words = JSON.parse((await assay("vera", "audit", "diff", "1", "2", "--json")).stdout).find(
      (one: any) => one.key === "STYLE response words by source",
    );
    expect(Math.abs(words.after.effect.value)).toBeLessThan(Math.abs(words.before.effect.value));
    expect(await world.verified()).toBe(true);
  });
});
