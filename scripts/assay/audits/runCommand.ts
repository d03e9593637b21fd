// How is a bias audit computed, with progress, and recorded?
import type { Command } from "commander";
import type { UserError } from "../bulkCall.js";
import { computeFirst } from "../computeFirst.js";
import { EXIT, serverFailure } from "../failure.js";
import { collect, fraction, list, wholeNumber, word } from "../optionValues.js";
import { readJson } from "../publishCommands.js";
import { commandKey } from "../requestKeys.js";
import type { Fields } from "../rows.js";
import { sessionOf, type Session } from "../session.js";
import { addSnapshotOptions, type SnapshotOptions } from "../snapshotOption.js";
import { withoutAbsent } from "../withoutAbsent.js";
import type { World } from "../world.js";
import { RECORD_AUDIT } from "./auditDocuments.js";
import { showAudit } from "./auditReads.js";

const FAMILIES = [
  "REPRESENTATION",
  "ASSOCIATION",
  "TREATMENT",
  "STYLE",
  "PROVENANCE",
  "POOL",
  "DISPARITY",
  "SELF_PREFERENCE",
] as const;

const HELP = `
Computes as a job, shows its progress, records the audit and shows it. Everything that can be tested is, where nothing is said.

  assay audit run --title "Third quarter"
  assay audit run --at candidate:3 --families style,treatment --dimension topic
  assay audit run --families disparity --criterion helpfulness --attribute gender --attribute age`;

interface RunOptions extends SnapshotOptions {
  title?: string;
  families?: string[];
  criterion?: string[];
  lexicon?: string[];
  dimension?: string[];
  attribute?: string[];
  stratifyBy?: string;
  filter?: string;
  alpha?: number;
  seed?: number;
  fewestRatings?: number;
  message?: string;
}

export function addRun(audit: Command, world: World, done: (exitCode: number) => void): void {
  const command = audit.command("run").description("compute an audit as a job, and record it");
  addSnapshotOptions(command)
    .option("--title <text>", "what the record is called")
    .option(
      "--families <list>",
      `of ${FAMILIES.join(", ").toLowerCase().replaceAll("_", "-")}; all where absent`,
      familiesOf,
    )
    .option("--criterion <key>", "a criterion whose ratings count; all where absent; repeatable", collect)
    .option("--lexicon <name>", "a lexicon, such as people@2; all that name people where absent; repeatable", collect)
    .option("--dimension <key>", "a label dimension to compare by; repeatable", collect)
    .option("--attribute <key>", "an attribute of annotators to compare by; all where absent; repeatable", collect)
    .option("--stratify-by <key>", "an attribute that annotators may differ by: they are compared within it")
    .option("--filter <file>", "a JSON file with an ExampleFilter")
    .option("--alpha <n>", "q below it is significant; 0.05 where absent", fraction(0.001, 0.2))
    .option("--seed <n>", "of all that is drawn; 1 where absent", wholeNumber(0, 4_294_967_295))
    .option("--fewest-ratings <n>", "annotators with fewer are not compared; 20 where absent", wholeNumber(1, 10_000))
    .option("--message <text>", "a message for the activity log")
    .addHelpText("after", HELP)
    .action(async (options: RunOptions) => done(await runAudit(sessionOf(world, command), options)));
}

const familiesOf = (value: string) => list(value).map(word(FAMILIES));

async function runAudit(session: Session, options: RunOptions): Promise<number> {
  const question = await questionOf(options);
  const moment = await computeFirst(session, "computeBiasAudit", options, question);
  const number = await record(session, options, { at: moment, question });
  session.output.say(`recorded as audit ${number}`);
  return (await showAudit(session, number)) || EXIT.ok;
}

async function questionOf(options: RunOptions): Promise<Fields> {
  const { families, criterion, lexicon, dimension, attribute, stratifyBy, filter, alpha, seed, fewestRatings } =
    options;
  return withoutAbsent({
    families,
    criteria: criterion,
    lexicons: lexicon,
    dimensions: dimension,
    attributes: attribute,
    stratifyBy,
    filter: filter === undefined ? undefined : await readJson(filter),
    alpha,
    seed,
    fewestRatings,
  });
}

interface Recorded {
  audit: { number: number } | null;
  userErrors: UserError[];
}

async function record(session: Session, options: RunOptions, asked: { at: Fields; question: Fields }): Promise<number> {
  const { population, message, title = `Audit of ${session.dataset()}` } = options;
  const requestKey = commandKey("recordAudit");
  const input = withoutAbsent({ dataset: session.dataset(), requestKey, title, population, message, ...asked });
  const { recordAudit } = await session.client().request<{ recordAudit: Recorded }>(RECORD_AUDIT, { input });
  if (recordAudit.audit) return recordAudit.audit.number;
  throw serverFailure(recordAudit.userErrors.map((one) => `${one.message} (${one.code})`).join("\n"));
}
