// What came of a command that is one call?
import type { UserError } from "./bulkCall.js";
import { EXIT } from "./failure.js";
import { commandKey } from "./requestKeys.js";
import type { Fields } from "./rows.js";
import type { Session } from "./session.js";

export interface Payload extends Fields {
  activity: { number: number } | null;
  replayed: boolean;
  userErrors: UserError[];
}

/**
 * Sends one mutation under a key of its own, prints what the server says, and answers the exit code. Refusals are printed
 * with their path; the payload's own fields by `lines`.
 */
export async function mutate(
  session: Session,
  mutation: string,
  document: string,
  input: Fields,
  lines: (payload: Payload) => string[],
): Promise<number> {
  const keyed = { requestKey: commandKey(mutation), ...input };
  const data = await session.client().request<Record<string, Payload>>(document, { input: keyed });
  const payload = data[mutation]!;
  for (const error of payload.userErrors) session.output.say(`${pathText(error)}${error.message} (${error.code})`);
  session.output.answer(payload, () => [
    ...ifTaken(payload, lines),
    ...activityLine(payload, Object.hasOwn(input, "dataset")),
  ]);
  return payload.userErrors.length > 0 ? EXIT.server : EXIT.ok;
}

function ifTaken(payload: Payload, lines: (payload: Payload) => string[]): string[] {
  return payload.userErrors.length > 0 && payload.activity === null ? [] : lines(payload);
}

const pathText = ({ path }: UserError) => (path.length === 0 ? "" : `${path.join(".")}: `);

/** Datasets, principals and tokens stand in the instance's own log, which numbers apart from those of datasets. */
function activityLine({ activity, replayed, userErrors }: Payload, inDataset: boolean): string[] {
  if (activity === null) return userErrors.length > 0 ? ["nothing was recorded"] : ["nothing changed"];
  return [
    `activity ${activity.number}${inDataset ? "" : " of the instance"}${replayed ? " (of an earlier call with this key)" : ""}`,
  ];
}
