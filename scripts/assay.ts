#!/usr/bin/env node
// How does a script use Assay from a command line?
import { realpathSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Command, CommanderError } from "commander";
import { addAccess } from "./assay/accessCommands.js";
import { addAgreement } from "./assay/agreement/agreementCommand.js";
import { addConsensus } from "./assay/consensus/consensusCommand.js";
import { addAnnotators } from "./assay/annotators/annotatorsCommand.js";
import { addAudit } from "./assay/audits/auditCommands.js";
import { addFeedbackCommands } from "./assay/annotators/feedbackCommands.js";
import { addDiversity } from "./assay/diversity/diversityCommand.js";
import { addDuplicates } from "./assay/duplicates/duplicatesCommand.js";
import { addCoverage } from "./assay/coverage/coverageCommand.js";
import { addAttributes } from "./assay/attributes/attributeCommands.js";
import { addCheck } from "./assay/checks/checkCommands.js";
import { addErase } from "./assay/eraseCommand.js";
import { EXIT, Failure } from "./assay/failure.js";
import { addGold } from "./assay/goldCommands.js";
import { addImport } from "./assay/importCommand.js";
import { addJob } from "./assay/jobCommands.js";
import { addDecide, addLabel, addRate } from "./assay/judgementCommands.js";
import { addLexicon } from "./assay/lexicons/lexiconCommands.js";
import { addLineage } from "./assay/lineageCommand.js";
import { addLog } from "./assay/logCommands.js";
import { spelled, wholeNumber } from "./assay/optionValues.js";
import { addPublishing } from "./assay/publishCommands.js";
import { addRelease } from "./assay/releaseCommands.js";
import { visible } from "./assay/table.js";
import type { World } from "./assay/world.js";

const GROUPS = [
  addImport,
  addRate,
  addDecide,
  addGold,
  addLabel,
  addAgreement,
  addConsensus,
  addAnnotators,
  addFeedbackCommands,
  addLexicon,
  addCheck,
  addAttributes,
  addCoverage,
  addDuplicates,
  addDiversity,
  addAudit,
  addRelease,
  addLineage,
  addLog,
  addJob,
];
const SETTING_UP = [addErase, addPublishing, addAccess];

function programOf(world: World, done: (exitCode: number) => void): Command {
  const program = new Command("assay")
    .description("governance of datasets for supervised fine-tuning, over Assay's GraphQL API")
    .option("--url <url>", "the server's GraphQL address (ASSAY_URL; http://127.0.0.1:4000/graphql)")
    .option("--token <token>", "an API token or JWT (ASSAY_TOKEN, which other users of the machine do not see)")
    .option("--dataset <slug>", "the dataset (ASSAY_DATASET)")
    .option("--json", "machine output on stdout, and nothing else there")
    .option("--retries <n>", "attempts after a network error or 503; 8 where absent", wholeNumber(0, 100))
    .configureHelp({ showGlobalOptions: true });
  for (const add of [...GROUPS, ...SETTING_UP]) add(program, world, done);
  configure(program, world);
  return program;
}

function configure(command: Command, world: World): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => world.stdout.write(text),
    writeErr: (text) => world.stderr.write(text),
  });
  for (const option of command.options)
    if (typeof option.defaultValue === "string") option.defaultValueDescription = spelled(option.defaultValue);
  for (const inner of command.commands) configure(inner, world);
}

/** Runs one command line, without the program's name; answers its exit code. */
export async function assay(args: string[], world: World): Promise<number> {
  let exitCode: number = EXIT.ok;
  try {
    await programOf(world, (code) => (exitCode = code)).parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (!(error instanceof Failure) && !isOfTheSystem(error)) throw error;
    world.stderr.write(`${error.message.split("\n").map(visible).join("\n")}\n`);
    return error instanceof Failure ? error.exitCode : EXIT.usage;
  }
}

/** A full disk, a file that is gone: nothing that a stack would explain. */
function isOfTheSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

const isMain = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (isMain) {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    process.stderr.write(`cannot write the answer: ${error.message}\n`);
    process.exit(EXIT.usage);
  });
  const { env, stdin, stdout, stderr } = process;
  const world = { env, stdin, stdout, stderr, fetch, sleep: (ms: number) => sleep(ms), now: () => performance.now() };
  process.exitCode = await assay(process.argv.slice(2), world);
}
