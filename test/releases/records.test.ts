import canonicalize from "canonicalize";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/platform/digest.js";
import { merkleRoot } from "../../src/releases/merkleTree.js";
import { releaseDigest } from "../../src/releases/releaseDigest.js";
import { recordLeaf, standardRecord, type RecordFacets } from "../../src/releases/standardRecord.js";
import { verifyRecords } from "../../src/releases/verifyRecords.js";

const facets: RecordFacets = {
  id: "ext-1",
  source: "web",
  annotator_id: null,
  quality_rating: 4.5,
  category: "chat",
  split: "train",
  licence: "CC0-1.0",
  version: 2,
};
const turns = (...roles: string[]) =>
  roles.map((role, i) => ({ content: `${role} says ${i}\u2028é`, role: role as never }));
const salt = Buffer.alloc(16, 7);

describe("the standard record", () => {
  it("keeps every turn before the last question as context, system turns included", () => {
    const messages = turns("system", "user", "assistant", "user", "assistant");
    const record = standardRecord(facets, "en", messages);
    expect(record).toMatchObject({
      context: messages.slice(0, 3),
      prompt: messages[3]!.content,
      response: messages[4]!.content,
      language: "en",
    });
  });

  it("leaves the language out where it is not stated", () => {
    expect(standardRecord(facets, null, turns("user", "assistant"))).not.toHaveProperty("language");
  });

  it.each([
    [["system"]],
    [["user"]],
    [["user", "assistant", "assistant"]],
    [["assistant"]],
    [["user", "system"]],
    [[]],
  ])("throws on turns %j, since it would have to drop some", (roles) => {
    expect(() => standardRecord(facets, null, turns(...roles))).toThrow("ext-1");
  });

  it("has the leaf SHA-256(0x00 ‖ salt ‖ RFC 8785)", () => {
    const record = standardRecord(facets, null, turns("user", "assistant"));
    const bytes = Buffer.concat([Buffer.of(0), salt, Buffer.from(canonicalize(record)!)]);
    expect(recordLeaf(salt, record).equals(sha256(bytes))).toBe(true);
  });

  it("is canonical in the sense of RFC 8785: its own example of numbers, literals and order", () => {
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 1e-27],
      string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      literals: [null, true, false],
    };
    expect(canonicalize(value)).toBe(
      `{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}`,
    );
  });
});

describe("a file of records", () => {
  const record = (id: string, split: RecordFacets["split"]) =>
    standardRecord({ ...facets, id, split }, null, turns("user", "assistant"));
  const records = [record("b", "test"), record("a", "train"), record("ä", "train")];
  const lines = records.map((one) => canonicalize({ ...one, salt: salt.toString("hex") })!);
  const leaves = records.map((one) => recordLeaf(salt, one));
  const root = merkleRoot(leaves).toString("hex");

  it("gives the root of its leaves", async () => {
    expect(await verifyRecords(lines)).toEqual({ memberCount: 3, erasedCount: 0, root, firstBad: null });
  });

  it("still gives it when one member is erased and only its leaf is left", async () => {
    const erased = canonicalize({ erased: true, id: "a", leaf: leaves[1]!.toString("hex"), split: "train" })!;
    expect(await verifyRecords([lines[0]!, erased, lines[2]!])).toEqual({
      memberCount: 3,
      erasedCount: 1,
      root,
      firstBad: null,
    });
  });

  it("gives another root, or a bad line, when any byte is other", async () => {
    const whole = Buffer.from(lines[1]!, "utf8");
    for (let i = 0; i < whole.length; i += 7) {
      const bent = Buffer.from(whole);
      bent[i] = bent[i]! ^ 1;
      const found = await verifyRecords([lines[0]!, bent.toString("utf8"), lines[2]!]);
      expect(found.root === root && found.firstBad === null, `byte ${i}`).toBe(false);
    }
  });

  it("notices lines that are missing, doubled, out of order or no records", async () => {
    expect((await verifyRecords(lines.slice(1))).root).not.toBe(root);
    expect((await verifyRecords([lines[0]!, lines[0]!])).firstBad).toMatchObject({ line: 2, id: "b" });
    expect((await verifyRecords([lines[1]!, lines[0]!])).firstBad).toMatchObject({ line: 2, id: "b" });
    expect((await verifyRecords(["[]"])).firstBad).toMatchObject({ line: 1, id: null });
    expect((await verifyRecords([` ${lines[0]!}`])).firstBad?.message).toContain("RFC 8785");
  });
});

describe("the digest of a release", () => {
  it("depends on root, dataset and selection, and not on the selection's order of keys", () => {
    const root = merkleRoot([]);
    const digest = releaseDigest(root, "uid", { a: 1, b: null });
    expect(releaseDigest(root, "uid", { b: null, a: 1 }).equals(digest)).toBe(true);
    expect(releaseDigest(sha256("x"), "uid", { a: 1, b: null }).equals(digest)).toBe(false);
    expect(releaseDigest(root, "other", { a: 1, b: null }).equals(digest)).toBe(false);
    expect(releaseDigest(root, "uid", { a: 2, b: null }).equals(digest)).toBe(false);
  });
});
