// How are sources, criteria, guidelines, annotators, batches and plans put into a dataset?
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import {
  ENROL_ANNOTATORS,
  OPEN_BATCHES,
  PUBLISH_COVERAGE_PLAN,
  PUBLISH_CRITERIA,
  PUBLISH_GUIDELINE,
  REGISTER_SOURCES,
} from "./documents.js";
import { reasonOf, usage } from "./failure.js";
import { withoutAbsent } from "./withoutAbsent.js";
import { mutate, type Payload } from "./mutate.js";
import { word } from "./optionValues.js";
import { FieldProblem, type Fields } from "./rows.js";
import { sessionOf } from "./session.js";
import { checkTexts } from "./strictJson.js";
import type { World } from "./world.js";

type Done = (exitCode: number) => void;

interface ListVerb {
  noun: string;
  verb: string;
  mutation: string;
  document: string;
  list: string;
  description: string;
  onConflict: boolean;
  example: string;
}

const LISTS: ListVerb[] = [
  {
    noun: "source",
    verb: "register",
    mutation: "registerSources",
    document: REGISTER_SOURCES,
    list: "sources",
    description: "register the sources of a JSON file",
    onConflict: true,
    example: '{"key": "flan", "kind": "FILTERED_DATASET", "title": "FLAN, chain of thought", "licence": "Apache-2.0"}',
  },
  {
    noun: "criterion",
    verb: "publish",
    mutation: "publishCriteria",
    document: PUBLISH_CRITERIA,
    list: "criteria",
    description: "publish the criteria of a JSON file",
    onConflict: true,
    example: '{"key": "help", "question": "Does the answer help?", "level": "ORDINAL", "categories": [1, 2, 3, 4, 5]}',
  },
  {
    noun: "annotator",
    verb: "enrol",
    mutation: "enrolAnnotators",
    document: ENROL_ANNOTATORS,
    list: "annotators",
    description: "enrol the annotators of a JSON file",
    onConflict: false,
    example: '{"key": "wren", "languages": ["en"], "qualifiedFor": ["rules@1.0"]}',
  },
];

const GUIDELINE = `{"key": "rules", "version": "1.0", "title": "Rules", "criteria": ["help"],
   "clauses": [{"number": "1", "title": "The question", "text": "Answer what was asked."}]}`;
const BATCH = '{"key": "pilot", "title": "Pilot", "guidelineVersion": "rules@1.0"}';
const PLAN = `{"title": "The first release", "dimensions": [],
   "targets": [{"cell": [{"dimension": "SOURCE_KIND", "value": "HUMAN_DEMONSTRATION"}], "minimumCount": 500}]}`;

const help = (example: string, input: string) => `
The file holds one object, such as
  ${example}
or an array of objects, or an object with the list under the API's name for it. All fields: ${input} in
graphql/schema.graphql; more to copy from: scripts/demo/sample.`;

export function addPublishing(program: Command, world: World, done: Done): void {
  for (const each of LISTS) addList(program, world, done, each);
  addGuideline(program, world, done);
  addBatch(program, world, done);
  addPlan(program, world, done);
}

function addList(program: Command, world: World, done: Done, verb: ListVerb): void {
  const group = program.command(verb.noun).description(verb.list);
  const command = group.command(verb.verb).description(verb.description).argument("<file>");
  if (verb.onConflict) {
    command.option("--on-conflict <rule>", "refuse or new-version", word(["REFUSE", "NEW_VERSION"] as const), "REFUSE");
  }
  command
    .option("--message <text>", "a message for the activity log")
    .addHelpText("after", help(verb.example, `${verb.noun[0]!.toUpperCase()}${verb.noun.slice(1)}Input`))
    .action(async (file: string, options: { onConflict?: string; message?: string }) => {
      const session = sessionOf(world, command);
      const items = listOf(await readJson(file), verb.list, file);
      const input = withoutAbsent({ dataset: session.dataset(), [verb.list]: items, ...options });
      done(await mutate(session, verb.mutation, verb.document, input, countLines(verb.list)));
    });
}

const countLines = (noun: string) => (payload: Payload) => [
  `${String(payload["acceptedCount"])} ${noun} recorded, ${String(payload["unchangedCount"])} unchanged`,
];

function addGuideline(program: Command, world: World, done: Done): void {
  const command = program
    .command("guideline")
    .description("guidelines, in immutable versions")
    .command("publish")
    .argument("<file>");
  command
    .description("publish the guideline versions of a JSON file, in order")
    .option("--message <text>", "a message for the activity log")
    .addHelpText("after", help(GUIDELINE, "PublishGuidelineInput"))
    .action(async (file: string, options: { message?: string }) => {
      const session = sessionOf(world, command);
      for (const item of listOf(await readJson(file), "guidelines", file)) {
        const input = withoutAbsent({ dataset: session.dataset(), ...item, ...options });
        const name = `${String(item["key"])}@${String(item["version"])}`;
        const exitCode = await mutate(session, "publishGuideline", PUBLISH_GUIDELINE, input, () => [name]);
        if (exitCode !== 0) return done(exitCode);
      }
    });
}

function addBatch(program: Command, world: World, done: Done): void {
  const command = program
    .command("batch")
    .description("batches of work")
    .command("open")
    .argument("<key-or-file>", "a key, or a .json file of batches");
  command
    .description("open a batch, or the batches of a JSON file")
    .option("--title <text>", "with a key: its title")
    .option("--guideline <key@version>", "with a key: the guideline version it works under")
    .option("--message <text>", "a message for the activity log")
    .addHelpText("after", help(BATCH, "BatchInput"))
    .action(async (given: string, options: { title?: string; guideline?: string; message?: string }) => {
      const session = sessionOf(world, command);
      const { title, guideline, message } = options;
      const batches = given.endsWith(".json")
        ? listOf(await readJson(given), "batches", given)
        : [withoutAbsent({ key: given, title: title ?? given, guidelineVersion: guideline })];
      const input = withoutAbsent({ dataset: session.dataset(), batches, message });
      done(await mutate(session, "openBatches", OPEN_BATCHES, input, countLines("batches")));
    });
}

function addPlan(program: Command, world: World, done: Done): void {
  const command = program.command("plan").description("coverage plans").command("publish").argument("<file>");
  command
    .description("publish the coverage plan of a JSON file")
    .option("--message <text>", "a message for the activity log")
    .addHelpText("after", help(PLAN, "PublishCoveragePlanInput"))
    .action(async (file: string, options: { message?: string }) => {
      const session = sessionOf(world, command);
      const [plan] = listOf(await readJson(file), "plan", file);
      const input = withoutAbsent({ dataset: session.dataset(), ...plan, ...options });
      done(await mutate(session, "publishCoveragePlan", PUBLISH_COVERAGE_PLAN, input, planLines));
    });
}

function planLines(payload: Payload): string[] {
  const version = (payload["coveragePlanVersion"] as { version: number } | null)?.version;
  return version === undefined ? [] : [`coverage plan, version ${version}`];
}

/** JSON from a file, with text that the server could not store refused here. */
export async function readJson(path: string): Promise<unknown> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
    const value: unknown = JSON.parse(text);
    checkTexts(value);
    return value;
  } catch (error) {
    throw usage(`cannot read ${path}: ${error instanceof FieldProblem ? error.reason : reasonOf(error)}`);
  }
}

function listOf(value: unknown, name: string, path: string): Fields[] {
  const inner = isObject(value) && Object.hasOwn(value, name) ? value[name] : value;
  const list: unknown[] = Array.isArray(inner) ? inner : [inner];
  if (list.length === 0 || !list.every(isObject)) {
    throw usage(`${path} holds no objects; give one, an array of them, or {"${name}": […]}`);
  }
  return list;
}

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
