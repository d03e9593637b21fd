// Can a file be taken up again, taken whole or not at all, or only tried; and is a wrong command said to be wrong?
import { existsSync } from "node:fs";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
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
    expect(first.stderr).toContain("2 calls acknowledged before");
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

describe("files that are no note", () => {
  it.each(["one line without an end", `{"a":1}\n{"b":2}`, "a\nb\n"])(
    "are left as they were when --state names them: %j",
    async (text) => {
      const path = await fileOf("f.jsonl", rowsOf(1));
      const state = await fileOf("precious.txt", text);
      const { url, calls } = await serve((call) => accept(call));
      expect((await run(["import", path, "--state", state], { url })).exitCode).toBe(2);
      expect(await readFile(state, "utf8")).toBe(text);
      expect(calls).toEqual([]);
    },
  );
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
