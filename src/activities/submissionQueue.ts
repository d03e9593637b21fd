// Which waiting submissions share a transaction?
import { wasRolledBack, type Database } from "../platform/db.js";
import type { Answer, Command, Verb } from "./verb.js";

/** While one transaction of a dataset is in flight, submissions wait here; then up to this many go in together. */
const GROUP_SIZE = 64;

interface Waiting {
  verb: Verb<never, never>;
  command: Command<never>;
  run: (commands: ReadonlyArray<Command<never>>) => Promise<Answer[]>;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/** By database, since a process may have several, and by dataset. */
const queues = new WeakMap<Database, Map<number, Waiting[]>>();

/**
 * Queues a command behind the dataset's earlier ones in this process. Between processes the dataset's row lock orders;
 * the queue only keeps waiting commands from holding a connection each, and lets them share a commit.
 */
export function enqueue<Input, Facts>(
  db: Database,
  datasetId: number,
  verb: Verb<Input, Facts>,
  command: Command<Input>,
  run: (commands: ReadonlyArray<Command<Input>>) => Promise<Answer[]>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const waiting = { verb, command, run, resolve, reject } as unknown as Waiting;
    let ofDatabase = queues.get(db);
    if (!ofDatabase) queues.set(db, (ofDatabase = new Map()));
    const queue = ofDatabase.get(datasetId);
    if (queue) queue.push(waiting);
    else {
      ofDatabase.set(datasetId, [waiting]);
      void drain(ofDatabase, datasetId);
    }
  });
}

async function drain(ofDatabase: Map<number, Waiting[]>, datasetId: number): Promise<void> {
  const queue = ofDatabase.get(datasetId)!;
  while (queue.length > 0) await runTogether(takeGroup(queue));
  ofDatabase.delete(datasetId);
}

/** The first in line, and those behind it that are the same verb and touch nothing that is already in the group. */
function takeGroup(queue: Waiting[]): Waiting[] {
  const first = queue.shift()!;
  const group = [first];
  const touchedByFirst = first.verb.touches?.(first.command);
  if (!touchedByFirst) return group;
  const touched = new Set(touchedByFirst);
  const keys = new Set([requestOf(first)]);
  while (queue.length > 0 && group.length < GROUP_SIZE && queue[0]!.verb === first.verb) {
    const next = first.verb.touches!(queue[0]!.command);
    if (!next) break;
    const touches = [...next];
    if (touches.some((key) => touched.has(key)) || keys.has(requestOf(queue[0]!))) break;
    touches.forEach((key) => touched.add(key));
    keys.add(requestOf(queue[0]!));
    group.push(queue.shift()!);
  }
  return group;
}

/** Two commands with one principal's request key must not meet in a group: the second is a replay of the first. */
function requestOf({ command }: Waiting): string {
  return command.requestKey === null
    ? Math.random().toString()
    : `${command.scope.viewer.principal} ${command.requestKey}`;
}

async function runTogether(group: Waiting[]): Promise<void> {
  try {
    const answers = await group[0]!.run(group.map((waiting) => waiting.command));
    group.forEach((waiting, i) => waiting.resolve(answers[i]!));
  } catch (error) {
    // Where the connection was lost, the commit may have happened: only the callers can repeat, with their request keys.
    if (group.length === 1 || !isRolledBack(error)) group.forEach((waiting) => waiting.reject(error));
    // One bad submission must not take its neighbours down: each runs alone, and only the bad one fails.
    else for (const waiting of group) await runTogether([waiting]);
  }
}

/** Whether it is sure that nothing was committed: the server said what was wrong, and it was not that it goes away. */
function isRolledBack(error: unknown): boolean {
  if (wasRolledBack(error)) return true;
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && /^[0-9][0-9A-Z]{4}$/.test(code) && !/^(08|57|58)/.test(code);
}
