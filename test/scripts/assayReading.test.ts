// Are files read to the byte, and is every line that cannot be taken named?
import { randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatOf, readRecords, type ReadOptions } from "../../scripts/assay/readRecords.js";
import type { Fields, Problem } from "../../scripts/assay/rows.js";
import { fileOf } from "./assayWorld.js";
import { ABSENT, hasRealData, realData } from "./assayRealData.js";

async function read(name: string, content: string | Buffer, options: Partial<ReadOptions> = {}) {
  const path = await fileOf(name, content);
  return readPath(path, { format: formatOf(name), ...options });
}

async function readPath(path: string, options: ReadOptions) {
  const fields: Fields[] = [];
  const lines: number[] = [];
  const offsets: number[] = [];
  const problems: Problem[] = [];
  for await (const row of readRecords(path, { name: "f", ...options })) {
    if ("problem" in row) problems.push(row.problem);
    else {
      fields.push(row.fields);
      lines.push(row.place.line);
      offsets.push(row.place.offset);
    }
  }
  return { fields, lines, offsets, problems };
}

describe("JSON lines", () => {
  it("are split on the line feed alone, so U+2028 and a carriage return in a string survive", async () => {
    const text = `{"a":"x\u2028y"}\r\n{"a":"p\\rq"}\n\n{"a":"last, without a line end"}`;
    const { fields, lines, offsets, problems } = await read("f.jsonl", text);
    expect(fields).toEqual([{ a: "x\u2028y" }, { a: "p\rq" }, { a: "last, without a line end" }]);
    expect(lines).toEqual([1, 2, 4]);
    expect(offsets).toEqual([0, 15, 29]);
    expect(problems).toEqual([]);
  });

  it("may begin with a byte order mark, which is not part of the first key", async () => {
    const { fields, offsets } = await read("f.jsonl", '\ufeff{"a":1}\n{"b":2}\n');
    expect(fields).toEqual([{ a: 1 }, { b: 2 }]);
    expect(offsets).toEqual([3, 11]);
  });

  it("that are broken are reported with line, field and reason, and the rest goes in", async () => {
    const bad = Buffer.concat([
      Buffer.from('{"ok":1}\n{"a":"'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}\n[1]\nnull\n{"a":\n{"a":{"b":"x\\u0000"}}\n{"s":"\\ud800"}\n{"k\\u0000":1}\n{"ok":2}\n'),
    ]);
    const { fields, problems } = await read("f.jsonl", bad);
    expect(fields).toEqual([{ ok: 1 }, { ok: 2 }]);
    expect(problems.map(({ line, field }) => [line, field])).toEqual([
      [2, null],
      [3, null],
      [4, null],
      [5, null],
      [6, "a.b"],
      [7, "s"],
      [8, "k\0"],
    ]);
    expect(problems[0]).toEqual({ file: "f", line: 2, field: null, reason: "is not valid UTF-8 (byte 7 of the line)" });
    expect(problems[1]!.reason).toBe("the row is an array, not a JSON object");
    expect(problems[4]!.reason).toContain("NUL");
    expect(problems[5]!.reason).toContain("surrogate");
  });

  it("that JSON.parse would change silently are refused: a key twice, a number too long for a double", async () => {
    const rows = [
      '{"a":1,"a":2}',
      '{"a":{"b":1,"c":"}:{"},"d":[{"b":1},{"b":"\\":"}]}',
      '{"id":12345678901234567890}',
      '{"id":-9007199254740993}',
      '{"x":1e999}',
      '{"id":9007199254740991,"f":0.1234567890123456,"s":"12345678901234567890"}',
    ];
    const { fields, problems } = await read("f.jsonl", rows.join("\n"));
    expect(fields).toHaveLength(2);
    expect(problems.map(({ line }) => line)).toEqual([1, 3, 4, 5]);
    expect(problems[0]!.reason).toContain("twice");
    expect(problems[1]!.reason).toContain("12345678901234567890 cannot be held exactly");
  });

  it("nested too deep are refused and do not end the process", async () => {
    const { problems } = await read("f.jsonl", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}\n`);
    expect(problems[0]!.reason).toBe("nested deeper than 200 levels");
  });

  it("that are longer than the limit are skipped, a hundred million bytes in bounded memory", async () => {
    const path = await fileOf("f.jsonl", '{"n":1}\n');
    const long = async function* () {
      yield Buffer.from('{"a":"');
      for (let i = 0; i < 100; i++) yield Buffer.alloc(1_000_000, "x");
      yield Buffer.from('"}\n{"n":2}\n');
    };
    await pipeline(long(), createWriteStream(path, { flags: "a" }));
    const before = process.memoryUsage().rss;
    const { fields, problems } = await readPath(path, { format: "jsonl" });
    expect(process.memoryUsage().rss - before).toBeLessThan(80_000_000);
    expect(fields).toEqual([{ n: 1 }, { n: 2 }]);
    expect(problems).toEqual([
      { file: "f", line: 2, field: null, reason: "the line has 100000008 bytes, more than the limit of 16777216" },
    ]);
  });

  it("give the same rows however the bytes are cut into chunks", async () => {
    const value = fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: "binary" }), fc.integer(), fc.constant(null)));
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 20 }), fc.boolean(), async (rows, packed) => {
        const sound = rows.map((row) => JSON.parse(JSON.stringify(row).replaceAll("\\u0000", "")) as Fields);
        const text = Buffer.from(sound.map((row) => JSON.stringify(row)).join("\n"));
        const { fields, problems } = await read("f.jsonl", packed ? gzipSync(text) : text);
        expect(problems).toEqual([]);
        expect(fields).toEqual(sound);
      }),
      { numRuns: 50 },
    );
  });
});

describe("gzip", () => {
  it("is recognised by its first bytes, whatever the name, in one member or several", async () => {
    const packed = Buffer.concat([gzipSync('{"a":1}\n'), gzipSync('{"a":2}\n')]);
    expect((await read("f.jsonl", packed)).fields).toEqual([{ a: 1 }, { a: 2 }]);
    expect((await read("f.jsonl.gz", '{"a":3}\n')).fields).toEqual([{ a: 3 }]);
  });

  it("that breaks off gives every whole line before the break, and says where", async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => `{"n":${n},"x":"${randomBytes(20).toString("hex")}"}\n`);
    const packed = gzipSync(rows.join(""));
    const { fields, problems } = await read("f.jsonl.gz", packed.subarray(0, packed.length - 100));
    expect(fields.length).toBeGreaterThan(19_900);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.reason).toBe(`the gzip data is truncated here; nothing after line ${fields.length} was read`);
  });

  it("that is damaged inside is a problem, not a crash", async () => {
    const packed = gzipSync(randomBytes(200_000).toString("hex"));
    packed.fill(0xff, 1000, 1100);
    const { problems } = await read("f.jsonl.gz", packed);
    expect(problems.at(-1)!.reason).toContain("the gzip data is damaged here");
  });

  it("that unpacks to far more than its size is stopped", async () => {
    const path = await fileOf("f.jsonl.gz", "");
    const zeros = async function* () {
      for (let i = 0; i < 64; i++) yield Buffer.alloc(1024 * 1024);
    };
    await pipeline(zeros(), createGzip(), createWriteStream(path));
    const { problems } = await readPath(path, { format: "jsonl", bombBytes: 10_000_000 });
    expect(problems.at(-1)!.reason).toContain("unpacks to more than 10000000 bytes");
  });
});

describe("CSV", () => {
  it("is read as RFC 4180 has it: quotes, doubled quotes, line ends and commas inside fields", async () => {
    const text = 'id,text\r\n1,"a ""quoted"", word"\r\n2,"two\r\nlines"\r\n3,\r\n4,"last"';
    const { fields, lines, problems } = await read("f.csv", text);
    expect(fields).toEqual([
      { id: "1", text: 'a "quoted", word' },
      { id: "2", text: "two\r\nlines" },
      { id: "3", text: "" },
      { id: "4", text: "last" },
    ]);
    expect(lines).toEqual([2, 3, 5, 6]);
    expect(problems).toEqual([]);
  });

  it("keeps formulas, leading zeros and white space as they are", async () => {
    const { fields } = await read("f.csv", "\ufeffa,b\n=1+1, 007 \n");
    expect(fields).toEqual([{ a: "=1+1", b: " 007 " }]);
  });

  it("reports records that are broken by their first line, and goes on after each", async () => {
    const bad = Buffer.concat([
      Buffer.from('a,b\n1,2\n1,2,3\n5" wide,x\n"x"y,z\n'),
      Buffer.from([0x41, 0xff, 0x2c, 0x42, 0x0a]),
      Buffer.from('n\0l,1\n"two\nlines",ok\n7,"never closed\n8,9\n'),
    ]);
    const { fields, lines, problems } = await read("f.csv", bad);
    expect(fields).toEqual([
      { a: "1", b: "2" },
      { a: "two\nlines", b: "ok" },
    ]);
    expect(lines).toEqual([2, 8]);
    expect(problems.map(({ line, field, reason }) => [line, field, reason.slice(0, 24)])).toEqual([
      [3, null, "has 3 cells where the he"],
      [4, null, "not valid CSV: Invalid O"],
      [5, null, "not valid CSV: Invalid C"],
      [6, null, "is not valid UTF-8 (byte"],
      [7, "a", "contains NUL (U+0000), w"],
      [10, null, "a quote is opened here a"],
    ]);
  });

  it("gives back any table that was written", async () => {
    const cell = fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", ""));
    const table = fc.array(fc.tuple(cell, cell, cell), { maxLength: 30 });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const text = ["a,b,c", ...rows.map((row) => row.map(quoted).join(","))].join("\r\n");
        const { fields, problems } = await read("f.csv", text);
        expect(problems).toEqual([]);
        expect(fields).toEqual(rows.map(([a, b, c]) => ({ a, b, c })));
      }),
      { numRuns: 50 },
    );
  });
});

describe("a file", () => {
  it("in UTF-16, with a column twice, or of unknown format is refused as a whole", async () => {
    const utf16 = Buffer.from("\ufeff{}", "utf16le");
    await expect(read("f.jsonl", utf16)).rejects.toThrow("is UTF-16; convert it to UTF-8 first");
    await expect(read("f.csv", "a,a\n1,2\n")).rejects.toThrow('names the column "a" twice');
    expect(() => formatOf("ratings.xlsx")).toThrow("cannot tell the format of ratings.xlsx");
    expect(formatOf("a.b.CSV.gz")).toBe("csv");
  });

  it("that is empty holds no rows", async () => {
    expect((await read("f.jsonl", "")).fields).toEqual([]);
    expect((await read("f.csv", "")).fields).toEqual([]);
  });
});

describe.skipIf(!hasRealData)(`the real sets ${hasRealData ? "" : ABSENT}`, () => {
  it.each([
    ["sft/flan_cot.jsonl.gz", 33_443],
    ["sft/gpteacher.jsonl.gz", 14_131],
    ["sft/oasst_en100.pairs.jsonl", 687],
    ["sft/self_instruct_seed_tasks.jsonl", 175],
    ["sft/hh_rlhf_harmless_base_test.jsonl.gz", 2_312],
    ["ratings/csc.ratings.jsonl", 6_410],
    ["ratings/convabuse.ratings.jsonl.gz", 12_768],
    ["ratings/india_stereotypes.jsonl.gz", 12_504],
  ])("%s has %i rows and no problem", async (path, rows) => {
    let count = 0;
    for await (const row of readRecords(realData(path), { format: "jsonl" })) {
      expect("problem" in row ? row.problem : null).toBeNull();
      count += 1;
    }
    expect(count).toBe(rows);
  });

  it("oasst trees give the pairs of the pairs file, keys that are absent staying absent", async () => {
    const trees = await readPath(realData("sft/oasst_en100.trees.jsonl"), { format: "oasst-trees" });
    const pairs = await readPath(realData("sft/oasst_en100.pairs.jsonl"), { format: "jsonl" });
    const byId = new Map(pairs.fields.map((pair) => [pair["message_id"], pair]));
    expect(trees.problems).toEqual([]);
    expect(trees.fields).toHaveLength(687);
    for (const tree of trees.fields) {
      const { turns: _turns, ...pair } = byId.get(tree["message_id"])!;
      const present = Object.fromEntries(Object.entries(pair).filter(([, value]) => value !== null));
      expect(tree).toEqual(present);
    }
  });

  it("offsets point at the bytes of their row", async () => {
    const path = realData("sft/oasst_en100.pairs.jsonl");
    const chunks: Buffer[] = [];
    for await (const chunk of createReadStream(path)) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    for await (const row of readRecords(path, { format: "jsonl" })) {
      expect("fields" in row && bytes.toString("utf8", row.place.offset, row.place.offset + 19)).toBe(
        '{"message_tree_id":',
      );
    }
  });
});
