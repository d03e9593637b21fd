// How does a coverage report look in a terminal?
import { spelled } from "../optionValues.js";
import { computedOn } from "../snapshotOption.js";
import { count, share, statistic, tableOf, visible, type Cell } from "../table.js";
import { barLines } from "./bars.js";
import { nameOfKey, percent } from "./cells.js";
import type { Association, CellRow, Distance, PlanGap, PlanStatus, Report } from "./coverageDocuments.js";
import { bestShown, heatMapLines, heatMapOf, LEGENDS, type Shown } from "./heatMap.js";
import type { Paint } from "./paint.js";

export interface Look {
  width: number;
  paint: Paint;
  /** Rows of numbers in the place of the drawing. */
  table: boolean;
  /** What a heat map shows; what says most where null. */
  show: Shown | null;
}

const BUILT_IN = /^(SOURCE_KIND|SOURCE|LICENCE|BATCH|LENGTH|PROMPT_LENGTH|CHARACTERS|FORMAT|TURNS|LANGUAGE)$/;
const MOST_GAPS = 20;

/** What people call a dimension. */
export const dimensionName = (name: string) => (BUILT_IN.test(name) ? spelled(name) : visible(name));

export function reportLines(slug: string, report: Report, look: Look): string[] {
  const { planVersion } = report;
  const plan = planVersion === null ? "no plan" : `plan ${planVersion}`;
  const drawing = look.table ? cellTable(report, report.cells) : drawingOf(report, look);
  return [
    `${computedOn(slug, report.activity, report.population)}, ${plan}, method ${report.methodVersion}`,
    ...headLines(report),
    "",
    ...drawing,
    ...gapLines(report),
  ];
}

/** What is unassigned comes first, then how far the whole is. */
function headLines(report: Report): string[] {
  const { exampleCount, unassignedCount, unassignedShare, attainment, dimensions, warnings, erasedCount } = report;
  const names = dimensions.map(({ name }) => dimensionName(name)).join(" × ");
  const counted =
    report.countedBy === "CLUSTERS"
      ? `${count(exampleCount)} clusters and single texts (of ${count(report.rawExampleCount)} examples)`
      : `${count(exampleCount)} examples`;
  const methods = dimensions.flatMap(({ name, methods }) =>
    methods.length === 0
      ? []
      : [
          `${visible(name)}: labels by ${methods.map((one) => `${spelled(one.method)} ${count(one.count)}`).join(", ")}`,
        ],
  );
  return [
    `${names}: ${counted}, ${count(unassignedCount)} unassigned (${share(unassignedShare) ?? "–"})`,
    ...methods,
    ...(attainment === null ? [] : [`attainment ${percent(attainment)}: the least of the cells with a target`]),
    ...(report.distance === null ? [] : [distanceLine(report.distance)]),
    ...(report.association === null ? [] : [associationLine(report.association)]),
    ...warnings.map((warning) => `! ${WARNINGS[warning]?.(erasedCount ?? 0) ?? spelled(warning)}`),
  ];
}

const WARNINGS: Record<string, (erased: number) => string> = {
  FEW_EXAMPLES: () => "under 30 examples: no shares are given",
  MANY_UNASSIGNED: () => "more than 5 % are unassigned: it says little of the whole",
  TEXT_ERASED: (erased) => `${count(erased)} texts were erased, and are unassigned where their text is needed`,
  FEW_EXPECTED: () => "an expected count is below 5: do not rely on p by χ²",
};

export function distanceLine({ undefinedBecause, totalVariation, jensenShannon, offTargetMass }: Distance): string {
  if (undefinedBecause === "NO_DISTRIBUTION") return "distance to the plan's shares: none, they do not add up to 1";
  if (undefinedBecause !== null) return `distance to the plan's shares: ${undefinedBecause}`;
  const off = offTargetMass ? `, ${percent(offTargetMass)} where the plan has none` : "";
  return `distance to the plan's shares: total variation ${statistic(totalVariation)}, Jensen-Shannon ${statistic(jensenShannon)}${off}`;
}

function associationLine(association: Association): string {
  const { undefinedBecause, chiSquare, df, p, permutationP, cramersV, cramersVInterval, cramersVUndefinedBecause } =
    association;
  if (undefinedBecause !== null) return `association: ${undefinedBecause}`;
  const limits = cramersVInterval ? ` [${statistic(cramersVInterval.low)}, ${statistic(cramersVInterval.high)}]` : "";
  const permuted = permutationP === null ? "" : `, p ${pText(permutationP)} by permutation`;
  return `association: Cramér's V ${statistic(cramersV, cramersVUndefinedBecause)}${limits}, χ² ${chiSquare!.toFixed(1)} on ${df}, p ${pText(p!)}${permuted}`;
}

const pText = (p: number) => (p < 0.001 ? "< 0.001" : p.toFixed(3));

function drawingOf(report: Report, { width, paint, show }: Look): string[] {
  if (report.dimensions.length === 1) return barLines(report.cells, report.exampleCount, width, paint);
  const shown = show ?? bestShown(report);
  return [...heatMapLines(heatMapOf(report, shown), width, paint), "", LEGENDS[shown]];
}

function gapLines(report: Report): string[] {
  const names = report.dimensions.map(({ name }) => name);
  const listed = (cells: CellRow[]) => cells.map((cell) => ({ dimensions: names, cell }));
  return [...listOfGaps(listed(report.gaps)), ...listOfExcesses(listed(report.excesses))];
}

function listOfGaps(gaps: PlanGap[]): string[] {
  if (gaps.length === 0) return [];
  const rows = gaps
    .slice(0, MOST_GAPS)
    .map(({ dimensions, cell }, i): Cell[] => [
      i + 1,
      whereOf(dimensions, cell),
      cell.count,
      cell.target,
      cell.deficit,
      cell.weight,
      cell.toAdd === null ? (cell.next ?? "") : `add ${count(cell.toAdd)}`,
    ]);
  return [
    "",
    `gaps, largest first${more(gaps.length)}`,
    ...tableOf(["", "cell", "there", "target", "missing", "weight", "next"], rows),
  ];
}

function listOfExcesses(excesses: PlanGap[]): string[] {
  if (excesses.length === 0) return [];
  const rows = excesses
    .slice(0, MOST_GAPS)
    .map(({ dimensions, cell }, i): Cell[] => [
      i + 1,
      whereOf(dimensions, cell),
      cell.count,
      share(cell.share),
      share(cell.maximumShare),
      cell.next ?? "",
    ]);
  return [
    "",
    `over the maximum, largest first${more(excesses.length)}`,
    ...tableOf(["", "cell", "there", "share", "maximum", "next"], rows),
  ];
}

const more = (n: number) => (n > MOST_GAPS ? `, ${MOST_GAPS} of ${count(n)}` : "");

function whereOf(dimensions: readonly string[], { keys }: CellRow): string {
  return dimensions.map((name, i) => `${dimensionName(name)} ${nameOfKey(keys[i]!)}`).join(", ");
}

function cellTable({ dimensions, planVersion }: Report, cells: CellRow[]): string[] {
  const targets = planVersion === null ? [] : ["target", "target share", "missing"];
  const rows = cells.map((cell): Cell[] => [
    ...cell.keys.map(nameOfKey),
    cell.count,
    share(cell.share),
    cell.interval && `${percent(cell.interval.low)} to ${percent(cell.interval.high)}`,
    ...(planVersion === null ? [] : [cell.target, share(cell.targetShare), cell.deficit]),
  ]);
  const names = dimensions.map(({ name }) => dimensionName(name));
  return tableOf([...names, "examples", "share", "95 %", ...targets], rows);
}

/** All gaps of a plan together. */
export function planLines(
  slug: string,
  snapshot: { activity: { number: number; recordedAt: string }; population: string; exampleCount: number },
  { plan, attainment, gaps, excesses, reports }: PlanStatus,
): string[] {
  const distances = reports.flatMap(({ dimensions, distance }) =>
    distance && distance.undefinedBecause === null
      ? [`${dimensions.map(({ name }) => dimensionName(name)).join(" × ")}: ${distanceLine(distance)}`]
      : [],
  );
  const over = excesses.length === 0 ? "" : `, ${count(excesses.length)} over their maximum`;
  return [
    `${computedOn(slug, snapshot.activity, snapshot.population)}, plan ${plan.version}: ${visible(plan.title)}`,
    `${count(snapshot.exampleCount)} examples, ${count(plan.targets.length)} targets, ${count(gaps.length)} not met${over}`,
    ...(attainment === null ? [] : [`attainment ${percent(attainment)}: the least of the cells with a target`]),
    ...distances,
    ...listOfGaps(gaps),
    ...listOfExcesses(excesses),
  ];
}
