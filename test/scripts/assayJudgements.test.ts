// Do ratings, decisions and labels go out as their columns and options say?
import { afterEach, describe, expect, it } from "vitest";
import { bulkReply, fakeServer, fileOf, run, type Call, type FakeServer, type Reply } from "./assayWorld.js";

let server: FakeServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const serve = async (reply: (call: Call, index: number) => Reply) => (server = await fakeServer(reply));

describe("rate, decide and label", () => {
  it("send what their options and columns say, in file order", async () => {
    const { url, calls } = await serve((call) => {
      const mutation = /mutation \w+\(.*?\) \{ (\w+)/.exec(call.query)![1]!;
      return bulkReply(mutation, { accepted: 2 });
    });
    const ratings = await fileOf("r.csv", "item,who,value\ne1,ann,4\ne1,ann,5\n");
    const map = ["--map", "example=item", "--map", "annotator=who"];
    expect(
      (
        await run(
          ["rate", ratings, ...map, "--criterion", "h", "--guideline", "g@1.0", "--stratum", "random", "--enrol"],
          { url },
        )
      ).exitCode,
    ).toBe(0);
    expect(calls[0]!.input).toMatchObject({
      guidelineVersion: "g@1.0",
      stratum: "RANDOM",
      enrol: true,
      ratings: [
        { externalId: "e1", annotator: "ann", value: 4, criterion: "h" },
        { externalId: "e1", annotator: "ann", value: 5, criterion: "h" },
      ],
    });
    const decisions = await fileOf("d.jsonl", '{"example":"e1"}\n{"example":"e2","verdict":"REJECT"}\n');
    await run(["decide", decisions, "--verdict", "accept", "--clause", "g@1.0#1,g@1.0#2"], { url });
    expect(calls[1]!.input["decisions"]).toEqual([
      { externalId: "e1", verdict: "ACCEPT", clauses: ["g@1.0#1", "g@1.0#2"] },
      { externalId: "e2", verdict: "REJECT", clauses: ["g@1.0#1", "g@1.0#2"] },
    ]);
    const labels = await fileOf("l.csv", "example,intent\ne1,ask\ne2,tell\n");
    await run(["label", labels, "--label", "intent=intent"], { url });
    expect(calls[2]!.input["labels"]).toEqual([
      { externalId: "e1", dimension: "intent", values: ["ask"] },
      { externalId: "e2", dimension: "intent", values: ["tell"] },
    ]);
  });

  it("take words in any case and times with a zone; another is the row's problem, and the rest goes in", async () => {
    const { url, calls } = await serve((call) =>
      bulkReply(/mutation \w+\(.*?\) \{ (\w+)/.exec(call.query)![1]!, { accepted: 1 }),
    );
    const decisions = await fileOf(
      "w.jsonl",
      '{"example":"e1","verdict":"needs-work"}\n{"example":"e2","verdict":"yes"}\n',
    );
    const decided = await run(["decide", decisions], { url });
    expect(calls[0]!.input["decisions"]).toEqual([{ externalId: "e1", verdict: "NEEDS_WORK" }]);
    expect([decided.exitCode, decided.stderr]).toEqual([
      1,
      expect.stringContaining('w.jsonl:2 verdict: is "yes"; use accept, reject, needs-work, withdraw'),
    ]);
    const rating = (at: string, stratum: string) =>
      `{"example":"e1","criterion":"h","annotator":"a","value":1,"occurredAt":"${at}","stratum":"${stratum}"}\n`;
    const ratings = rating("2023-05-19T13:11:45Z", "gold") + rating("2023-05-19T13:11:45", "gold");
    const rated = await run(["rate", await fileOf("t.jsonl", ratings), "--guideline", "g@1.0"], { url });
    expect(calls[1]!.input["ratings"]).toMatchObject([{ occurredAt: "2023-05-19T13:11:45Z", stratum: "GOLD" }]);
    expect(rated.stderr).toContain('t.jsonl:2 occurredAt: is "2023-05-19T13:11:45", not a time with its zone');
  });

  it("decide one example, each time under a new key", async () => {
    const { url, calls } = await serve(() => bulkReply("decideExamples", { accepted: 1, activity: 7 }));
    const args = ["decide", "--example", "e1", "--verdict", "needs-work", "--reason", "too short"];
    const ran = await run(args, { url });
    await run(args, { url });
    expect(ran.stdout).toBe("e1: NEEDS_WORK; activity 7\n");
    expect(calls[0]!.input["decisions"]).toEqual([{ externalId: "e1", verdict: "NEEDS_WORK", reason: "too short" }]);
    expect(calls[0]!.input.requestKey).not.toBe(calls[1]!.input.requestKey);
  });
});
