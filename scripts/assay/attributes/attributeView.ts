// How do counts of annotators by group look in a terminal?
import { tableOf } from "../table.js";

interface Group {
  kind: "NAMED" | "UNKNOWN" | "SUPPRESSED";
  group: string | null;
}

export interface Report {
  attribute: string;
  annotatorCount: number;
  groups: Array<Group & { annotatorCount: number }>;
}

export interface Table {
  rows: Report;
  columns: Report;
  cells: Array<{ row: Group; column: Group; annotatorCount: number | null }>;
}

export interface Mine {
  annotator: string;
  attribute: string;
  value: string;
  consent: string;
  purpose: string | null;
  grantedAt: string;
}

const nameOf = ({ kind, group }: Group) => group ?? (kind === "UNKNOWN" ? "(not known)" : "(too small to show)");

export function reportLines(reports: readonly Report[]): string[] {
  if (reports.length === 0) return ["nothing is known of any annotator"];
  const rows = reports.flatMap(({ attribute, groups }) =>
    groups.map((group) => [attribute, nameOf(group), group.annotatorCount]),
  );
  return tableOf(["attribute", "group", "annotators"], rows);
}

/** Rows × columns with their sums; · where a count may not be shown. */
export function tableLines({ rows, columns, cells }: Table): string[] {
  const names = (report: Report) => report.groups.filter((one) => one.annotatorCount > 0);
  const header = [`${rows.attribute} \\ ${columns.attribute}`, ...names(columns).map(nameOf), "all"];
  const width = names(columns).length;
  const lines = names(rows).map((group, r) => [
    nameOf(group),
    ...cells.slice(r * width, (r + 1) * width).map(({ annotatorCount }) => annotatorCount ?? "·"),
    group.annotatorCount,
  ]);
  const sums = ["all", ...names(columns).map((group) => group.annotatorCount), columns.annotatorCount];
  return [
    ...tableOf(header, [...lines, sums]),
    "",
    "· is not shown: fewer than 5, or others could be worked out from it",
  ];
}

export function mineLines(mine: readonly Mine[]): string[] {
  if (mine.length === 0) return ["nothing is known of you"];
  const rows = mine.map((one) => [one.annotator, one.attribute, one.value, one.consent, one.grantedAt, one.purpose]);
  return tableOf(["annotator", "attribute", "value", "consent", "granted", "purpose"], rows);
}
