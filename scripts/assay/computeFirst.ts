// How is a report computed as a job before it is asked for?
import { serverFailure } from "./failure.js";
import type { Fields } from "./rows.js";
import type { Session } from "./session.js";
import { snapshotAt, type SnapshotOptions } from "./snapshotOption.js";
import { JOB_FIELDS, waitForJob, type ShownJob } from "./waitForJob.js";

interface Started {
  job: (ShownJob & { snapshot: { activity: { number: number } } }) | null;
  userErrors: Array<{ code: string; message: string }>;
}

/**
 * Starts it by a mutation such as `computeAgreement`, and waits. Answers the moment that it was computed of, where the same
 * question is then answered at once, whatever was written meanwhile.
 */
export async function computeFirst(
  session: Session,
  mutation: string,
  { at, population }: SnapshotOptions,
  question: Fields,
): Promise<Fields> {
  const moment = snapshotAt(at);
  const input = { dataset: session.dataset(), at: moment, population: population ?? null, question };
  const data = await session.client().request<Record<string, Started>>(documentOf(mutation), { input });
  const { job, userErrors } = data[mutation]!;
  if (userErrors[0]) throw serverFailure(`${userErrors[0].code}: ${userErrors[0].message}`);
  await waitForJob(session, job!);
  return momentOf(moment, job!.snapshot.activity.number);
}

/** A moment as its activity, so that what is written meanwhile changes nothing; a release or candidate is fixed by itself. */
export function momentOf(moment: Fields | null, activity: number): Fields {
  return moment !== null && ("release" in moment || "candidate" in moment) ? moment : { activity };
}

function documentOf(mutation: string): string {
  const name = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}`;
  return `mutation ${name}($input: ${name}Input!) {
  ${mutation}(input: $input) { job { ${JOB_FIELDS} snapshot { activity { number } } } userErrors { code message path } }
}`;
}
