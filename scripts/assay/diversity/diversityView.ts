// How does diversity look as plain text?
import { spelled } from "../optionValues.js";
import { computedOn } from "../snapshotOption.js";
import { count, several, share, statistic, tableOf, type Cell } from "../table.js";

interface ShownSpread {
  by: string;
  dimension: string | null;
  countedCount: number;
  unassignedCount: number;
  q0: number | null;
  q1: number | null;
  q2: number | null;
  evenness: number | null;
  topShare: number | null;
  topKey: string | null;
  gini: number | null;
  undefinedBecause: string | null;
}

interface ShownMetric {
  metric: string;
  value: number | null;
  undefinedBecause: string | null;
  method: string;
  textCount: number;
  tokenCount: number;
}

export interface ShownDiversity {
  activity: { number: number; recordedAt: string };
  population: string;
  methodVersion: string;
  cache: string;
  exampleVersionCount: number;
  erasedCount: number;
  distinctCount: number;
  nearDuplicateMass: number | null;
  spreads: ShownSpread[];
  sample: { seed: number; drawnCount: number; erasedCount: number; textCount: number };
  texts: Array<{ part: string; metrics: ShownMetric[] }>;
}

export function diversityView(slug: string, report: ShownDiversity): string[] {
  const { activity, population, methodVersion, cache, sample, texts } = report;
  const erased = report.erasedCount === 0 ? "" : `, ${count(report.erasedCount)} of them erased`;
  const left = sample.erasedCount === 0 ? "" : `, ${count(sample.erasedCount)} of them erased`;
  return [
    `${computedOn(slug, activity, population)}, method ${methodVersion}, ${cache.toLowerCase()}`,
    `${several(report.exampleVersionCount, "example")}${erased}, ${count(report.distinctCount)} distinct, near-duplicate mass ${share(report.nearDuplicateMass) ?? "–"}`,
    "",
    ...spreadTable(report.spreads),
    "",
    `texts: ${count(sample.drawnCount)} drawn by seed ${sample.seed}${left}`,
    ...metricTable(texts),
  ];
}

function spreadTable(spreads: readonly ShownSpread[]): string[] {
  const cells = spreads.map((one): Cell[] => [
    one.dimension ?? spelled(one.by),
    one.countedCount,
    one.unassignedCount,
    one.q0,
    statistic(one.q1, one.undefinedBecause),
    statistic(one.q2),
    statistic(one.evenness),
    share(one.topShare),
    one.topKey,
    statistic(one.gini),
  ]);
  const header = ["over", "counted", "without", "kinds", "effective", "common", "evenness", "top share", "top", "Gini"];
  return tableOf(header, cells);
}

function metricTable(texts: ShownDiversity["texts"]): string[] {
  const cells = texts.flatMap(({ part, metrics }) =>
    metrics.map((one): Cell[] => [
      spelled(part),
      spelled(one.metric),
      statistic(one.value, one.undefinedBecause),
      one.textCount,
      one.tokenCount,
      one.method,
    ]),
  );
  return tableOf(["of", "measure", "value", "texts", "tokens", "method"], cells);
}
