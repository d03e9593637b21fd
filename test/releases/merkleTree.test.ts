import { describe, expect, it } from "vitest";
import { inclusionProof, leafHash, merkleRoot, nodeHash, rootOfInclusion } from "../../src/releases/merkleTree.js";

// The test tree of Certificate Transparency: certificate-transparency/cpp/merkletree/merkle_tree_test.cc.
const INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map(
  (hex) => Buffer.from(hex, "hex"),
);
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
const LEAVES = INPUTS.map((input) => leafHash(input));
const numbered = (n: number): Buffer[] => Array.from({ length: n }, (_, i) => leafHash(Buffer.from(String(i))));

/** RFC 6962 §2.1 as it is written: split at the largest power of two below n. */
function recursiveRoot(leaves: Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(recursiveRoot(leaves.slice(0, k)), recursiveRoot(leaves.slice(k)));
}

describe("the RFC 6962 tree", () => {
  it("gives H of nothing for no leaves", () => {
    expect(merkleRoot([]).toString("hex")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  it.each(ROOTS.map((root, i) => [i + 1, root] as const))(
    "gives the root that Certificate Transparency gives for %i leaves",
    (n, root) => {
      expect(merkleRoot(LEAVES.slice(0, n)).toString("hex")).toBe(root);
    },
  );

  it("equals the recursive definition for every size to 130", () => {
    for (let n = 1; n <= 130; n++) expect(merkleRoot(numbered(n)).equals(recursiveRoot(numbered(n)))).toBe(true);
  });

  it("shows every leaf of every tree to 40 leaves to be in it, and nowhere else", () => {
    for (let n = 1; n <= 40; n++) {
      const leaves = numbered(n);
      const root = merkleRoot(leaves);
      for (let i = 0; i < n; i++) {
        const path = inclusionProof(leaves, i);
        expect(rootOfInclusion(leaves[i]!, i, n, path)?.equals(root)).toBe(true);
        if (n > 1) expect(rootOfInclusion(leaves[(i + 1) % n]!, i, n, path)?.equals(root) ?? false).toBe(false);
        expect(rootOfInclusion(leaves[i]!, i, n, [...path, root])).toBeNull();
      }
    }
  });

  it("takes 200,000 leaves without recursion", () => {
    expect(merkleRoot(numbered(200_000))).toHaveLength(32);
  });
});
