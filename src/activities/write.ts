// How does a verb become an activity: lock, facts, plan, rows, commit?
import { sha256 } from "../platform/digest.js";
import type { Database } from "../platform/db.js";
import { problem, type UserProblem } from "../platform/errors.js";
import type { Scope } from "../platform/viewer.js";
import { findEarlier, lockDataset, type Earlier, type LockedDataset } from "./queries.js";
import { recordActivities, type Planned } from "./recordActivities.js";
import { enqueue } from "./submissionQueue.js";
import { projectAll } from "./projections.js";
import type { Answer, Command, RequestFields, Verb } from "./verb.js";

export type { Answer, Command, Ids, RequestFields, Verb } from "./verb.js";

/**
 * Carries out a verb on the scope's dataset. Safe to repeat with the same request key, whatever happened before. Where
 * input was prepared before the lock, asked is what the caller sent: a repeat is recognised by it.
 */
export async function write<Input extends RequestFields, Facts>(
  db: Database,
  scope: Scope,
  verb: Verb<Input, Facts>,
  input: Input,
  asked: RequestFields = input,
): Promise<Answer> {
  const requestKey = input.requestKey ?? null;
  const misfit = requestProblem(input);
  if (misfit) return refused([misfit]);
  const command: Command<Input> = {
    scope,
    input,
    requestKey,
    requestDigest: requestKey === null ? null : digestOfInput(verb.kind, asked),
    message: input.message ?? null,
  };
  return enqueue(db, scope.datasetId, verb, command, (commands) => runGroup(db, scope.datasetId, verb, commands));
}

const LONGEST_MESSAGE = 10_000;

function requestProblem({ requestKey, message }: RequestFields): UserProblem | null {
  const bad = (field: string, expected: string, length: number) =>
    problem("INVALID_VALUE", `${field} must be ${expected} characters; got ${length}`, field);
  if (requestKey != null && !/^[\x21-\x7e]{8,255}$/.test(requestKey))
    return bad("requestKey", "8 to 255 visible ASCII", requestKey.length);
  return message != null && message.length > LONGEST_MESSAGE
    ? bad("message", `at most ${LONGEST_MESSAGE}`, message.length)
    : null;
}

function digestOfInput(kind: string, input: RequestFields): Buffer {
  return sha256(`${kind}\n${JSON.stringify({ ...input, requestKey: undefined })}`);
}

function refused(problems: UserProblem[]): Answer {
  return { activity: null, replayed: false, outcome: { accepted: 0, unchanged: 0, problems } };
}

/** One transaction for a group of commands, each with its own activity, number and link in the chain. */
function runGroup<Input, Facts>(
  db: Database,
  datasetId: number,
  verb: Verb<Input, Facts>,
  commands: ReadonlyArray<Command<Input>>,
): Promise<Answer[]> {
  return db.inTransaction(async (tx) => {
    const locked = await lockDataset(tx, datasetId);
    const earlier = await findEarlier(
      tx,
      datasetId,
      commands.map(({ scope, requestKey }) => ({ principalUid: scope.viewer.principalUid, requestKey })),
    );
    const agents = new Map<string, number>();
    for (const [i, { agent }] of earlier.entries())
      if (agent !== null) agents.set(commands[i]!.scope.viewer.principalUid, agent);
    const replays = answerReplays(verb.kind, commands, earlier);
    const fresh = commands.filter((command) => !replays.has(command));
    const answers = new Map<Command<Input>, Answer>(replays);
    if (fresh.length > 0) {
      const facts = await verb.facts(tx, datasetId, fresh);
      const planned = planAll(verb, fresh, facts, locked, answers);
      await recordActivities(tx, locked, agents, planned);
      await projectAll(tx, datasetId, planned);
    }
    return commands.map((command) => answers.get(command)!);
  });
}

/** Where the digest was erased, only the kind can be compared. */
function answerReplays<Input>(
  kind: string,
  commands: ReadonlyArray<Command<Input>>,
  earlier: readonly Earlier[],
): Map<Command<Input>, Answer> {
  const answers = new Map<Command<Input>, Answer>();
  for (const [i, command] of commands.entries()) {
    const replay = earlier[i]!.replay;
    if (!replay) continue;
    const digest = replay.requestDigest ?? command.requestDigest!.toString("hex");
    answers.set(
      command,
      replay.kind === kind && digest === command.requestDigest!.toString("hex")
        ? { activity: replay.activity, replayed: true, outcome: replay.outcome }
        : refused([
            problem(
              "REQUEST_KEY_REUSED",
              `requestKey ${command.requestKey} was used by activity ${replay.activity} with other content; use a new key for new content`,
              "requestKey",
            ),
          ]),
    );
  }
  return answers;
}

function planAll<Input, Facts>(
  verb: Verb<Input, Facts>,
  commands: ReadonlyArray<Command<Input>>,
  facts: Facts,
  locked: LockedDataset,
  answers: Map<Command<Input>, Answer>,
): Planned[] {
  const planned: Planned[] = [];
  for (const command of commands) {
    locked.nextActivity = locked.head + planned.length + 1;
    const decision = verb.plan(command, facts, locked);
    if (decision.kind === "refused") answers.set(command, refused(decision.problems));
    else if (decision.kind === "nothing")
      answers.set(command, { activity: null, replayed: false, outcome: decision.outcome });
    else {
      const activity = locked.nextActivity;
      planned.push({ activity, kind: verb.kind, command, plan: decision.plan });
      answers.set(command, { activity, replayed: false, outcome: decision.plan.outcome });
    }
  }
  return planned;
}
