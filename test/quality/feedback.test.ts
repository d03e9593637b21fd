// Is feedback sent once, kept as it was, and seen only by those it is for?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import "../../src/schema.js"; // brings what the types of nodes need
import { encodeGlobalId } from "../../src/platform/nodes.js";
import { issueToken, makePrincipal } from "../support/people.js";
import { plantedWorld, type PlantedWorld } from "./plantedWorld.js";

const FEEDBACK = `id annotator { key kind } criterionVersion { version } report words asOf { number } activity { number kind }
  sentBy { label } acknowledgement { comment activity { number kind } }`;

let planted: PlantedWorld;
let curator: string;
/** Of the annotators that people sign in as. */
let tokens: Record<"sue" | "tom", string>;
beforeAll(async () => {
  planted = await plantedWorld();
  const { world, call, rate } = planted.house;
  curator = await makePrincipal(world, "lead", { house: "CURATOR" });
  const sue = await makePerson("sue-principal");
  const tom = await makePerson("tom-principal");
  tokens = { sue, tom };
  const annotators = ["sue", "tom"].map((key) => ({ key, principal: `${key}-principal` }));
  await call("enrolAnnotators", "EnrolAnnotatorsInput", { annotators });
  for (const annotator of ["sue", "tom"])
    await rate(
      "help",
      [1, 2, 3, 4].map((u) => ({ externalId: `x00${u}`, annotator, value: annotator === "sue" ? 3 : 5 })),
    );
});
afterAll(() => planted?.house.world.stop());

const world = () => planted.house.world;

/** A person who may rate, with a token of their own. */
async function makePerson(principal: string): Promise<string> {
  await world().ask(
    `mutation ($principal: String!) {
       createPrincipal(input: { key: $principal, kind: HUMAN }) { userErrors { message } }
       setMember(input: { dataset: "house", principal: $principal, role: ANNOTATOR }) { userErrors { message } }
     }`,
    { principal },
  );
  return issueToken(world(), { principal });
}

async function send(input: object, token = curator) {
  const given = { dataset: "house", criterion: "help", ...input };
  const { sendFeedback } = await world().ask(
    `mutation ($input: SendFeedbackInput!) { sendFeedback(input: $input) { replayed activity { number } userErrors { code path message } feedback { ${FEEDBACK} } } }`,
    { input: given },
    token,
  );
  return sendFeedback;
}

async function acknowledge(input: object, token: string) {
  const { acknowledgeFeedback } = await world().ask(
    `mutation ($input: AcknowledgeFeedbackInput!) { acknowledgeFeedback(input: $input) { replayed activity { number } userErrors { code path message } feedback { ${FEEDBACK} } } }`,
    { input: { dataset: "house", ...input } },
    token,
  );
  return acknowledgeFeedback;
}

async function mine(token: string) {
  const { dataset } = await world().ask(
    `{ dataset(slug: "house") { myFeedback(first: 50) { nodes { ${FEEDBACK} } totalCount { value } } } }`,
    {},
    token,
  );
  return dataset.myFeedback;
}

describe("feedback", () => {
  it("freezes the annotator's own numbers as of the snapshot, with words, in one activity", async () => {
    const sent = await send({ annotator: "sue", words: "Look at the 3s again.", requestKey: "feedback-sue-1" });
    expect(sent).toMatchObject({ replayed: false, userErrors: [] });
    const { feedback } = sent;
    expect(feedback).toMatchObject({
      annotator: { key: "sue", kind: "HUMAN" },
      criterionVersion: { version: 1 },
      words: "Look at the 3s again.",
      asOf: { number: sent.activity.number - 1 },
      activity: { number: sent.activity.number, kind: "FEEDBACK" },
      sentBy: { label: "lead" },
      acknowledgement: null,
    });
    const { dataset } = await world().ask(
      `{ dataset(slug: "house") { snapshot(at: { activity: ${sent.activity.number - 1} }) { annotatorQuality(criterion: "help") {
        methodVersion parameters annotator(key: "sue") { severity { value undefinedBecause n standardError interval { low high level method } shrunken { value ownWeight interval { low high level method } } }
          goldAccuracy { hits misses } } } } } }`,
    );
    const { annotator, ...cited } = dataset.snapshot.annotatorQuality;
    expect(feedback.report).toMatchObject({
      annotator: "sue",
      activity: sent.activity.number - 1,
      population: "CURRENT",
      ...cited,
    });
    expect(feedback.report.severity).toEqual(annotator.severity);
    expect(feedback.report.goldAccuracy).toMatchObject({ hits: 2, misses: 2 });
    const { dataset: log } = await world().ask(
      `{ dataset(slug: "house") { activity(number: ${sent.activity.number}) { kind message outcome } } }`,
    );
    expect(log.activity).toMatchObject({ kind: "FEEDBACK", message: null });
    const used = await world().db.rowsOnce(`select noun, id from usages where activity = $1`, [sent.activity.number]);
    expect(used).toEqual([{ noun: "criterionVersion", id: 1 }]);
  });

  it("names no other annotator, and has none of their numbers", async () => {
    const { nodes } = await mine(tokens.sue);
    const text = JSON.stringify(nodes[0].report);
    for (const key of ["ann", "bob", "cat", "cop", "dri", "few", "gld", "rnd", "sev", "tom", "bot"])
      expect(text).not.toContain(`"${key}"`);
    expect(text).not.toContain("x00");
    const { dataset } = await world().ask(
      `{ dataset(slug: "house") { snapshot(at: { activity: ${nodes[0].asOf.number} }) { annotatorQuality(criterion: "help") {
        annotators(first: 50) { nodes { annotator { key } severity { value } agreementWithOthers { value } } } } } } }`,
    );
    for (const other of dataset.snapshot.annotatorQuality.annotators.nodes)
      for (const { value } of [other.severity, other.agreementWithOthers])
        if (other.annotator.key !== "sue" && value !== null) expect(text).not.toContain(String(value));
  });

  it("is sent once under a request key, and stays as it was when more is rated", async () => {
    const again = await send({ annotator: "sue", words: "Look at the 3s again.", requestKey: "feedback-sue-1" });
    expect(again.replayed).toBe(true);
    const [first] = (await mine(tokens.sue)).nodes;
    expect(again.feedback).toEqual(first);
    await planted.house.rate("help", [{ externalId: "x005", annotator: "sue", value: 1 }]);
    expect(
      (await send({ annotator: "sue", words: "Look at the 3s again.", requestKey: "feedback-sue-1" })).replayed,
    ).toBe(true);
    expect((await mine(tokens.sue)).nodes).toEqual([first]);
    const other = await send({ annotator: "sue", words: "Other words.", requestKey: "feedback-sue-1" });
    expect(other).toMatchObject({ feedback: null, userErrors: [{ code: "REQUEST_KEY_REUSED" }] });
    const later = await send({ annotator: "sue" });
    expect(later.feedback).toMatchObject({ words: null, report: { volume: { ratings: 5 } } });
    const asOf = await send({ annotator: "sue", at: { activity: first.asOf.number } });
    expect(asOf.feedback.report).toEqual(first.report);
  });

  it("is seen by those it was sent to, and by no other annotator", async () => {
    await send({ annotator: "tom", words: "Well done." });
    expect((await mine(tokens.sue)).totalCount.value).toBe(3);
    const toms = await mine(tokens.tom);
    expect(toms.nodes.map((one: any) => [one.annotator.key, one.words])).toEqual([["tom", "Well done."]]);
    expect((await mine(curator)).nodes).toEqual([]);
    const query = (args: string) =>
      `{ dataset(slug: "house") { feedback(first: 50${args}) { nodes { annotator { key } } totalCount { value } } } }`;
    const all = await world().ask(query(""), {}, curator);
    expect(all.dataset.feedback.nodes.map((one: any) => one.annotator.key)).toEqual(["sue", "sue", "sue", "tom"]);
    const ofTom = await world().ask(query(`, annotator: "tom"`), {}, curator);
    expect(ofTom.dataset.feedback).toEqual({ nodes: [{ annotator: { key: "tom" } }], totalCount: { value: 1 } });
    for (const token of [tokens.sue, await makePrincipal(world(), "reviewer", { house: "REVIEWER" })]) {
      const { errors } = await world().send(query(""), {}, token);
      expect(errors![0]!.extensions.code).toBe("FORBIDDEN");
    }
    const [{ id }] = toms.nodes;
    const node = (token: string) => world().ask(`{ node(id: "${id}") { ... on Feedback { words } } }`, {}, token);
    expect(await node(tokens.sue)).toEqual({ node: null });
    expect(await node(curator)).toEqual({ node: { words: "Well done." } });
  });

  it("refuses what cannot be sent, and says why", async () => {
    const refused = async (input: object) => {
      const { feedback, activity, userErrors } = await send({ annotator: "sue", ...input });
      expect([feedback, activity]).toEqual([null, null]);
      return [userErrors[0].code, userErrors[0].path, userErrors[0].message];
    };
    expect(await refused({ annotator: "nobody" })).toEqual([
      "UNKNOWN_ANNOTATOR",
      ["annotator"],
      `annotator "nobody" is not enrolled in this dataset`,
    ]);
    expect((await refused({ criterion: "hlep" }))[0]).toBe("UNKNOWN_CRITERION");
    expect((await refused({ criterionVersion: 7 }))[2]).toMatch(/"help" version 7 is not published/);
    expect((await refused({ criterion: "tone" }))[2]).toMatch(/sue has no ratings on criterion "tone"/);
    expect((await refused({ words: " \n" }))[2]).toBe("words is empty; write it, or leave it out");
    expect((await refused({ words: "x".repeat(10_001) }))[0]).toBe("INVALID_VALUE");
    const { errors } = await world().send(
      `mutation { sendFeedback(input: { dataset: "house", annotator: "sue", criterion: "help" }) { replayed } }`,
      {},
      tokens.sue,
    );
    expect(errors![0]!.extensions.code).toBe("FORBIDDEN");
    const narrow = await issueToken(world(), { principal: "lead", scopes: ["dataset:read", "feedback:send"] });
    const unread = await world().send(
      `mutation { sendFeedback(input: { dataset: "house", annotator: "sue", criterion: "help" }) { replayed } }`,
      {},
      narrow,
    );
    expect(unread.errors![0]!.message).toContain("quality:read");
  });
});

describe("acknowledging", () => {
  it("is the annotator's own, once, with a comment, and repeatable under its key", async () => {
    const [{ id }] = (await mine(tokens.sue)).nodes;
    const input = { feedbackId: id, comment: "I will.", requestKey: "acknowledge-1" };
    const done = await acknowledge(input, tokens.sue);
    expect(done).toMatchObject({
      replayed: false,
      userErrors: [],
      feedback: { id, acknowledgement: { comment: "I will." } },
    });
    expect(done.feedback.acknowledgement.activity).toEqual({
      number: done.activity.number,
      kind: "FEEDBACK_ACKNOWLEDGEMENT",
    });
    expect(await acknowledge(input, tokens.sue)).toMatchObject({ replayed: true, activity: done.activity });
    const twice = await acknowledge({ feedbackId: id }, tokens.sue);
    expect(twice).toMatchObject({
      activity: null,
      feedback: null,
      userErrors: [{ code: "ALREADY_EXISTS", path: ["feedbackId"] }],
    });
    const { dataset } = await world().ask(
      `{ dataset(slug: "house") { feedback(first: 1) { nodes { acknowledgement { comment } } } } }`,
      {},
      curator,
    );
    expect(dataset.feedback.nodes).toEqual([{ acknowledgement: { comment: "I will." } }]);
  });

  it("of somebody else's looks like one of what is not there", async () => {
    const [{ id }] = (await mine(tokens.tom)).nodes;
    const { dataset } = await world().ask(`{ dataset(slug: "house") { uid id } }`);
    const answers = [];
    for (const feedbackId of [id, encodeGlobalId("Feedback", dataset.uid, 999), dataset.id, "nonsense"])
      answers.push(await acknowledge({ feedbackId }, tokens.sue));
    answers.push(await acknowledge({ feedbackId: id }, curator));
    expect(answers[0].userErrors).toEqual([
      {
        code: "UNKNOWN_FEEDBACK",
        path: ["feedbackId"],
        message: "no such feedback was sent to you; myFeedback lists yours",
      },
    ]);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    const empty = await acknowledge({ feedbackId: id, comment: "" }, tokens.tom);
    expect(empty.userErrors).toMatchObject([{ code: "INVALID_VALUE", path: ["comment"] }]);
    expect((await acknowledge({ feedbackId: id }, tokens.tom)).feedback.acknowledgement.comment).toBeNull();
  });

  it("leaves a log that verifies, and texts that are not in it", async () => {
    const { dataset } = await world().ask(`{ dataset(slug: "house") { verifyLog { verified firstBad { message } } } }`);
    expect(dataset.verifyLog).toEqual({ verified: true, firstBad: null });
    const texts = await world().db.rowsOnce<{ n: number }>(
      `select count(*)::int as n from contents where text like '%Look at the 3s again.%'`,
    );
    expect(texts).toEqual([{ n: 1 }]);
    const outcomes = await world().db.rowsOnce<{ outcome: object }>(
      `select outcome from activities where kind in ('FEEDBACK', 'FEEDBACK_ACKNOWLEDGEMENT')`,
    );
    for (const { outcome } of outcomes) expect(outcome).toEqual({ accepted: 1, unchanged: 0, problems: [] });
  });
});
