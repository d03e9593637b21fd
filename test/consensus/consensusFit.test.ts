// Is a fit over the API the pure function's, computed in the request or as a job, and shown to whom it should be?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accuracyOf } from "../../src/consensus/fittedModel.js";
import { confusionRow, dawidSkene, mostProbable, type DawidSkeneFit } from "../../src/statistics/dawidSkene.js";
import { matrixOfColumns, RatingColumns } from "../../src/statistics/ratingColumns.js";
import { readAllRows, type Rows } from "../agreement/recomputation.js";
import { makePrincipal } from "../support/people.js";
import { consensusWorld, saidAt, SCALES, USUAL, type Asked, type ConsensusWorld } from "./consensusWorld.js";

let house: ConsensusWorld;
let rows: Rows;
let head: number;
beforeAll(async () => {
  house = await consensusWorld(23, 18);
  for (let i = 0; i < 22; i++) await house.happen();
  rows = await readAllRows(house.world.ownerUrl);
  head = await house.head();
});
afterAll(() => house.world.stop());

const UNITS = `nodes { value certainty ratingCount values { value count } exampleVersion { number } }`;
const MODEL = `model { classPriors { value prior } logLikelihood steps mostSteps converged
  raters { annotator { key } ratingCount accuracy confusion { value expectedRatings probabilities } } }`;
const asked = (more: Partial<Asked> = {}): Asked => ({
  ...USUAL,
  strata: [...USUAL.strata],
  kinds: [...USUAL.kinds],
  criterion: "stars",
  activity: head,
  ...more,
});

/** The pure function on the ratings that count, and whose units and raters it is about. */
function pureFit(question: Asked) {
  const columns = new RatingColumns();
  for (const [unit, said] of saidAt(rows, question))
    for (const row of said) columns.add(unit, row.annotator, row.category);
  const matrix = matrixOfColumns(columns, SCALES[question.criterion]!.categories);
  return { matrix, fit: dawidSkene(matrix) as DawidSkeneFit };
}

describe("a fit over the API", () => {
  it.each([
    ["stars", {}, ""],
    ["tone", {}, ""],
    ["grade", { repeats: "ALL", kinds: ["HUMAN", "MODEL"] }, ", repeats: ALL, annotatorKinds: [HUMAN, MODEL]"],
    ["stars", { repeats: "FIRST", strata: ["OPEN", "GOLD"] }, ", repeats: FIRST, strata: [OPEN, GOLD]"],
  ] as const)("of %s with %j is what the pure function gives", async (criterion, more, args) => {
    const { matrix, fit } = pureFit(asked({ criterion, ...(more as Partial<Asked>) }));
    const answer = await house.consensus(
      `criterion: "${criterion}", rule: DAWID_SKENE, first: 100${args}`,
      `${UNITS} ${MODEL}`,
    );
    const { categories } = SCALES[criterion]!;
    expect(
      answer.nodes.map((one: any) => [one.exampleVersion.number, one.value, one.certainty, one.ratingCount]),
    ).toEqual(
      Array.from(matrix.units, (unit, i) => {
        const { value, certainty } = mostProbable(fit, i);
        const ratings = matrix.start[i + 1]! - matrix.start[i]!;
        return [unit, value === null ? null : categories![value], certainty, ratings];
      }),
    );
    const { model } = answer;
    expect(model).toMatchObject({
      logLikelihood: fit.logLikelihood,
      steps: fit.steps,
      mostSteps: 5000,
      converged: true,
    });
    expect(model.classPriors).toEqual(categories!.map((value, k) => ({ value, prior: fit.priors[k] })));
    const keys = new Map(rows.annotators.map((row) => [row.annotator, row.key]));
    expect(model.raters.map((one: any) => one.annotator.key)).toEqual(fit.confusionOf.map((id) => keys.get(id)));
    model.raters.forEach((one: any, r: number) => {
      const expected = categories!.map((_, k) => confusionRow(fit, r, k));
      expect(one.confusion.map((row: any) => row.probabilities)).toEqual(expected.map((row) => row && [...row]));
      expect(one.confusion.map((row: any) => row.value)).toEqual(categories);
      expect(one.ratingCount).toBe(
        [...matrix.rater].filter((rater) => matrix.raters[rater] === fit.confusionOf[r]).length,
      );
    });
  });

  it("comes by certainty, the least first, each unit once", async () => {
    const { nodes } = await house.consensus(`criterion: "stars", rule: DAWID_SKENE, first: 100`, UNITS);
    const found: any[] = [];
    for (let after = ""; ;) {
      const page = await house.consensus(
        `criterion: "stars", rule: DAWID_SKENE, order: LEAST_CERTAIN, first: 4${after}`,
        `${UNITS} pageInfo { hasNextPage endCursor } totalCount { value }`,
      );
      found.push(...page.nodes);
      expect(page.totalCount.value).toBe(nodes.length);
      if (!page.pageInfo.hasNextPage) break;
      after = `, after: "${page.pageInfo.endCursor}"`;
    }
    const least = nodes.toSorted(
      (a: any, b: any) => a.certainty - b.certainty || a.exampleVersion.number - b.exampleVersion.number,
    );
    expect(found).toEqual(least);
  });

  it("says what it was computed with, and whether it had been computed before", async () => {
    const fields = "cache parameters methodVersion";
    const args = `criterion: "grade", rule: DAWID_SKENE, first: 1, strata: [RANDOM]`;
    const [first, second] = [await house.consensus(args, fields), await house.consensus(args, fields)];
    expect([first.cache, second.cache]).toEqual(["MISS", "HIT"]);
    expect(first.parameters).toMatchObject({
      rule: "DAWID_SKENE",
      strata: ["RANDOM"],
      tolerance: 1e-12,
    });
  });

  it("is of no units and without a model where nobody rated", async () => {
    const before = `snapshot(at: { activity: 6 })`;
    const args = `criterion: "stars", rule: DAWID_SKENE, first: 5`;
    expect(await house.consensus(args, `nodes { value } totalCount { value } model { steps }`, before)).toEqual({
      nodes: [],
      totalCount: { value: 0 },
      model: null,
    });
    const query = `{ dataset(slug: "house") { ${before} { examples(first: 5, filter: { consensus: [{ criterion: "stars", rule: DAWID_SKENE }] }) { nodes { number } } } } }`;
    expect((await house.world.ask(query)).dataset.snapshot.examples.nodes).toEqual([]);
  });
});

describe("a fit as a job", () => {
  const COMPUTE = `mutation ($input: ComputeConsensusInput!) { computeConsensus(input: $input) {
    replayed job { number kind state } userErrors { code message } } }`;
  const input = (question: object, more: object = {}) => ({ input: { dataset: "house", question, ...more } });

  it("is computed apart, and then answers at once", async () => {
    const question = { criterion: "stars", repeats: "FIRST" };
    const { computeConsensus } = await house.world.ask(COMPUTE, input(question, { at: { activity: head - 1 } }));
    expect(computeConsensus).toMatchObject({ job: { kind: "CONSENSUS" }, userErrors: [] });
    let job: any;
    do {
      await new Promise((resolve) => setTimeout(resolve, 50));
      job = (
        await house.world.ask(
          `{ dataset(slug: "house") { job(number: ${computeConsensus.job.number}) { state progress problem } } }`,
        )
      ).dataset.job;
    } while (job.state === "QUEUED" || job.state === "RUNNING");
    expect(job).toEqual({ state: "DONE", progress: 1, problem: null });
    const at = `snapshot(at: { activity: ${head - 1} })`;
    const answer = await house.consensus(
      `criterion: "stars", rule: DAWID_SKENE, repeats: FIRST, first: 1`,
      "cache nodes { value }",
      at,
    );
    expect(answer).toMatchObject({ cache: "HIT", nodes: [{}] });
  });

  it("is refused where it cannot be computed", async () => {
    const messages = [];
    for (const criterion of ["score", "help"]) {
      const { errors } = await house.world.send(COMPUTE, input({ criterion }));
      expect(errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
      messages.push(errors![0]!.message);
    }
    expect(messages[0]).toMatch(/no categories/);
    expect(messages[1]).toMatch(/does not exist/);
  });
});

describe("who may see what", () => {
  const codeOf = async (query: string, token: string) =>
    (await house.world.send(query, {}, token)).errors?.map((one) => one.extensions.code) ?? [];
  const head1 = (fields: string) => `{ dataset(slug: "house") { head { ${fields} } } }`;

  it("raters are shown to whom the quality of annotators is, and a filter says what its ratings say", async () => {
    const [viewer, annotator, reviewer] = await Promise.all(
      (["VIEWER", "ANNOTATOR", "REVIEWER"] as const).map((role) =>
        makePrincipal(house.world, `a-${role}`, { house: role }),
      ),
    );
    const consensus = (fields: string) =>
      head1(`consensus(criterion: "stars", rule: DAWID_SKENE, first: 1) { ${fields} }`);
    expect(await codeOf(consensus("nodes { value } model { steps }"), viewer!)).toEqual([]);
    expect(await codeOf(consensus("model { raters { accuracy } }"), viewer!)).toEqual(["FORBIDDEN"]);
    expect(await codeOf(consensus("model { raters { accuracy } }"), reviewer!)).toEqual([]);
    expect(await codeOf(consensus("rule"), annotator!)).toEqual(["FORBIDDEN"]);
    const filtered = head1(`examples(first: 1, filter: { consensus: [{ criterion: "stars" }] }) { nodes { number } }`);
    expect(await codeOf(filtered, annotator!)).toEqual(["FORBIDDEN"]);
    expect(await codeOf(filtered, viewer!)).toEqual([]);
  });
});

describe("the accuracy of a rater", () => {
  it("weighs how often each true value is met by how frequent it is", () => {
    const rows = [
      { ratings: 5, probabilities: [0.9, 0.1] },
      { ratings: 5, probabilities: [0.5, 0.5] },
    ];
    expect(accuracyOf(rows, [0.8, 0.2])).toBeCloseTo(0.8 * 0.9 + 0.2 * 0.5, 12);
  });

  it("leaves out true values on which there is no data, and their weight", () => {
    const rows = [
      { ratings: 5, probabilities: [0.9, 0.1] },
      { ratings: 0, probabilities: null },
    ];
    expect(accuracyOf(rows, [0.25, 0.75])).toBe(0.9);
  });
});
