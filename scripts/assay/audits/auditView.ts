// How does a bias audit look in a terminal?
import { count, several, statistic, tableOf, visible, type Cell } from "../table.js";

export interface ShownEffect {
  name: string;
  value: number | null;
  low: number | null;
  high: number | null;
}

export interface ShownTest {
  key: string;
  family: string;
  subject: string;
  dimension: string;
  groups: Array<{ name: string; n: number | null; value: number | null }>;
  effect: ShownEffect;
  q: number | null;
  minimumEffect: number;
  verdict: string;
  undefinedBecause: string | null;
  suppressedBecause: string | null;
  warnings: string[];
  nextStep: string;
}

export interface ShownFinding {
  number: number;
  testKey: string;
  severity: string;
  status: string;
  clause: { name: string } | null;
  waiver: { expiresAt: string; inForce: boolean } | null;
  test: { subject: string; dimension: string; nextStep: string } | null;
}

interface Moment {
  number: number;
  recordedAt: string;
}

export interface ShownHead {
  number: number;
  title: string | null;
  snapshot: { population: string; activity: Moment };
  exampleVersionCount: number;
  families: string[];
  author: { label: string };
  activity: Moment;
  findingCounts: Array<{ severity: string; count: number }>;
  signoff: { signedOff: boolean; missing: string | null };
  staleness: { isStale: boolean };
}

export interface ShownAudit extends ShownHead {
  scopeDigest: string;
  methodVersion: string;
  seed: number;
  erasedCount: number;
  warnings: string[];
  lexicons: Array<{ key: string; version: number }>;
  skipped: Array<{ family: string; subject: string; because: string }>;
  signoffs: Array<{
    decision: string;
    statement: string | null;
    by: { label: string };
    activity: Moment;
    supersededBy: { number: number } | null;
  }>;
}

export interface ShownAnalysis {
  number: number;
  by: { label: string };
  fileDigest: string | null;
  says: { statistic: string; method: string; tool: string | null; fileName: string | null } | null;
}

const LIST = [
  "audit",
  "title",
  "examples",
  "high",
  "medium",
  "low",
  "inconclusive",
  "signed off",
  "stale",
  "by",
  "recorded",
];

export function auditList(audits: ShownHead[]): string[] {
  if (audits.length === 0) return ["no audits yet; assay audit run makes one"];
  const cells = audits.map((audit): Cell[] => [
    `${audit.number}`,
    inOneLine(audit.title ?? "(erased)", 40),
    audit.exampleVersionCount,
    ...audit.findingCounts.map((one) => one.count),
    audit.signoff.signedOff ? "yes" : "no",
    audit.staleness.isStale ? "STALE" : "no",
    audit.author.label,
    audit.activity.recordedAt.slice(0, 10),
  ]);
  return tableOf(LIST, cells);
}

/** The most severe first; what could not be measured is told in a line each, apart. */
export function auditView(
  slug: string,
  audit: ShownAudit,
  parts: { tests: ShownTest[]; findings: ShownFinding[]; analyses: ShownAnalysis[] },
): string[] {
  const { findings, analyses } = parts;
  const tests = parts.tests.filter(({ undefinedBecause }) => undefinedBecause === null);
  const unmeasured = new Set(parts.tests.filter((test) => !tests.includes(test)).map(({ key }) => key));
  const told = findings.filter(({ testKey }) => !unmeasured.has(testKey));
  return [
    ...headLines(slug, audit),
    "",
    ...(tests.length === 0 ? ["nothing could be measured"] : testsTable(bySeverity(tests, "verdict"))),
    ...notes("not measured", unmeasuredLines(parts.tests, findings)),
    ...notes("not tested", skippedLines(audit.skipped)),
    ...notes("to bear in mind", [...audit.warnings, ...tests.flatMap(warningsOf)]),
    ...(told.length === 0
      ? ["", `no findings${findings.length === 0 ? "" : " but what was not measured"}`]
      : ["", "findings", ...findingsTable(bySeverity(told, "severity"))]),
    ...notes("sign-offs", audit.signoffs.filter((one) => one.supersededBy === null).map(signoffLine)),
    ...notes("analyses made elsewhere", analyses.map(analysisLine)),
  ];
}

const SEVERITIES = ["HIGH", "MEDIUM", "LOW", "INCONCLUSIVE", "PASS"];

function bySeverity<Field extends string, Row extends Record<Field, string>>(rows: Row[], field: Field): Row[] {
  return [...rows].sort((a, b) => SEVERITIES.indexOf(a[field]) - SEVERITIES.indexOf(b[field]));
}

/** By why they were not: which tests, and the numbers of their findings. */
function unmeasuredLines(tests: ShownTest[], findings: ShownFinding[]): string[] {
  const numbers = new Map(findings.map(({ testKey, number }) => [testKey, number]));
  const byReason = new Map<string, ShownTest[]>();
  for (const test of tests)
    if (test.undefinedBecause !== null)
      byReason.set(test.undefinedBecause, [...(byReason.get(test.undefinedBecause) ?? []), test]);
  return [...byReason].map(([because, those]) => {
    const named = those.map(({ key, subject, dimension }) => `${subject} by ${dimension} (${numbers.get(key) ?? "–"})`);
    return `${because}, with the finding's number: ${named.join(", ")}`;
  });
}

const MOST_SUBJECTS = 3;

/** By family and why: the first few questions, and how many more. */
function skippedLines(skipped: ShownAudit["skipped"]): string[] {
  const bySame = new Map<string, string[]>();
  for (const { family, subject, because } of skipped) {
    const same = `${wordsOf(family)}: ${because}`;
    bySame.set(same, [...(bySame.get(same) ?? []), subject]);
  }
  return [...bySame].map(([same, subjects]) => {
    const more = subjects.length > MOST_SUBJECTS ? `, and ${count(subjects.length - MOST_SUBJECTS)} more` : "";
    return `${same} (${subjects.slice(0, MOST_SUBJECTS).join(", ")}${more})`;
  });
}

function headLines(slug: string, audit: ShownAudit): string[] {
  const { number, title, snapshot, exampleVersionCount, erasedCount, author, activity, signoff, staleness } = audit;
  const lexicons = audit.lexicons.map(({ key, version }) => `${key}@${version}`).join(", ") || "none";
  const erased = erasedCount === 0 ? "" : `, ${count(erasedCount)} of them erased`;
  return [
    `audit ${number}: ${visible(title ?? "(title erased)")}`,
    `${slug} at activity ${snapshot.activity.number}, population ${snapshot.population.toLowerCase()}: ${several(exampleVersionCount, "example version")}${erased}`,
    `method ${audit.methodVersion}, seed ${audit.seed}, lexicons ${visible(lexicons)}`,
    `scope digest ${audit.scopeDigest}${staleness.isStale ? "  STALE: other example versions are there now" : ""}`,
    `recorded by ${visible(author.label)} at ${activity.recordedAt}; ${signoff.signedOff ? "signed off" : `not signed off: ${signoff.missing}`}`,
  ];
}

/** A list under a title, after an empty line; nothing where it is empty. */
function notes(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${visible(line)}`)];
}

export function testsTable(tests: ShownTest[]): string[] {
  const cells = tests.map((test): Cell[] => [
    test.verdict,
    wordsOf(test.family),
    `${test.subject} by ${test.dimension}`,
    test.suppressedBecause === null ? effectText(test.effect, test.undefinedBecause) : "not shown",
    test.minimumEffect === 0 ? null : statistic(test.minimumEffect),
    test.q === null ? null : test.q < 0.001 ? "<0.001" : statistic(test.q),
    groupsText(test.groups),
  ]);
  return tableOf(["verdict", "family", "test", "effect [interval]", "matters", "q", "groups"], cells);
}

const MOST_GROUPS = 4;

function groupsText(groups: ShownTest["groups"]): string {
  const shown = groups.slice(0, MOST_GROUPS).map(({ name, n, value }) => {
    const size = n === null ? "n hidden" : `n=${count(n)}`;
    return `${inOneLine(name, 24)} ${value === null ? "" : `${short(value)} `}(${size})`;
  });
  return groups.length > MOST_GROUPS
    ? `${shown.join(", ")}, and ${groups.length - MOST_GROUPS} more`
    : shown.join(", ");
}

const short = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString());

export function effectText({ name, value, low, high }: ShownEffect, undefinedBecause: string | null = null): string {
  if (value === null) return undefinedBecause ?? "not measured";
  const interval =
    low === null && high === null
      ? ""
      : ` [${low === null ? "" : statistic(low)}, ${high === null ? "" : statistic(high)}]`;
  return `${name} ${statistic(value)}${interval}`;
}

function warningsOf({ subject, dimension, warnings, suppressedBecause }: ShownTest): string[] {
  const hidden = suppressedBecause === null ? [] : [`not shown, ${suppressedBecause}`];
  return [...hidden, ...warnings].map((warning) => `${subject} by ${dimension}: ${warning}`);
}

function findingsTable(findings: ShownFinding[]): string[] {
  const cells = findings.map(({ number, severity, status, waiver, clause, test, testKey }): Cell[] => [
    `${number}`,
    severity,
    statusText(status, waiver),
    test ? `${test.subject} by ${test.dimension}` : testKey,
    test?.nextStep ?? null,
    clause?.name ?? null,
  ]);
  return tableOf(["finding", "severity", "status", "test", "next step", "asks to change"], cells);
}

function statusText(status: string, waiver: ShownFinding["waiver"]): string {
  if (waiver === null) return status.toLowerCase();
  const day = waiver.expiresAt.slice(0, 10);
  return waiver.inForce ? `waived until ${day}` : `open; waiver expired ${day}`;
}

function signoffLine({ decision, statement, by, activity }: ShownAudit["signoffs"][number]): string {
  const said = inOneLine(statement ?? "(erased)", 100);
  return `${wordsOf(decision)} by ${by.label} on ${activity.recordedAt.slice(0, 10)}: ${said}`;
}

function analysisLine({ number, says, fileDigest, by }: ShownAnalysis): string {
  const what = says === null ? "(erased)" : `${says.statistic}; ${says.method}${says.tool ? `; ${says.tool}` : ""}`;
  return `${number}: ${what}${fileDigest ? `; ${says?.fileName ?? "file"} sha256 ${fileDigest.slice(0, 12)}…` : ""} (by ${by.label})`;
}

export const wordsOf = (name: string) => name.toLowerCase().replaceAll("_", " ");

function inOneLine(text: string, most: number): string {
  const line = visible(text.replace(/\s+/g, " ").trim());
  return line.length <= most ? line : `${line.slice(0, most).toWellFormed()}…`;
}
