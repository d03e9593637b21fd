import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeDataset, makePrincipal } from "../support/people.js";
import { startLineageWorld, type LineageWorld } from "./lineageWorld.js";

const ASK = /* GraphQL */ `
  query ($slug: String!, $of: LineageSubject!, $depth: Int!, $first: Int!, $after: String) {
    dataset(slug: $slug) {
      lineage(of: $of, direction: BOTH, depth: $depth, first: $first, after: $after) {
        nodes {
          label
        }
      }
    }
  }
`;

describe("the limits of lineage", () => {
  let world: LineageWorld;
  const codeOf = async (question: object, token?: string) => {
    const answer = await world.send(
      ASK,
      { slug: "house", of: { source: "web" }, depth: 2, first: 10, ...question },
      token,
    );
    return answer.errors?.[0]?.extensions.code ?? null;
  };
  beforeAll(async () => {
    world = await startLineageWorld();
    await makeDataset(world, "house");
    await makeDataset(world, "fork");
    await world.change("registerSources", { sources: [{ key: "web", kind: "FILTERED_DATASET", title: "Web" }] });
    for (let part = 0; part < 3; part++)
      await world.change("importExamples", {
        examples: Array.from({ length: 700 }, (_, i) => ({
          externalId: `e${part}-${i}`,
          source: "web",
          prompt: "?",
          response: `${part} ${i}`,
        })),
      });
  });
  afterAll(() => world.stop());

  it("stop at 1,000 nodes a step and say so", async () => {
    const labels: string[] = [];
    for (let after: string | null = null; ;) {
      const page: any = await world.lineage({ of: { source: "web" }, direction: "FORWARD", depth: 1, after });
      labels.push(...page.nodes.map(({ label }: any) => label));
      expect(page.truncated).toBe(true);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(labels.length).toBe(1_001);
    expect(labels[1]).toBe("example e0-0, version 1");
    expect(new Set(labels).size).toBe(1_001);
  });

  it("leave room for every kind of node in a step", async () => {
    await world.change("decideExamples", { decisions: [{ externalId: "e0-0", verdict: "ACCEPT" }] });
    const { candidate } = await world.change("prepareRelease", { population: "CURRENT" }, "candidate { id }");
    const found = new Set<string>();
    for (let after: string | null = null; ;) {
      const page: any = await world.lineage({ of: { nodeId: candidate.id }, direction: "BACKWARD", depth: 1, after });
      for (const { kind } of page.nodes) found.add(kind);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect([...found].sort()).toEqual(["AGENT", "DECISION", "EXAMPLE_VERSION", "RELEASE_CANDIDATE"]);
  });

  it("do not call whole what fits", async () => {
    expect(await world.lineage({ of: { externalId: "e2-3" }, direction: "BACKWARD" })).toMatchObject({
      truncated: false,
    });
  });

  it("refuse depths, sizes, cursors and subjects that cannot be taken", async () => {
    for (const depth of [0, 11, -1]) expect(await codeOf({ depth })).toBe("BAD_USER_INPUT");
    for (const first of [0, 101, -1]) expect(await codeOf({ first })).toMatch(/BAD_USER_INPUT|QUERY_TOO_COMPLEX/);
    for (const of of [
      {},
      { source: "web", externalId: "e0-0" },
      { nodeId: "nonsense" },
      { exampleVersionId: "nonsense" },
    ])
      expect(await codeOf({ of })).toBe("BAD_USER_INPUT");
    const { pageInfo } = await world.lineage({ of: { source: "web" }, depth: 1, first: 5 });
    for (const after of ["nonsense", pageInfo.endCursor, Buffer.from("[1]").toString("base64url")])
      expect(await codeOf({ after })).toBe("BAD_USER_INPUT");
    const { dataset } = await world.ask(`{ dataset(slug: "house") { id source(key: "web") { id } } }`);
    expect(await codeOf({ of: { nodeId: dataset.id } })).toBe("BAD_USER_INPUT");
    expect(await codeOf({ of: { exampleVersionId: dataset.source.id } })).toBe("BAD_USER_INPUT");
    expect(await codeOf({ slug: "fork", of: { nodeId: dataset.source.id } })).toBe("NOT_FOUND");
  });

  it("hide it from strangers and from annotators", async () => {
    const stranger = await makePrincipal(world, "stranger", { fork: "OWNER" });
    const hidden = await world.send(ASK, { slug: "house", of: { source: "web" }, depth: 2, first: 10 }, stranger);
    expect(hidden.data).toEqual({ dataset: null });
    expect(await codeOf({}, await makePrincipal(world, "rater", { house: "ANNOTATOR" }))).toBe("FORBIDDEN");
    expect(await codeOf({}, await makePrincipal(world, "reader", { house: "VIEWER" }))).toBeNull();
  });

  it("do not name another dataset's release or sources to those who may not read it", async () => {
    await world.change("registerSources", {
      sources: [{ key: "web", kind: "FILTERED_DATASET", title: "Web", licence: "CC0-1.0" }],
      onConflict: "NEW_VERSION",
    });
    const { candidate } = await world.change("prepareRelease", { population: "CURRENT" }, "candidate { id }");
    const { release } = await world.change(
      "cutRelease",
      { candidateId: candidate.id, version: "1.0.0" },
      "release { digest }",
    );
    const { dataset } = await world.ask(`{ dataset(slug: "house") { uid } }`);
    const details = { datasetUid: dataset.uid, version: "1.0.0", digest: release.digest };
    await world.change("registerSources", {
      dataset: "fork",
      sources: [{ key: "house", kind: "FILTERED_DATASET", title: "House", release: details }],
    });
    const question = { slug: "fork", of: { source: "house" }, direction: "BACKWARD" } as const;
    const both = await makePrincipal(world, "both", { fork: "VIEWER", house: "VIEWER" });
    const one = await makePrincipal(world, "one", { fork: "VIEWER" });
    expect(await world.edges(question, both)).toContain("source house wasDerivedFrom release 1.0.0 of house");
    expect(await world.edges(question, one)).toEqual(["source house wasAttributedTo human admin"]);
    const forward = { of: { release: "1.0.0" }, direction: "FORWARD" } as const;
    const other = await makePrincipal(world, "other", { house: "VIEWER" });
    expect(await world.edges(forward, both)).toEqual(["source house of fork wasDerivedFrom release 1.0.0"]);
    expect(await world.edges(forward, other)).toEqual([]);
  });
});
