// How do the numbers on annotators look in a terminal?
import { count, several, share, statistic, tableOf, type Cell } from "../table.js";

export interface ShownEstimate {
  value: number | null;
  undefinedBecause: string | null;
  n: number;
  interval: { low: number; high: number; level: number } | null;
  shrunken?: { value: number; ownWeight: number } | null;
}

/** What a line of the table shows. */
export interface ShownLine {
  annotator: { key: string; kind: string };
  volume: { ratings: number; units: number; sharedUnits: number; firstAt?: string | null; lastAt?: string | null };
  agreementWithOthers: ShownEstimate;
  severity: ShownEstimate;
  goldAccuracy: { hits: number; misses: number; accuracy: ShownEstimate; probabilityAbove75?: number | null };
  intraRater: { pairs: number; contradictedPairs: number; percentAgreement: ShownEstimate; alpha?: ShownEstimate };
  speed: { medianSeconds: ShownEstimate; robustZ?: ShownEstimate; tooFastShare?: ShownEstimate };
  drift: { difference: ShownEstimate; ewmaOutsideCount: number | null };
}

export interface ShownReport extends ShownLine {
  agreementWithMajority: ShownEstimate;
  agreementWithWeightedMajority: ShownEstimate;
  spreadRatio: ShownEstimate;
  correlation: ShownEstimate;
  dawidSkene: {
    accuracy: ShownEstimate;
    confusion: Array<{ value: string | number; expectedRatings: number; probabilities: number[] | null }>;
  };
  speed: { ratings: number } & Required<ShownLine["speed"]>;
  intraRater: Required<ShownLine["intraRater"]>;
  drift: ShownLine["drift"] & {
    of: string;
    ratings: number;
    recentCount: number | null;
    recentMean: number | null;
    beforeCount: number | null;
    beforeMean: number | null;
  };
}

/** A line for each; where there is no number nothing stands in its place. */
export function annotatorTable(lines: ShownLine[]): string[] {
  if (lines.length === 0) return ["nobody rated"];
  const cells = lines.map((one): Cell[] => [
    nameOf(one.annotator),
    one.volume.ratings,
    withLimits(one.agreementWithOthers),
    withLimits(one.goldAccuracy.accuracy),
    withLimits(one.severity, signed),
    one.intraRater.pairs === 0 ? null : `${share(one.intraRater.percentAgreement.value)} of ${one.intraRater.pairs}`,
    one.speed.medianSeconds.value === null ? null : `${seconds(one.speed.medianSeconds.value)} s`,
    withLimits(one.drift.difference, signed),
  ]);
  const header = ["annotator", "ratings", "agreement", "gold", "severity", "same again", "median", "drift"];
  return tableOf(header, cells);
}

const nameOf = ({ key, kind }: ShownLine["annotator"]) => (kind === "MODEL" ? `${key} (model)` : key);
const plain = (value: number) => value.toFixed(3);
const signed = (value: number) => `${value < 0 ? "" : "+"}${value.toFixed(3)}`;
const seconds = (value: number) => Number(value.toPrecision(3)).toString();

function withLimits({ value, interval }: ShownEstimate, text = plain): string | null {
  if (value === null) return null;
  return interval ? `${text(value)} [${text(interval.low)}, ${text(interval.high)}]` : text(value);
}

/** Everything of one annotator: numbers with their reasons, in words what needs them, and the confusion matrix. */
export function reportView(report: ShownReport): string[] {
  return [...volumeView(report), "", ...numbersTable(report), "", ...wordsOf(report), ...confusionView(report)];
}

function volumeView({ annotator, volume }: ShownReport): string[] {
  const { ratings, units, sharedUnits, firstAt, lastAt } = volume;
  const when = firstAt && lastAt ? `, ${firstAt.slice(0, 10)} to ${lastAt.slice(0, 10)}` : "";
  return [
    `${nameOf(annotator)}: ${several(ratings, "rating")} of ${several(units, "unit")}, ${count(sharedUnits)} of them shared with others${when}`,
  ];
}

function numbersTable(report: ShownReport): string[] {
  const rows: Array<[string, ShownEstimate]> = [
    ["agreement with others", report.agreementWithOthers],
    ["… with the majority", report.agreementWithMajority],
    ["… with the weighted majority", report.agreementWithWeightedMajority],
    ["severity, below 0 more severe", report.severity],
    ["spread, 1 as the others", report.spreadRatio],
    ["correlation with others", report.correlation],
    ["accuracy on gold", report.goldAccuracy.accuracy],
    ["the same again", report.intraRater.percentAgreement],
    ["the same again, α", report.intraRater.alpha],
    ["gives the true value", report.dawidSkene.accuracy],
    ["median seconds", report.speed.medianSeconds],
    ["speed, robust z", report.speed.robustZ],
    ["too fast", report.speed.tooFastShare],
    ["drift, recent less before", report.drift.difference],
  ];
  const level = rows.find(([, { interval }]) => interval)?.[1].interval?.level ?? 0.95;
  const cells = rows.map(([name, { value, undefinedBecause, n, interval, shrunken }]): Cell[] => [
    name,
    statistic(value, undefinedBecause),
    interval ? `${plain(interval.low)} to ${plain(interval.high)}` : null,
    n,
    shrunken ? `${plain(shrunken.value)} (own weight ${shrunken.ownWeight.toFixed(2)})` : null,
  ]);
  return tableOf(["", "value", `${Number((level * 100).toPrecision(4))}% interval`, "n", "shrunken"], cells);
}

function wordsOf({ goldAccuracy, intraRater, drift, severity }: ShownReport): string[] {
  const { hits, misses, probabilityAbove75 } = goldAccuracy;
  const { recentCount, recentMean, beforeCount, beforeMean, ewmaOutsideCount, ratings } = drift;
  const lines: string[] = [];
  if (severity.value !== null)
    lines.push(
      `gives ${plain(Math.abs(severity.value))} ${severity.value < 0 ? "less" : "more"} than the others of a unit, on average`,
    );
  if (hits + misses > 0)
    lines.push(
      `on gold ${hits} right and ${misses} wrong; above 0.75 with a probability of ${statistic(probabilityAbove75)}`,
    );
  if (intraRater.pairs > 0)
    lines.push(
      `rated ${several(intraRater.pairs, "unit")} more than once, ${count(intraRater.contradictedPairs)} of them differently`,
    );
  if (recentMean !== null)
    lines.push(
      `${driftOf(drift.of)}: ${signed(recentMean)} in the last ${recentCount}, ${signed(beforeMean!)} in the ${count(beforeCount!)} before`,
    );
  if (ewmaOutsideCount !== null)
    lines.push(`the moving mean is outside its limits at ${count(ewmaOutsideCount)} of ${count(ratings)}`);
  return [...lines, "evidence, and no verdict"];
}

const driftOf = (name: string) => (name === "RESIDUALS" ? "value less the others' mean" : "share of others that agree");

/** A row for each true value: how probably each value is said. */
function confusionView({ dawidSkene: { confusion } }: ShownReport): string[] {
  const known = confusion.filter(({ probabilities }) => probabilities !== null);
  if (known.length === 0) return [];
  const cells = known.map(({ value, expectedRatings, probabilities }): Cell[] => [
    String(value),
    expectedRatings.toFixed(1),
    ...probabilities!.map((one) => one.toFixed(2)),
  ]);
  const said = confusion.map(({ value }) => `says ${value}`);
  return ["", "by the true value (Dawid and Skene)", ...tableOf(["true", "ratings", ...said], cells)];
}
