// How well do raters agree, by a file alone, and how is that shown?
import { agreementOfRatings, RatingFileError, type CoefficientRow, type FileRow } from "./agreementOfFile.js";
import { coefficientName } from "./coefficientName.js";
import { EXIT, usage } from "./failure.js";
import { evaluate, parseExpression } from "./fieldExpression.js";
import { valueAt } from "./fieldPath.js";
import { readRecords, formatOf } from "./readRecords.js";
import { lineOf } from "./refusals.js";
import { FieldProblem, problemAt, type Fields, type Place, type Problem } from "./rows.js";
import type { Session } from "./session.js";
import { withSourceFile } from "./sourceFile.js";
import { count, statistic, tableOf } from "./table.js";

export interface FileOptions {
  file?: string;
  unit?: string;
  rater?: string;
  value?: string;
  level?: "NOMINAL" | "ORDINAL" | "INTERVAL" | "RATIO";
  categories?: string[];
  repeats?: "LATEST" | "FIRST" | "ALL";
  format?: string;
  all?: boolean;
}

/** Needs no server and no token. Exit code 1 when rows could not be read: the number is then about the others. */
export async function agreementOfFileCommand(session: Session, options: FileOptions): Promise<number> {
  const { unit, rater, value, level, categories, repeats, all } = options;
  if (unit === undefined || rater === undefined || value === undefined || level === undefined) {
    throw usage("--file needs --unit COL, --rater COL, --value COL and --level nominal|ordinal|interval|ratio");
  }
  const read = await readAll(session, options.file!, options.format, [unit, rater, value]);
  const { rows, problems, name } = read;
  for (const problem of problems.slice(0, 200)) session.output.say(lineOf(problem));
  const result = naming(read, () => agreementOfRatings(rows, { unit, rater, value, level, categories, repeats, all }));
  const counts = { rows: rows.length, skipped: result.skipped, unreadable: problems.length };
  session.output.answer({ file: name, level, repeats, ...counts, coefficients: result.rows }, () => [
    `${name}: ${count(counts.rows)} rows, ${count(counts.skipped)} without a value, ` +
      `${count(counts.unreadable)} unreadable; repeats ${repeats?.toLowerCase()}`,
    "",
    ...(all ? everyTable(result.rows) : coefficientTable(result.rows)),
  ]);
  return problems.length > 0 ? EXIT.refused : EXIT.ok;
}

function coefficientTable(rows: CoefficientRow[]): string[] {
  const cells = rows.map((row) => [
    coefficientName(row),
    statistic(row.value, row.undefinedBecause),
    row.units,
    row.raters,
    row.pairableValues,
  ]);
  return tableOf(["coefficient", "value", "units", "raters", "values"], cells);
}

/** The counts stand once, above: they are the same in all rows. */
function everyTable(rows: CoefficientRow[]): string[] {
  const { units, raters, pairableValues } = rows[0]!;
  const cells = rows.map(({ coefficient, weighting, value, undefinedBecause, standardError, interval }) => [
    coefficient,
    weighting,
    statistic(value, undefinedBecause),
    standardError === null ? null : statistic(standardError),
    interval ? `${statistic(interval.low)} to ${statistic(interval.high)}` : null,
    interval?.method,
  ]);
  const undeclared = rows.some((row) => row.undefinedBecause === "CATEGORIES_NOT_DECLARED");
  return [
    `${count(units)} units, ${count(raters ?? 0)} raters, ${count(pairableValues)} pairable values`,
    ...(undeclared ? ["CATEGORIES_NOT_DECLARED: give the scale's values, used or not, as --categories"] : []),
    "",
    ...tableOf(["coefficient", "weighting", "value", "error", "95% interval", "method"], cells),
  ];
}

/** A refusal names the line of the file instead of the row's number. */
function naming<T>({ name, lines }: { name: string; lines: number[] }, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof RatingFileError)) throw error;
    const where = error.row === null ? name : `${name}:${lines[error.row - 1]}`;
    throw usage(`${where}: ${error.message.replace(/^row \d+: /, "")}`);
  }
}

/** Only the three columns are kept, so that long texts beside them cost no memory. */
async function readAll(session: Session, path: string, format: string | undefined, columns: string[]) {
  const rows: FileRow[] = [];
  const lines: number[] = [];
  const problems: Problem[] = [];
  const name = await withSourceFile(session.world, path, async (file) => {
    for await (const row of readRecords(file.path, { format: formatOf(path, format), name: file.name })) {
      const picked = "problem" in row ? row.problem : pick(row.place, row.fields, columns);
      if ("reason" in picked) problems.push(picked);
      else {
        // The first row keeps all its columns: a refusal of a missing one names those that are there.
        rows.push(rows.length === 0 && !("problem" in row) ? { ...row.fields, ...picked.row } : picked.row);
        lines.push(row.place.line);
      }
    }
    return file.name;
  });
  return { rows, lines, problems, name };
}

/** A column may be a template, such as `{axis}/{term}`: the unit is then what it gives. */
function pick(place: Place, fields: Fields, columns: string[]): { row: FileRow } | Problem {
  try {
    const entries = columns.flatMap((column): [string, unknown][] => {
      const value = column.includes("{") ? evaluate(parseExpression(column), fields) : valueAt(fields, column);
      return value === undefined ? [] : [[column, value]];
    });
    return { row: Object.fromEntries(entries.length > 0 ? entries : Object.entries(fields)) };
  } catch (error) {
    if (!(error instanceof FieldProblem)) throw error;
    return problemAt(place, error.field, error.reason);
  }
}
