// How does a consensus look as plain text?
import { spelled } from "../optionValues.js";
import { computedOn } from "../snapshotOption.js";
import { count, share, statistic, tableOf, type Cell } from "../table.js";

type Value = string | number;

export interface ShownConsensus {
  rule: string;
  population: string;
  methodVersion: string;
  cache: string;
  activity: { number: number; recordedAt: string };
  criterionVersion: { key: string; version: number };
  model: ShownModel | null;
  nodes: Array<{
    value: Value | null;
    certainty: number | null;
    ratingCount: number;
    values: Array<{ value: Value; count: number }>;
    exampleVersion: { version: number; example: { externalId: string } };
  }>;
  pageInfo?: { hasNextPage: boolean; endCursor: string | null };
}

interface ShownModel {
  classPriors: Array<{ value: Value; prior: number }>;
  logLikelihood: number;
  steps: number;
  converged: boolean;
  raters?: Array<{
    annotator: { key: string };
    ratingCount: number;
    accuracy: number;
    confusion: Array<{ value: Value; expectedRatings: number; probabilities: number[] | null }>;
  }>;
}

export function consensusView(slug: string, criterion: string, report: ShownConsensus): string[] {
  const { rule, activity, population, criterionVersion, methodVersion, cache, model, nodes } = report;
  return [
    `${criterion} in version ${criterionVersion.version} by ${spelled(rule)}: ${computedOn(slug, activity, population)}, ` +
      `method ${methodVersion}, ${cache.toLowerCase()}`,
    ...(model ? ["", ...modelView(model)] : []),
    "",
    ...(nodes.length === 0 ? ["no ratings"] : unitTable(nodes)),
  ];
}

function unitTable(nodes: ShownConsensus["nodes"]): string[] {
  const cells = nodes.map(({ exampleVersion, value, certainty, ratingCount, values }): Cell[] => [
    exampleVersion.example.externalId,
    exampleVersion.version,
    shown(value),
    statistic(certainty),
    ratingCount,
    values.map((one) => `${shown(one.value)} × ${one.count}`).join(", "),
  ]);
  return tableOf(["example", "version", "consensus", "certainty", "ratings", "values"], cells);
}

function modelView({ classPriors, logLikelihood, steps, converged, raters }: ShownModel): string[] {
  const priors = classPriors.map(({ value, prior }) => `${shown(value)} ${share(prior)}`).join(", ");
  return [
    `true values: ${priors}`,
    `log-likelihood ${logLikelihood.toFixed(3)} after ${count(steps)} steps${converged ? "" : ", not converged"}`,
    ...(raters ? ["", ...raterTable(classPriors, raters)] : []),
  ];
}

/** Of each true value how often the annotator gives it; – without data. */
function raterTable(priors: ShownModel["classPriors"], raters: NonNullable<ShownModel["raters"]>): string[] {
  const header = ["annotator", "ratings", "accuracy", ...priors.map(({ value }) => `right on ${shown(value)}`)];
  const cells = raters.map(({ annotator, ratingCount, accuracy, confusion }): Cell[] => [
    annotator.key,
    ratingCount,
    statistic(accuracy),
    ...confusion.map(({ probabilities }, place) => (probabilities ? statistic(probabilities[place]) : null)),
  ]);
  return tableOf(header, cells);
}

/** Numbers of a scale as they are declared, a mean with three decimals. */
function shown(value: Value | null): string | null {
  if (typeof value !== "number") return value;
  return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(3)));
}
