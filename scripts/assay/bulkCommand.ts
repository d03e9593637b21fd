// Which options do all commands that send a file share, and what do they say at the end?
import type { Command } from "commander";
import type { BulkVerb } from "./bulkCall.js";
import type { ItemsOfRow } from "./bulkRows.js";
import { rehearse, runBulk, type BulkPlan, type BulkResult } from "./bulkRun.js";
import { EXIT, usage } from "./failure.js";
import { onlyLines } from "./onlyLines.js";
import { byteSize, collect, wholeNumber } from "./optionValues.js";
import { Progress } from "./progress.js";
import { FORMATS, formatOf, MAX_LINE_BYTES, type Format } from "./readRecords.js";
import { Refusals } from "./refusals.js";
import { optionsDigest } from "./requestKeys.js";
import type { Fields } from "./rows.js";
import type { Session } from "./session.js";
import { refuseOverwriting, withSourceFile, type SourceFile } from "./sourceFile.js";
import { resultLines } from "./bulkSummary.js";

export interface BulkOptions {
  map?: string[];
  set?: string[];
  format?: string;
  chunkRows: number;
  chunkBytes: number;
  maxLineBytes: number;
  atomic?: boolean;
  dryRun?: boolean;
  resume?: boolean;
  state?: string;
  errors?: string;
  only?: string;
  run?: string;
  message?: string;
}

export interface BulkSpec {
  bulk: BulkVerb;
  /** The mapper, made once the format is known; throws Failure for a mapping that makes no sense. */
  itemsOf: (format: Format) => ItemsOfRow;
  /** The rest of the input, without dataset, mode and request key. */
  input: Fields;
  /** Options of this verb that decide what is sent. */
  mapping: Fields;
  checkChunk?: BulkPlan["checkChunk"];
}

const CHUNK_BYTES = 12 * 1024 * 1024;

export function addBulkOptions(command: Command, rows: number, most: number): Command {
  return command
    .option("--map <target=field>", "take a target from a field, a dotted path or a template; repeatable", collect)
    .option("--set <target=text>", "the same text for every row; repeatable", collect)
    .option("--format <format>", `${FORMATS.join(", ")}; by the file's name where absent`)
    .option("--chunk-rows <n>", `rows in one call, at most ${most}`, wholeNumber(1, most), rows)
    .option("--chunk-bytes <size>", "bytes in one call", byteSize, CHUNK_BYTES)
    .option("--max-line-bytes <size>", "longer lines are refused", byteSize, MAX_LINE_BYTES)
    .option("--atomic", "take the file whole or not at all (see below)")
    .option("--dry-run", "read, map and check everything, say what would be sent, send nothing")
    .option("--resume", "note acknowledged calls beside the file and skip those noted by an earlier run")
    .option("--state <file>", "the note of --resume, elsewhere than beside the file")
    .option("--errors <file>", "write every refused row there, one JSON object a line")
    .option("--only <errors>", "only the lines that an --errors file of an earlier run names")
    .option("--run <name>", "send anew what was sent before: another name gives other request keys")
    .option("--message <text>", "a message for the activity log");
}

/** Runs a file through: exit code 0 when every row is in, 1 when some were refused. */
export async function bulkCommand(
  session: Session,
  path: string,
  options: BulkOptions,
  spec: BulkSpec,
): Promise<number> {
  const statePath = statePathOf(path, options, spec.bulk.verb);
  const format = formatOf(path, options.format);
  const itemsOf = spec.itemsOf(format);
  return withSourceFile(session.world, path, async (file) => {
    const read = [path, ...(options.only === undefined ? [] : [options.only])];
    if (options.errors !== undefined) await refuseOverwriting("--errors", options.errors, read);
    const progress = new Progress(session.world, file.size, session.output.json);
    const refusals = await Refusals.open(session.output, options.errors, () => progress.clear());
    try {
      const plan = await planOf(session, file, format, itemsOf, options, spec, statePath);
      if (options.dryRun)
        return report(session, await rehearse(plan, refusals, progress, session.output), refusals, spec);
      return report(session, await runBulk(plan, session.client(), refusals, progress, session.output), refusals, spec);
    } finally {
      progress.clear();
      await refusals.close();
    }
  });
}

async function planOf(
  session: Session,
  file: SourceFile,
  format: Format,
  itemsOf: ItemsOfRow,
  options: BulkOptions,
  spec: BulkSpec,
  statePath: string | null,
): Promise<BulkPlan> {
  const dataset = options.dryRun ? "" : session.dataset();
  const only = options.only === undefined ? null : await onlyLines(options.only);
  const { map, set, chunkRows, chunkBytes, maxLineBytes, atomic, run, message } = options;
  const fixed = { dataset, ...spec.input, ...(message === undefined ? {} : { message }) };
  const decisive = { map, set, chunkRows, chunkBytes, maxLineBytes, atomic, run, only: only?.digest };
  return {
    bulk: spec.bulk,
    reading: { file, read: { format, maxLineBytes }, itemsOf, only: only?.lines ?? null },
    fixed,
    limits: { maxItems: chunkRows, maxBytes: chunkBytes },
    atomic: atomic ?? false,
    optionsDigest: optionsDigest({ ...decisive, format, fixed, mapping: spec.mapping }),
    statePath,
    ...(spec.checkChunk === undefined ? {} : { checkChunk: spec.checkChunk }),
  };
}

function statePathOf(path: string, { resume, state, dryRun }: BulkOptions, verb: string): string | null {
  if (dryRun || (!resume && state === undefined)) return null;
  if (state !== undefined) return state;
  if (path === "-") throw usage("--resume of stdin needs --state FILE");
  return `${path}.assay-${verb}`;
}

function report(
  session: Session,
  result: BulkResult & { first?: Fields | null },
  refusals: Refusals,
  { bulk }: BulkSpec,
): number {
  const { left, stopped, first, ...numbers } = result;
  const machine = {
    ...(first === undefined ? {} : { dryRun: true, first }),
    ...numbers,
    stopped,
    notTaken: left,
    problems: refusals.kept,
  };
  session.output.answer(machine, () => resultLines(bulk.verb, result));
  return result.refused > 0 ? EXIT.refused : EXIT.ok;
}
