// How well do raters agree, by a file alone, and how is that shown?
import { benchmarksOf } from "../../../src/statistics/benchmarksOf.js";
import { EXIT, usage } from "../failure.js";
import { evaluate, parseExpression } from "../fieldExpression.js";
import { valueAt } from "../fieldPath.js";
import { formatOf, readRecords } from "../readRecords.js";
import { lineOf } from "../refusals.js";
import { FieldProblem, problemAt, type Fields, type Place, type Problem } from "../rows.js";
import type { Session } from "../session.js";
import { withSourceFile } from "../sourceFile.js";
import { count } from "../table.js";
import {
  agreementOfRatings,
  RatingFileError,
  ratingsOfRows,
  type FileAgreement,
  type FileRow,
} from "./agreementOfFile.js";
import type { AgreementOptions } from "./agreementOptions.js";
import { rowView } from "./agreementView.js";
import { partsOfFile, type FileParts } from "./partsOfFile.js";
import { confusionsTable, disagreementsTable, pairsTable, planTable } from "./partsView.js";

/** Needs no server and no token. Exit code 1 when rows could not be read: the number is then about the others. */
export async function agreementOfFileCommand(session: Session, options: AgreementOptions): Promise<number> {
  const { unit, rater, value, level, repeats = "LATEST" } = options;
  if (unit === undefined || rater === undefined || value === undefined || level === undefined) {
    throw usage("--file needs --unit COL, --rater COL, --value COL and --level nominal|ordinal|interval|ratio");
  }
  const question = { ...options, unit, rater, value, level };
  const read = await readAll(session, options.file!, options.format, [unit, rater, value]);
  const { rows, problems, name } = read;
  for (const problem of problems.slice(0, 200)) session.output.say(lineOf(problem));
  const result = naming(read, () => agreementOfRatings(rows, question));
  const parts = naming(read, () => partsOfFile(ratingsOfRows(rows, question), question));
  const counts = { rows: rows.length, skipped: result.skipped, unreadable: problems.length };
  const answer = {
    file: name,
    level,
    repeats,
    ...counts,
    warnings: result.warnings,
    coefficients: result.rows,
    ...parts,
  };
  session.output.answer(answer, () => [
    `${name}: ${count(counts.rows)} rows, ${count(counts.skipped)} without a value, ` +
      `${count(counts.unreadable)} unreadable; repeats ${repeats.toLowerCase()}`,
    "",
    ...coefficientsView(result),
    ...partsView(parts, options.plan),
  ]);
  return problems.length > 0 ? EXIT.refused : EXIT.ok;
}

/** The counts stand once, above: they are the same in all rows. */
function coefficientsView({ rows, warnings }: FileAgreement): string[] {
  const { units, raters, pairableValues } = rows[0]!;
  const undeclared = rows.some((row) => row.undefinedBecause === "CATEGORIES_NOT_DECLARED");
  const coefficients = rows.map((row) => ({ ...row, benchmarks: benchmarksOf(row) }));
  const view = rowView({
    unitCount: units,
    raterCount: raters ?? 0,
    pairableValueCount: pairableValues,
    coefficients,
    warnings,
  });
  return undeclared
    ? ["CATEGORIES_NOT_DECLARED: give the scale's values, used or not, as --categories", "", ...view]
    : view;
}

function partsView({ pairs, confusions, disagreements, plan }: FileParts, halfWidth: number | undefined): string[] {
  const lines: string[] = [];
  const add = (title: string, table: string[]) => lines.push("", title, ...table);
  if (pairs)
    add(
      `pairs of raters, lowest κ first${pairs.length > 100 ? `, the first 100 of ${count(pairs.length)}` : ""}`,
      pairsTable(pairs.slice(0, 100)),
    );
  if (confusions) add("values", confusionsTable(confusions));
  if (disagreements) add("units, most disagreement first", disagreementsTable(disagreements));
  if (plan) add(`for α ±${halfWidth}`, planTable(plan.rows, plan.undefinedBecause));
  return lines;
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
