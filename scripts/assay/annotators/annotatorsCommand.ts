// What is annotators' work like, and how are they told?
import type { Command } from "commander";
import { computeFirst } from "../computeFirst.js";
import { EXIT, serverFailure, usage } from "../failure.js";
import { mutate } from "../mutate.js";
import { word } from "../optionValues.js";
import { allNodes, collected, type ConnectionPage } from "../pages.js";
import type { Fields } from "../rows.js";
import { sessionOf, type Session } from "../session.js";
import { computedOn, snapshotAt, snapshotOf, snapshotVariables } from "../snapshotOption.js";
import { visible } from "../table.js";
import { withoutAbsent } from "../withoutAbsent.js";
import type { World } from "../world.js";
import { ANNOTATOR_LIST, ANNOTATOR_REPORT, SEND_FEEDBACK } from "./annotatorDocuments.js";
import { addQualityOptions, questionOf, type QualityOptions } from "./annotatorOptions.js";
import { annotatorTable, reportView, type ShownLine, type ShownReport } from "./annotatorView.js";

type Done = (exitCode: number) => void;

const ORDERS = ["NAME", "LEAST_AGREEMENT", "MOST_RATINGS"] as const;

const HELP = `
  assay annotators --criterion helpfulness --order least-agreement
  assay annotators show ann-07 --criterion helpfulness
  assay annotators feedback ann-07 --criterion helpfulness --message 'Clause 2.1 says when a 3 is a 4.'
Everybody is measured against people, models too. Numbers in brackets are intervals; what is missing is –. show gives the
reasons, and what a number is when it is judged partly by the others, since few ratings say little.`;

export function addAnnotators(program: Command, world: World, done: Done): void {
  const command = program.command("annotators");
  command
    .description("what each annotator's work is like, in numbers with intervals: evidence, and no verdict")
    .option("--order <order>", "name, least-agreement, most-ratings", word(ORDERS), "NAME");
  addQualityOptions(command)
    .addHelpText("after", HELP)
    .action(async (options: ListOptions) => done(await listAnnotators(sessionOf(world, command), options)));
  addShow(command, world, done);
  addFeedback(command, world, done);
}

interface ListOptions extends QualityOptions {
  order: (typeof ORDERS)[number];
}

interface Cited {
  activity: { number: number; recordedAt: string };
  population: string;
  methodVersion: string;
  cache: string;
}
type Answer<Report> = { dataset: { snapshot: { annotatorQuality: Report } | null } | null };

async function listAnnotators(session: Session, options: ListOptions): Promise<number> {
  const slug = session.dataset();
  const moment = await momentOf(session, options);
  const variables = { ...snapshotVariables(slug, options, moment), ...questionOf(options), order: options.order };
  let cited: Cited | undefined;
  const pick = (data: Answer<Cited & { annotators: ConnectionPage<ShownLine> }>) => {
    const { annotators, ...report } = snapshotOf(data.dataset, slug, options.at).annotatorQuality;
    cited ??= report;
    return annotators;
  };
  const lines = await collected(allNodes(session.client(), ANNOTATOR_LIST, variables, pick));
  session.output.answer({ ...cited, annotators: lines }, () => [
    titleOf(slug, options, cited!),
    "",
    ...annotatorTable(lines),
  ]);
  return EXIT.ok;
}

/** Of the job, where one is asked for. */
async function momentOf(session: Session, options: QualityOptions): Promise<Fields | null> {
  return options.job ? computeFirst(session, "computeAnnotatorQuality", options, questionOf(options)) : null;
}

function titleOf(slug: string, { criterion }: QualityOptions, { activity, population, methodVersion }: Cited): string {
  return `${visible(criterion!)}: ${computedOn(slug, activity, population)}, method ${methodVersion}`;
}

/** The options of annotators count for what is below it, too, before or after the name. */
function addShow(annotators: Command, world: World, done: Done): void {
  const command = annotators.command("show").description("everything about one annotator").argument("<key>");
  command.action(async (key: string) =>
    done(await showAnnotator(sessionOf(world, command), key, command.optsWithGlobals<QualityOptions>())),
  );
}

async function showAnnotator(session: Session, key: string, options: QualityOptions): Promise<number> {
  const slug = session.dataset();
  const moment = await momentOf(session, options);
  const question = questionOf({ ...options, kinds: options.kinds ?? ["HUMAN", "MODEL"] });
  const data = await session.client().request<Answer<Cited & { annotator: ShownReport | null }>>(ANNOTATOR_REPORT, {
    ...snapshotVariables(slug, options, moment),
    ...question,
    key,
  });
  const report = snapshotOf(data.dataset, slug, options.at).annotatorQuality;
  const { annotator } = report;
  if (annotator === null)
    throw serverFailure(`NOT_FOUND: ${key} has rated nothing on ${options.criterion}, or there is no such annotator`);
  session.output.answer(report, () => [titleOf(slug, options, report), "", ...reportView(annotator)]);
  return EXIT.ok;
}

function addFeedback(annotators: Command, world: World, done: Done): void {
  const command = annotators
    .command("feedback")
    .description("send an annotator their own numbers, as they are now or --at a moment, with your words")
    .argument("<key>")
    .option("--message <text>", "what you say to them; nobody else reads it but those who may read feedback")
    .action(async (annotator: string, { message: words }: { message?: string }) => {
      const session = sessionOf(world, command);
      const input = { dataset: session.dataset(), annotator, ...feedbackInput(command.optsWithGlobals()), words };
      done(
        await mutate(session, "sendFeedback", SEND_FEEDBACK, withoutAbsent(input), ({ feedback }) => [
          `sent to ${visible(annotator)}: feedback ${(feedback as { id: string }).id}`,
        ]),
      );
    });
}

/** What is sent are the numbers that nothing but the criterion and the moment decide. */
function feedbackInput({ criterion, criterionVersion, at, ...options }: QualityOptions): Fields {
  if (criterion === undefined) throw usage("give --criterion KEY");
  for (const name of [
    "population",
    "repeats",
    "strata",
    "kinds",
    "annotators",
    "filter",
    "weighting",
    "confidence",
    "job",
  ] as const)
    if (options[name] !== undefined) throw usage(`--${name} is for the table and show; feedback has the usual numbers`);
  return { criterion, criterionVersion, at: at === undefined ? undefined : snapshotAt(at) };
}
