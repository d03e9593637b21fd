// How do the examples of a file get into a dataset?
import type { Command } from "commander";
import { addBulkOptions, bulkCommand, type BulkOptions } from "./bulkCommand.js";
import { checkContent, importChecks } from "./importChecks.js";
import { IMPORT_EXAMPLES } from "./documents.js";
import { exampleMapper, type ExampleOptions } from "./exampleOfRow.js";
import { LABEL_METHODS } from "./fieldKinds.js";
import { collect, word } from "./optionValues.js";
import type { Fields } from "./rows.js";
import { sessionOf } from "./session.js";
import { withoutAbsent } from "./withoutAbsent.js";
import type { World } from "./world.js";

interface ImportOptions extends BulkOptions, ExampleOptions {
  map?: string[];
  set?: string[];
  onConflict: string;
  enrol?: boolean;
  source?: string;
  batch?: string;
  author?: string;
  language?: string;
}

const BULK = { verb: "import", mutation: "importExamples", list: "examples", document: IMPORT_EXAMPLES };

const HELP = `
Mapping. Without any mapping rows have the API's own names: id, prompt, response, system, context, turns, source, batch,
author, language, labels, attributes, derivedFrom. With --id or --map only what is mapped is taken:
  --map prompt=question                         a field; instances.0.input goes inside; a field "a.b" is found as such
  --map 'prompt={instruction}{?\\n\\n{input}}'    a template; a {? section} is left out when its field is empty or absent;
                                                {field|json} writes it as JSON does, control characters as escapes
  --map 'language=lang?'                        ? lets a field be absent or null; else that is the row's problem
  --map context=context, --map turns=messages   lists of {role, content}; from, text and value are understood as well
  --id '{subset}-{index}'  --label intent=task  --attribute rank=rank?  --set source=gpteacher  --keep-rest
--format oasst-trees reads trees of messages: one example for each assistant message, with its path as context.
Nothing is changed on the way: rows with bytes that are not UTF-8, NUL, keys given twice, numbers that a double cannot
hold, or a number where text is needed are refused, with file, line and field, and the rest goes in.

Exactly once. Every call carries a request key made from the file's content, the options and the call's place, so the
same command can be given again after any failure: what is in is not added twice. --resume only saves the sending.

--atomic. All rows are read, mapped and checked, and every source, batch and author they name is looked up, before the
first call; if anything is wrong, nothing is sent. A file that fits one call (--chunk-rows, --chunk-bytes) then goes in
whole or not at all. A larger one goes in call by call, each whole or not at all, and stops at the first call with a row
that the server refuses: the calls before it stay in (the log only grows), and it is said up to which line.

Exit codes: 0 all in, 1 some rows refused, 2 wrong usage or unreadable input, 3 server refused or out of reach.`;

export function addImport(program: Command, world: World, done: (exitCode: number) => void): void {
  const command = program
    .command("import")
    .description("import examples from JSON lines or CSV, plain or gzip")
    .argument("<file>", "the file, or - for stdin")
    .option("--id <field>", "the external id: a field or a template")
    .option("--label <dimension=field>", "a taxonomy label; repeatable", collect)
    .option("--label-method <method>", "how the labels came about: human, rule, model or source", word(LABEL_METHODS))
    .option("--attribute <name=field>", "an attribute; repeatable", collect)
    .option("--keep-rest", "keep fields that are not mapped as attributes")
    .option(
      "--on-conflict <rule>",
      "refuse or new-version: an id with other content",
      word(["REFUSE", "NEW_VERSION"]),
      "REFUSE",
    )
    .option("--enrol", "enrol authors that are not known yet")
    .option("--source <key>", "the source of rows that name none")
    .option("--batch <key>", "the batch of rows that name none")
    .option("--author <key>", "the author of rows that name none")
    .option("--language <tag>", "the language of rows that name none");
  addBulkOptions(command, 1000, 1000)
    .addHelpText("after", HELP)
    .action(async (file: string, options: ImportOptions) => {
      const session = sessionOf(world, command);
      done(await bulkCommand(session, file, options, specOf(options, session)));
    });
}

function specOf(options: ImportOptions, session: ReturnType<typeof sessionOf>) {
  const { id, label, attribute, keepRest, labelMethod, onConflict, enrol, source, batch, author, language } = options;
  const defaults = withoutAbsent({ source, batch, author, language });
  return {
    bulk: BULK,
    itemsOf: (format: Parameters<typeof exampleMapper>[1]) => {
      const mapper = exampleMapper(options, format);
      return (fields: Fields) => {
        const { item, left } = mapper.exampleOf(fields);
        if (options.atomic || options.dryRun) checkContent(item);
        return { items: [item], left };
      };
    },
    input: { onConflict, enrol: enrol ?? false, ...(Object.keys(defaults).length === 0 ? {} : { defaults }) },
    mapping: { id, label, attribute, keepRest, labelMethod },
    checkChunk: importChecks(options.dryRun ? "" : session.dataset(), { defaults, enrol, onConflict }),
  };
}
