// How does a verb become an activity: lock, facts, plan, rows, commit?
import { sha256 } from "../platform/digest.js";
import type { Database, Tx } from "../platform/db.js";
import { problem, type UserProblem } from "../platform/errors.js";
import type { Scope } from "../platform/viewer.js";
import { findAgents, findReplays, lockDataset, type LockedDataset } from "./queries.js";
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
  if (requestKey !== null && !/^[\x21-\x7e]{8,255}$/.test(requestKey))
    return refused([
      problem(
        "INVALID_VALUE",
        `requestKey must be 8 to 255 visible ASCII characters; got ${requestKey.length}`,
        "requestKey",
      ),
    ]);
  const command: Command<Input> = {
    scope,
    input,
    requestKey,
    requestDigest: requestKey === null ? null : digestOfInput(verb.kind, asked),
    message: input.message ?? null,
  };
  return enqueue(scope.datasetId, verb, command, (commands) => runGroup(db, scope.datasetId, verb, commands));
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
    const agents = await findAgents(
      tx,
      datasetId,
      commands.map((command) => command.scope.viewer.principalUid),
    );
    const replays = await answerReplays(tx, datasetId, commands, agents);
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

async function answerReplays<Input>(
  tx: Tx,
  datasetId: number,
  commands: ReadonlyArray<Command<Input>>,
  agents: ReadonlyMap<string, number>,
): Promise<Map<Command<Input>, Answer>> {
  const asked = commands.filter((c) => c.requestKey !== null && agents.has(c.scope.viewer.principalUid));
  const answers = new Map<Command<Input>, Answer>();
  if (asked.length === 0) return answers;
  const found = await findReplays(
    tx,
    datasetId,
    asked.map((c) => ({ agent: agents.get(c.scope.viewer.principalUid)!, requestKey: c.requestKey! })),
  );
  for (const [i, command] of asked.entries()) {
    const earlier = found[i];
    if (!earlier) continue;
    answers.set(
      command,
      earlier.requestDigest === null || earlier.requestDigest === command.requestDigest!.toString("hex")
        ? { activity: earlier.activity, replayed: true, outcome: earlier.outcome }
        : refused([
            problem(
              "REQUEST_KEY_REUSED",
              `requestKey ${command.requestKey} was used by activity ${earlier.activity} with other content; use a new key for new content`,
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
