import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { World } from "../support/world.js";
import { exampleOf, importInto, startExampleWorld } from "./exampleWorld.js";

const LIST = /* GraphQL */ `
  query (
    $at: SnapshotAt
    $population: Population
    $first: Int
    $last: Int
    $after: String
    $before: String
    $filter: ExampleFilter
    $orderBy: ExampleOrder
  ) {
    dataset(slug: "house") {
      snapshot(at: $at, population: $population) {
        exampleCount
        scopeDigest
        examples(first: $first, last: $last, after: $after, before: $before, filter: $filter, orderBy: $orderBy) {
          nodes {
            version
            supersededBy {
              number
            }
            labels {
              value
            }
            example {
              externalId
            }
          }
          pageInfo {
            hasNextPage
            hasPreviousPage
            startCursor
            endCursor
          }
          totalCount {
            value
            precision
          }
        }
      }
    }
  }
`;

describe("examples of a snapshot", () => {
  let world: World;
  let first: number;
  let second: number;
  const list = async (variables: object = {}): Promise<any> =>
    (await world.ask(LIST, { first: 100, ...variables })).dataset.snapshot;
  const names = (snapshot: any): string[] =>
    snapshot.examples.nodes.map((n: any) => `${n.example.externalId}@${n.version}`);

  beforeAll(async () => {
    world = await startExampleWorld();
    const label = (value: string): Record<string, unknown> => ({ labels: [{ dimension: "intent", value }] });
    first = (
      await importInto(world, [
        exampleOf("b", { ...label("qa"), source: "people", batch: "pilot", language: "en" }),
        exampleOf("é", { ...label("chat"), author: "ada", language: "pt-BR" }),
        exampleOf("a"),
        exampleOf("Z", label("qa")),
      ])
    ).activity.number;
    second = (
      await importInto(world, [exampleOf("b", { response: "New.", ...label("code") }), exampleOf("c")], {
        onConflict: "NEW_VERSION",
      })
    ).activity.number;
  });
  afterAll(() => world.stop());

  it("are the latest versions, as of any activity", async () => {
    expect(names(await list())).toEqual(["b@2", "é@1", "a@1", "Z@1", "c@1"]);
    const then = await list({ at: { activity: first } });
    expect(names(then)).toEqual(["b@1", "é@1", "a@1", "Z@1"]);
    expect(then.examples.nodes[0]).toMatchObject({ supersededBy: null, labels: [{ value: "qa" }] });
    expect(then.exampleCount).toBe(4);
    expect((await list({ at: { activity: first - 1 } })).exampleCount).toBe(0);
    const all = await list({ population: "ALL_VERSIONS" });
    expect(names(all)).toEqual(["b@1", "b@2", "é@1", "a@1", "Z@1", "c@1"]);
    expect(all.examples.nodes[0].supersededBy).toEqual({ number: second });
  });

  it("have a digest that names exactly this set", async () => {
    const [now, then, all] = [
      await list(),
      await list({ at: { activity: first } }),
      await list({ population: "ALL_VERSIONS" }),
    ];
    expect(new Set([now.scopeDigest, then.scopeDigest, all.scopeDigest]).size).toBe(3);
    expect((await list({ at: { activity: second } })).scopeDigest).toBe(now.scopeDigest);
    expect((await list({ at: { activity: first }, population: "ALL_VERSIONS" })).scopeDigest).toBe(then.scopeDigest);
    expect(now.scopeDigest).toMatch(/^[0-9a-f]{64}$/);
  });

  it("come in each order, both ways, page by page, each once", async () => {
    const orders = { NUMBER: "b é a Z c", EXTERNAL_ID: "Z a b c é", RECORDED: "é a Z b c" };
    for (const [field, expected] of Object.entries(orders))
      for (const direction of ["ASC", "DESC"]) {
        const wanted = direction === "ASC" ? expected.split(" ") : expected.split(" ").reverse();
        const forwards: string[] = [];
        for (let after: string | null = null, more = true; more;) {
          const { examples } = await list({ first: 2, after, orderBy: { field, direction } });
          forwards.push(...examples.nodes.map((n: any) => n.example.externalId));
          after = examples.pageInfo.endCursor;
          more = examples.pageInfo.hasNextPage;
        }
        expect(forwards).toEqual(wanted);
        const backwards: string[] = [];
        for (let before: string | null = null, more = true; more;) {
          const { examples } = await list({ first: null, last: 2, before, orderBy: { field, direction } });
          backwards.unshift(...examples.nodes.map((n: any) => n.example.externalId));
          before = examples.pageInfo.startCursor;
          more = examples.pageInfo.hasPreviousPage;
        }
        expect(backwards).toEqual(wanted);
      }
  });

  it("are filtered by what they have, joined by and", async () => {
    const left = async (filter: object, more = {}): Promise<string> => {
      const snapshot = await list({ filter, ...more });
      expect(snapshot.examples.totalCount).toEqual({ value: snapshot.examples.nodes.length, precision: "EXACT" });
      return names(snapshot).join(" ");
    };
    expect(await left({})).toBe("b@2 é@1 a@1 Z@1 c@1");
    expect(await left({ externalIds: ["a", "é", "nobody"] })).toBe("é@1 a@1");
    expect(await left({ externalIds: [] })).toBe("");
    expect(await left({ sources: ["people"] })).toBe("");
    expect(await left({ sources: ["people"] }, { at: { activity: first } })).toBe("b@1");
    expect(await left({ sourceKinds: ["HUMAN_DEMONSTRATION"] }, { population: "ALL_VERSIONS" })).toBe("b@1");
    expect(await left({ batches: ["pilot"] }, { at: { activity: first } })).toBe("b@1");
    expect(await left({ languages: ["PT-br"] })).toBe("é@1");
    expect(await left({ authors: ["ada"] })).toBe("é@1");
    expect(await left({ labels: [{ dimension: "intent" }] })).toBe("b@2 é@1 Z@1");
    expect(await left({ labels: [{ dimension: "intent", values: ["qa"] }] })).toBe("Z@1");
    expect(await left({ labels: [{ dimension: "intent", values: ["qa"] }] }, { at: { activity: first } })).toBe(
      "b@1 Z@1",
    );
    expect(await left({ labels: [{ dimension: "intent", values: ["qa", "code"] }], externalIds: ["b"] })).toBe("b@2");
    expect(await left({ labels: [{ dimension: "intent" }, { dimension: "topic" }] })).toBe("");
    expect(await left({ unlabelled: "intent" })).toBe("a@1 c@1");
  });

  it("refuse cursors of other lists, and text that cannot be", async () => {
    const cursor = (await list({ first: 1 })).examples.pageInfo.endCursor;
    const codes = async (variables: object): Promise<string | undefined> =>
      (await world.send(LIST, { first: 1, ...variables })).errors?.[0]?.extensions.code;
    expect(await codes({ after: cursor, orderBy: { field: "EXTERNAL_ID" } })).toBe("BAD_USER_INPUT");
    expect(await codes({ after: cursor, filter: { unlabelled: "intent" } })).toBe("BAD_USER_INPUT");
    expect(await codes({ filter: { sources: ["\u0000"] } })).toBe("BAD_USER_INPUT");
    expect(await codes({ filter: { labels: [{ dimension: "\ud800", values: ["x"] }] } })).toBe("BAD_USER_INPUT");
    const many = Array.from({ length: 21 }, (_, i) => ({ dimension: `d${i}` }));
    expect(await codes({ filter: { labels: many } })).toBe("BAD_USER_INPUT");
    const both = await world.send(`{ dataset(slug: "house") { example(externalId: "a", number: 1) { id } } }`);
    expect(both.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect(
      (
        await world.ask(
          `{ dataset(slug: "house") { one: example(number: 1) { externalId } none: example(number: 99) { id } } }`,
        )
      ).dataset,
    ).toEqual({ one: { externalId: "b" }, none: null });
  });

  it("are read in the same number of statements however many there are", async () => {
    const deep = `query ($n: Int!) { dataset(slug: "house") { head { examples(first: $n) { nodes {
      turns { content } prompt erased source { key } author { key } batch { key } labels { value } derivedFrom { version } example { number latest { version } } activity { number } } } } } }`;
    const count = async (n: number): Promise<number> => {
      const before = world.db.statementCount;
      await world.ask(deep, { n });
      return world.db.statementCount - before;
    };
    expect(await count(5)).toBe(await count(2));
  });
});
