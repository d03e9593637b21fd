// Which reports are computed as jobs, and how far are they?
import type { Command } from "commander";
import type { UserError } from "./bulkCall.js";
import { EXIT, noDataset, serverFailure } from "./failure.js";
import { wholeNumber } from "./optionValues.js";
import type { ConnectionPage } from "./pages.js";
import { sessionOf, type Session } from "./session.js";
import { tableOf, visible, type Cell } from "./table.js";
import { JOB_FIELDS, waitForJob, type ShownJob } from "./waitForJob.js";
import type { World } from "./world.js";

interface KnownJob extends ShownJob {
  startedBy: string | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  attempts: number;
  question: Record<string, unknown>;
}

interface Cancelled {
  job: KnownJob | null;
  userErrors: UserError[];
}

const FIELDS = `${JOB_FIELDS} startedBy createdAt startedAt finishedAt attempts question`;
const JOBS = `query Jobs($slug: String!, $last: Int!) {
  dataset(slug: $slug) { jobs(last: $last) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } }
}`;
const JOB = `query JobByNumber($slug: String!, $number: Int!) { dataset(slug: $slug) { job(number: $number) { ${FIELDS} } } }`;
const CANCEL = `mutation CancelJob($input: CancelJobInput!) {
  cancelJob(input: $input) { job { ${FIELDS} } userErrors { code message path } }
}`;

const HELP = `
A command with --job starts one and waits; a job goes on when the command is stopped, or the server is.
  assay job list
  assay job wait 12      exit code 3 when it failed or was cancelled
  assay job cancel 12`;

export function addJob(program: Command, world: World, done: (exitCode: number) => void): void {
  const job = program
    .command("job")
    .description("reports that are computed apart from a request")
    .addHelpText("after", HELP);
  const list = job
    .command("list")
    .description("the newest jobs")
    .option("--last <n>", "so many, up to 100", wholeNumber(1, 100), 20)
    .action(async ({ last }: { last: number }) => done(await listJobs(sessionOf(world, list), last)));
  const onOne = (name: string, description: string, act: (session: Session, number: number) => Promise<number>) => {
    const command = job.command(name).description(description).argument("<number>", "the job's", numberOf);
    command.action(async (number: number) => done(await act(sessionOf(world, command), number)));
  };
  onOne("show", "how far a job is, and what was asked", showJob);
  onOne("wait", "wait for a job, showing its progress", waitFor);
  onOne("cancel", "cancel a job: a waiting one at once, a running one within seconds", cancelJob);
}

const numberOf = wholeNumber(1, 2 ** 31 - 1);

async function listJobs(session: Session, last: number): Promise<number> {
  const slug = session.dataset();
  const variables = { slug, last };
  const { dataset } = await session
    .client()
    .request<{ dataset: { jobs: ConnectionPage<KnownJob> } | null }>(JOBS, variables);
  if (dataset === null) throw noDataset(slug);
  const jobs = dataset.jobs.nodes;
  session.output.answer(jobs, () => (jobs.length === 0 ? ["no jobs yet"] : jobsTable(jobs)));
  return EXIT.ok;
}

function jobsTable(jobs: KnownJob[]): string[] {
  const cells = jobs.map((job): Cell[] => [
    `${job.number}`,
    job.kind,
    stateOf(job),
    job.startedBy,
    job.createdAt.slice(0, 19).replace("T", " "),
  ]);
  return tableOf(["job", "report", "state", "asked by", "asked at"], cells);
}

function stateOf({ state, progress, step }: ShownJob): string {
  if (state !== "RUNNING") return state.toLowerCase();
  return [`${Math.floor(progress * 100)}%`, step].filter(Boolean).join(", ");
}

async function showJob(session: Session, number: number): Promise<number> {
  const job = await jobOf(session, number);
  session.output.answer(job, () => [
    `job ${job.number}: ${job.kind}, ${stateOf(job)}${job.problem === null ? "" : `: ${visible(job.problem)}`}`,
    `asked by ${visible(job.startedBy ?? "somebody who was erased")} at ${job.createdAt}; begun ${job.attempts === 1 ? "once" : `${job.attempts} times`}` +
      (job.finishedAt === null ? "" : `, ended at ${job.finishedAt}`),
    ...Object.entries(job.question).map(([name, value]) => `  ${name}: ${visible(JSON.stringify(value))}`),
  ]);
  return EXIT.ok;
}

async function waitFor(session: Session, number: number): Promise<number> {
  const job = await waitForJob(session, await jobOf(session, number));
  session.output.answer(job, () => []);
  return EXIT.ok;
}

async function cancelJob(session: Session, number: number): Promise<number> {
  const { id } = await jobOf(session, number);
  const input = { dataset: session.dataset(), jobId: id };
  const { cancelJob } = await session.client().request<{ cancelJob: Cancelled }>(CANCEL, { input });
  for (const { code, message } of cancelJob.userErrors) session.output.say(`${message} (${code})`);
  if (cancelJob.job === null) return EXIT.server;
  const { job } = cancelJob;
  session.output.answer(job, () => [`job ${number}: ${stateOf(job)}`]);
  return EXIT.ok;
}

async function jobOf(session: Session, number: number): Promise<KnownJob> {
  const slug = session.dataset();
  const data = await session.client().request<{ dataset: { job: KnownJob | null } | null }>(JOB, { slug, number });
  if (data.dataset === null) throw noDataset(slug);
  if (data.dataset.job === null) throw serverFailure(`${slug} has no job ${number}`);
  return data.dataset.job;
}
