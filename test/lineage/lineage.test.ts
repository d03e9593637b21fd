import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EDGE_KINDS } from "../../src/lineage/edgeKinds.js";
import { auditHouse, fillHouse, startLineageWorld, type LineageWorld } from "./lineageWorld.js";

/** Where the draft came from. */
const BACKWARD_FROM_DRAFT = [
  "annotator wren specializationOf human wren",
  "batch pilot used guideline style@1",
  "batch pilot wasAttributedTo human admin",
  "example draft, version 1 hadPrimarySource source bot",
  "example draft, version 1 specializationOf example draft",
  "example draft, version 1 wasGeneratedBy batch pilot",
  "example draft, version 2 hadPrimarySource source bot",
  "example draft, version 2 specializationOf example draft",
  "example draft, version 2 wasAttributedTo annotator wren",
  "example draft, version 2 wasGeneratedBy batch pilot",
  "example draft, version 2 wasRevisionOf example draft, version 1",
  "guideline style@1 wasAttributedTo human admin",
  "source bot wasAttributedTo human admin",
];
/** What the draft led to: into a release, and on into what was made of it. */
const FORWARD_FROM_DRAFT = [
  "candidate 1 hadMember example draft, version 2",
  "candidate 1 used decision ACCEPT on draft, version 2",
  "decision ACCEPT on draft, version 2 used rating 4 of helpfulness by robin",
  "decision ACCEPT on draft, version 2 wasDerivedFrom example draft, version 2",
  "decision ACCEPT on draft, version 2 wasRevisionOf decision NEEDS_WORK on draft, version 2",
  "decision NEEDS_WORK on draft, version 2 used rating 4 of helpfulness by robin",
  "decision NEEDS_WORK on draft, version 2 wasDerivedFrom example draft, version 2",
  "example again, version 1 hadPrimarySource source back",
  "example draft, version 1 specializationOf example draft",
  "example draft, version 2 specializationOf example draft",
  "example draft, version 2 wasRevisionOf example draft, version 1",
  "example short, version 1 wasDerivedFrom example draft, version 1",
  "rating 3 of helpfulness by robin wasDerivedFrom example draft, version 2",
  "rating 4 of helpfulness by robin wasDerivedFrom example draft, version 2",
  "rating 4 of helpfulness by robin wasRevisionOf rating 3 of helpfulness by robin",
  "release 1.0.0 wasDerivedFrom candidate 1",
  "release 1.0.0 wasInvalidatedBy activity 23, release status",
  "source back wasDerivedFrom release 1.0.0",
  "source house of fork wasDerivedFrom release 1.0.0",
];
/** Everything that a source which is a release came from. */
const BACKWARD_FROM_RELEASED_SOURCE = [
  ...BACKWARD_FROM_DRAFT,
  "annotator robin specializationOf human robin",
  "candidate 1 hadMember example draft, version 2",
  "candidate 1 used decision ACCEPT on draft, version 2",
  "candidate 1 wasAttributedTo human admin",
  "criterion helpfulness@1 wasAttributedTo human admin",
  "decision ACCEPT on draft, version 2 used rating 4 of helpfulness by robin",
  "decision ACCEPT on draft, version 2 wasAttributedTo human admin",
  "decision ACCEPT on draft, version 2 wasDerivedFrom example draft, version 2",
  "decision ACCEPT on draft, version 2 wasRevisionOf decision NEEDS_WORK on draft, version 2",
  "decision NEEDS_WORK on draft, version 2 used clause 1 of style@1",
  "decision NEEDS_WORK on draft, version 2 used rating 4 of helpfulness by robin",
  "decision NEEDS_WORK on draft, version 2 wasAttributedTo human admin",
  "decision NEEDS_WORK on draft, version 2 wasDerivedFrom example draft, version 2",
  "guideline style@1 hadMember clause 1 of style@1",
  "guideline style@1 hadMember criterion helpfulness@1",
  "rating 3 of helpfulness by robin used criterion helpfulness@1",
  "rating 3 of helpfulness by robin used guideline style@1",
  "rating 3 of helpfulness by robin wasAttributedTo annotator robin",
  "rating 3 of helpfulness by robin wasDerivedFrom example draft, version 2",
  "rating 3 of helpfulness by robin wasGeneratedBy batch pilot",
  "rating 4 of helpfulness by robin used criterion helpfulness@1",
  "rating 4 of helpfulness by robin used guideline style@1",
  "rating 4 of helpfulness by robin wasAttributedTo annotator robin",
  "rating 4 of helpfulness by robin wasDerivedFrom example draft, version 2",
  "rating 4 of helpfulness by robin wasRevisionOf rating 3 of helpfulness by robin",
  "release 1.0.0 wasAttributedTo human admin",
  "release 1.0.0 wasDerivedFrom candidate 1",
  "source back wasAttributedTo human admin",
  "source back wasDerivedFrom release 1.0.0",
].sort();
/** What the first rules led to: the next rules, ratings, decisions, sources and whatever came of them. */
const FORWARD_FROM_RULES = [
  "batch pilot used guideline style@1",
  "candidate 1 hadMember example draft, version 2",
  "candidate 1 used decision ACCEPT on draft, version 2",
  "criterion helpfulness@2 wasRevisionOf criterion helpfulness@1",
  "decision ACCEPT on draft, version 2 used rating 4 of helpfulness by robin",
  "decision ACCEPT on draft, version 2 wasDerivedFrom example draft, version 2",
  "decision ACCEPT on draft, version 2 wasRevisionOf decision NEEDS_WORK on draft, version 2",
  "decision NEEDS_WORK on draft, version 2 used clause 1 of style@1",
  "decision NEEDS_WORK on draft, version 2 used rating 4 of helpfulness by robin",
  "decision NEEDS_WORK on draft, version 2 wasDerivedFrom example draft, version 2",
  "decision WITHDRAW on spare, version 1 wasDerivedFrom example spare, version 1",
  "example again, version 1 hadPrimarySource source back",
  "example draft, version 1 wasGeneratedBy batch pilot",
  "example draft, version 2 wasGeneratedBy batch pilot",
  "example draft, version 2 wasRevisionOf example draft, version 1",
  "example short, version 1 hadPrimarySource source people",
  "example short, version 1 wasDerivedFrom example draft, version 1",
  "example spare, version 1 hadPrimarySource source people",
  "example spare, version 1 wasInvalidatedBy activity 14, erasure",
  "example spare, version 1 wasInvalidatedBy decision WITHDRAW on spare, version 1",
  "guideline style@1 hadMember clause 1 of style@1",
  "guideline style@1 hadMember criterion helpfulness@1",
  "guideline style@2 hadMember clause 1 of style@2",
  "guideline style@2 hadMember criterion helpfulness@2",
  "guideline style@2 wasRevisionOf guideline style@1",
  "rating 3 of helpfulness by robin used criterion helpfulness@1",
  "rating 3 of helpfulness by robin used guideline style@1",
  "rating 3 of helpfulness by robin wasDerivedFrom example draft, version 2",
  "rating 3 of helpfulness by robin wasGeneratedBy batch pilot",
  "rating 4 of helpfulness by robin used criterion helpfulness@1",
  "rating 4 of helpfulness by robin used guideline style@1",
  "rating 4 of helpfulness by robin wasDerivedFrom example draft, version 2",
  "rating 4 of helpfulness by robin wasRevisionOf rating 3 of helpfulness by robin",
  "release 1.0.0 wasDerivedFrom candidate 1",
  "release 1.0.0 wasInvalidatedBy activity 23, release status",
  "source back wasDerivedFrom release 1.0.0",
  "source house of fork wasDerivedFrom release 1.0.0",
  "source people used guideline style@1",
];

describe("the lineage of a fixture with every kind of edge", () => {
  let world: LineageWorld;
  beforeAll(async () => {
    world = await startLineageWorld();
    await fillHouse(world);
  });
  afterAll(() => world.stop());

  it("says where an example came from", async () => {
    expect(await world.edges({ of: { externalId: "draft" }, direction: "BACKWARD" })).toEqual(BACKWARD_FROM_DRAFT);
    expect(await world.edges({ of: { source: "back" }, direction: "BACKWARD" })).toEqual(BACKWARD_FROM_RELEASED_SOURCE);
  });

  it("says what an example and the rules led to", async () => {
    expect(await world.edges({ of: { externalId: "draft" }, direction: "FORWARD" })).toEqual(FORWARD_FROM_DRAFT);
    expect(await world.edges({ of: { guidelineVersion: "style@1" }, direction: "FORWARD" })).toEqual(
      FORWARD_FROM_RULES,
    );
  });

  it("says what took an example out of use: a withdrawal and an erasure", async () => {
    expect(await world.edges({ of: { externalId: "spare" } })).toEqual([
      "activity 14, erasure wasAssociatedWith human admin",
      "decision WITHDRAW on spare, version 1 wasAttributedTo human admin",
      "decision WITHDRAW on spare, version 1 wasDerivedFrom example spare, version 1",
      "example spare, version 1 hadPrimarySource source people",
      "example spare, version 1 specializationOf example spare",
      "example spare, version 1 wasInvalidatedBy activity 14, erasure",
      "example spare, version 1 wasInvalidatedBy decision WITHDRAW on spare, version 1",
      "guideline style@1 wasAttributedTo human admin",
      "source people used guideline style@1",
      "source people wasAttributedTo human admin",
    ]);
  });

  it("names a release of another dataset, and ends there", async () => {
    expect(await world.edges({ slug: "fork", of: { source: "house" } })).toEqual([
      "source house wasAttributedTo human admin",
      "source house wasDerivedFrom release 1.0.0 of house",
    ]);
  });

  it("walks every kind of edge of the catalogue in both directions, one step at a time", async () => {
    await auditHouse(world);
    const { dataset } = await world.ask(`{ dataset(slug: "house") { coveragePlan { id } } }`);
    const plan = { nodeId: dataset.coveragePlan.id };
    const seen = new Set<string>();
    for (const of of [
      plan,
      { source: "back" },
      { externalId: "spare" },
      { guidelineVersion: "style@1" },
      { externalId: "short" },
    ]) {
      const { nodes, edges } = await world.lineage({ of });
      const kinds = new Map<string, string>(nodes.map((node: any) => [node.id, node.kind]));
      for (const { from, relation, to } of edges) {
        const kind = `${kinds.get(from)} ${relation} ${kinds.get(to)}`;
        if (seen.has(kind)) continue;
        seen.add(kind);
        const { later } = EDGE_KINDS.find((edge) => kind === `${edge.from} ${edge.relation} ${edge.to}`)!;
        const [cause, effect] = later === "from" ? [to, from] : [from, to];
        const idsOf = async (nodeId: string, direction: "BACKWARD" | "FORWARD") =>
          (await world.lineage({ of: { nodeId }, direction, depth: 1 })).nodes.map(({ id }: any) => id);
        expect(await idsOf(cause, "FORWARD"), kind).toContain(effect);
        expect(await idsOf(effect, "BACKWARD"), kind).toContain(cause);
      }
    }
    expect([...seen].sort()).toEqual(EDGE_KINDS.map(({ from, relation, to }) => `${from} ${relation} ${to}`).sort());
  });

  it("gives each edge the activity that made it, and each node the id by which it is read", async () => {
    const { nodes, edges } = await world.lineage({ of: { externalId: "draft" }, direction: "FORWARD" });
    const labels = new Map<string, string>(nodes.map(({ id, label }: any) => [id, label]));
    const labelled = edges.map(({ from, to, activity }: any) => [
      labels.get(from),
      labels.get(to),
      activity.kind,
      activity.agent.label,
    ]);
    expect(labelled).toContainEqual(["candidate 1", "example draft, version 2", "CANDIDATE", "admin"]);
    expect(labelled).toContainEqual(["release 1.0.0", "activity 23, release status", "RELEASE_STATUS", "admin"]);
    expect(labelled).toContainEqual(["source house of fork", "release 1.0.0", "SOURCE_REGISTRATION", "admin"]);
    const read = await world.ask(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, {
      ids: nodes.map(({ id }: any) => id),
    });
    expect(read.nodes).toEqual(nodes.map(({ id }: any) => ({ id })));
  });

  it("takes a thing by any of its names", async () => {
    const { dataset } = await world.ask(
      `{ dataset(slug: "house") { example(externalId: "draft") { id number latest { id } } } }`,
    );
    const { id, number, latest } = dataset.example;
    const first = async (of: object) => (await world.lineage({ of, depth: 1, first: 1 }))?.nodes[0].label ?? null;
    expect(await first({ exampleNumber: number })).toBe("example draft");
    expect(await first({ nodeId: id })).toBe("example draft");
    expect(await first({ exampleVersionId: latest.id })).toBe("example draft, version 2");
    expect(await first({ annotator: "robin" })).toBe("annotator robin");
    expect(await first({ release: "1.0.0" })).toBe("release 1.0.0");
    for (const of of [
      { externalId: "no" },
      { exampleNumber: 999 },
      { source: "no" },
      { release: "9.9.9" },
      { guidelineVersion: "style@9" },
    ])
      expect(await first(of)).toBeNull();
  });

  it("goes as deep as it is asked to, nearest first", async () => {
    for (const depth of [1, 2, 3]) {
      const { nodes } = await world.lineage({ of: { release: "1.0.0" }, direction: "BACKWARD", depth });
      const distances: number[] = nodes.map(({ distance }: any) => distance);
      expect(distances).toEqual([...distances].sort());
      expect(Math.max(...distances)).toBe(depth);
    }
    expect(await world.edges({ of: { release: "1.0.0" }, direction: "BACKWARD", depth: 1 })).toEqual([
      "candidate 1 wasAttributedTo human admin",
      "release 1.0.0 wasAttributedTo human admin",
      "release 1.0.0 wasDerivedFrom candidate 1",
    ]);
  });

  it("gives the same list in pages, each edge once and after both its ends, whatever is written meanwhile", async () => {
    const of = { guidelineVersion: "style@1" };
    const whole = await world.lineage({ of });
    for (const first of [1, 4, 100]) {
      const nodes: any[] = [];
      const edges: any[] = [];
      for (let after: string | null = null; ;) {
        const page: any = await world.lineage({ of, first, after });
        nodes.push(...page.nodes);
        edges.push(...page.edges);
        const known = new Set(nodes.map(({ id }) => id));
        for (const { from, to } of page.edges) expect(known.has(from) && known.has(to)).toBe(true);
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
        const rating = {
          externalId: "draft",
          criterion: "helpfulness",
          guidelineVersion: "style@1",
          annotator: "wren",
          value: 1,
        };
        await world.change("submitRatings", { ratings: [rating] });
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      const stripped = (list: any[]) => list.map((one) => JSON.stringify(one)).sort();
      if (first === 1) expect(nodes).toEqual(whole.nodes);
      if (first === 1) expect(stripped(edges)).toEqual(stripped(whole.edges));
      expect(new Set(stripped(edges)).size).toBe(edges.length);
    }
  });

  it("ends on a cycle", async () => {
    await world.change("decideExamples", { decisions: [{ externalId: "again", verdict: "ACCEPT" }] });
    const { candidate } = await world.change("prepareRelease", { population: "ACCEPTED" }, "candidate { id }");
    const { release } = await world.change(
      "cutRelease",
      { candidateId: candidate.id, version: "2.0.0" },
      "release { digest }",
    );
    const { dataset } = await world.ask(`{ dataset(slug: "house") { uid } }`);
    const source = {
      key: "back",
      kind: "FILTERED_DATASET",
      title: "Itself",
      release: { datasetUid: dataset.uid, version: "2.0.0", digest: release.digest },
    };
    await world.change("registerSources", { sources: [source], onConflict: "NEW_VERSION" });
    const edges = await world.edges({ of: { source: "back" } });
    expect(edges).toEqual(
      expect.arrayContaining([
        "source back wasDerivedFrom release 2.0.0",
        "candidate 2 hadMember example again, version 1",
      ]),
    );
    expect(new Set(edges).size).toBe(edges.length);
  });

  it("costs one statement a step and direction, and seven more at most", async () => {
    await world.lineage({ of: { release: "1.0.0" } });
    const before = world.db.statementCount;
    const { nodes } = await world.lineage({ of: { release: "1.0.0" } });
    expect(nodes.length).toBeGreaterThan(20);
    expect(world.db.statementCount - before).toBeLessThanOrEqual(2 * 10 + 7);
  });
});
