// How do drift and trend of coverage look in a terminal?
import { computedOn } from "../snapshotOption.js";
import { count, share, statistic, tableOf, visible, type Cell } from "../table.js";
import { nameOfKey, percent } from "./cells.js";
import type { DimensionDrift, Drift, TrendPoint } from "./coverageDocuments.js";
import { dimensionName } from "./coverageView.js";

interface At {
  activity: { number: number; recordedAt: string };
  population: string;
}

export function driftLines(slug: string, snapshot: At, drift: Drift): string[] {
  const { activityBefore, populationBefore, methodVersion, dimensions } = drift;
  return [
    `${computedOn(slug, snapshot.activity, snapshot.population)}, method ${methodVersion}`,
    `since activity ${activityBefore.number} (${activityBefore.recordedAt}), population ${populationBefore.toLowerCase()}`,
    ...dimensions.flatMap((one) => ["", ...dimensionLines(one)]),
  ];
}

function dimensionLines(drift: DimensionDrift): string[] {
  const { name, exampleCountBefore, exampleCount, values } = drift;
  const rows = values.map((value): Cell[] => [
    nameOfKey(value.key),
    value.countBefore,
    value.count,
    share(value.shareBefore),
    share(value.share),
    value.contribution === null ? null : value.contribution.toFixed(4),
  ]);
  return [
    `${dimensionName(name)}: ${stabilityText(drift)}; ${count(exampleCountBefore)} examples before, ${count(exampleCount)} now`,
    ...tableOf(["", "before", "now", "share before", "now", "adds"], rows),
  ];
}

/** The index with its conventional reading, by chance where it is no more than that. */
export function stabilityText({ stability, byChance, undefinedBecause, smoothed }: DimensionDrift): string {
  if (stability === null) return undefinedBecause ?? "–";
  const half = smoothed ? ", ½ added to each count" : "";
  const reading =
    stability <= byChance! ? "as by chance" : stability < 0.1 ? "little" : stability < 0.25 ? "worth a look" : "much";
  return `stability index ${statistic(stability)} (${reading}; ${statistic(byChance)} by chance${half})`;
}

const MOST_VALUES = 6;

/** A line for each release, with the shares of the values that the last has most of. */
export function trendLines(slug: string, name: string, points: readonly TrendPoint[]): string[] {
  const last = points.at(-1)!.coverage.cells;
  const values = [...last]
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_VALUES)
    .map(({ keys }) => keys[0]!);
  const rows = points.map(({ release, drift, coverage }): Cell[] => [
    release === null ? "head" : visible(release.version),
    coverage.activity.number,
    coverage.exampleCount,
    coverage.attainment === null ? null : percent(coverage.attainment),
    drift && (drift.stability === null ? drift.undefinedBecause : statistic(drift.stability)),
    ...values.map((value) => share(coverage.cells.find(({ keys }) => keys[0] === value)?.share ?? null)),
  ]);
  const rest = last.length > values.length ? `, the ${values.length} values with most examples of ${last.length}` : "";
  return [
    `${slug}: ${dimensionName(name)} by release${rest}`,
    ...tableOf(["release", "activity", "examples", "attainment", "PSI", ...values.map(nameOfKey)], rows),
  ];
}
