// How does long work run beside the loop that answers requests?
import { GraphQLError } from "graphql";
import type { Database } from "./db.js";

/** What a task has at hand. */
export interface TaskContext {
  db: Database;
  /** Says how much is done, from 0 to 1, and what is being done. Throws where the work is no longer wanted. */
  progress(share: number, step: string): void;
}

type Work<Args, Result> = (context: TaskContext, args: Args) => Promise<Result>;

/** Work by name: a worker finds it by that. Arguments and results are plain data. */
export interface Task<Args, Result> {
  readonly name: string;
  readonly work: Work<Args, Result>;
}

export interface TaskOptions {
  /** Ends the work, also in the middle of a computation or a statement. */
  signal?: AbortSignal | undefined;
  onProgress?: ((share: number, step: string) => void) | undefined;
}

/** Where tasks run. */
export interface Tasks {
  run<Args, Result>(task: Task<Args, Result>, args: Args, options?: TaskOptions): Promise<Result>;
  end(): Promise<void>;
}

const tasks = new Map<string, Task<never, unknown>>();

/** A feature declares its long work at import. */
export function defineTask<Args, Result>(name: string, work: Work<Args, Result>): Task<Args, Result> {
  if (tasks.has(name)) throw new Error(`a task is called ${name} already`);
  const task = { name, work };
  tasks.set(name, task as never);
  return task;
}

export function taskNamed(name: string): Task<unknown, unknown> {
  const task = tasks.get(name);
  if (!task) throw new Error(`no task is called ${name}`);
  return task as never;
}

/** Runs tasks where they are asked for: in tests, and where ASSAY_WORKERS is 0. */
export function inlineTasks(db: Database): Tasks {
  return {
    async run(task, args, { signal, onProgress } = {}) {
      const progress = (share: number, step: string) => {
        signal?.throwIfAborted();
        onProgress?.(share, step);
      };
      signal?.throwIfAborted();
      return task.work({ db, progress }, args);
    },
    async end() {},
  };
}

/** An outcome as plain data, since errors lose their codes on the way between threads. */
export type Outcome =
  | { kind: "result"; result: unknown }
  | { kind: "refusal"; message: string; extensions: Record<string, unknown> }
  | { kind: "fault"; message: string; code: string | null; stack: string };

export async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { kind: "result", result: await work() };
  } catch (error) {
    if (error instanceof GraphQLError)
      return { kind: "refusal", message: error.message, extensions: { ...error.extensions } };
    const { message, code, stack } = error as Error & { code?: string };
    return { kind: "fault", message: String(message), code: code ?? null, stack: String(stack) };
  }
}

/** The result; throws what the work threw. */
export function resultOf(outcome: Outcome): unknown {
  if (outcome.kind === "result") return outcome.result;
  if (outcome.kind === "refusal") throw new GraphQLError(outcome.message, { extensions: outcome.extensions });
  const { message, code, stack } = outcome;
  throw Object.assign(new Error(message), { stack, ...(code === null ? {} : { code }) });
}
