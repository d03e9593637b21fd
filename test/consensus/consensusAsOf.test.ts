// Is the consensus of every unit, as of every activity, what a plain recomputation over the rows alive then gives?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultRule, ruleProblem, type UnitRule } from "../../src/consensus/consensusOf.js";
import { readAllRows, type Rows } from "../agreement/recomputation.js";
import {
  consensusWorld,
  plainConsensus,
  saidAt,
  SCALES,
  USUAL,
  type Asked,
  type ConsensusWorld,
} from "./consensusWorld.js";

const UNITS = `nodes { value certainty ratingCount values { value count } exampleVersion { number } }`;
const RULES = ["MEAN", "MEDIAN", "MAJORITY"] as const;

let house: ConsensusWorld;
let rows: Rows;
let head: number;
beforeAll(async () => {
  house = await consensusWorld(7);
  for (let i = 0; i < 24; i++) await house.happen();
  rows = await readAllRows(house.world.ownerUrl);
  head = await house.head();
});
afterAll(() => house.world.stop());

const at = ({ activity, population }: Asked) => `snapshot(at: { activity: ${activity} }, population: ${population})`;
const argsOf = ({ criterion, repeats, strata, kinds }: Asked) =>
  `criterion: "${criterion}", repeats: ${repeats}, strata: [${strata}], annotatorKinds: [${kinds}]`;

const rounded = (x: unknown) => (typeof x === "number" ? Math.round(x * 1e11) / 1e11 + 0 : x);
const plain = ({ exampleVersion, value, certainty, ratingCount }: any) => ({
  exampleVersion: exampleVersion.number ?? exampleVersion,
  value: rounded(value),
  certainty: rounded(certainty),
  ratingCount,
});

function expected(rule: UnitRule, asked: Asked) {
  return [...saidAt(rows, asked)].map(([exampleVersion, said]) =>
    plain({ exampleVersion, ...plainConsensus(rule, SCALES[asked.criterion]!, said), ratingCount: said.length }),
  );
}

const questions = Object.keys(SCALES).flatMap((criterion) =>
  RULES.filter((rule) => ruleProblem(rule, SCALES[criterion]!) === null).map((rule) => [criterion, rule] as const),
);

describe("the consensus of a random history", () => {
  it.each(questions)(
    "of %s by %s is what the rows say, on every population and by every rule of repeats",
    async (criterion, rule) => {
      let seen = 0;
      for (const activity of [head, head - 7, head - 15])
        for (const population of ["CURRENT", "ACCEPTED", "ALL_VERSIONS"] as const)
          for (const repeats of ["LATEST", "FIRST", "ALL"] as const)
            for (const more of [{}, { strata: ["GOLD", "OPEN"], kinds: ["HUMAN", "MODEL"] }]) {
              const asked: Asked = {
                ...USUAL,
                strata: [...USUAL.strata],
                kinds: [...USUAL.kinds],
                ...more,
                activity,
                population,
                repeats,
                criterion,
              };
              const { nodes } = await house.consensus(`${argsOf(asked)}, rule: ${rule}, first: 100`, UNITS, at(asked));
              expect({ asked, units: nodes.map(plain) }).toEqual({ asked, units: expected(rule, asked) });
              for (const one of nodes)
                expect(one.values.reduce((sum: number, { count }: any) => sum + count, 0)).toBe(one.ratingCount);
              seen += nodes.length;
            }
      expect(seen).toBeGreaterThan(100);
    },
  );

  it("says how often each value was given, in the order of the scale", async () => {
    const asked: Asked = {
      ...USUAL,
      strata: [...USUAL.strata],
      kinds: [...USUAL.kinds],
      activity: head,
      criterion: "grade",
    };
    const { nodes } = await house.consensus(`criterion: "grade", first: 100`, UNITS);
    const categories = SCALES.grade!.categories!;
    const counts = [...saidAt(rows, asked).values()].map((said) =>
      categories
        .map((value, place) => ({ value, count: said.filter((row) => row.category === place).length }))
        .filter(({ count }) => count > 0),
    );
    expect(nodes.map((one: any) => one.values)).toEqual(counts);
  });

  it("takes the mean of ordered numbers and else the majority where no rule is asked for", async () => {
    for (const [criterion, scale] of Object.entries(SCALES)) {
      const answer = await house.consensus(
        `criterion: "${criterion}", first: 1`,
        "rule methodVersion cache model { steps } parameters criterionVersion { key version } activity { number } population",
      );
      expect(answer).toMatchObject({
        rule: defaultRule(scale),
        methodVersion: "consensus/1",
        cache: "MISS",
        model: null,
        population: "CURRENT",
      });
      expect(answer.criterionVersion).toEqual({ key: criterion, version: 1 });
      expect(answer.activity.number).toBe(head);
      expect(answer.parameters).toMatchObject({
        criterion,
        criterionVersion: 1,
        rule: defaultRule(scale),
        repeats: "LATEST",
        filter: null,
      });
    }
  });
});

describe("pages of units", () => {
  const every = async (args: string, size: number, way: "forwards" | "backwards") => {
    const found: any[] = [];
    for (let cursor: string | null = null; ;) {
      const place =
        way === "forwards"
          ? `first: ${size}${cursor ? `, after: "${cursor}"` : ""}`
          : `last: ${size}${cursor ? `, before: "${cursor}"` : ""}`;
      const page: any = await house.consensus(
        `${args}, ${place}`,
        `${UNITS} pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`,
      );
      if (way === "forwards") found.push(...page.nodes);
      else found.unshift(...page.nodes);
      const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
      if (way === "forwards" ? !hasNextPage : !hasPreviousPage) return found.map(plain);
      cursor = way === "forwards" ? endCursor : startCursor;
    }
  };

  it.each(["stars", "tone", "score"])("of %s hold each unit once, in both orders and directions", async (criterion) => {
    const rule = defaultRule(SCALES[criterion]!);
    const asked: Asked = { ...USUAL, strata: [...USUAL.strata], kinds: [...USUAL.kinds], activity: head, criterion };
    const units = expected(rule, asked);
    expect(units.length).toBeGreaterThan(6);
    const least = units.toSorted(
      (a, b) => (a.certainty as number) - (b.certainty as number) || a.exampleVersion - b.exampleVersion,
    );
    for (const way of ["forwards", "backwards"] as const) {
      expect(await every(`criterion: "${criterion}"`, 3, way)).toEqual(units);
      expect(await every(`criterion: "${criterion}", order: LEAST_CERTAIN`, 2, way)).toEqual(least);
    }
    const { totalCount } = await house.consensus(
      `criterion: "${criterion}", first: 1`,
      "totalCount { value precision }",
    );
    expect(totalCount).toEqual({ value: units.length, precision: "EXACT" });
  });

  it("refuse a cursor of another order or question, and one that was made up", async () => {
    const { pageInfo } = await house.consensus(
      `criterion: "stars", order: LEAST_CERTAIN, first: 1`,
      "pageInfo { endCursor }",
    );
    const list = JSON.parse(Buffer.from(pageInfo.endCursor, "base64url").toString())[1];
    const cursor = (...key: unknown[]) => Buffer.from(JSON.stringify([1, list, ...key])).toString("base64url");
    const code = async (args: string) => {
      const query = `{ dataset(slug: "house") { head { consensus(${args}) { rule } } } }`;
      return (await house.world.send(query)).errors?.[0]?.extensions.code ?? null;
    };
    const least = `criterion: "stars", order: LEAST_CERTAIN, first: 1`;
    expect(await code(`${least}, after: "${pageInfo.endCursor}"`)).toBeNull();
    expect(await code(`criterion: "stars", first: 1, after: "${pageInfo.endCursor}"`)).toBe("BAD_USER_INPUT");
    expect(await code(`${least}, rule: MAJORITY, after: "${pageInfo.endCursor}"`)).toBe("BAD_USER_INPUT");
    for (const key of [["nought", 1], [1, 1], ["1e999", 1], ["0.5"]])
      expect(await code(`${least}, after: "${cursor(...key)}"`)).toBe("BAD_USER_INPUT");
  });
});

describe("what cannot be asked", () => {
  const refused = async (args: string) => {
    const { errors } = await house.world.send(
      `{ dataset(slug: "house") { head { consensus(${args}, first: 1) { rule } } } }`,
    );
    expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    return errors![0]!.message;
  };

  it("is refused with what to ask instead", async () => {
    expect(await refused(`criterion: "help"`)).toMatch(/there are grade@1, open@1, score@1, stars@1, tone@1/);
    expect(await refused(`criterion: "tone", rule: MEAN`)).toMatch(/MEAN does not fit tone.*MAJORITY/);
    expect(await refused(`criterion: "tone", rule: MEDIAN`)).toMatch(/no order; use MAJORITY/);
    expect(await refused(`criterion: "score", rule: DAWID_SKENE`)).toMatch(/no categories; use MEAN or MEDIAN/);
    expect(await refused(`criterion: "open", order: LEAST_CERTAIN`)).toMatch(/no bounds.*order by NUMBER/);
    expect(await refused(`criterion: "stars", strata: []`)).toMatch(/strata is empty/);
  });
});
