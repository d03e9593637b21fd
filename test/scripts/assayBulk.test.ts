// Does a whole file reach the server exactly once, whatever fails on the way, with every row accounted for?
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
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
  it("may be a pipe, which is read once", async () => {
    const pipe = `${await scratch()}/pipe.jsonl`;
    execFileSync("mkfifo", [pipe]);
    const [ran] = await Promise.all([run(["import", pipe, "--dry-run", "--json"]), writeFile(pipe, rowsOf(3))]);
    expect(JSON.parse(ran.stdout)).toMatchObject({ rows: 3, dryRun: true });
    expect((await run(["import", "/dev/zero", "--format", "jsonl", "--dry-run"])).stderr).toContain("neither a file");
  });

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

  it("that is refused row after row for one reason says so ten times, and how often it was", async () => {
    const { url } = await serve((call) => accept(call));
    const rows = rowsOf(25) + '{"id":"z","prompt":"p"}\n';
    const ran = await run(
      ["import", await fileOf("f.jsonl", rows), "--id", "id", "--map", "prompt=nope", "--map", "response=response"],
      { url },
    );
    const lines = ran.stderr.trimEnd().split("\n");
    expect(lines.filter((line) => line.endsWith("nope: is missing"))).toHaveLength(11);
    expect(lines.slice(-2)).toEqual([
      "… and 16 more; --errors FILE writes all of them",
      "26 times in all: nope: is missing",
    ]);
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
    expect(ran.stdout).toContain("4 rows read: 1 example in, 0 unchanged, 3 refused");
  });

  it("are not written over what is read", async () => {
    const path = await fileOf("f.jsonl", rowsOf(2));
    const errors = await fileOf("errors.jsonl", `{"line":2}\n`);
    for (const args of [
      ["--errors", path],
      ["--errors", errors, "--only", errors],
    ]) {
      const ran = await run(["import", path, ...args]);
      expect(ran).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("is a file that is read here") });
    }
    expect(await readFile(path, "utf8")).toBe(rowsOf(2));
    expect(await readFile(errors, "utf8")).toBe(`{"line":2}\n`);
  });

  it("are named with the reason when --errors cannot hold them", async () => {
    const ran = await run(["import", await fileOf("f.jsonl", "broken\n"), "--errors", "/dev/full", "--dry-run"]);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain("ENOSPC");
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
