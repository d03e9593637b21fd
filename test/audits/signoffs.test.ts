// Who signs an audit off, what becomes of findings, and when does an audit go stale?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waiveFinding } from "../../src/audits/waiveFinding.js";
import { startRecordWorld, type Person, type RecordWorld } from "./recordWorld.js";

let world: RecordWorld;
beforeAll(async () => {
  world = await startRecordWorld();
});
afterAll(() => world?.stop());

const SIGNOFF = `audit { signoff { signedOff requiredCount acceptedCount missing } signoffs { decision statement by { label } supersededBy { number } } }`;
const sign = (person: Person, audit: number, decision = "ACCEPT") =>
  world.call(person, "signOffAudit", { audit, decision, statement: `${person} looked.` }, SIGNOFF);

describe("signing off", () => {
  it("is for somebody else than the author", async () => {
    await world.record([{ verdict: "LOW" }], { by: "rita" });
    const own = await sign("rita", 1);
    expect(own).toMatchObject({ activity: null, userErrors: [{ code: "OWN_AUDIT", path: ["audit"] }] });
    expect(own.audit.signoff).toMatchObject({ signedOff: false, requiredCount: 1, acceptedCount: 0 });
    const other = await sign("raul", 1);
    expect(other).toMatchObject({ activity: { kind: "AUDIT_SIGNOFF" }, userErrors: [] });
    expect(other.audit).toEqual({
      signoff: { signedOff: true, requiredCount: 1, acceptedCount: 1, missing: null },
      signoffs: [{ decision: "ACCEPT", statement: "raul looked.", by: { label: "raul" }, supersededBy: null }],
    });
  });

  it("takes two others where a finding is HIGH, and the same one twice is one", async () => {
    await world.record([{ verdict: "HIGH" }], { by: "rita" });
    await sign("raul", 2);
    const twice = await sign("raul", 2);
    expect(twice.audit.signoff).toEqual({
      signedOff: false,
      requiredCount: 2,
      acceptedCount: 1,
      missing: "1 of 2 people other than its author accept it",
    });
    expect(twice.audit.signoffs.map((one: any) => one.supersededBy === null)).toEqual([false, true]);
    expect((await sign("mona", 2)).audit.signoff).toMatchObject({ signedOff: true, acceptedCount: 2 });
  });

  it("counts the last word of each: one who rejects or wants work undoes it", async () => {
    expect((await sign("olga", 2, "NEEDS_WORK")).audit.signoff).toMatchObject({
      signedOff: false,
      missing: "somebody says that it needs work",
    });
    expect((await sign("olga", 2, "REJECT")).audit.signoff).toMatchObject({ missing: "it was rejected" });
    expect((await sign("olga", 2)).audit.signoff).toMatchObject({ signedOff: true, acceptedCount: 3 });
    expect(await sign("olga", 9)).toMatchObject({ userErrors: [{ code: "UNKNOWN_AUDIT" }], audit: null });
    expect(await world.verified()).toBe(true);
  });

  it("is not for curators, who plan what is audited", async () => {
    const input = { dataset: "house", audit: 2, decision: "ACCEPT", statement: "s" };
    const { errors } = await world.send(
      `mutation ($input: SignOffAuditInput!) { signOffAudit(input: $input) { replayed } }`,
      { input },
      world.tokens.carla,
    );
    expect(errors![0]!.extensions.code).toBe("FORBIDDEN");
  });
});

const FINDING = `finding { number status clause { name } waiver { number expiresAt mitigation inForce by { label } }
  statuses { status reason clause { name } by { label } } waivers { number inForce } }`;

describe("a finding", () => {
  it("is set to what became of it, with the clause it asks to change, once for the same", async () => {
    const clause = `${world.full.guidelineVersion}#1`;
    const input = { finding: 1, status: "MITIGATED", reason: "Shortened them.", clause };
    const set = await world.call("carla", "setFindingStatus", { ...input, requestKey: "status-no-1" }, FINDING);
    expect(set).toMatchObject({
      activity: { kind: "FINDING_STATUS" },
      finding: { status: "MITIGATED", clause: { name: clause } },
    });
    const replay = await world.call("carla", "setFindingStatus", { ...input, requestKey: "status-no-1" });
    expect(replay).toMatchObject({ replayed: true, activity: set.activity });
    expect(await world.call("carla", "setFindingStatus", input)).toMatchObject({ activity: null, userErrors: [] });
    const opened = await world.call(
      "carla",
      "setFindingStatus",
      { finding: 1, status: "OPEN", reason: "It came back." },
      FINDING,
    );
    expect(opened.finding).toMatchObject({
      status: "OPEN",
      clause: null,
      statuses: [
        { status: "MITIGATED", reason: "Shortened them.", clause: { name: clause }, by: { label: "carla" } },
        { status: "OPEN", reason: "It came back.", clause: null },
      ],
    });
  });

  it("is refused what it cannot be", async () => {
    const refused = async (fields: object, person: Person = "carla") =>
      (await world.call(person, "setFindingStatus", { finding: 1, status: "OPEN", reason: "r", ...fields })).userErrors;
    expect(await refused({ status: "WAIVED" })).toMatchObject([{ code: "INVALID_VALUE", path: ["status"] }]);
    expect(await refused({ finding: 99 })).toMatchObject([{ code: "UNKNOWN_FINDING" }]);
    expect(await refused({ clause: "house-style@9#1" })).toMatchObject([{ code: "UNKNOWN_CLAUSE" }]);
    expect(await refused({ reason: "" })).toMatchObject([{ code: "INVALID_VALUE", path: ["reason"] }]);
    const accept = { dataset: "house", finding: 1, status: "ACCEPTED", reason: "r" };
    const query = `mutation ($input: SetFindingStatusInput!) { setFindingStatus(input: $input) { finding { status } userErrors { code } } }`;
    expect((await world.send(query, { input: accept }, world.tokens.carla)).errors![0]!.extensions.code).toBe(
      "FORBIDDEN",
    );
    const accepted = await world.ask(query, { input: accept }, world.tokens.mona);
    expect(accepted.setFindingStatus).toEqual({ finding: { status: "ACCEPTED" }, userErrors: [] });
  });

  it("is waived for 90 days, and open again when they are over", async () => {
    const before = Date.now();
    const waived = await world.call(
      "mona",
      "waiveFinding",
      { finding: 2, reason: "Next month.", mitigation: "We watch it." },
      FINDING,
    );
    const { waiver } = waived.finding;
    expect(waived).toMatchObject({
      activity: { kind: "WAIVER" },
      finding: { status: "WAIVED", waiver: { mitigation: "We watch it.", inForce: true, by: { label: "mona" } } },
    });
    const days = (new Date(waiver.expiresAt).getTime() - before) / 86_400_000;
    expect(days).toBeGreaterThan(89.99);
    expect(days).toBeLessThan(90.01);
    const over = new Date(new Date(waiver.expiresAt).getTime() + 1).toISOString();
    const { finding, audit, waivers, expired } =
      await world.dataset(`finding(number: 2) { now: status then: status(at: "${over}")
        waiver { now: inForce then: inForce(at: "${over}") } }
      audit(number: 2) { now: findings(first: 5, statuses: [OPEN]) { nodes { number } }
        then: findings(first: 5, statuses: [OPEN], at: "${over}") { nodes { number } totalCount { value } } }
      waivers(first: 5, inForce: true) { nodes { finding { number } } }
      expired: waivers(first: 5, inForce: false, at: "${over}") { nodes { finding { number } } totalCount { value } }`);
    expect(finding).toEqual({ now: "WAIVED", then: "OPEN", waiver: { now: true, then: false } });
    expect(audit).toEqual({ now: { nodes: [] }, then: { nodes: [{ number: 2 }], totalCount: { value: 1 } } });
    expect(waivers.nodes).toEqual([{ finding: { number: 2 } }]);
    expect(expired).toEqual({ nodes: [{ finding: { number: 2 } }], totalCount: { value: 1 } });
  });

  it("has one waiver at a time, with an end within a year, and loses it with another status", async () => {
    const day = 86_400_000;
    const waive = async (days: number) =>
      world.call(
        "mona",
        "waiveFinding",
        { finding: 2, reason: "r", until: new Date(Date.now() + days * day) },
        FINDING,
      );
    expect((await waive(366)).userErrors).toMatchObject([{ code: "INVALID_VALUE", path: ["until"] }]);
    expect((await waive(-1)).userErrors[0].message).toContain("is over");
    expect((await waive(364)).finding.waivers).toEqual([
      { number: 1, inForce: false },
      { number: 2, inForce: true },
    ]);
    const opened = await world.call("carla", "setFindingStatus", { finding: 2, status: "OPEN", reason: "r" }, FINDING);
    expect(opened.finding).toMatchObject({
      status: "OPEN",
      waiver: null,
      waivers: [{ inForce: false }, { inForce: false }],
    });
    const again = waiveFinding(world.db, await world.scopeOf("mona"), { finding: 77, reason: "r" });
    expect((await again).outcome.problems).toMatchObject([{ code: "UNKNOWN_FINDING" }]);
    expect(await world.verified()).toBe(true);
  });
});

describe("an audit goes stale", () => {
  const staleness = async (audit: number, fields = "") =>
    (
      await world.dataset(
        `audit(number: ${audit}) { staleness${fields} { isStale scopeDigest scopeDigestNow snapshotNow { activity { number } } } }`,
      )
    ).audit.staleness;

  it("with an import, and not with a rating", async () => {
    const { full } = world;
    expect(await staleness(1)).toMatchObject({ isStale: false });
    const rating = { externalId: full.examples[0], criterion: full.criterion, annotator: full.annotators[1], value: 1 };
    await world.call("carla", "submitRatings", { guidelineVersion: full.guidelineVersion, ratings: [rating] });
    const rated = await staleness(1);
    expect(rated).toMatchObject({ isStale: false });
    expect(rated.scopeDigestNow).toBe(rated.scopeDigest);
    const example = { externalId: "new", prompt: "p", response: "r", source: full.source };
    await world.call("carla", "importExamples", { examples: [example] });
    const imported = await staleness(1);
    expect(imported.isStale).toBe(true);
    expect(imported.snapshotNow.activity.number).toBe(rated.snapshotNow.activity.number + 1);
  });

  it("against a candidate whose members are others", async () => {
    const prepare = async (input: object) => {
      const { candidate } = await world.call("mona", "prepareRelease", input, `candidate { number scopeDigest }`);
      return candidate;
    };
    const all = await prepare({ population: "CURRENT" });
    await world.record([], { population: "RELEASE" as never, candidate: all.number });
    const some = await prepare({ population: "ACCEPTED" });
    expect(await staleness(3)).toMatchObject({ isStale: false, scopeDigestNow: all.scopeDigest });
    expect(await staleness(3, `(candidate: ${all.number})`)).toMatchObject({ isStale: false });
    expect(await staleness(3, `(candidate: ${some.number})`)).toMatchObject({
      isStale: true,
      scopeDigestNow: some.scopeDigest,
    });
    expect(await staleness(3, `(candidate: 99)`)).toBe(null);
    const { snapshot } = await world.dataset(`snapshot(at: { candidate: ${some.number} }) { scopeDigest population }`);
    expect(snapshot).toEqual({ scopeDigest: some.scopeDigest, population: "RELEASE" });
  });
});
