// Does a whole file reach the server exactly once, whatever fails on the way, with every row accounted for?
import { existsSync } from "node:fs";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import { chunksOf, type Chunk, type PlacedItem } from "../../scripts/assay/chunks.js";
import { chunkKey, optionsDigest } from "../../scripts/assay/requestKeys.js";
import type { Fields } from "../../scripts/assay/rows.js";
import { bulkReply, fakeServer, fileOf, run, scratch, type Call, type FakeServer, type Reply } from "./assayWorld.js";

let server: FakeServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const serve = async (reply: (call: Call, index: number) => Reply) => (server = await fakeServer(reply));
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, n) => `{"id":"e${n}","prompt":"p${n}","response":"r"}\n`).join("");
const examples = (call: Call) => call.input["examples"] as Fields[];
const accept = (call: Call, activity = 1) => bulkReply("importExamples", { accepted: examples(call).length, activity });
const refuse = (index: number, field: string, message: string) => ({
  code: "CONTENT_CONFLICT",
  message,
  path: ["examples", String(index), field],
  index,
});

describe("a file", () => {
  it("is sent in chunks by count, in order, each under its own key, and comes out with exit code 0", async () => {
    const { url, calls } = await serve((call, index) => accept(call, index + 1));
    const ran = await run(["import", await fileOf("f.jsonl", rowsOf(7)), "--chunk-rows", "3", "--json"], { url });
    expect(ran.exitCode).toBe(0);
    expect(calls.map((call) => examples(call).map(({ externalId }) => externalId))).toEqual([
      ["e0", "e1", "e2"],
      ["e3", "e4", "e5"],
      ["e6"],
    ]);
    expect(new Set(calls.map(({ input }) => input.requestKey)).size).toBe(3);
    expect(calls[0]).toMatchObject({
      authorization: "Bearer token",
      input: { dataset: "demo", mode: "PER_ITEM", onConflict: "REFUSE", enrol: false },
    });
    expect(JSON.parse(ran.stdout)).toMatchObject({ rows: 7, accepted: 7, refused: 0, calls: 3, activities: [1, 2, 3] });
    expect(ran.stderr).toBe("");
  });

  it("given again under another name is sent under the same keys; another content or option gives others", async () => {
    const { url, calls } = await serve((call) => accept(call));
    const keys = async (name: string, content: string, ...options: string[]) => {
      calls.length = 0;
      await run(["import", await fileOf(name, content), "--chunk-rows", "2", ...options], { url });
      return calls.map(({ input }) => input.requestKey);
    };
    const first = await keys("a.jsonl", rowsOf(4));
    expect(await keys("b.jsonl", rowsOf(4))).toEqual(first);
    for (const other of [
      await keys("a.jsonl", rowsOf(3)),
      await keys("a.jsonl", rowsOf(4), "--source", "s"),
      await keys("a.jsonl", rowsOf(4), "--on-conflict", "new-version"),
      await keys("a.jsonl", rowsOf(4), "--run", "2"),
      await keys("a.jsonl", rowsOf(4), "--dataset", "other"),
      await keys("a.jsonl", rowsOf(4), "--message", "again"),
      await keys("a.jsonl", rowsOf(4), "--atomic"),
    ]) {
      expect(other.filter((key) => first.includes(key))).toEqual([]);
    }
  });

  it("from stdin is the same as from disk", async () => {
    const { url, calls } = await serve((call) => accept(call));
    await run(["import", await fileOf("a.jsonl", rowsOf(2))], { url });
    const ran = await run(["import", "-", "--format", "jsonl"], { url, stdin: rowsOf(2) });
    expect(ran.exitCode).toBe(0);
    expect(calls[1]!.input).toEqual(calls[0]!.input);
  });
});

describe("rows that are not taken", () => {
  const file = `{"id":"a","prompt":"p","response":"r"}\nnot json\n{"id":"b","prompt":"p"}\n{"id":"c","prompt":"p","response":"r"}\n`;

  it("are printed with file, line, field and reason, from both sides, and the exit code is 1", async () => {
    const { url, calls } = await serve((call) =>
      bulkReply("importExamples", {
        accepted: 1,
        userErrors: [refuse(examples(call).length - 1, "response", "other content")],
      }),
    );
    const path = await fileOf("f.jsonl", file);
    const ran = await run(["import", path], { url });
    expect(ran.exitCode).toBe(1);
    expect(calls).toHaveLength(1);
    expect(ran.stderr.split("\n").slice(0, 3)).toEqual([
      expect.stringMatching(/f\.jsonl:2: not valid JSON/),
      expect.stringMatching(/f\.jsonl:3 response: is missing$/),
      `${path}:4 response: other content`,
    ]);
    expect(ran.stdout).toContain("4 rows read: 1 examples in, 0 unchanged, 3 refused");
  });

  it("are all in --errors, which --only takes to send just those lines again", async () => {
    const { url, calls } = await serve((call) =>
      bulkReply("importExamples", {
        accepted: 0,
        userErrors: examples(call).map((_, n) => refuse(n, "source", "unknown")),
      }),
    );
    const path = await fileOf("f.jsonl", rowsOf(5) + "broken\n");
    const errors = `${await scratch()}/errors.jsonl`;
    const ran = await run(["import", path, "--errors", errors, "--json"], { url });
    expect(ran.exitCode).toBe(1);
    const written = (await readFile(errors, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Fields);
    expect(written).toHaveLength(6);
    expect(written.find(({ line }) => line === 1)).toEqual({
      file: path,
      line: 1,
      field: "source",
      reason: "unknown",
      code: "CONTENT_CONFLICT",
    });
    await writeFile(errors, `{"line":2}\n{"line":4}\n`);
    await run(["import", path, "--only", errors], { url });
    expect(examples(calls[1]!).map(({ externalId }) => externalId)).toEqual(["e1", "e3"]);
    expect(calls[1]!.input.requestKey).not.toBe(calls[0]!.input.requestKey);
  });

  it("cannot move the terminal with what they contain", async () => {
    const { url } = await serve((call) => accept(call));
    const ran = await run(
      [
        "import",
        await fileOf("f.jsonl", `{"id":"a","prompt":"p","response":"r","\u001b[2J":1}\n`.replace("\u001b", "\\u001b")),
      ],
      { url },
    );
    expect(ran.stdout).not.toContain("\u001b");
    expect(ran.stdout).toContain("\\u001b[2J (1)");
  });
});

describe("retries", () => {
  it("send the same key and body after a cut connection and a 503, waiting longer each time", async () => {
    const { url, calls } = await serve((call, index) => {
      if (index === 0) return "hang up";
      if (index === 1) return { status: 503, text: "draining" };
      if (index === 2)
        return {
          status: 503,
          body: { errors: [{ message: "busy", extensions: { code: "UNAVAILABLE" } }] },
          headers: { "retry-after": "7" },
        };
      return accept(call);
    });
    const ran = await run(["import", await fileOf("f.jsonl", rowsOf(2))], { url });
    expect(ran.exitCode).toBe(0);
    expect(calls).toHaveLength(4);
    expect(new Set(calls.map(({ input }) => JSON.stringify(input))).size).toBe(1);
    expect(ran.slept[1]).toBeGreaterThan(ran.slept[0]! / 2);
    expect(ran.slept[2]).toBe(7000);
  });

  it("end with exit code 3, saying what to look at", async () => {
    const ran = await run(["import", await fileOf("f.jsonl", rowsOf(1)), "--retries", "2"], {
      url: "http://127.0.0.1:1/graphql",
    });
    expect(ran.exitCode).toBe(3);
    expect(ran.slept).toHaveLength(2);
    expect(ran.stderr).toContain("gave up after 3 attempts");
    expect(ran.stderr).toContain("is the server running, and is http://127.0.0.1:1/graphql its address");
  });

  it("are not made where the server refuses; the reason comes with what to do", async () => {
    const { url, calls } = await serve(() => ({
      status: 401,
      body: { errors: [{ message: "token expired", extensions: { code: "UNAUTHENTICATED" } }] },
    }));
    const ran = await run(["import", await fileOf("f.jsonl", rowsOf(1))], { url });
    expect(ran.exitCode).toBe(3);
    expect(calls).toHaveLength(1);
    expect(ran.stderr).toContain("UNAUTHENTICATED: token expired");
    expect(ran.stderr).toContain("--token or ASSAY_TOKEN");
  });

  it("do not hide a refusal of the whole call", async () => {
    const error = { code: "REQUEST_KEY_REUSED", message: "used with other content", path: ["requestKey"], index: null };
    const { url } = await serve(() => bulkReply("importExamples", { activity: null, userErrors: [error] }));
    const ran = await run(["import", await fileOf("f.jsonl", rowsOf(1))], { url });
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toContain("REQUEST_KEY_REUSED at requestKey: used with other content");
  });
});

describe("--resume", () => {
  it("skips what was acknowledged, counts it, and removes its note at the end", async () => {
    const path = await fileOf("f.jsonl", rowsOf(6));
    const { url, calls } = await serve((call, index) => {
      if (index === 1)
        return bulkReply("importExamples", { accepted: 1, activity: 2, userErrors: [refuse(1, "source", "unknown")] });
      return index === 2
        ? { status: 401, body: { errors: [{ message: "no", extensions: { code: "UNAUTHENTICATED" } }] } }
        : accept(call, index + 1);
    });
    const args = ["import", path, "--chunk-rows", "2", "--resume", "--json"];
    const first = await run(args, { url });
    expect(first.exitCode).toBe(3);
    expect(first.stderr).toContain("2 calls were acknowledged before");
    expect(existsSync(`${path}.assay-import`)).toBe(true);
    const second = await run(args, { url });
    expect(calls).toHaveLength(4);
    expect(calls[3]!.input).toEqual(calls[2]!.input);
    expect(second.exitCode).toBe(1);
    expect(JSON.parse(second.stdout)).toMatchObject({
      rows: 6,
      accepted: 5,
      refused: 1,
      calls: 1,
      skippedCalls: 2,
      activities: [1, 2, 4],
    });
    expect(existsSync(`${path}.assay-import`)).toBe(false);
  });

  it("sends again what a torn last line of the note would have acknowledged", async () => {
    const path = await fileOf("f.jsonl", rowsOf(4));
    const state = `${await scratch()}/state`;
    const { url, calls } = await serve((call, index) => (index === 1 ? { status: 400, text: "no" } : accept(call)));
    const args = ["import", path, "--chunk-rows", "2", "--state", state];
    await run(args, { url });
    const note = await readFile(state, "utf8");
    await writeFile(state, note.slice(0, -5));
    await run(args, { url });
    expect(calls.slice(2).map((call) => examples(call)[0]!["externalId"])).toEqual(["e0", "e2"]);
  });

  it("refuses the note of another file or other options, and a place it cannot write", async () => {
    const path = await fileOf("f.jsonl", rowsOf(4));
    const { url } = await serve((call, index) => (index === 1 ? { status: 400, text: "no" } : accept(call)));
    const state = `${await scratch()}/state`;
    await run(["import", path, "--chunk-rows", "2", "--state", state], { url });
    const other = await run(["import", path, "--chunk-rows", "3", "--state", state], { url });
    expect(other.exitCode).toBe(2);
    expect(other.stderr).toContain("is the state of another file, command or set of options");
    const nowhere = await run(["import", path, "--state", "/proc/nowhere/state"], { url });
    expect(nowhere.exitCode).toBe(2);
    expect(nowhere.stderr).toContain("give another place with --state");
  });
});

describe("--atomic", () => {
  it("sends nothing when any row cannot be read or mapped, and names every such row", async () => {
    const { url, calls } = await serve((call) => accept(call));
    const path = await fileOf("f.jsonl", `${rowsOf(3)}broken\n{"id":"x"}\n`);
    const ran = await run(["import", path, "--atomic"], { url });
    expect(ran.exitCode).toBe(1);
    expect(calls).toHaveLength(0);
    expect(ran.stderr).toContain(`${path}:4: not valid JSON`);
    expect(ran.stderr).toContain(`${path}:5 prompt: is missing`);
    expect(ran.stdout).toContain("nothing is in");
  });

  it("sends nothing when an external id stands twice with other content", async () => {
    const { url, calls } = await serve((call) => accept(call));
    const path = await fileOf("f.jsonl", `${rowsOf(3)}{"id":"e1","prompt":"other","response":"r"}\n`);
    const ran = await run(["import", path, "--atomic"], { url });
    expect(ran.exitCode).toBe(1);
    expect(calls).toHaveLength(0);
    expect(ran.stderr).toContain(`${path}:4 id: "e1" stands on line 2 already, with other content`);
  });

  it("looks up every source, batch and author before the first call, each once", async () => {
    const { url, calls } = await serve((call) =>
      call.query.startsWith("query") ? { body: { data: { dataset: { a0: { id: "1" }, a1: null } } } } : accept(call),
    );
    const path = await fileOf("f.jsonl", rowsOf(5));
    const ran = await run(["import", path, "--atomic", "--source", "s", "--author", "nobody", "--chunk-rows", "2"], {
      url,
    });
    expect(ran.exitCode).toBe(1);
    expect(calls).toHaveLength(1);
    expect(ran.stderr).toContain(`${path}:1 author: there is no annotator nobody`);
    expect(ran.stdout).toContain("nothing is in");
  });

  it("stops a file of several calls at the first refusal, and says up to which line it is in", async () => {
    const { url, calls } = await serve((call, index) => {
      if (index === 1)
        return bulkReply("importExamples", { activity: null, userErrors: [refuse(0, "id", "other content")] });
      return accept(call);
    });
    const path = await fileOf("f.jsonl", rowsOf(6));
    const ran = await run(["import", path, "--atomic", "--chunk-rows", "2"], { url });
    expect(ran.exitCode).toBe(1);
    expect(calls.map(({ input }) => input["mode"])).toEqual(["ATOMIC", "ATOMIC"]);
    expect(ran.stdout).toContain("those up to line 2 were in before the server refused a row");
  });
});

describe("--dry-run", () => {
  it("needs neither server nor token, and says what would be sent and what cannot be", async () => {
    const path = await fileOf("f.jsonl", `${rowsOf(3)}broken\n`);
    const ran = await run(["import", path, "--dry-run", "--chunk-rows", "2", "--json"], { env: {} });
    expect(ran.exitCode).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      dryRun: true,
      rows: 4,
      items: 3,
      calls: 2,
      refused: 1,
      first: { externalId: "e0", prompt: "p0", response: "r" },
      problems: [{ line: 4 }],
    });
  });
});

describe("usage", () => {
  it("that is wrong, or input that cannot be read, has exit code 2", async () => {
    const path = await fileOf("f.jsonl", rowsOf(1));
    for (const args of [
      ["import"],
      ["import", "/no/such/file.jsonl"],
      ["import", path, "--chunk-rows", "1001"],
      ["import", path, "--on-conflict", "overwrite"],
      ["import", path, "--format", "xlsx"],
      ["import", path, "--map", "prompt=question"],
      ["import", "-", "--format", "jsonl", "--resume"],
      ["import", path, "--errors", "/no/such/dir/errors"],
      ["frobnicate"],
    ]) {
      const ran = await run(args);
      expect([args.join(" "), ran.exitCode]).toEqual([args.join(" "), 2]);
      expect(ran.stdout).toBe("");
      expect(ran.stderr).not.toBe("");
    }
    const without = await run(["import", path], { env: { ASSAY_DATASET: "d" } });
    expect([without.exitCode, without.stderr]).toEqual([
      2,
      "no token; give --token or set ASSAY_TOKEN (see: assay token issue)\n",
    ]);
    expect((await run(["import", "--help"])).exitCode).toBe(0);
  });

  it("of a file without permission is said as such", async () => {
    const path = await fileOf("f.jsonl", rowsOf(1));
    await chmod(path, 0o000);
    const ran = await run(["import", path]);
    if (process.getuid?.() !== 0) expect(ran.stderr).toContain("EACCES");
    else expect(ran.exitCode).toBe(3); // root reads it, and no server is there
  });
});

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

describe("chunks", () => {
  const cut = async (sizes: number[], limits: { maxItems: number; maxBytes: number }) => {
    async function* items(): AsyncGenerator<PlacedItem> {
      for (const [line, size] of sizes.entries()) {
        yield { item: { x: "y".repeat(size - 9) }, place: { file: "f", line, offset: 0 } };
      }
    }
    const chunks: Chunk[] = [];
    for await (const chunk of chunksOf(items(), limits)) chunks.push(chunk);
    return chunks.map((chunk) => chunk.items.length);
  };

  it("stay below both limits; an item above the limit goes alone", async () => {
    expect(await cut([10, 10, 10, 10], { maxItems: 3, maxBytes: 1000 })).toEqual([3, 1]);
    expect(await cut([40, 40, 40], { maxItems: 9, maxBytes: 100 })).toEqual([2, 1]);
    expect(await cut([10, 500, 10], { maxItems: 9, maxBytes: 100 })).toEqual([1, 1, 1]);
    expect(await cut([], { maxItems: 9, maxBytes: 100 })).toEqual([]);
  });

  it("have keys that differ by every part, and that the server takes", () => {
    const keys = [
      chunkKey("import", "f", "o", 0),
      chunkKey("import", "f", "o", 1),
      chunkKey("rate", "f", "o", 0),
      chunkKey("import", "g", "o", 0),
      chunkKey("import", "f", "p", 0),
    ];
    expect(new Set(keys).size).toBe(5);
    for (const key of keys) expect(key).toMatch(/^[\x21-\x7e]{16,255}$/);
    expect(optionsDigest({ a: 1, b: undefined, c: [2] })).toBe(optionsDigest({ c: [2], a: 1 }));
    expect(optionsDigest({ a: 1 })).not.toBe(optionsDigest({ a: 2 }));
  });
});
