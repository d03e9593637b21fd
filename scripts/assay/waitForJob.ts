// How does a command wait for a job, and show how far it is?
import { serverFailure } from "./failure.js";
import type { Session } from "./session.js";

export interface ShownJob {
  id: string;
  number: number;
  kind: string;
  state: "QUEUED" | "RUNNING" | "DONE" | "FAILED" | "CANCELLED";
  progress: number;
  step: string;
  problem: string | null;
}

export const JOB_FIELDS = "id number kind state progress step problem";
const JOB = `query Job($id: ID!) { node(id: $id) { ... on Job { ${JOB_FIELDS} } } }`;
const LOOK_MILLISECONDS = 500;

/** The job when it is done. Throws Failure when it failed or was cancelled. */
export async function waitForJob({ world, output, client }: Session, started: ShownJob): Promise<ShownJob> {
  const asked = client();
  let job = started;
  let said = "";
  while (job.state === "QUEUED" || job.state === "RUNNING") {
    const line = progressLine(job);
    if (line !== said) output.say((said = line));
    await world.sleep(LOOK_MILLISECONDS);
    job = (await asked.request<{ node: ShownJob }>(JOB, { id: job.id })).node;
  }
  if (job.state !== "DONE")
    throw serverFailure(`job ${job.number} ${job.state === "FAILED" ? `failed: ${job.problem}` : "was cancelled"}`);
  output.say(`job ${job.number} is done`);
  return job;
}

function progressLine({ number, state, progress, step }: ShownJob): string {
  if (state === "QUEUED") return `job ${number} waits`;
  return `job ${number}: ${Math.floor(progress * 100)}%${step === "" ? "" : `, ${step}`}`;
}
