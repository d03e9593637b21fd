// How do ratings, decisions and labels of a file get into a dataset?
import type { Command } from "commander";
import { addBulkOptions, bulkCommand, type BulkOptions } from "./bulkCommand.js";
import type { UserError } from "./bulkCall.js";
import { DECIDE_EXAMPLES, LABEL_EXAMPLES, SUBMIT_RATINGS } from "./documents.js";
import { EXIT, usage } from "./failure.js";
import { STRATA, VERDICTS } from "./fieldKinds.js";
import { withoutAbsent } from "./withoutAbsent.js";
import { DECISION, judgementMapper, LABELLING, RATING } from "./judgementOfRow.js";
import type { MappingOptions, Shape } from "./mapRow.js";
import { collect, list, word } from "./optionValues.js";
import type { Format } from "./readRecords.js";
import { commandKey } from "./requestKeys.js";
import type { Fields } from "./rows.js";
import { sessionOf, type Session } from "./session.js";
import type { World } from "./world.js";

type Done = (exitCode: number) => void;

export const CALL_ROWS = 5000;

export const SHARED_HELP = `
Columns that have a target's name need no --map. Fields, templates, ? and exit codes are as in: assay import --help.
--atomic reads and maps every row before the first call. A file that fits one call then goes in whole or not at all; a
larger one goes in call by call and stops at the first call with a row that the server refuses.`;

const RATE_HELP = `
Targets: example, criterion, annotator, value, guidelineVersion, batch, stratum, seconds, occurredAt, rationale, clientRef.
  assay rate csc.jsonl --map example=item_id --map annotator=annotator_id --criterion sarcasm --guideline csc@1.0 --enrol
An annotator who rates the same example on the same criterion again supersedes the earlier value, in file order; both
stay in the log. In CSV a value that JSON would call a number is sent as one; "007" and "4 " stay text.${SHARED_HELP}`;

export function addRate(program: Command, world: World, done: Done): void {
  const command = program
    .command("rate")
    .description("submit the ratings of a file")
    .argument("<file>", "the file, or - for stdin")
    .option("--criterion <key>", "the criterion of rows that name none")
    .option("--guideline <key@version>", "the guideline version of rows that name none")
    .option("--batch <key>", "the batch of rows that name none")
    .option("--stratum <stratum>", "why these ratings exist: open, random, adaptive, calibration, gold", word(STRATA))
    .option("--enrol", "enrol annotators that are not known yet");
  addBulkOptions(command, CALL_ROWS, CALL_ROWS)
    .addHelpText("after", RATE_HELP)
    .action(async (file: string, options: BulkOptions & Record<string, string | undefined> & { enrol?: boolean }) => {
      const { guideline, batch, stratum, enrol, criterion } = options;
      const input = withoutAbsent({ guidelineVersion: guideline, batch, stratum, enrol: enrol ?? false });
      const bulk = { verb: "rate", mutation: "submitRatings", list: "ratings", document: SUBMIT_RATINGS };
      const itemsOf = rowsAs(RATING, { ...options, fallbacks: { criterion } });
      done(
        await bulkCommand(sessionOf(world, command), file, options, { bulk, itemsOf, input, mapping: { criterion } }),
      );
    });
}

export const rowsAs = (shape: Shape, options: MappingOptions) => (format: Format) => {
  const mapper = judgementMapper(shape, options, format);
  return (fields: Fields) => ({ items: mapper.itemsOf(fields), left: [] });
};

export function addLabel(program: Command, world: World, done: Done): void {
  const command = program
    .command("label")
    .description("replace taxonomy labels of examples by those of a file")
    .argument("<file>", "the file, or - for stdin")
    .option("--label <dimension=field>", "a dimension's values from a field; repeatable", collect);
  addBulkOptions(command, CALL_ROWS, CALL_ROWS)
    .addHelpText(
      "after",
      `\nTargets: example, dimension, values (a list; in CSV a;b), method, confidence.${SHARED_HELP}`,
    )
    .action(async (file: string, options: BulkOptions & { label?: string[] }) => {
      const bulk = { verb: "label", mutation: "labelExamples", list: "labels", document: LABEL_EXAMPLES };
      const spec = { bulk, itemsOf: rowsAs(LABELLING, options), input: {}, mapping: { label: options.label } };
      done(await bulkCommand(sessionOf(world, command), file, options, spec));
    });
}

type DecideOptions = BulkOptions & { example?: string; verdict?: string; reason?: string; clause?: string[] };

export function addDecide(program: Command, world: World, done: Done): void {
  const command = program
    .command("decide")
    .description("accept, reject, send back or withdraw examples: those of a file, or one")
    .argument("[file]", "the file, or - for stdin")
    .option("--example <id>", "one example, instead of a file")
    .option(
      "--verdict <verdict>",
      "accept, reject, needs-work or withdraw; with a file: for rows that name none",
      word(VERDICTS),
    )
    .option("--reason <text>", "why; with a file: for rows that name none")
    .option(
      "--clause <key@version#number>",
      "a guideline clause that decided it; repeatable or a,b",
      (value, before) => [...((before as string[] | undefined) ?? []), ...list(value)],
    );
  addBulkOptions(command, CALL_ROWS, CALL_ROWS)
    .addHelpText("after", `\nTargets: example, verdict, reason, clauses (a list; in CSV a;b), clientRef.${SHARED_HELP}`)
    .action(async (file: string | undefined, options: DecideOptions) => {
      const session = sessionOf(world, command);
      done(await (file === undefined ? decideOne(session, options) : decideFile(session, file, options)));
    });
}

function decideFile(session: Session, file: string, options: DecideOptions): Promise<number> {
  if (options.example !== undefined) throw usage("give a file or --example, not both");
  const fallbacks = { verdict: options.verdict, reason: options.reason, clauses: options.clause?.join(";") };
  const itemsOf = rowsAs(DECISION, { ...options, fallbacks });
  const bulk = { verb: "decide", mutation: "decideExamples", list: "decisions", document: DECIDE_EXAMPLES };
  return bulkCommand(session, file, options, { bulk, itemsOf, input: {}, mapping: fallbacks });
}

interface Decided {
  decideExamples: { activity: { number: number } | null; unchangedCount: number; userErrors: UserError[] };
}

async function decideOne(session: Session, options: DecideOptions): Promise<number> {
  const { example, verdict, reason, clause, message } = options;
  if (example === undefined || verdict === undefined) throw usage("give a FILE, or --example ID with --verdict");
  const decision = withoutAbsent({ externalId: example, verdict, reason, clauses: clause });
  const fixed = withoutAbsent({ dataset: session.dataset(), requestKey: commandKey("decide"), message });
  const input = { ...fixed, mode: "ATOMIC", decisions: [decision] };
  const { decideExamples: payload } = await session.client().request<Decided>(DECIDE_EXAMPLES, { input });
  for (const error of payload.userErrors) session.output.say(`${error.path.join(".")}: ${error.message}`);
  session.output.answer(payload, () => {
    if (payload.userErrors.length > 0) return [];
    if (payload.activity === null) return [`${example} was decided so before; nothing changed`];
    return [`${example}: ${verdict}; activity ${payload.activity.number}`];
  });
  return payload.userErrors.length > 0 ? EXIT.refused : EXIT.ok;
}
