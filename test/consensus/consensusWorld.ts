// What do tests of consensus start from, and what should it be, computed plainly from all rows?
import type { Scale } from "../../src/consensus/consensusOf.js";
import { agreementWorld } from "../agreement/agreementWorld.js";
import type { Rows } from "../agreement/recomputation.js";
import { randomNumbers } from "../statistics/sampleRatings.js";

type Row = Record<string, any>;

export const SCALES: Record<string, Scale> = {
  stars: { level: "ORDINAL", categories: [1, 2, 3, 5] },
  tone: { level: "NOMINAL", categories: ["plain", "warm", "cold"] },
  grade: { level: "ORDINAL", categories: ["poor", "fair", "good"] },
  score: { level: "INTERVAL", categories: null, minimum: -1, maximum: 4 },
  open: { level: "INTERVAL", categories: null },
};
const KEYS = Object.keys(SCALES);
const RATERS = ["ann", "bob", "cyd", "dan", "eve", "robot"];
const STRATA = ["OPEN", "OPEN", "RANDOM", "CALIBRATION", "GOLD"];
const VERDICTS = ["ACCEPT", "ACCEPT", "ACCEPT", "REJECT", "WITHDRAW"];

/** A dataset with five criteria, six raters (one a model) and examples x0 …; `happen` lets something random happen. */
export async function consensusWorld(seed: number, exampleCount = 14) {
  const house = await agreementWorld();
  const random = randomNumbers(seed);
  const below = (n: number) => Math.floor(random() * n);
  const one = <T>(items: readonly T[]): T => items[below(items.length)]!;
  await house.registerSources(["people"]);
  await house.publish("1.0", Object.entries(SCALES).map(([key, scale]) => ({ key, ...scale })) as never);
  const annotators = RATERS.map((key) => ({ key, kind: key === "robot" ? "MODEL" : "HUMAN" }));
  await house.call("enrolAnnotators", "EnrolAnnotatorsInput", { annotators });
  const examples = Array.from({ length: exampleCount }, (_, i) => ({
    externalId: `x${i}`,
    labels: [{ dimension: "intent", value: i % 3 === 0 ? "code" : "chat" }],
  }));
  await house.importExamples(examples, "people");
  const send = (mutation: string, type: string, input: object) =>
    house.world.ask(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { activity { number } userErrors { code } } }`,
      { input: { dataset: house.dataset, ...input } },
    );
  const example = () => `x${below(exampleCount)}`;
  const rating = () => {
    const criterion = one(KEYS);
    const { categories } = SCALES[criterion]!;
    const value = categories === null ? below(41) / 10 - (criterion === "open" ? 0 : 1) : one(categories);
    return { externalId: example(), annotator: one(RATERS), criterion, value, stratum: one(STRATA) };
  };
  return {
    ...house,
    head: async () =>
      (await house.world.ask(`{ dataset(slug: "${house.dataset}") { head { activity { number } } } }`)).dataset.head
        .activity.number as number,
    happen: async () => {
      const at = random();
      if (at < 0.7) {
        const ratings = Array.from({ length: 30 }, rating);
        await send("submitRatings", "SubmitRatingsInput", { guidelineVersion: "rules@1.0", ratings });
      } else if (at < 0.85) {
        const decisions = [{ externalId: example(), verdict: one(VERDICTS) }];
        await send("decideExamples", "DecideExamplesInput", { decisions });
      } else {
        const revisions = [{ externalId: example(), prompt: "Say it better.", response: `It is ${random()}.` }];
        await send("reviseExamples", "ReviseExamplesInput", { revisions });
      }
    },
    /** What Snapshot.consensus answers, by the arguments as GraphQL text. */
    consensus: async (args: string, fields: string, at = "head") => {
      const { dataset } = await house.world.ask(
        `{ dataset(slug: "${house.dataset}") { at: ${at} { consensus(${args}) { ${fields} } } } }`,
      );
      return dataset.at.consensus;
    },
  };
}
export type ConsensusWorld = Awaited<ReturnType<typeof consensusWorld>>;

export interface Asked {
  activity: number;
  population: "CURRENT" | "ACCEPTED" | "ALL_VERSIONS";
  criterion: string;
  repeats: "LATEST" | "FIRST" | "ALL";
  strata: string[];
  kinds: string[];
}
export const USUAL = {
  population: "CURRENT",
  repeats: "LATEST",
  strata: ["OPEN", "RANDOM"],
  kinds: ["HUMAN"],
} as const;

const isAlive = (row: Row, at: number) => row.activity <= at && (row.superseded_by === null || row.superseded_by > at);

/** Example versions of a population, by id. */
export function membersAt(
  rows: Rows,
  { activity, population }: Pick<Asked, "activity" | "population">,
): Map<number, Row> {
  const decided = rows.decisions.filter((row) => isAlive(row, activity));
  const verdicts = new Map(decided.map((row) => [row.example_version, row.verdict]));
  const isMember = (row: Row) => {
    if (population === "ALL_VERSIONS") return row.activity <= activity;
    const verdict = verdicts.get(row.example_version);
    return isAlive(row, activity) && (population === "ACCEPTED" ? verdict === "ACCEPT" : verdict !== "WITHDRAW");
  };
  return new Map(rows.example_versions.filter(isMember).map((row) => [row.example_version, row]));
}

/** The ratings of each unit that count, as rows. */
export function saidAt(rows: Rows, asked: Asked): Map<number, Row[]> {
  const members = membersAt(rows, asked);
  const criterion = rows.criteria.find((row) => row.key === asked.criterion)!.criterion;
  const version = rows.criterion_versions.find((row) => row.criterion === criterion)!.criterion_version;
  const kinds = new Map(rows.annotators.map((row) => [row.annotator, row.kind]));
  const counts = (row: Row) => asked.strata.includes(row.stratum);
  const said = rows.ratings.filter(
    (row) =>
      row.criterion_version === version &&
      row.activity <= asked.activity &&
      members.has(row.example_version) &&
      asked.kinds.includes(kinds.get(row.annotator)),
  );
  const chosen = said.filter((row) => {
    if (!counts(row)) return false;
    const same = said.filter((o) => o.example_version === row.example_version && o.annotator === row.annotator);
    if (asked.repeats === "FIRST") return !same.some((o) => o.rating < row.rating && counts(o));
    return asked.repeats === "ALL" || !same.some((o) => o.rating > row.rating);
  });
  const units = new Map<number, Row[]>();
  for (const row of chosen) units.set(row.example_version, [...(units.get(row.example_version) ?? []), row]);
  return new Map([...units].sort(([a], [b]) => a - b));
}

/** Value and certainty of what was said, written another way than the code under test. */
export function plainConsensus(rule: "MEAN" | "MEDIAN" | "MAJORITY", scale: Scale, rows: readonly Row[]) {
  const { categories, minimum, maximum } = scale;
  const isText = typeof categories?.[0] === "string";
  const numbers = rows.map((row) =>
    categories === null ? row.score : isText ? row.category : categories[row.category],
  ) as number[];
  numbers.sort((a, b) => a - b);
  const named = (x: number) => (isText ? categories![x]! : x);
  if (rule === "MAJORITY") {
    const votes = [...new Set(numbers)].map((x) => ({ x, n: numbers.filter((y) => y === x).length }));
    const most = Math.max(...votes.map(({ n }) => n));
    const first = votes.filter(({ n }) => n === most);
    return { value: first.length === 1 ? named(first[0]!.x) : null, certainty: most / numbers.length };
  }
  const half = numbers.length / 2;
  const middles = numbers.filter((_, i) => i === Math.ceil(half) - 1 || i === Math.floor(half));
  const average = (all: number[]) => all.reduce((a, b) => a + b) / all.length;
  const center = rule === "MEAN" ? average(numbers) : average(middles);
  const spread = Math.sqrt(average(numbers.map((x) => (x - center) ** 2)));
  const measures =
    categories === null ? [minimum, maximum] : categories.map((c, place) => (isText ? place : (c as number)));
  const [low, high] = [Math.min(...(measures as number[])), Math.max(...(measures as number[]))];
  const bounded = measures.every((x) => x !== null && x !== undefined);
  const alone = new Set(middles).size === 1;
  return {
    value: !isText ? center : alone ? named(center) : null,
    certainty: bounded ? Math.max(0, 1 - (2 * spread) / (high - low)) : null,
  };
}
