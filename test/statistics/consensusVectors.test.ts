// Do votes, Dawid-Skene and CROWDLAB give the numbers of peer implementations?
import { describe, expect, test } from "vitest";
import { agreementWithMajority, type RaterAgreement } from "../../src/statistics/agreementWithMajority.js";
import { crowdlab, type CrowdlabMethod } from "../../src/statistics/crowdlab.js";
import { confusionRow, dawidSkene, mostProbable, type DawidSkeneFit } from "../../src/statistics/dawidSkene.js";
import { distinctRaters } from "../../src/statistics/distinctRaters.js";
import { majorityVote } from "../../src/statistics/majorityVote.js";
import { countsOfMatrix, raterMatrix, type RaterMatrix } from "../../src/statistics/raterMatrix.js";
import type { Value } from "../../src/statistics/ratingPatterns.js";
import { weightedVote } from "../../src/statistics/weightedVote.js";
import { valueOf } from "./sampleRatings.js";
import { ratingsOf, vectorsAbsent, vectorsOf, type Vector } from "./sharedVectors.js";

interface ConsensusVector extends Omit<Vector, "expected" | "tolerance"> {
  units?: string[];
  model_probabilities: Record<string, number[]>;
  undefined_rows?: { rows: [string, number][] };
  tolerance: Record<string, number | string | null>;
  expected: {
    n?: { units: number; raters: number; ratings: number; pairable_values: number };
    labels?: Record<string, Value>;
    label_counts?: Record<string, number>;
    label_counts_untied?: Record<string, number>;
    mean_top_share: number;
    ties: string[] | number;
    shares?: Record<string, number[]>;
    tied_units: number;
    overall: number;
    by_rater: Record<string, number>;
    skills: Record<string, number>;
    class_order: Value[];
    class_priors: number[];
    confusion: Record<string, number[][]>;
    posterior?: Record<string, number[]>;
    log_likelihood: number;
    label_quality: Record<string, Record<string, number>>;
    annotator_quality: Record<string, number>;
    agreement_with_consensus: Record<string, number>;
    num_examples_labeled: Record<string, number>;
    worst_class: Record<string, Value>;
    model_weight?: number;
    annotator_weight?: Record<string, number>;
  };
}

/** Indexes of values, or null, one for each unit of the matrix. */
type Labels = ReadonlyArray<number | null>;

const tried: Record<string, { vectorCount: number; check: (vector: ConsensusVector, matrix: RaterMatrix) => void }> = {
  majority_vote: { vectorCount: 17, check: checkMajority },
  rater_agreement_with_majority: { vectorCount: 11, check: checkAgreement },
  wawa: { vectorCount: 11, check: checkWawa },
  dawid_skene: { vectorCount: 28, check: checkDawidSkene },
  crowdlab: { vectorCount: 3, check: checkCrowdlab },
};

const matricesRead = new Map<string, RaterMatrix>();

/** All repeats count, as in the peers; kept for the next vector of the same data set. */
function matrixOf(vector: ConsensusVector): RaterMatrix {
  const read = { categories: vector.categories!, repeats: "ALL" } as const;
  const matrix = matricesRead.get(vector.dataset) ?? raterMatrix(ratingsOf(vector as unknown as Vector), read);
  matricesRead.set(vector.dataset, matrix);
  return matrix;
}

describe.skipIf(vectorsAbsent)(`reference vectors ${vectorsAbsent ?? ""}`, () => {
  for (const [metric, { vectorCount, check }] of Object.entries(tried)) {
    const vectors = vectorsOf(metric) as unknown as ConsensusVector[];
    test(`there are ${vectorCount} vectors of ${metric}`, () => expect(vectors).toHaveLength(vectorCount));

    test.each(vectors.map((vector) => [vector.id, vector] as const))("%s", (_id, vector) => {
      const matrix = matrixOf(vector);
      expectCounts(vector, matrix);
      check(vector, matrix);
    });
  }
});

function checkMajority(vector: ConsensusVector, matrix: RaterMatrix): void {
  if (vector.edge_case) return expectLabelsByPlace(vector, matrix, majorityVote(matrix, "FIRST_VALUE").majority);
  const { expected, tolerance } = vector;
  const { shares, majority, tiedUnits, meanTopShare } = majorityVote(matrix);
  expectWithin(valueOf(meanTopShare), expected.mean_top_share, tolerance.mean_top_share);
  const tied = [...unitsOf(matrix)].filter(([, unit]) => majority[unit] === null).map(([name]) => name);
  if (typeof expected.ties === "number") expect(tied).toHaveLength(expected.ties);
  else expect(tied.sort()).toEqual([...expected.ties].sort());
  expect(tiedUnits).toBe(tied.length);
  if (expected.labels) expect(labelsOf(matrix, majority)).toEqual(new Map(Object.entries(expected.labels)));
  if (expected.label_counts_untied) expect(countsOfLabels(matrix, majority)).toEqual(expected.label_counts_untied);
  if (expected.shares) expectTable(matrix, shares, expected.shares, tolerance.shares);
}

function checkAgreement({ expected, tolerance }: ConsensusVector, matrix: RaterMatrix): void {
  const { overall, byRater, tiedUnits } = agreementWithMajority(matrix, "FIRST_VALUE");
  expectWithin(valueOf(overall), expected.overall, tolerance.overall);
  expectByRater(byRater, expected.by_rater, tolerance.by_rater);
  expect(tiedUnits).toBe(expected.tied_units);
}

function checkWawa({ expected, tolerance }: ConsensusVector, matrix: RaterMatrix): void {
  const { skills, labels } = weightedVote(matrix, "FIRST_VALUE");
  expectByRater(skills.byRater, expected.skills, tolerance.skills);
  if (expected.labels) expect(labelsOf(matrix, labels)).toEqual(new Map(Object.entries(expected.labels)));
  expect(skills.tiedUnits).toBe(expected.tied_units);
}

function checkDawidSkene(vector: ConsensusVector, matrix: RaterMatrix): void {
  const early = vector.metric.weighting === "crowd-kit default stopping";
  const fit = dawidSkene(matrix, early ? { tolerance: 1e-5, mostSteps: 100 } : {});
  if (fit.kind === "undefined") {
    expect(vector.edge_case).toBe(true);
    expect([fit.because, vector.expected.labels]).toEqual(["NO_RATINGS", {}]);
    return;
  }
  expect(fit.converged).toBe(true);
  const labels = Array.from(matrix.units, (_, unit) => mostProbable(fit, unit, "FIRST_VALUE").value);
  if (vector.edge_case) return expectLabelsByPlace(vector, matrix, labels);
  expect(vector.expected.class_order).toEqual(fit.values);
  expectAll(fit.priors, vector.expected.class_priors, vector.tolerance.class_priors);
  if (early) expectMostLabels(vector, matrix, labels);
  else expectConverged(vector, matrix, fit, labels);
}

function expectConverged(vector: ConsensusVector, matrix: RaterMatrix, fit: DawidSkeneFit, labels: Labels): void {
  const { expected, tolerance } = vector;
  const undefinedRows = (vector.undefined_rows?.rows ?? []).map(String);
  expect(fit.confusionOf).toHaveLength(Object.keys(expected.confusion).length);
  fit.confusionOf.forEach((name, rater) =>
    expected.confusion[name]!.forEach((row, truth) => {
      const found = confusionRow(fit, rater, truth);
      if (undefinedRows.includes(String([name, truth]))) expect(found).toBeNull();
      else expectAll(found!, row, tolerance.confusion);
    }),
  );
  expectWithin(fit.logLikelihood, expected.log_likelihood, tolerance.log_likelihood);
  if (expected.posterior) expectTable(matrix, fit.posteriors, expected.posterior, tolerance.posterior);
  if (expected.labels) expect(labelsOf(matrix, labels)).toEqual(new Map(Object.entries(expected.labels)));
  expect(countsOfLabels(matrix, labels)).toEqual(expected.label_counts);
}

/** At least 90% of the labels, or of how many units have which, are the peer's. */
function expectMostLabels({ expected, tolerance }: ConsensusVector, matrix: RaterMatrix, labels: Labels): void {
  if (tolerance.labels === null) return;
  expect(tolerance.labels).toBe("at least 90% equal");
  const [found, counts] = [labelsOf(matrix, labels), countsOfLabels(matrix, labels)];
  const equal = expected.labels
    ? Object.entries(expected.labels).filter(([unit, label]) => found.get(unit) === label).length
    : Object.entries(expected.label_counts!).reduce((sum, [label, n]) => sum + Math.min(n, counts[label] ?? 0), 0);
  expect(equal / labels.length).toBeGreaterThanOrEqual(0.9);
}

function checkCrowdlab(
  { expected, model_probabilities, metric, tolerance }: ConsensusVector,
  matrix: RaterMatrix,
): void {
  const [consensus, quality] = ["consensus", "quality"].map((option) =>
    new RegExp(`\\b${option}=(\\w+)`).exec(metric.weighting)![1]!.toUpperCase(),
  );
  const model = Array.from(matrix.units, (unit) => model_probabilities[unit]!).flat();
  const fit = crowdlab(matrix, model, { consensus, quality } as CrowdlabMethod);
  if (fit.kind === "undefined") throw new Error(fit.because);
  expect(matrix.units).toHaveLength(Object.keys(expected.label_quality).length);
  for (const [name, unit] of unitsOf(matrix)) {
    const of = expected.label_quality[name]!;
    expect(matrix.values[fit.consensus[unit]!]).toBe(of.consensus_label);
    expectWithin(fit.quality[unit]!, of.consensus_quality_score!, tolerance.all);
    expectWithin(fit.consensusShare[unit]!, of.annotator_agreement!, tolerance.all);
    expect(matrix.start[unit + 1]! - matrix.start[unit]!).toBe(of.num_annotations);
  }
  expect(fit.byRater).toHaveLength(Object.keys(expected.annotator_quality).length);
  fit.byRater.forEach(({ rater, ratings, consensusShare, quality, worstValue }, r) => {
    expectWithin(valueOf(quality), expected.annotator_quality[rater]!, tolerance.all);
    expectWithin(consensusShare, expected.agreement_with_consensus[rater]!, tolerance.all);
    expect(ratings).toBe(expected.num_examples_labeled[rater]);
    expect(matrix.values[worstValue]).toBe(expected.worst_class[rater]);
    if (expected.annotator_weight)
      expectWithin(fit.weights!.raters[r]!, expected.annotator_weight[rater]!, tolerance.all);
  });
  expect(fit.weights === null).toBe(expected.model_weight === undefined);
  if (fit.weights) expectWithin(fit.weights.model, expected.model_weight!, tolerance.all);
}

function expectCounts({ expected: { n } }: ConsensusVector, matrix: RaterMatrix): void {
  if (!n) return;
  expect(countsOfMatrix(matrix)).toMatchObject({ units: n.units, pairableValues: n.pairable_values });
  expect([distinctRaters(matrix).raters.length, matrix.value.length]).toEqual([n.raters, n.ratings]);
}

/** The edge cases name the units by their place, from u0, and not as the ratings do. */
function expectLabelsByPlace({ expected, units }: ConsensusVector, matrix: RaterMatrix, labels: Labels): void {
  const places = Object.entries(expected.labels!).map(([place, label]) => [units![Number(place.slice(1))], label]);
  expect(Object.fromEntries(labelsOf(matrix, labels))).toEqual(Object.fromEntries(places));
}

function unitsOf(matrix: RaterMatrix): Map<string, number> {
  return new Map(Array.from(matrix.units, (name, unit) => [String(name), unit]));
}

/** By unit the value that its label stands for; units without a label are left out. */
function labelsOf(matrix: RaterMatrix, labels: Labels): Map<string, Value> {
  const labelled = [...unitsOf(matrix)].filter(([, unit]) => labels[unit] !== null);
  return new Map(labelled.map(([name, unit]) => [name, matrix.values[labels[unit]!]!]));
}

function countsOfLabels(matrix: RaterMatrix, labels: Labels): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const label of labelsOf(matrix, labels).values()) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

function expectByRater(found: ReadonlyArray<RaterAgreement>, expected: Record<string, number>, tolerance: unknown) {
  expect(found.map(({ rater }) => rater).sort()).toEqual(Object.keys(expected).sort());
  for (const { rater, agreement } of found) expectWithin(valueOf(agreement), expected[rater]!, tolerance);
}

function expectTable(matrix: RaterMatrix, table: Float64Array, rows: Record<string, number[]>, tolerance: unknown) {
  const q = matrix.values.length;
  const units = unitsOf(matrix);
  expect(units.size).toBe(Object.keys(rows).length);
  for (const [name, row] of Object.entries(rows)) {
    const from = units.get(name)! * q;
    expectAll(table.subarray(from, from + q), row, tolerance);
  }
}

function expectAll(found: ArrayLike<number>, expected: number[], tolerance: unknown): void {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => expectWithin(found[i]!, value, tolerance));
}

function expectWithin(value: number, expected: number, tolerance: unknown): void {
  expect(tolerance).toBeTypeOf("number");
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(tolerance as number);
}
