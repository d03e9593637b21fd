// How does a coverage report look as a picture? Pure.
import { count } from "../table.js";
import { barsOf, clipped } from "./bars.js";
import { COLOUR_OF, MEANING_OF, nameOfKey, percent, standingOf, type Standing } from "./cells.js";
import type { CellRow, Report } from "./coverageDocuments.js";
import { dimensionName, distanceLine } from "./coverageView.js";
import { bestShown, heatMapOf, LEGENDS, type Shown } from "./heatMap.js";
import { box, FAINT, FILL, INK, line, picture, text } from "./svg.js";

const MARGIN = 24;
const TOP = 84;
/** Places that a character takes, on average. */
const CHARACTER = 7;
const LONGEST_NAME = 32;

export function coverageSvg(slug: string, report: Report, show: Shown | null): string {
  return report.dimensions.length === 1 ? barsSvg(slug, report) : heatMapSvg(slug, report, show ?? bestShown(report));
}

function headingOf(slug: string, { dimensions, activity, population, exampleCount, planVersion }: Report) {
  const names = dimensions.map(({ name }) => dimensionName(name)).join(" × ");
  const plan = planVersion === null ? "no plan" : `plan ${planVersion}`;
  return {
    title: `Coverage of ${slug}: ${names}`,
    subtitle: `${count(exampleCount)} examples, ${population.toLowerCase()} at activity ${activity.number}, ${plan}`,
  };
}

/** The largest gaps in words, and what is unassigned. */
function describe(report: Report): string {
  const { unassignedCount, exampleCount, gaps, excesses, attainment, distance } = report;
  const of = ({ keys, count: n, target }: CellRow) =>
    `${keys.map(nameOfKey).join(" × ")}: ${count(n)} of ${count(target ?? 0)}`;
  const parts = [
    `${count(unassignedCount)} of ${count(exampleCount)} examples are unassigned.`,
    attainment === null ? "No target is set." : `Attainment is ${percent(attainment)}.`,
    gaps.length === 0
      ? "No target is missed."
      : `${count(gaps.length)} targets are missed, first ${gaps.slice(0, 5).map(of).join("; ")}.`,
    excesses.length === 0 ? "" : `${count(excesses.length)} cells are over their maximum.`,
    distance === null ? "" : `${distanceLine(distance)}.`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

const ROW = 28;
const BAR = 16;
const BARS_WIDE = 420;

function barsSvg(slug: string, report: Report): string {
  const { cells, exampleCount } = report;
  const { bars, full } = barsOf(cells, exampleCount);
  const names = cells.map(({ keys }) => clipped(nameOfKey(keys[0]!), LONGEST_NAME));
  const left = MARGIN + nameWidth(names);
  const at = (part: number) => left + part * BARS_WIDE;
  const bottom = TOP + cells.length * ROW;
  const rows = cells.flatMap((cell, i) => {
    const y = TOP + i * ROW;
    const middle = y + ROW / 2;
    const { share, low, high, target, maximum } = bars[i]!;
    const fill = FILL[COLOUR_OF[standingOf(cell)] ?? "grey"];
    const tick = (part: number, dashed: boolean) =>
      line(at(part), y + 2, at(part), y + ROW - 2, {
        stroke: INK,
        "stroke-width": 2.5,
        ...(dashed ? { "stroke-dasharray": "3 2" } : {}),
      });
    return [
      text(left - 10, middle + 4, names[i]!, { "text-anchor": "end" }),
      box(left, middle - BAR / 2, share * BARS_WIDE, BAR, { fill, rx: 2 }, saysOf(cell)),
      ...(low === null || high === null ? [] : whisker(at(low), at(high), middle)),
      ...(maximum === null ? [] : [tick(maximum, true)]),
      ...(target === null ? [] : [tick(target, false)]),
      text(left + BARS_WIDE + 14, middle + 4, numbersOf(cell), { fill: FAINT }),
    ];
  });
  const { title, subtitle } = headingOf(slug, report);
  const content = [
    ...headings(title, subtitle),
    ...gridOf(full, at, bottom),
    ...rows,
    ...legendOf(cells, bottom + 44, true),
  ];
  return picture({ width: left + BARS_WIDE + 210, height: bottom + 68, title, description: describe(report), content });
}

const nameWidth = (names: readonly string[]) => Math.max(60, ...names.map((name) => name.length * CHARACTER)) + 10;

function headings(title: string, subtitle: string): string[] {
  return [
    text(MARGIN, 34, title, { "font-size": 18, "font-weight": 600 }),
    text(MARGIN, 56, subtitle, { fill: FAINT }),
  ];
}

function whisker(low: number, high: number, y: number): string[] {
  const ink = { stroke: INK, "stroke-width": 1.2 };
  return [line(low, y, high, y, ink), line(low, y - 4, low, y + 4, ink), line(high, y - 4, high, y + 4, ink)];
}

/** At round shares, four to eight of them. */
function gridOf(full: number, at: (part: number) => number, bottom: number): string[] {
  const step = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2].find((one) => full / one <= 8) ?? 0.25;
  return Array.from({ length: Math.floor(full / step + 1e-9) + 1 }, (_, i) => i * step).flatMap((share) => [
    line(at(share / full), TOP - 6, at(share / full), bottom, { stroke: "#e4e8ec", "stroke-width": 1 }),
    text(at(share / full), bottom + 16, `${Number((share * 100).toFixed(1))}%`, {
      "text-anchor": "middle",
      fill: FAINT,
      "font-size": 11,
    }),
  ]);
}

function numbersOf({ count: n, share, target, met, toAdd }: CellRow): string {
  const there = target === null ? count(n) : `${count(n)} of ${count(target)}`;
  const add = met === false && toAdd !== null ? `, add ${count(toAdd)}` : "";
  return `${there}${share === null ? "" : ` (${percent(share)})`}${add}`;
}

function saysOf(cell: CellRow): string {
  return `${cell.keys.map(nameOfKey).join(" × ")}: ${numbersOf(cell)}`;
}

function legendOf(cells: readonly CellRow[], y: number, ticks: boolean): string[] {
  const there = new Set(cells.map(standingOf));
  let x = MARGIN;
  const item = (drawn: (x: number) => string, label: string) => {
    const parts = [drawn(x), text(x + 18, y, label, { fill: FAINT, "font-size": 11 })];
    x += 34 + label.length * 6.2;
    return parts;
  };
  const standings = (Object.entries(MEANING_OF) as [Exclude<Standing, "NONE">, string][]).filter(([one]) =>
    there.has(one),
  );
  return [
    ...standings.flatMap(([one, label]) =>
      item((at) => box(at, y - 10, 12, 12, { fill: FILL[COLOUR_OF[one]!] }), label),
    ),
    ...(ticks ? item((at) => line(at + 6, y - 12, at + 6, y + 3, { stroke: INK, "stroke-width": 2.5 }), "target") : []),
    ...(ticks
      ? item((at) => line(at, y - 4, at + 12, y - 4, { stroke: INK, "stroke-width": 1.2 }), "95 % interval")
      : []),
  ];
}

const SQUARE = { width: 84, height: 34 };
const HEADING_CHARACTERS = 22;
const SLANT = 5.2;

function heatMapSvg(slug: string, report: Report, shown: Shown): string {
  const { rows, columns, squares } = heatMapOf(report, shown);
  const names = rows.map((row) => clipped(nameOfKey(row), LONGEST_NAME));
  const headed = columns.map((column) => clipped(nameOfKey(column), HEADING_CHARACTERS));
  const left = MARGIN + nameWidth(names);
  const top = TOP + Math.max(...headed.map((name) => name.length), 1) * SLANT;
  const byKeys = new Map(report.cells.map((cell) => [JSON.stringify(cell.keys), cell]));
  const drawn = squares.flatMap((row, i) =>
    row.flatMap(({ text: label, colour }, j) => {
      const [x, y] = [left + j * SQUARE.width, top + i * SQUARE.height];
      const cell = byKeys.get(JSON.stringify([rows[i]!, columns[j]!]));
      const says = cell ? saysOf(cell) : `${names[i]} × ${headed[j]}: none`;
      const look = { fill: colour ? FILL[colour] : "#eef1f4", "fill-opacity": colour ? 0.75 : 1, rx: 3 };
      return [
        box(x + 1.5, y + 1.5, SQUARE.width - 3, SQUARE.height - 3, look, says),
        text(x + SQUARE.width / 2, y + SQUARE.height / 2 + 4, label, { "text-anchor": "middle", "font-size": 12 }),
      ];
    }),
  );
  const slanted = headed.map((name, j) => {
    const [x, y] = [left + (j + 0.5) * SQUARE.width - 6, top - 8];
    return text(x, y, name, { transform: `rotate(-35 ${x.toFixed(1)} ${y.toFixed(1)})` });
  });
  const bottom = top + rows.length * SQUARE.height;
  const { title, subtitle } = headingOf(slug, report);
  const content = [
    ...headings(title, subtitle),
    ...slanted,
    ...names.map((name, i) => text(left - 10, top + (i + 0.5) * SQUARE.height + 4, name, { "text-anchor": "end" })),
    ...drawn,
    ...(shown === "ATTAINMENT" ? legendOf(report.cells, bottom + 28, false) : []),
    text(MARGIN, bottom + 48, shown === "ATTAINMENT" ? "examples / target" : LEGENDS[shown], {
      fill: FAINT,
      "font-size": 11,
    }),
  ];
  const width = Math.max(left + columns.length * SQUARE.width + HEADING_CHARACTERS * 4, 640);
  return picture({ width, height: bottom + 68, title, description: describe(report), content });
}
