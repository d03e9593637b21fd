// What was said to annotators, and how do they say that they have read it?
import type { Command } from "commander";
import { EXIT, noDataset, serverFailure, usage } from "../failure.js";
import { mutate } from "../mutate.js";
import { allNodes, collected, type ConnectionPage } from "../pages.js";
import { sessionOf, type Session } from "../session.js";
import { computedOn } from "../snapshotOption.js";
import { tableOf, visible, type Cell } from "../table.js";
import { withoutAbsent } from "../withoutAbsent.js";
import type { World } from "../world.js";
import { ACKNOWLEDGE_FEEDBACK, FEEDBACK_LIST, MY_FEEDBACK } from "./annotatorDocuments.js";
import { reportView, type ShownReport } from "./annotatorView.js";

type Done = (exitCode: number) => void;

interface Moment {
  number: number;
  recordedAt: string;
}

interface Feedback {
  id: string;
  annotator: { key: string };
  criterionVersion: { key: string; version: number };
  asOf: Moment;
  /** Null where it was erased. */
  report: (Omit<ShownReport, "annotator"> & { annotator: string; kind: string; population: string }) | null;
  words: string | null;
  sentBy: { label: string };
  activity: Moment;
  acknowledgement: { comment: string | null; activity: Moment } | null;
}

interface WhoseOptions {
  mine?: boolean;
  annotator?: string;
}

export function addFeedbackCommands(program: Command, world: World, done: Done): void {
  const feedback = program.command("feedback").description("what was said to annotators about their work");
  const list = withWhose(feedback.command("list").description("what was sent, in order")).action(
    async (options: WhoseOptions) => done(await listFeedback(sessionOf(world, list), options)),
  );
  const show = withWhose(feedback.command("show").description("one of them: words and numbers").argument("<id>"));
  show.action(async (id: string, options: WhoseOptions) =>
    done(await showFeedback(sessionOf(world, show), id, options)),
  );
  addAcknowledge(feedback, world, done);
}

function withWhose(command: Command): Command {
  return command
    .option("--mine", "only what was sent to me; all that annotators may see")
    .option("--annotator <key>", "only what was sent to this one");
}

async function feedbackOf(session: Session, { mine, annotator }: WhoseOptions): Promise<Feedback[]> {
  if (mine && annotator !== undefined) throw usage("give --mine or --annotator, not both");
  const slug = session.dataset();
  const pick = ({ dataset }: { dataset: Record<string, ConnectionPage<Feedback>> | null }) => {
    if (dataset === null) throw noDataset(slug);
    return dataset[mine ? "myFeedback" : "feedback"]!;
  };
  const variables = { slug, ...withoutAbsent({ annotator }) };
  return collected(allNodes(session.client(), mine ? MY_FEEDBACK : FEEDBACK_LIST, variables, pick));
}

async function listFeedback(session: Session, options: WhoseOptions): Promise<number> {
  const all = await feedbackOf(session, options);
  session.output.answer(all, () => (all.length === 0 ? ["nothing was sent"] : tableOf(HEADER, all.map(cellsOf))));
  return EXIT.ok;
}

const HEADER = ["id", "annotator", "criterion", "as of", "sent by", "sent", "read", "words"];
const LONGEST_WORDS = 60;

function cellsOf({
  id,
  annotator,
  criterionVersion,
  asOf,
  sentBy,
  activity,
  acknowledgement,
  words,
}: Feedback): Cell[] {
  const criterion = `${criterionVersion.key}@${criterionVersion.version}`;
  const line = words === null ? null : visible(words.replace(/\s+/g, " ").trim());
  const short = line && line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS).toWellFormed()}…` : line;
  const read = acknowledgement === null ? null : dayOf(acknowledgement.activity);
  return [id, annotator.key, criterion, asOf.number, sentBy.label, dayOf(activity), read, short];
}

const dayOf = ({ recordedAt }: Moment) => recordedAt.slice(0, 10);

async function showFeedback(session: Session, id: string, options: WhoseOptions): Promise<number> {
  const found = (await feedbackOf(session, options)).find((one) => one.id === id);
  if (!found)
    throw serverFailure(`NOT_FOUND: there is no feedback ${id} that this token may read (--mine shows yours)`);
  session.output.answer(found, () => feedbackView(session.dataset(), found));
  return EXIT.ok;
}

function feedbackView(
  slug: string,
  { words, report, sentBy, asOf, criterionVersion, acknowledgement }: Feedback,
): string[] {
  const criterion = `${criterionVersion.key}@${criterionVersion.version}`;
  const said =
    words === null ? [] : [`${sentBy.label} says:`, ...words.split("\n").map((line) => `  ${visible(line)}`), ""];
  const read = acknowledgement?.comment ? ["", `answer: ${visible(acknowledgement.comment)}`] : [];
  if (report === null) return [...said, "the numbers were erased", ...read];
  const { annotator: key, kind, population, ...numbers } = report;
  return [
    ...said,
    `${criterion}: ${computedOn(slug, asOf, population)}`,
    "",
    ...reportView({ ...numbers, annotator: { key, kind } }),
    ...read,
  ];
}

function addAcknowledge(feedback: Command, world: World, done: Done): void {
  const command = feedback
    .command("acknowledge")
    .description("say that you have read what was sent to you")
    .argument("<id>")
    .option("--comment <text>", "what you say to it")
    .action(async (feedbackId: string, { comment }: { comment?: string }) => {
      const session = sessionOf(world, command);
      const input = { dataset: session.dataset(), feedbackId, ...withoutAbsent({ comment }) };
      done(await mutate(session, "acknowledgeFeedback", ACKNOWLEDGE_FEEDBACK, input, () => ["acknowledged"]));
    });
}
