// Does a release that asks for an audit get cut only with one of just its members, signed off and settled?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { datasetBySlug } from "../../src/activities/queries.js";
import { Population } from "../../src/activities/snapshot.js";
import { standingOfScope } from "../../src/audits/auditStanding.js";
import { localId } from "../../src/platform/nodes.js";
import { cutRelease } from "../../src/releases/cutRelease.js";
import { biasAudit } from "../../src/releases/gates/biasAudit.js";
import { startRecordWorld, type RecordWorld } from "./recordWorld.js";

let world: RecordWorld;
beforeAll(async () => {
  world = await startRecordWorld();
});
afterAll(() => world?.stop());

const CANDIDATE = `candidate { id number ready selection scopeDigest gates { name level passed observed } }`;

async function prepare(input: object = { requiredGates: ["BIAS_AUDIT"] }) {
  const { candidate } = await world.call("mona", "prepareRelease", { population: "ACCEPTED", ...input }, CANDIDATE);
  return { ...candidate, gate: candidate.gates.find((one: any) => one.name === "BIAS_AUDIT") };
}

const cut = (candidate: { id: string }, version: string) =>
  world.call("mona", "cutRelease", { candidateId: candidate.id, version }, `release { version }`);
const sign = (person: "rita" | "raul", audit: number) =>
  world.call(person, "signOffAudit", { audit, decision: "ACCEPT", statement: "I looked." });
const current = { population: Population.ACCEPTED };
const DAY = 86_400_000;

describe("the gate BIAS_AUDIT", () => {
  it("is looked at only where a release asks for it, and enters its selection only then", async () => {
    const without = await prepare({});
    expect([without.gate, without.ready, "requiredGates" in without.selection]).toEqual([undefined, true, false]);
    const asked = await prepare();
    expect(asked).toMatchObject({ ready: false, selection: { requiredGates: ["BIAS_AUDIT"] } });
    expect(asked.gate).toMatchObject({
      level: "BLOCK",
      passed: false,
      observed: "no audit of these example versions; audits of others are stale here",
    });
    expect((await cut(asked, "3.0.0")).userErrors).toMatchObject([{ code: "GATE_FAILED" }]);
  });

  it("wants the audit signed off, and nothing HIGH or MEDIUM open", async () => {
    await world.record(
      [
        { key: "a", verdict: "HIGH" },
        { key: "b", verdict: "MEDIUM" },
        { key: "c", verdict: "LOW" },
      ],
      current,
    );
    expect((await prepare()).gate.observed).toBe(
      "audit 1 is not signed off: 0 of 2 people other than its author accept it; " +
        "open: finding 1 of audit 1 (HIGH), finding 2 of audit 1 (MEDIUM)",
    );
    await sign("rita", 1);
    await sign("raul", 1);
    expect((await prepare()).gate).toMatchObject({
      passed: false,
      observed: "audit 1 is signed off (STYLE, POOL); open: finding 1 of audit 1 (HIGH), finding 2 of audit 1 (MEDIUM)",
    });
    await world.call("carla", "setFindingStatus", { finding: 2, status: "MITIGATED", reason: "Done." });
    await world.call("mona", "waiveFinding", { finding: 1, reason: "For now.", until: new Date(Date.now() + 2 * DAY) });
    const passed = await prepare();
    expect(passed).toMatchObject({ ready: true, gate: { passed: true } });
    expect(passed.gate.observed).toBe("audit 1 is signed off (STYLE, POOL); nothing severe is open");
  });

  it("fails the next release when a waiver expires, and leaves the last one as it was", async () => {
    const candidate = await prepare();
    expect(await cut(candidate, "4.0.0")).toMatchObject({ release: { version: "4.0.0" }, userErrors: [] });
    const next = await prepare();
    const dataset = (await datasetBySlug(world.db, "house"))!;
    const later = new Date(Date.now() + 3 * DAY);
    const input = { candidate: localId(next.id, "ReleaseCandidate", dataset, "id"), version: "5.0.0" };
    const refused = await cutRelease(world.db, await world.scopeOf("mona"), dataset, input, later);
    expect(refused.outcome.problems).toMatchObject([{ code: "GATE_FAILED", path: ["candidateId"] }]);
    expect(refused.outcome.problems[0]!.message).toMatch(
      /open: finding 1 of audit 1 \(HIGH, waived until \d{4}-\d\d-\d\d\)/,
    );
    const standing = await standingOfScope(world.db, dataset.datasetId, next.scopeDigest, later);
    expect(biasAudit(standing).passed).toBe(false);
    const { release } = await world.dataset(`release(version: "4.0.0") { gates { name passed } verify { verified } }`);
    expect(release.gates).toContainEqual({ name: "BIAS_AUDIT", passed: true });
    expect(release.verify).toEqual({ verified: true });
    expect(await cut(next, "5.0.0")).toMatchObject({ release: { version: "5.0.0" }, userErrors: [] });
  });

  it("is closed again by a finding that is opened between preparing and cutting", async () => {
    const candidate = await prepare();
    await world.call("carla", "setFindingStatus", { finding: 2, status: "OPEN", reason: "Not done." });
    expect((await cut(candidate, "6.0.0")).userErrors).toMatchObject([{ code: "GATE_FAILED" }]);
    await world.call("carla", "setFindingStatus", { finding: 2, status: "MITIGATED", reason: "Done." });
    expect(await cut(candidate, "6.0.0")).toMatchObject({ userErrors: [] });
  });

  it("looks at every audit of the members but those that were rejected", async () => {
    await world.record([{ key: "d", verdict: "MEDIUM" }], current);
    expect((await prepare()).gate).toMatchObject({ passed: false });
    await world.call("rita", "signOffAudit", { audit: 2, decision: "REJECT", statement: "The wrong lexicon." });
    expect((await prepare()).gate).toMatchObject({ passed: true });
    await world.call("olga", "signOffAudit", { audit: 1, decision: "REJECT", statement: "That one, too." });
    expect((await prepare()).gate.observed).toBe("every audit of these example versions was rejected: 1, 2");
  });

  it("takes an audit of another snapshot with the same members, and none of other members", async () => {
    const example = { externalId: "new", prompt: "p", response: "r", source: world.full.source };
    await world.call("carla", "importExamples", { examples: [example] });
    await world.call("carla", "decideExamples", { decisions: [{ externalId: "new", verdict: "ACCEPT" }] });
    const candidate = await prepare();
    expect(candidate.gate.observed).toMatch(/^no audit of these/);
    await world.record([], { population: Population.RELEASE, candidate: candidate.number });
    await sign("rita", 3);
    expect((await prepare()).gate).toMatchObject({ passed: true });
    const { candidates } = await world.dataset(`candidates(first: 50) { nodes { number audits { number } } }`);
    const audited = candidates.nodes.map((one: any) => one.audits.map((audit: any) => audit.number));
    expect([audited[0], audited.at(-1)]).toEqual([[1, 2], [3]]);
    expect(await world.verified()).toBe(true);
  });
});
