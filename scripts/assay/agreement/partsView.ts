// How do pairs, confusions, disagreements, trends and plans look in a terminal?
import { share, statistic, tableOf, visible, type Cell } from "../table.js";
import { groupTable, withLimits, type ShownInterval, type ShownRow } from "./agreementView.js";

export interface ShownPair {
  firstAnnotator: string;
  secondAnnotator: string;
  unitCount: number;
  percentAgreement: number;
  kappa: number | null;
  undefinedBecause: string | null;
  interval: Pick<ShownInterval, "low" | "high"> | null;
}

export interface ShownConfusion {
  first: string | number;
  second: string | number;
  observed: number;
  expected: number;
  ratio: number;
  share: number;
}

export interface ShownDisagreement {
  unit: string;
  disagreement: number;
  ratingCount: number;
  values: Array<{ value: string | number; count: number }>;
}

export interface ShownPlanRow {
  raters: number;
  units: number;
  ratings: number;
  extrapolated: boolean;
  fewestRatings: boolean;
}

export function pairsTable(pairs: ShownPair[]): string[] {
  const cells = pairs.map(({ firstAnnotator, secondAnnotator, ...pair }): Cell[] => [
    `${visible(firstAnnotator)}, ${visible(secondAnnotator)}`,
    withLimits(pair.kappa, pair.undefinedBecause, pair.interval),
    share(pair.percentAgreement),
    pair.unitCount,
  ]);
  return tableOf(["pair", "Cohen κ", "agreement", "units"], cells);
}

export function confusionsTable(confusions: ShownConfusion[]): string[] {
  if (confusions.length === 0) return ["no two values stand in one unit"];
  const cells = confusions.map((one): Cell[] => [
    `${one.first} / ${one.second}`,
    one.observed.toFixed(1),
    one.expected.toFixed(1),
    one.ratio.toFixed(2),
    share(one.share),
  ]);
  return tableOf(["taken for each other", "observed", "by chance", "ratio", "of all disagreement"], cells);
}

export function disagreementsTable(units: ShownDisagreement[]): string[] {
  if (units.length === 0) return ["no unit has ratings that disagree"];
  const cells = units.map(({ unit, disagreement, ratingCount, values }): Cell[] => [
    visible(unit),
    statistic(disagreement),
    ratingCount,
    values.map(({ value, count: times }) => (times === 1 ? `${value}` : `${value} ×${times}`)).join(", "),
  ]);
  return tableOf(["unit", "disagreement", "ratings", "values"], cells);
}

export function trendTable(
  points: Array<{ activity: { number: number; recordedAt: string }; overall: ShownRow }>,
): string[] {
  return groupTable(
    points.map(({ activity, overall }) => ({
      label: `${activity.number} (${activity.recordedAt.slice(0, 10)})`,
      row: overall,
    })),
  );
}

export function planTable(rows: ShownPlanRow[], undefinedBecause: string | null): string[] {
  if (undefinedBecause) return [`no plan: ${undefinedBecause}`];
  const cells = rows.map(({ raters, units, ratings, extrapolated, fewestRatings }): Cell[] => [
    raters,
    units,
    ratings,
    [fewestRatings ? "fewest ratings" : "", extrapolated ? "extrapolated" : ""].filter(Boolean).join(", "),
  ]);
  return tableOf(["ratings a unit", "units", "ratings", ""], cells);
}
