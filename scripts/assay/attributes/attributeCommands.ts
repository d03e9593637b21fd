// How is what annotators consented to be known set, counted and withdrawn?
import type { Command } from "commander";
import { addBulkOptions, bulkCommand, type BulkOptions } from "../bulkCommand.js";
import { EXIT, noDataset, usage } from "../failure.js";
import { evaluate, labelOf, parseExpression } from "../fieldExpression.js";
import { CALL_ROWS, SHARED_HELP } from "../judgementCommands.js";
import { convert } from "../fieldKinds.js";
import { splitPair } from "../mapRow.js";
import { mutate } from "../mutate.js";
import { FieldProblem, type Fields } from "../rows.js";
import { sessionOf } from "../session.js";
import { several } from "../table.js";
import { withoutAbsent } from "../withoutAbsent.js";
import type { World } from "../world.js";
import {
  ANNOTATOR_ATTRIBUTES,
  ANNOTATOR_ATTRIBUTE_TABLE,
  MY_ANNOTATOR_ATTRIBUTES,
  SET_ANNOTATOR_ATTRIBUTES,
  WITHDRAW_ANNOTATOR_ATTRIBUTES,
} from "./attributeDocuments.js";
import { mineLines, reportLines, tableLines, type Mine, type Report, type Table } from "./attributeView.js";

type Done = (exitCode: number) => void;

export function addAttributes(program: Command, world: World, done: Done): void {
  const attributes = program.command("attributes").description("what annotators consented to be known about them");
  addSet(attributes, world, done);
  addShow(attributes, world, done);
  addMine(attributes, world, done);
  addWithdraw(attributes, world, done);
}

const SET_HELP = `
The target annotator is the annotator's key; every other target is an attribute.
  assay attributes set people.jsonl --map annotator=annotator_id --map gender=Gender --consent research-2024@1
DATA_EXPIRED, CONSENT_REVOKED, nan, "prefer not to say", empty and null mean that it is not known: what was known is deleted.
A value with a control character is refused with its line. A file of ratings will do: the same values may come again.
Bring ages and the like in bands: groups of fewer than 5 are never shown.${SHARED_HELP}`;

type SetOptions = BulkOptions & { consent: string; purpose?: string; grantedAt?: string };

function addSet(attributes: Command, world: World, done: Done): void {
  const command = attributes
    .command("set")
    .description("set attributes of annotators, those of a file")
    .argument("<file>", "the file, or - for stdin")
    .requiredOption("--consent <name@version>", "the consent they gave")
    .option("--purpose <text>", "what it may be used for")
    .option("--granted-at <time>", "when they gave it, such as 2024-05-01T00:00:00Z; now where absent");
  addBulkOptions(command, CALL_ROWS, CALL_ROWS)
    .addHelpText("after", SET_HELP)
    .action(async (file: string, options: SetOptions) => {
      const { consent, purpose, grantedAt } = options;
      const bulk = {
        verb: "attributes-set",
        mutation: "setAnnotatorAttributes",
        list: "annotators",
        document: SET_ANNOTATOR_ATTRIBUTES,
      };
      const input = withoutAbsent({ consent, purpose, grantedAt });
      const itemsOf = () => annotatorOfRow(options);
      done(await bulkCommand(sessionOf(world, command), file, options, { bulk, itemsOf, input, mapping: {} }));
    });
}

/** One row's annotator with all attributes that are mapped. */
function annotatorOfRow({ map = [], set = [] }: BulkOptions) {
  const pairs = map.map((pair) => splitPair(pair, "--map"));
  const targets = new Map(pairs.map(([target, source]) => [target, parseExpression(source)]));
  if (targets.size < pairs.length) throw usage("a target is mapped twice; map each once");
  const annotator = targets.get("annotator") ?? parseExpression("annotator");
  targets.delete("annotator");
  const fixed = set.map((pair) => splitPair(pair, "--set")).map(([attribute, value]) => ({ attribute, value }));
  if (targets.size + fixed.length === 0) throw usage("no attribute is mapped; give --map gender=FIELD");
  return (fields: Fields) => {
    const key = evaluate(annotator, fields, false);
    if (key === undefined) throw new FieldProblem("annotator", "is missing");
    const mapped = [...targets].flatMap(([attribute, expression]) => {
      const value = evaluate(expression, fields, false);
      if (value === undefined) return [];
      const text = value === null || value === "" ? null : convert("key", value, labelOf(expression, attribute), false);
      return [{ attribute, value: text }];
    });
    const item = {
      annotator: convert("key", key, labelOf(annotator, "annotator"), false),
      attributes: [...mapped, ...fixed],
    };
    return { items: [item], left: [] };
  };
}

const SHOW_HELP = `
  assay attributes show
  assay attributes show gender age-band
Groups of fewer than 5 people are shown as one, with as many others as it takes that none can be worked out. Nobody is shown.`;

function addShow(attributes: Command, world: World, done: Done): void {
  const command = attributes
    .command("show")
    .description("how many annotators are in which group, of each attribute or of two together")
    .argument("[rows]", "an attribute")
    .argument("[columns]", "another attribute")
    .addHelpText("after", SHOW_HELP)
    .action(async (rows: string | undefined, columns: string | undefined) => {
      const session = sessionOf(world, command);
      const slug = session.dataset();
      if (rows !== undefined && columns !== undefined) {
        const data = await session.client().request<Crossed>(ANNOTATOR_ATTRIBUTE_TABLE, { slug, rows, columns });
        if (data.dataset === null) throw noDataset(slug);
        const table = data.dataset.annotatorAttributeTable;
        session.output.answer(table, () => tableLines(table));
      } else {
        const data = await session.client().request<Counted>(ANNOTATOR_ATTRIBUTES, { slug });
        if (data.dataset === null) throw noDataset(slug);
        const reports = data.dataset.annotatorAttributes.filter((one) => rows === undefined || one.attribute === rows);
        if (rows !== undefined && reports.length === 0) throw usage(`${rows} is known of nobody`);
        session.output.answer(reports, () => reportLines(reports));
      }
      done(EXIT.ok);
    });
}

interface Counted {
  dataset: { annotatorAttributes: Report[] } | null;
}
interface Crossed {
  dataset: { annotatorAttributeTable: Table } | null;
}

function addMine(attributes: Command, world: World, done: Done): void {
  const command = attributes
    .command("mine")
    .description("what is known of you, as an annotator")
    .action(async () => {
      const session = sessionOf(world, command);
      const slug = session.dataset();
      type Data = { dataset: { myAnnotatorAttributes: Mine[] } | null };
      const { dataset } = await session.client().request<Data>(MY_ANNOTATOR_ATTRIBUTES, { slug });
      if (dataset === null) throw noDataset(slug);
      session.output.answer(dataset.myAnnotatorAttributes, () => mineLines(dataset.myAnnotatorAttributes));
      done(EXIT.ok);
    });
}

function addWithdraw(attributes: Command, world: World, done: Done): void {
  const command = attributes
    .command("withdraw")
    .description("delete what is known of an annotator; an owner of anybody, others of themselves")
    .argument("<annotator>", "the annotator's key")
    .option("--attribute <name>", "only this attribute")
    .option("--message <text>", "a message for the activity log")
    .action(async (annotator: string, { attribute, message }: { attribute?: string; message?: string }) => {
      const session = sessionOf(world, command);
      const input = withoutAbsent({ dataset: session.dataset(), annotator, attribute, message });
      const lines = (payload: Fields) => [
        `${several(Number(payload["withdrawnCount"]), "value")} of ${annotator} deleted`,
      ];
      done(await mutate(session, "withdrawAnnotatorAttributes", WITHDRAW_ANNOTATOR_ATTRIBUTES, input, lines));
    });
}
