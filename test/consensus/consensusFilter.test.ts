// Does a filter by consensus leave exactly what a look at every example version would?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultRule, ruleProblem, type ConsensusRule } from "../../src/consensus/consensusOf.js";
import { readAllRows, type Rows } from "../agreement/recomputation.js";
import { randomNumbers } from "../statistics/sampleRatings.js";
import {
  consensusWorld,
  membersAt,
  plainConsensus,
  saidAt,
  SCALES,
  USUAL,
  type Asked,
  type ConsensusWorld,
} from "./consensusWorld.js";

let house: ConsensusWorld;
let rows: Rows;
let head: number;
beforeAll(async () => {
  house = await consensusWorld(11, 20);
  for (let i = 0; i < 26; i++) await house.happen();
  rows = await readAllRows(house.world.ownerUrl);
  head = await house.head();
});
afterAll(() => house.world.stop());

type Filter = Record<string, any>;
interface Unit {
  value: unknown;
  certainty: number | null;
  ratingCount: number;
}
/** The consensus of every unit of population CURRENT, and of any population by rules that look at a unit alone. */
type Units = Map<number, Unit>;

const askedOf = (criterion: string, activity: number, population: Asked["population"]): Asked => ({
  ...USUAL,
  strata: [...USUAL.strata],
  kinds: [...USUAL.kinds],
  criterion,
  activity,
  population,
});

async function unitsOf(criterion: string, rule: ConsensusRule, activity: number): Promise<Units> {
  if (rule !== "DAWID_SKENE") {
    const said = saidAt(rows, askedOf(criterion, activity, "ALL_VERSIONS"));
    const units = [...said].map(([id, all]) => {
      const unit = { ...plainConsensus(rule, SCALES[criterion]!, all), ratingCount: all.length };
      return [id, unit] as const;
    });
    return new Map(units);
  }
  const fields = "nodes { value certainty ratingCount exampleVersion { number } }";
  const at = `snapshot(at: { activity: ${activity} })`;
  const { nodes } = await house.consensus(`criterion: "${criterion}", rule: DAWID_SKENE, first: 100`, fields, at);
  return new Map(nodes.map((one: any) => [one.exampleVersion.number, one]));
}

function passes(unit: Unit | undefined, { atLeast, atMost, oneOf, certaintyAtLeast, ratingsAtLeast }: Filter): boolean {
  if (!unit || unit.value === null) return false;
  const value = unit.value as number;
  return (
    (atLeast === undefined || value >= atLeast) &&
    (atMost === undefined || value <= atMost) &&
    (oneOf === undefined || oneOf.includes(unit.value)) &&
    (certaintyAtLeast === undefined || unit.certainty! >= certaintyAtLeast) &&
    (ratingsAtLeast === undefined || unit.ratingCount >= ratingsAtLeast)
  );
}

const LIST = `query ($at: SnapshotAt, $population: Population, $filter: ExampleFilter) {
  dataset(slug: "house") { snapshot(at: $at, population: $population) {
    examples(first: 100, filter: $filter) { nodes { number } totalCount { value } } } } }`;

async function listed(filter: Filter, activity: number, population = "CURRENT"): Promise<number[]> {
  const { dataset } = await house.world.ask(LIST, { at: { activity }, population, filter });
  const { nodes, totalCount } = dataset.snapshot.examples;
  expect(totalCount.value).toBe(nodes.length);
  return nodes.map((one: any) => one.number).sort((a: number, b: number) => a - b);
}

const rules = ["MEAN", "MEDIAN", "MAJORITY", "DAWID_SKENE"] as const;
const cases = Object.keys(SCALES).flatMap((criterion) =>
  rules.filter((rule) => ruleProblem(rule, SCALES[criterion]!) === null).map((rule) => [criterion, rule] as const),
);

/** Filters that a scale takes, at random. */
function someFilter(random: () => number, criterion: string, rule: ConsensusRule): Filter {
  const { categories, level, minimum } = SCALES[criterion]!;
  const filter: Filter = { criterion, rule };
  const isOrdered = level !== "NOMINAL" && typeof categories?.[0] !== "string";
  if (isOrdered && random() < 0.5) filter.atLeast = Math.floor(random() * 8) / 2;
  if (isOrdered && random() < 0.3) filter.atMost = 1 + Math.floor(random() * 8) / 2;
  if (random() < 0.4) filter.oneOf = categories ? categories.filter(() => random() < 0.5) : [0, 0.5, 1, 2];
  const isBounded = categories !== null || minimum !== undefined || rule === "MAJORITY";
  if (isBounded && random() < 0.6) filter.certaintyAtLeast = Math.floor(random() * 20) / 20;
  if (random() < 0.4) filter.ratingsAtLeast = 1 + Math.floor(random() * 3);
  return filter;
}

describe("a filter by consensus", () => {
  it.each(cases)("of %s by %s leaves what a look at every unit leaves, as of any activity", async (criterion, rule) => {
    const random = randomNumbers(cases.findIndex((one) => one[0] === criterion && one[1] === rule) + 1);
    let [left, leftOut] = [0, 0];
    for (const activity of [head, head - 5, head - 12]) {
      const units = await unitsOf(criterion, rule, activity);
      for (let i = 0; i < 8; i++) {
        const consensus = someFilter(random, criterion, rule);
        const population = (["CURRENT", "ACCEPTED", "ALL_VERSIONS"] as const)[i % 3]!;
        const members = [...membersAt(rows, { activity, population }).keys()];
        const expected = members.filter((id) => passes(units.get(id), consensus)).sort((a, b) => a - b);
        expect({
          consensus,
          activity,
          population,
          left: await listed({ consensus: [consensus] }, activity, population),
        }).toEqual({ consensus, activity, population, left: expected });
        left += expected.length;
        leftOut += members.length - expected.length;
      }
    }
    expect(left).toBeGreaterThan(0);
    expect(leftOut).toBeGreaterThan(0);
  });

  it("is joined by and: with each other, and with what else is asked", async () => {
    const [stars, tone] = [
      { criterion: "stars@1", atLeast: 2 },
      { criterion: "tone", rule: "DAWID_SKENE", certaintyAtLeast: 0.5 },
    ];
    const labels = [{ dimension: "intent", values: ["chat"] }];
    const each = [await listed({ consensus: [stars] }, head), await listed({ consensus: [tone] }, head)];
    const chats = await listed({ labels }, head);
    const all = await listed({ consensus: [stars, tone], labels }, head);
    expect(all).toEqual(chats.filter((id) => each.every((one) => one.includes(id))));
    expect(all.length).toBeGreaterThan(0);
    expect(await listed({ consensus: [] }, head)).toEqual(await listed({}, head));
  });

  it("goes for coverage and agreement, whatever rule it asks for", async () => {
    for (const rule of ["MAJORITY", "DAWID_SKENE"]) {
      const filter = { consensus: [{ criterion: "stars", rule, certaintyAtLeast: 0.6 }] };
      const ids = await listed(filter, head);
      const query = `query ($filter: ExampleFilter) { dataset(slug: "house") { head {
        coverage(dimensions: [{ by: SOURCE_KIND }], filter: $filter) { exampleCount }
        agreement(criterion: "stars", filter: $filter, groupBy: [{ by: SOURCE }]) { overall { unitCount } groupings { groups { unitCount } } }
        consensus(criterion: "stars", filter: $filter, first: 100, rule: ${rule}, order: LEAST_CERTAIN) { nodes { exampleVersion { number } } totalCount { value } }
      } } }`;
      const { coverage, agreement, consensus } = (await house.world.ask(query, { filter })).dataset.head;
      expect(ids.length).toBeGreaterThan(0);
      expect(coverage.exampleCount).toBe(ids.length);
      expect(agreement.overall.unitCount).toBe(ids.length);
      expect(agreement.groupings[0].groups).toEqual([{ unitCount: ids.length }]);
      expect(consensus.totalCount.value).toBe(ids.length);
      expect(
        consensus.nodes.map((one: any) => one.exampleVersion.number).toSorted((a: number, b: number) => a - b),
      ).toEqual(ids);
    }
  });

  it("holds where numbers are compared with what they are exactly", async () => {
    const units = await unitsOf("score", "MEAN", head);
    expect(units.size).toBeGreaterThan(8);
    const fields = "nodes { value certainty exampleVersion { number } }";
    const { nodes } = await house.consensus(`criterion: "score", first: 100`, fields);
    for (const { value, certainty, exampleVersion } of nodes) {
      const same = { criterion: "score", atLeast: value, atMost: value, certaintyAtLeast: certainty };
      expect(await listed({ consensus: [same] }, head)).toContain(exampleVersion.number);
    }
  });
});

describe("a filter by consensus that cannot be asked", () => {
  const refused = async (consensus: Filter | Filter[]) => {
    const filter = { consensus: [consensus].flat() };
    const { errors } = await house.world.send(LIST, { filter });
    expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    return errors![0]!.message;
  };

  it("is refused with what to ask instead", async () => {
    expect(await refused({ criterion: "help" })).toMatch(
      /"help" does not exist.*there are grade@1, open@1, score@1, stars@1, tone@1/,
    );
    expect(await refused({ criterion: "stars@2" })).toMatch(/"stars" version 2 does not exist/);
    expect(await refused({ criterion: "tone", atLeast: 1 })).toMatch(
      /atLeast.*names, without an order.*oneOf: "plain", "warm", "cold"/,
    );
    expect(await refused({ criterion: "grade", atMost: 1 })).toMatch(/atMost.*are text.*oneOf: "poor", "fair", "good"/);
    expect(await refused({ criterion: "tone", rule: "MEDIAN" })).toMatch(/no order; use MAJORITY/);
    expect(await refused({ criterion: "score", rule: "DAWID_SKENE" })).toMatch(/no categories; use MEAN or MEDIAN/);
    expect(await refused({ criterion: "stars", rule: "MAJORITY", oneOf: [4] })).toMatch(
      /value 4 is outside the scale.*use 1, 2, 3 or 5/,
    );
    expect(await refused({ criterion: "grade", oneOf: ["great"] })).toMatch(/"great" is outside the scale/);
    expect(await refused({ criterion: "stars", oneOf: ["4"] })).toMatch(/outside the scale/);
    expect(await refused({ criterion: "stars", certaintyAtLeast: 90 })).toMatch(/90; use a share from 0 to 1/);
    expect(await refused({ criterion: "open", certaintyAtLeast: 0.9 })).toMatch(/no bounds.*ratingsAtLeast/);
    expect(await refused(Array.from({ length: 11 }, () => ({ criterion: "stars" })))).toMatch(/11 parts; at most 10/);
  });

  it("takes a mean between the categories, and an empty list that leaves nothing", async () => {
    expect(await listed({ consensus: [{ criterion: "stars", oneOf: [2.5] }] }, head)).toBeInstanceOf(Array);
    expect(await listed({ consensus: [{ criterion: "tone", oneOf: [] }] }, head)).toEqual([]);
    expect(defaultRule(SCALES.stars!)).toBe("MEAN");
  });
});
