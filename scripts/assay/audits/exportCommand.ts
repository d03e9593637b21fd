// How are ratings written out with the groups of their raters, for a model that is fitted elsewhere?
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import type { Command } from "commander";
import type { UserError } from "../bulkCall.js";
import { EXIT, noDataset, reasonOf, serverFailure, usage } from "../failure.js";
import { wholeNumber } from "../optionValues.js";
import { allNodes, type ConnectionPage } from "../pages.js";
import { commandKey } from "../requestKeys.js";
import { sessionOf, type Session } from "../session.js";
import { addSnapshotOptions, snapshotAt, type SnapshotOptions } from "../snapshotOption.js";
import { several } from "../table.js";
import { withoutAbsent } from "../withoutAbsent.js";
import type { World } from "../world.js";
import { EXPORT_LONG_TABLE, LONG_TABLE_ROWS } from "./auditDocuments.js";

const HELP = `
  assay audit export --criterion helpfulness --attribute gender --out ratings.csv
A row for each rating: item, version, rater, group, value. Raters have pseudonyms of this export alone. Raters whose group is
not known or has fewer than 5 raters are left out, and how many that are is said. The export is recorded. It needs audit:export.`;

interface ExportOptions extends SnapshotOptions {
  criterion: string;
  criterionVersion?: number;
  attribute: string;
  out?: string;
  message?: string;
}

interface Made {
  number: number;
  rowCount: number;
  raterCount: number;
  leftOutRowCount: number;
  leftOutRaterCount: number;
}

interface Row {
  rater: string;
  group: string;
  value: string | number;
  item: { version: number; example: { externalId: string } };
}

export function addExport(audit: Command, world: World, done: (exitCode: number) => void): void {
  const command = audit.command("export").description("write ratings with the groups of their raters, as CSV");
  addSnapshotOptions(command)
    .requiredOption("--criterion <key>", "whose ratings")
    .option("--criterion-version <n>", "its version; the latest where absent", wholeNumber(1, 2 ** 31 - 1))
    .requiredOption("--attribute <key>", "the attribute by which raters are grouped")
    .option("--out <file>", "write there; to standard output where absent")
    .option("--message <text>", "a message for the activity log")
    .addHelpText("after", HELP)
    .action(async (options: ExportOptions) => done(await exportTable(sessionOf(world, command), options)));
}

async function exportTable(session: Session, options: ExportOptions): Promise<number> {
  const made = await record(session, options);
  const write = options.out === undefined ? session.world.stdout : await opened(options.out);
  const isCsv = !session.output.json;
  if (isCsv) write.write("item,version,rater,group,value\n");
  let written = 0;
  for await (const row of rowsOf(session, made.number)) {
    if (!write.write(isCsv ? csvOf(row) : `${JSON.stringify(row)}\n`)) await once(write, "drain");
    written++;
  }
  if (options.out !== undefined) await new Promise<void>((closed) => write.end(closed));
  const { number, raterCount, leftOutRowCount, leftOutRaterCount } = made;
  session.output.say(
    `export ${number}: ${several(written, "rating")} of ${several(raterCount, "rater")}; left out: ` +
      `${several(leftOutRowCount, "rating")} of ${several(leftOutRaterCount, "rater")} whose group is not known or has fewer than 5`,
  );
  return EXIT.ok;
}

async function record(session: Session, { at, population, out: _, ...asked }: ExportOptions): Promise<Made> {
  const moment = snapshotAt(at) ?? undefined;
  const requestKey = commandKey("exportLongTable");
  const input = withoutAbsent({ dataset: session.dataset(), requestKey, at: moment, population, ...asked });
  const { exportLongTable } = await session
    .client()
    .request<{ exportLongTable: { export: Made | null; userErrors: UserError[] } }>(EXPORT_LONG_TABLE, { input });
  if (exportLongTable.export) return exportLongTable.export;
  throw serverFailure(exportLongTable.userErrors.map(({ message, code }) => `${message} (${code})`).join("\n"));
}

async function opened(path: string): Promise<NodeJS.WritableStream> {
  const stream = createWriteStream(path);
  try {
    await once(stream, "open");
  } catch (error) {
    throw usage(`cannot write ${path}: ${reasonOf(error)}`);
  }
  return stream;
}

function rowsOf(session: Session, number: number): AsyncGenerator<Row> {
  const slug = session.dataset();
  const pick = (data: { dataset: { longTableExport: { rows: ConnectionPage<Row> } | null } | null }) => {
    if (data.dataset === null) throw noDataset(slug);
    if (data.dataset.longTableExport === null) throw serverFailure(`NOT_FOUND: ${slug} has no export ${number}`);
    return data.dataset.longTableExport.rows;
  };
  return allNodes(session.client(), LONG_TABLE_ROWS, { slug, number }, pick);
}

const csvOf = ({ item, rater, group, value }: Row) =>
  `${[item.example.externalId, item.version, rater, group, value].map(cellOf).join(",")}\n`;

/** RFC 4180: quoted where it has to be. */
function cellOf(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
