// A command line in a test: what it wrote, with which exit code, against a server that the test plays.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { afterAll } from "vitest";
import { assay } from "../../scripts/assay.js";
import type { World } from "../../scripts/assay/world.js";

class Sink extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString("utf8");
    done();
  }
}

export interface Ran {
  exitCode: number;
  stdout: string;
  stderr: string;
  slept: number[];
}

export interface RunOptions {
  url?: string;
  env?: Record<string, string>;
  stdin?: Buffer | string;
  fetch?: typeof fetch;
}

/** Runs one command line in this process, with a token and a dataset unless the test gives its own environment. */
export async function run(args: string[], options: RunOptions = {}): Promise<Ran> {
  const stdout = new Sink();
  const stderr = new Sink();
  const slept: number[] = [];
  const known = { ASSAY_TOKEN: "token", ASSAY_DATASET: "demo", ASSAY_URL: options.url ?? "http://127.0.0.1:9/graphql" };
  const world: World = {
    env: options.env ?? known,
    stdin: Readable.from([Buffer.from(options.stdin ?? "")]),
    stdout,
    stderr,
    fetch: options.fetch ?? fetch,
    sleep: async (ms) => void slept.push(ms),
    now: () => performance.now(),
  };
  const exitCode = await assay(args, world);
  return { exitCode, stdout: stdout.text, stderr: stderr.text, slept };
}

export interface Call {
  query: string;
  variables: Record<string, unknown>;
  input: Record<string, unknown> & { requestKey: string };
  authorization: string | undefined;
}

export type Reply = { status?: number; body?: unknown; text?: string; headers?: Record<string, string> } | "hang up";

export interface FakeServer {
  url: string;
  calls: Call[];
  close: () => Promise<void>;
}

/** An HTTP server on a free port that answers GraphQL calls as `reply` says; what was asked is kept. */
export async function fakeServer(reply: (call: Call, index: number) => Reply): Promise<FakeServer> {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const call = await callOf(request);
    calls.push(call);
    const answer = reply(call, calls.length - 1);
    if (answer === "hang up") return void request.socket.destroy();
    response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers });
    response.end(answer.text ?? JSON.stringify(answer.body));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    calls,
    close: () => stop(server),
  };
}

async function callOf(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const { query, variables } = text === "" ? { query: "", variables: {} } : JSON.parse(text);
  return { query, variables, input: variables.input, authorization: request.headers.authorization };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => void server.close(() => done()));
}

export interface BulkAnswer {
  accepted?: number;
  unchanged?: number;
  activity?: number | null;
  replayed?: boolean;
  userErrors?: { code: string; message: string; path: string[]; index: number | null }[];
}

/** The answer of a bulk mutation. */
export function bulkReply(mutation: string, answer: BulkAnswer): Reply {
  const { accepted = 0, unchanged = 0, activity = 1, replayed = false, userErrors = [] } = answer;
  const payload = { activity: activity === null ? null : { number: activity }, replayed, userErrors };
  return { body: { data: { [mutation]: { ...payload, acceptedCount: accepted, unchangedCount: unchanged } } } };
}

const made: string[] = [];
afterAll(() => Promise.all(made.splice(0).map((path) => rm(path, { recursive: true, force: true }))));

/** A folder of its own, removed when the test file ends. */
export async function scratch(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "assay-cli-"));
  made.push(path);
  return path;
}

export async function fileOf(name: string, content: string | Buffer): Promise<string> {
  const path = join(await scratch(), name);
  await writeFile(path, content);
  return path;
}
