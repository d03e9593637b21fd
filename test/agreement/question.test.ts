import { describe, expect, it } from "vitest";
import {
  asksForKept,
  countedBy,
  questionOf,
  type AgreementArguments,
  type Measured,
} from "../../src/agreement/question.js";

const helpfulness: Measured = {
  criterionVersion: 7,
  key: "helpfulness",
  version: 2,
  level: "ORDINAL",
  categories: [1, 2, 3, 4, 5],
};
const intent: Measured = { ...helpfulness, key: "intent", level: "NOMINAL", categories: ["qa", "chat", "code"] };
const score: Measured = { ...helpfulness, key: "score", level: "INTERVAL", categories: null };
const plain: AgreementArguments = {
  criterion: "helpfulness",
  offer: "RECOMMENDED",
  repeats: "LATEST",
  strata: ["OPEN", "RANDOM"],
  annotatorKinds: ["HUMAN"],
};
const ask = (more: Partial<AgreementArguments>, measured = helpfulness) => questionOf({ ...plain, ...more }, measured);
const namesOf = (more: Partial<AgreementArguments>, measured = helpfulness) =>
  ask(more, measured).coefficients.map(({ coefficient, weighting }) => `${coefficient} ${weighting}`);
const isKept = (more: Partial<AgreementArguments>) => asksForKept(countedBy({ ...plain, ...more }));
const refusal = (message: RegExp) =>
  expect.objectContaining({
    message: expect.stringMatching(message),
    extensions: expect.objectContaining({ code: "BAD_USER_INPUT" }),
  });

describe("the coefficients of a question", () => {
  it("are those that are recommended for the scale, where nothing is said", () => {
    const always = ["PERCENT_AGREEMENT UNWEIGHTED"];
    expect(namesOf({})).toEqual([...always, "KRIPPENDORFF_ALPHA ORDINAL", "GWET_AC2 QUADRATIC"]);
    expect(namesOf({}, intent)).toEqual([...always, "KRIPPENDORFF_ALPHA NOMINAL", "GWET_AC1 UNWEIGHTED"]);
    expect(namesOf({}, score)).toEqual([...always, "KRIPPENDORFF_ALPHA INTERVAL"]);
  });

  it("are all that make sense, or all of these that need not know who rated", () => {
    const [all, counted] = [namesOf({ offer: "ALL" }), namesOf({ offer: "FROM_COUNTS" })];
    expect(all).toHaveLength(74);
    expect(counted).toHaveLength(44);
    expect(all).toEqual(expect.arrayContaining([...counted, "ICC ICC_2_K", "COHEN_KAPPA LINEAR"]));
    expect(counted.join()).not.toMatch(/COHEN|CONGER|LIGHT|ICC|KENDALL|SPEARMAN/);
    expect(namesOf({ offer: "ALL" }, intent).join()).not.toMatch(/LINEAR|ICC|INTERVAL/);
  });

  it("that are named come in their order, each once, with the weighting that is usual on the scale", () => {
    const named = (...coefficients: string[]) => ({
      coefficients: coefficients.map((coefficient) => ({ coefficient })),
    });
    const some = named("KRIPPENDORFF_ALPHA", "COHEN_KAPPA", "ICC", "KENDALL_W", "FLEISS_KAPPA") as never;
    expect(namesOf(some)).toEqual([
      "KRIPPENDORFF_ALPHA ORDINAL",
      "COHEN_KAPPA QUADRATIC",
      "ICC ICC_2_1",
      "KENDALL_W TIES_CORRECTED",
      "FLEISS_KAPPA UNWEIGHTED",
    ]);
    expect(namesOf(some, intent).slice(0, 2)).toEqual(["KRIPPENDORFF_ALPHA NOMINAL", "COHEN_KAPPA UNWEIGHTED"]);
    const twice = [{ coefficient: "KRIPPENDORFF_ALPHA" }, { coefficient: "KRIPPENDORFF_ALPHA", weighting: "ORDINAL" }];
    expect(namesOf({ coefficients: twice as never })).toHaveLength(1);
  });

  it("take a table of disagreements for Cohen's kappa, one row a category", () => {
    const disagreements = [
      [0, 1, 4],
      [1, 0, 9],
      [4, 9, 0],
    ];
    const cohen = (table: number[][] | null, weighting: "CUSTOM" | "LINEAR" | null = "CUSTOM") =>
      ask({ coefficients: [{ coefficient: "COHEN_KAPPA", weighting, disagreements: table }] }, intent).coefficients;
    expect(cohen(disagreements)).toEqual([{ coefficient: "COHEN_KAPPA", weighting: "CUSTOM", disagreements }]);
    expect(cohen(disagreements, null)).toEqual(cohen(disagreements));
    expect(() => cohen(null)).toThrow(refusal(/go together/));
    expect(() => cohen(disagreements, "LINEAR")).toThrow(refusal(/go together/));
    expect(() => cohen(disagreements.slice(1))).toThrow(refusal(/2 rows of 3, 3; 3 rows of 3 are expected/));
    expect(() =>
      cohen([
        [0, 1, 2],
        [1, 0, 2],
        [2, 3, 0],
      ]),
    ).toThrow(refusal(/symmetric/));
    expect(() =>
      cohen([
        [0, -1, 2],
        [-1, 0, 2],
        [2, 2, 0],
      ]),
    ).toThrow(refusal(/from 0 up/));
    expect(() =>
      cohen([
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ]),
    ).toThrow(refusal(/all 0/));
  });
});

describe("a question about agreement", () => {
  it("is the same question whatever the order of strata, and whether a filter is absent or empty", () => {
    expect(ask({ strata: ["RANDOM", "OPEN", "RANDOM"], filter: {} })).toEqual(ask({}));
    expect(ask({ annotators: ["ben", "ada", "ben"] })).toEqual(ask({ annotators: ["ada", "ben"] }));
    expect(isKept({ strata: ["RANDOM", "OPEN"] })).toBe(true);
    expect(isKept({ filter: { sources: ["web"] } })).toBe(true);
    expect(isKept({ annotatorKinds: ["MODEL", "HUMAN"] })).toBe(false);
    expect(isKept({ annotators: ["ada"] })).toBe(false);
    expect(isKept({ repeats: "FIRST" })).toBe(false);
  });

  it("is the same question whatever the seed, where nothing is drawn", () => {
    const inference = { kinds: ["JACKKNIFE"] as const, level: 0.95, seed: 7, resamples: 500 };
    expect(ask({ inference })).toEqual(ask({ inference: { ...inference, seed: 8, resamples: 900 } }));
    const drawn = { ...inference, kinds: ["BOOTSTRAP_BCA"] as const };
    expect(ask({ inference: drawn }).inference).toEqual({ ...drawn, kinds: ["BOOTSTRAP_BCA"] });
  });

  it("is refused, with what to ask instead, where it makes no sense", () => {
    const groupBy = Array(6).fill({ by: "SOURCE" });
    expect(() => ask({ groupBy })).toThrow(refusal(/6 groupings were asked; at most 5/));
    expect(() => ask({ groupBy: [{ by: "LABEL" }] })).toThrow(refusal(/needs a dimension/));
    expect(() => ask({ groupBy: [{ by: "SOURCE", dimension: "intent" }] })).toThrow(
      refusal(/SOURCE takes no dimension/),
    );
    expect(() => ask({ groupBy: [{ by: "BATCH", period: "DAY" }] })).toThrow(refusal(/BATCH takes no period/));
    expect(() => ask({ groupBy: [{ by: "BATCH" }, { by: "BATCH" }] })).toThrow(refusal(/asked twice/));
    expect(() => ask({ groupBy: [{ by: "PERIOD" }, { by: "PERIOD", period: "MONTH" }] })).toThrow(
      refusal(/PERIOD MONTH was asked twice/),
    );
    expect(() => ask({ strata: [] })).toThrow(refusal(/strata is empty/));
    expect(() => ask({ annotators: [] })).toThrow(refusal(/annotators is empty/));
    expect(() => ask({ coefficients: [] })).toThrow(refusal(/coefficients is empty/));
    expect(() => ask({ coefficients: [{ coefficient: "GWET_AC1", weighting: "RATIO" }] })).toThrow(
      refusal(/GWET_AC1 was asked RATIO; it takes UNWEIGHTED/),
    );
    expect(() => ask({ coefficients: [{ coefficient: "KRIPPENDORFF_ALPHA", weighting: "UNWEIGHTED" }] })).toThrow(
      refusal(/takes NOMINAL, ORDINAL, INTERVAL, RATIO/),
    );
  });

  it("is refused for intervals that are not made", () => {
    const inference = { kinds: ["BOOTSTRAP_BCA"] as const, level: 0.95, seed: 1, resamples: 2000 };
    expect(() => ask({ inference: { ...inference, level: 95 } })).toThrow(refusal(/level 95 is not taken; use 0.5/));
    expect(() => ask({ inference: { ...inference, seed: 0.5 } })).toThrow(refusal(/seed 0.5 is not taken/));
    expect(() => ask({ inference: { ...inference, resamples: 9 } })).toThrow(
      refusal(/9 resamples are not taken; use 100/),
    );
  });
});
