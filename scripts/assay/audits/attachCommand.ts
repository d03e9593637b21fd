// How does the result of an analysis that was made elsewhere come to stand beside an audit?
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import { reasonOf, usage } from "../failure.js";
import { mutate, type Payload } from "../mutate.js";
import { jsonObject, wholeNumber } from "../optionValues.js";
import type { Fields } from "../rows.js";
import { sessionOf } from "../session.js";
import { addSnapshotOptions, snapshotAt, type SnapshotOptions } from "../snapshotOption.js";
import { withoutAbsent } from "../withoutAbsent.js";
import type { World } from "../world.js";
import { ATTACH_ANALYSIS } from "./auditDocuments.js";

const HELP = `
  assay audit attach --audit 1 --statistic "group effect" --method "rating ~ group + (1|rater) + (1|item)" \\
    --tool "lme4 1.1-35" --result '{"estimate": -0.31, "low": -0.5, "high": -0.12}' --file model.html
The file is not sent: its name and its SHA-256 are. --result takes JSON, or the path of a file with JSON.`;

interface AttachOptions extends SnapshotOptions {
  audit?: number;
  statistic: string;
  method: string;
  tool?: string;
  result: string;
  file?: string;
  note?: string;
  message?: string;
}

export function addAttach(audit: Command, world: World, done: (exitCode: number) => void): void {
  const command = audit.command("attach").description("attach an analysis made elsewhere to an audit or a snapshot");
  addSnapshotOptions(command)
    .option("--audit <number>", "the audit that it is about; else it is of the snapshot", wholeNumber(1, 2 ** 31 - 1))
    .requiredOption("--statistic <text>", "what was measured")
    .requiredOption("--method <text>", "how")
    .requiredOption("--result <json>", "the numbers: a JSON object, or a file with one")
    .option("--tool <text>", "with which software and version")
    .option("--file <path>", "the analysis itself, which stays here; its SHA-256 is kept")
    .option("--note <text>", "what else to know")
    .option("--message <text>", "a message for the activity log")
    .addHelpText("after", HELP)
    .action(async (options: AttachOptions) => {
      const session = sessionOf(world, command);
      const input = { dataset: session.dataset(), ...(await inputOf(options)) };
      done(await mutate(session, "attachAnalysis", ATTACH_ANALYSIS, input, attachedLines));
    });
}

async function inputOf({ at, population, audit, result, file, ...said }: AttachOptions): Promise<Fields> {
  if (audit !== undefined && (at !== undefined || population !== undefined))
    throw usage("give --audit, or --at and --population, not both");
  return withoutAbsent({
    ...said,
    audit,
    at: snapshotAt(at) ?? undefined,
    population,
    result: await resultOf(result),
    ...(file === undefined ? {} : { fileName: basename(file), fileDigest: await digestOf(file) }),
  });
}

async function resultOf(given: string): Promise<Fields> {
  if (given.trimStart().startsWith("{")) return jsonObject(given);
  try {
    return jsonObject(await readFile(given, "utf8"));
  } catch (error) {
    throw usage(`--result ${given} is no JSON object, and no file with one: ${reasonOf(error)}`);
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (error) {
    throw usage(`cannot read ${path}: ${reasonOf(error)}`);
  }
  return hash.digest("hex");
}

function attachedLines(payload: Payload): string[] {
  const { number, audit, fileDigest } = payload["analysis"] as {
    number: number;
    audit: { number: number } | null;
    fileDigest: string | null;
  };
  const file = fileDigest === null ? "" : `, file sha256 ${fileDigest}`;
  return [`analysis ${number}: attached to ${audit ? `audit ${audit.number}` : "the snapshot"}${file}`];
}
