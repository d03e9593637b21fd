// Can somebody else prove, from an exported file alone, that it is what was released?
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import canonicalize from "canonicalize";
import { afterEach, describe, expect, it } from "vitest";
import { MerkleRoot, releaseDigest } from "../../scripts/assay/releaseProof.js";
import type { Fields } from "../../scripts/assay/rows.js";
import { fakeServer, fileOf, run, scratch, type FakeServer } from "./assayWorld.js";

let server: FakeServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const sha256 = (...parts: (Buffer | string)[]) => {
  const hash = createHash("sha256");
  parts.forEach((part) => hash.update(part));
  return hash.digest();
};

describe("the root", () => {
  // The eight leaves and roots of Certificate Transparency's own tests (RFC 6962).
  const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
  const ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ];

  it("is that of RFC 6962 for every number of leaves", () => {
    const tree = new MerkleRoot();
    expect(tree.root().toString("hex")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    LEAVES.forEach((leaf, at) => {
      tree.add(sha256(Buffer.of(0), Buffer.from(leaf, "hex")));
      expect(tree.root().toString("hex")).toBe(ROOTS[at]);
    });
  });
});

const record = (id: string, split: string, more: Fields = {}) => ({
  annotator_id: "wren",
  category: null,
  context: [],
  id,
  licence: "CC-BY-4.0",
  prompt: `prompt of ${id}`,
  quality_rating: 4.5,
  response: "réponse \u2028",
  source: "s",
  split,
  version: 1,
  ...more,
});

const SALT = "00112233445566778899aabbccddeeff";
const leafOf = (each: Fields) => sha256(Buffer.of(0), Buffer.from(SALT, "hex"), canonicalize(each)!);

/** Three records as an export has them, and the root over them worked out by hand. */
function exported() {
  const records = [record("a", "test"), record("b", "train"), record("c", "train")];
  const [a, b, c] = records.map(leafOf) as [Buffer, Buffer, Buffer];
  const root = sha256(Buffer.of(1), sha256(Buffer.of(1), a, b), c).toString("hex");
  const lines = records.map((each) => canonicalize({ ...each, salt: SALT })!);
  return { lines, root, leaves: [a, b, c] };
}

const verify = async (lines: string[], root: string) =>
  run(["release", "verify", await fileOf("r.jsonl", `${lines.join("\n")}\n`), "--root", root, "--json"], {
    env: {},
  });

describe("verify", () => {
  it("without a server compares a file with a root", async () => {
    const { lines, root } = exported();
    const ran = await verify(lines, root);
    expect(ran.exitCode).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      verified: true,
      root,
      records: 3,
      erased: 0,
      splits: { test: 1, train: 2 },
    });
  });

  it("finds a changed word, a dropped, doubled or moved record", async () => {
    const { lines, root } = exported();
    const [a, b, c] = lines as [string, string, string];
    for (const changed of [[a, b.replace("prompt of b", "prompt of B"), c], [a, b], [a, b, b, c], [b, a, c], []]) {
      const ran = await verify(changed, root);
      expect(ran.exitCode).toBe(1);
      expect(JSON.parse(ran.stdout)).toMatchObject({ verified: false });
    }
  });

  it("takes an erased record's leaf as it stands, and names a leaf that is not its record's", async () => {
    const { lines, root, leaves } = exported();
    const erased = canonicalize({ erased: true, id: "b", leaf: leaves[1]!.toString("hex"), split: "train" })!;
    const ran = await verify([lines[0]!, erased, lines[2]!], root);
    expect(JSON.parse(ran.stdout)).toMatchObject({ verified: true, erased: 1 });
    const stated = JSON.stringify({ ...(JSON.parse(lines[1]!) as Fields), leaf: "00".repeat(32) });
    const wrong = await verify([lines[0]!, stated, lines[2]!], root);
    expect(wrong.exitCode).toBe(1);
    expect(JSON.parse(wrong.stdout)).toMatchObject({ problems: [{ line: 2, field: "leaf" }] });
  });

  /** A server with a release over three records, and the file of its export. */
  async function released() {
    const { lines, root, leaves } = exported();
    const selection: Fields = { population: "ACCEPTED", b: [1], a: null };
    const digest = releaseDigest(Buffer.from(root, "hex"), "uid", selection).toString("hex");
    const release = { version: "1.0.0", digest, root, memberCount: 3, status: "PUBLISHED", selection };
    const nodes = leaves.map((leaf, at) => ({ externalId: "abc"[at], leaf: leaf.toString("hex") }));
    const members = { nodes, pageInfo: { hasNextPage: false, endCursor: null } };
    server = await fakeServer(({ query }) => ({
      body: { data: { dataset: { uid: "uid", release: query.includes("members") ? { members } : release } } },
    }));
    return { url: server.url, lines, release };
  }

  const against = async (url: string, lines: string[]) =>
    run(["release", "verify", await fileOf("r.jsonl", lines.join("\n")), "--release", "1.0.0"], { url });

  it("with a server compares root, count and digest with the release", async () => {
    const { url, lines, release } = await released();
    const good = await against(url, lines);
    expect([good.exitCode, good.stdout.trim().split("\n").at(-1)]).toEqual([0, "verified"]);
    release.selection = { population: "CURRENT" };
    const bad = await against(url, lines);
    expect(bad.exitCode).toBe(1);
    expect(bad.stdout).toContain("WRONG  digest");
  });

  it("with a server names the first record that differs", async () => {
    const { url, lines } = await released();
    const [a, b, c] = lines as [string, string, string];
    const difference = async (...changed: string[]) =>
      /first difference: .*r\.jsonl(.*)/.exec((await against(url, changed)).stdout)?.[1];
    expect(await difference(a, b.replace("prompt of b", "prompt of B"), c)).toBe(":2: b is not as it was released");
    expect(await difference(a, c)).toBe(":2: c stands where the release has b");
    expect(await difference(a, b)).toBe(" ends before c");
    expect(await difference(a, b, c, c)).toBe(":4: c comes after the release's last record");
  });
});

describe("export", () => {
  const serve = async (body: string, cut = false) => {
    server = await fakeServer((call) => {
      if (call.query === "") return cut ? "hang up" : { text: body };
      const download = {
        url: `${server!.url}/file?signature=x`,
        expiresAt: "2026-01-01T00:00:00Z",
        format: "RECORDS",
        memberCount: 1,
      };
      return { body: { data: { createDownload: { activity: null, replayed: false, userErrors: [], download } } } };
    });
    return server;
  };

  it("streams to a file that has its name only when it is whole, and prints its SHA-256", async () => {
    const { url, calls } = await serve('{"id":"a"}\n');
    const out = `${await scratch()}/out.jsonl`;
    const ran = await run(["release", "export", "1.0.0", "--output", out], { url });
    expect(ran.exitCode).toBe(0);
    expect(await readFile(out, "utf8")).toBe('{"id":"a"}\n');
    expect(existsSync(`${out}.partial`)).toBe(false);
    expect(ran.stdout).toContain(sha256('{"id":"a"}\n').toString("hex"));
    expect(calls[1]!.authorization).toBeUndefined();
  });

  it("leaves what was there when the download fails", async () => {
    const { url } = await serve("", true);
    const out = `${await scratch()}/out.jsonl`;
    await writeFile(out, "before");
    const ran = await run(["release", "export", "1.0.0", "--output", out], { url });
    expect(ran.exitCode).toBe(3);
    expect(await readFile(out, "utf8")).toBe("before");
    expect(existsSync(`${out}.partial`)).toBe(false);
  });

  it("to stdout writes nothing but the records there", async () => {
    const { url } = await serve('{"id":"a"}\n');
    const ran = await run(["release", "export", "1.0.0", "--output", "-"], { url });
    expect(ran.stdout).toBe('{"id":"a"}\n');
  });
});
