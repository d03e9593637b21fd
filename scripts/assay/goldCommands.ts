// How do gold values of a file, or one, get into a dataset and out of force?
import type { Command } from "commander";
import { addBulkOptions, bulkCommand, type BulkOptions } from "./bulkCommand.js";
import type { BulkVerb, UserError } from "./bulkCall.js";
import { RETRACT_GOLD_VALUES, SET_GOLD_VALUES } from "./documents.js";
import { EXIT, usage } from "./failure.js";
import { addGoldList } from "./goldListCommand.js";
import { CALL_ROWS, rowsAs, SHARED_HELP } from "./judgementCommands.js";
import { GOLD_UNIT, GOLD_VALUE } from "./judgementOfRow.js";
import { mapTargets, parseMapping, type Shape } from "./mapRow.js";
import { commandKey } from "./requestKeys.js";
import { FieldProblem } from "./rows.js";
import { sessionOf, type Session } from "./session.js";
import { withoutAbsent } from "./withoutAbsent.js";
import type { World } from "./world.js";

type Done = (exitCode: number) => void;

export function addGold(program: Command, world: World, done: Done): void {
  const gold = program.command("gold").description("gold values: what is known to be right, hidden from annotators");
  addSet(gold, world, done);
  addGoldList(gold, world, done);
  addRetract(gold, world, done);
}

const EXAMPLE_OPTION = ["--example <id>", "one example, instead of a file: its latest version"] as const;

const SET_HELP = `
Targets: example, exampleVersionId, criterion, value, tolerance, rationale, clientRef.
  assay gold set gold.csv --map example=item --map value=answer --criterion helpfulness --tolerance 1
  assay gold set --example e-17 --criterion helpfulness@2 --value 4 --rationale 'It answers all three questions.'
A criterion is meant in its latest version, helpfulness@2 in that one. A tolerance says how far a rating may lie from the
value and be right: in places of the categories, or units of a continuous scale. Another value for an example and criterion
supersedes the one in force; the same value, tolerance and rationale again is unchanged. Each stands once in a call.${SHARED_HELP}`;

const RETRACT_HELP = `
Targets: example, exampleVersionId, criterion, clientRef.
  assay gold retract mistakes.csv --map example=item --criterion helpfulness
  assay gold retract --example e-17 --criterion helpfulness
Nothing comes in their place; what was said stays in the log.${SHARED_HELP}`;

/** Options that say what a row says, and count for rows of a file that do not. */
interface ItemOptions extends BulkOptions {
  example?: string;
  criterion?: string;
  value?: string;
  tolerance?: string;
  rationale?: string;
}

interface GoldVerb {
  bulk: BulkVerb;
  shape: Shape;
  /** "set", "taken back" */
  done: string;
}

const SET: GoldVerb = {
  bulk: { verb: "gold-set", mutation: "setGoldValues", list: "goldValues", document: SET_GOLD_VALUES },
  shape: GOLD_VALUE,
  done: "set",
};
const RETRACT: GoldVerb = {
  bulk: { verb: "gold-retract", mutation: "retractGoldValues", list: "items", document: RETRACT_GOLD_VALUES },
  shape: GOLD_UNIT,
  done: "taken back",
};

function addSet(gold: Command, world: World, done: Done): void {
  const command = gold
    .command("set")
    .description("set gold values: those of a file, or one")
    .argument("[file]", "the file, or - for stdin")
    .option(...EXAMPLE_OPTION)
    .option("--criterion <key>", "the criterion; with a file: of rows that name none")
    .option("--value <value>", "the right value of --example")
    .option("--tolerance <number>", "how far a rating may lie from it; with a file: for rows that say none")
    .option("--rationale <text>", "why it is right; with a file: for rows that say nothing");
  addBulkOptions(command, CALL_ROWS, CALL_ROWS)
    .addHelpText("after", SET_HELP)
    .action(async (file: string | undefined, options: ItemOptions) =>
      done(await sendGold(sessionOf(world, command), SET, file, options)),
    );
}

function addRetract(gold: Command, world: World, done: Done): void {
  const command = gold
    .command("retract")
    .description("take gold values back: those of a file, or one")
    .argument("[file]", "the file, or - for stdin")
    .option(...EXAMPLE_OPTION)
    .option("--criterion <key>", "the criterion; with a file: of rows that name none");
  addBulkOptions(command, CALL_ROWS, CALL_ROWS)
    .addHelpText("after", RETRACT_HELP)
    .action(async (file: string | undefined, options: ItemOptions) =>
      done(await sendGold(sessionOf(world, command), RETRACT, file, options)),
    );
}

async function sendGold(
  session: Session,
  verb: GoldVerb,
  file: string | undefined,
  options: ItemOptions,
): Promise<number> {
  const { example, criterion, value, tolerance, rationale } = options;
  if (file === undefined) return sendOne(session, verb, options);
  if (example !== undefined) throw usage("give a file or --example, not both");
  if (value !== undefined) throw usage("--value goes with --example; with a file use --map value=FIELD");
  const fallbacks = withoutAbsent({ criterion, tolerance, rationale }) as Record<string, string>;
  const itemsOf = rowsAs(verb.shape, { ...options, fallbacks });
  return bulkCommand(session, file, options, { bulk: verb.bulk, itemsOf, input: {}, mapping: fallbacks });
}

interface Answered {
  activity: { number: number } | null;
  userErrors: UserError[];
}

async function sendOne(session: Session, { bulk, shape, done }: GoldVerb, options: ItemOptions): Promise<number> {
  const item = itemOf(shape, options);
  const fixed = withoutAbsent({
    dataset: session.dataset(),
    requestKey: commandKey(bulk.verb),
    message: options.message,
  });
  const input = { ...fixed, mode: "ATOMIC", [bulk.list]: [item] };
  const data = await session.client().request<Record<string, Answered>>(bulk.document, { input });
  const payload = data[bulk.mutation]!;
  for (const error of payload.userErrors) session.output.say(`${error.path.join(".")}: ${error.message}`);
  session.output.answer(payload, () => {
    if (payload.userErrors.length > 0) return [];
    const what = `${options.example} on ${options.criterion}`;
    if (payload.activity === null) return [`${what} was so before; nothing changed`];
    return [`${what}: ${done}; activity ${payload.activity.number}`];
  });
  return payload.userErrors.length > 0 ? EXIT.refused : EXIT.ok;
}

/** The options as a row of text would be read, so that --value 4 is the number 4. */
function itemOf(shape: Shape, { example, criterion, value, tolerance, rationale }: ItemOptions) {
  const fallbacks = withoutAbsent({ example, criterion, value, tolerance, rationale }) as Record<string, string>;
  const needed = ["example", ...shape.required];
  if (needed.some((name) => fallbacks[name] === undefined))
    throw usage(`give a FILE, or ${needed.map((name) => `--${name}`).join(", ")}`);
  try {
    return mapTargets(shape, parseMapping(shape, { fallbacks }, true), {});
  } catch (error) {
    throw error instanceof FieldProblem ? usage(`--${error.field} ${error.reason}`) : error;
  }
}
