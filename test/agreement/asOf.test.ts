// Is every number, as of every activity, what a plain recomputation over the rows alive then gives?
import { describe, expect, it } from "vitest";
import { EVERY_COEFFICIENT, ROW } from "./agreementWorld.js";
import { beginHistory, type History } from "./history.js";
import {
  readAllRows,
  recompute,
  recomputeByRating,
  rounded,
  sortByKey,
  type Asked,
  type Rows,
} from "./recomputation.js";

const GROUP_BY = `groupBy: [{ by: SOURCE }, { by: SOURCE_KIND }, { by: LABEL, dimension: "intent" }, { by: BATCH }, { by: GUIDELINE_VERSION }]`;
const FIELDS = `{ criterionVersion { version } overall { ...Row } groupings { by groups { key ...Row } } }`;
const EVERYTHING = `filter: { sourceKinds: [HUMAN_DEMONSTRATION, FILTERED_DATASET, MODEL_GENERATED] }`;
const HAPPENINGS = 30;

const usual = { strata: ["OPEN", "RANDOM"], annotatorKinds: ["HUMAN"] };
const unusual = { strata: ["OPEN", "CALIBRATION", "GOLD"], annotatorKinds: ["HUMAN", "MODEL"] };
const rules = ["LATEST", "FIRST", "ALL"] as const;
const questions = [
  ...["help", "score"].flatMap((criterion) => rules.map((repeats) => ({ criterion, repeats, ...usual }))),
  ...rules.slice(0, 2).map((repeats) => ({ criterion: "help", repeats, ...unusual })),
];

describe("agreement as of any activity", () => {
  it.each([1, 4])(
    "equals a plain recomputation, and what the head answered at the time (history %i)",
    async (seed) => {
      const history = await beginHistory(seed);
      const { world } = history.house;
      const atTheTime = new Map<number, object>();
      for (let i = 0; i < HAPPENINGS; i++) {
        await (i === HAPPENINGS / 2 ? history.changeRules() : history.happen());
        const [number, answer] = await askHead(history);
        atTheTime.set(number, answer);
      }
      const rows = await readAllRows(world.ownerUrl);
      expectEventful(rows);
      const head = Math.max(...atTheTime.keys());
      for (let activity = head - HAPPENINGS + 1; activity <= head; activity++)
        for (const population of ["CURRENT", "ACCEPTED", "ALL_VERSIONS"] as const) {
          const answers = await askAt(history, activity, population);
          for (const [i, question] of questions.entries()) {
            const asked: Asked = { activity, population, ...question };
            expect({ asked, answer: answers[i] }).toEqual({ asked, answer: recompute(rows, asked) });
          }
          if (activity % 6 === 0) await expectByRating(history, rows, activity, population);
        }
      for (const [activity, answer] of atTheTime) expect(await askFacts(history, activity)).toEqual(answer);
      await world.stop();
    },
    300_000,
  );
});

const BY_RATING = `groupBy: [{ by: STRATUM }, { by: PERIOD, period: DAY }, { by: ANNOTATOR_KIND }, { by: CRITERION_VERSION }, { by: ANNOTATOR_PAIR }]`;

/** By who rated, when, why and on which scale; a pair has repeats of one only by rules that choose one. */
async function expectByRating(
  { house }: History,
  rows: Rows,
  activity: number,
  population: Asked["population"],
): Promise<void> {
  for (const question of questions.filter(({ repeats }) => repeats !== "ALL")) {
    const { criterion, repeats, strata, annotatorKinds } = question;
    const more = `repeats: ${repeats}, strata: [${strata}], annotatorKinds: [${annotatorKinds}]`;
    const asked = `snapshot(at: { activity: ${activity} }, population: ${population}) {
      agreement(criterion: "${criterion}", ${more}, ${EVERY_COEFFICIENT}, ${BY_RATING}) { groupings { by groups { key ...Row } } } }`;
    const { dataset } = await house.world.ask(`{ dataset(slug: "${house.dataset}") { ${asked} } } ${ROW}`);
    const { groupings } = dataset.snapshot.agreement;
    const answer = groupings.map(({ by, groups }: any) => ({ by, groups: sortByKey(groups.map(plain)) }));
    const all: Asked = { activity, population, ...question };
    expect({ all, answer }).toEqual({ all, answer: recomputeByRating(rows, all) });
  }
}

/** That what should be told apart has happened. */
function expectEventful({ ratings, decisions, labels, example_versions: versions }: Rows): void {
  const superseded = (rows: Array<Record<string, any>>) => rows.filter((row) => row.superseded_by !== null).length;
  expect(ratings.length).toBeGreaterThan(100);
  expect(superseded(ratings)).toBeGreaterThan(30);
  expect(ratings.some((row) => row.superseded_by === row.activity)).toBe(true);
  expect(new Set(ratings.map((row) => row.criterion_version)).size).toBe(4);
  expect(decisions.filter((row) => row.verdict === "WITHDRAW" && row.superseded_by !== null).length).toBeGreaterThan(0);
  expect(Math.min(superseded(labels), superseded(versions))).toBeGreaterThan(0);
}

const ALPHA = `coefficients: [{ coefficient: KRIPPENDORFF_ALPHA, weighting: INTERVAL }]`;

/** Questions that the histogram and the kept moments answer on the head, and by a filter that leaves all, the facts. */
function keptQuestions(more = ""): string {
  return `help: agreement(criterion: "help", ${EVERY_COEFFICIENT} ${more}) { overall { ...Row } }
    score: agreement(criterion: "score", ${ALPHA} ${more}) { overall { ...Row } }`;
}

async function askHead({ house }: History): Promise<[number, object]> {
  const asked = `{ dataset(slug: "${house.dataset}") { head { activity { number } ${keptQuestions()} } } } ${ROW}`;
  const { activity, ...answers } = (await house.world.ask(asked)).dataset.head;
  return [activity.number, answers];
}

async function askFacts({ house }: History, activity: number): Promise<object> {
  const asked = `snapshot(at: { activity: ${activity} }) { ${keptQuestions(`, ${EVERYTHING}`)} }`;
  return (await house.world.ask(`{ dataset(slug: "${house.dataset}") { ${asked} } } ${ROW}`)).dataset.snapshot;
}

async function askAt({ house }: History, activity: number, population: string): Promise<object[]> {
  const aliases = questions.map(({ criterion, repeats, strata, annotatorKinds }, i) => {
    const more = `repeats: ${repeats}, strata: [${strata}], annotatorKinds: [${annotatorKinds}]`;
    return `q${i}: agreement(criterion: "${criterion}", ${more}, ${EVERY_COEFFICIENT}, ${GROUP_BY}) ${FIELDS}`;
  });
  const answers: any[] = [];
  for (const part of [aliases.slice(0, 4), aliases.slice(4)]) {
    const snapshot = `snapshot(at: { activity: ${activity} }, population: ${population}) { ${part.join("\n")} }`;
    const { dataset } = await house.world.ask(`{ dataset(slug: "${house.dataset}") { ${snapshot} } } ${ROW}`);
    answers.push(...Object.values(dataset.snapshot));
  }
  return answers.map(({ criterionVersion, overall, groupings }) => ({
    criterionVersion,
    overall: plain(overall),
    groupings: groupings.map(({ by, groups }: any) => ({ by, groups: sortByKey(groups.map(plain)) })),
  }));
}

function plain({ coefficients, ...row }: any): any {
  return {
    ...row,
    coefficients: coefficients.map((one: any) => (one.value === null ? one.undefinedBecause : rounded(one.value))),
  };
}
