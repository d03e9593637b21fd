// How does agreement look in a terminal?
import { count, statistic, tableOf, type Cell } from "../table.js";
import { coefficientName } from "./coefficientName.js";

export interface ShownInterval {
  low: number;
  high: number;
  level: number;
  method: string;
}

export interface ShownCoefficient {
  coefficient: string;
  weighting: string;
  value: number | null;
  undefinedBecause: string | null;
  standardError?: number | null;
  interval?: ShownInterval | null;
  intervals?: Array<ShownInterval & { standardError: number | null; undefinedResamples: number }>;
  benchmarks?: Array<{ scale: string; reading: string; probability: number | null }>;
}

export interface ShownRow {
  unitCount: number;
  raterCount: number;
  pairableValueCount: number;
  coefficients: ShownCoefficient[];
  warnings?: string[];
}

const WARNINGS: Record<string, string> = {
  FEW_UNITS: "FEW_UNITS: fewer than 20 units can be compared; intervals of α may be too narrow",
  DOMINANT_VALUE: "DOMINANT_VALUE: more than 90% of the values are one; look at AC1 or AC2 beside α",
};

/** What is known, and why intervals may be too narrow, then a line for each coefficient and further interval. */
export function rowView(row: ShownRow): string[] {
  const { unitCount, raterCount, pairableValueCount, coefficients, warnings = [] } = row;
  return [
    `${count(unitCount)} units, ${count(raterCount)} raters, ${count(pairableValueCount)} pairable values`,
    ...warnings.map((warning) => WARNINGS[warning] ?? warning),
    "",
    ...coefficientTable(coefficients),
  ];
}

export function coefficientTable(coefficients: ShownCoefficient[]): string[] {
  const level = coefficients.find(({ interval }) => interval)?.interval?.level ?? 0.95;
  const cells = coefficients.flatMap((one): Cell[][] => [
    [
      coefficientName(one),
      statistic(one.value, one.undefinedBecause),
      one.standardError == null ? null : statistic(one.standardError),
      limits(one.interval),
      methodOf(one.interval),
      readingOf(one),
    ],
    ...(one.intervals ?? [])
      .filter(({ method }) => method !== one.interval?.method)
      .map((interval): Cell[] => ["", "", statistic(interval.standardError), limits(interval), methodOf(interval), ""]),
  ]);
  return tableOf(["coefficient", "value", "error", `${levelOf(level)} interval`, "method", "reading"], cells);
}

const levelOf = (level: number) => `${Number((level * 100).toPrecision(4))}%`;

/** A line for each group: values with their intervals, and what they rest on. */
export function groupTable(rows: Array<{ label: string; row: ShownRow }>): string[] {
  if (rows.length === 0) return ["no ratings"];
  const names = rows[0]!.row.coefficients.map(coefficientName);
  const cells = rows.map(({ label, row }): Cell[] => [
    label,
    ...row.coefficients.map(({ value, undefinedBecause, interval }) => withLimits(value, undefinedBecause, interval)),
    row.unitCount,
    row.raterCount,
    row.pairableValueCount,
  ]);
  return tableOf(["", ...names, "units", "raters", "values"], cells);
}

/** `0.485 [0.410, 0.553]` */
export function withLimits(
  value: number | null,
  undefinedBecause?: string | null,
  interval?: Pick<ShownInterval, "low" | "high"> | null,
): string {
  const shown = statistic(value, undefinedBecause);
  return value === null || !interval ? shown : `${shown} [${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]`;
}

function limits(interval: ShownInterval | null | undefined): string | null {
  return interval ? `${statistic(interval.low)} to ${statistic(interval.high)}` : null;
}

const METHODS: Record<string, string> = {
  GWET_LINEARIZATION_T: "Gwet, t",
  FLEISS_COHEN_EVERITT_NORMAL: "Fleiss-Cohen-Everitt",
  JACKKNIFE_T: "jackknife, t",
  UNIT_BOOTSTRAP_PERCENTILE: "bootstrap",
  UNIT_BOOTSTRAP_BCA: "bootstrap, BCa",
  F_DISTRIBUTION: "F",
};

function methodOf(interval: ShownInterval | null | undefined): string | null {
  return interval ? (METHODS[interval.method.toUpperCase()] ?? interval.method) : null;
}

/** `not reliable (Krippendorff)`; of several scales the first. */
function readingOf({ benchmarks = [] }: ShownCoefficient): string | null {
  const [first] = benchmarks;
  return first ? `${first.reading.toLowerCase().replaceAll("_", " ")} (${SCALES[first.scale] ?? first.scale})` : null;
}

const SCALES: Record<string, string> = {
  KRIPPENDORFF: "Krippendorff",
  ALTMAN: "Altman",
  LANDIS_KOCH: "Landis-Koch",
  KOO_LI: "Koo-Li",
};
