// Does `assay job` say how far a job is, wait for it, and end as the job does?
import { afterEach, describe, expect, it } from "vitest";
import { fakeServer, run, type FakeServer } from "./assayWorld.js";

let server: FakeServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const job = {
  id: "an-id",
  number: 3,
  kind: "AGREEMENT",
  state: "RUNNING",
  progress: 0.42,
  step: "resampling",
  problem: null,
  startedBy: "mo",
  createdAt: "2026-05-01T10:00:00.000Z",
  startedAt: "2026-05-01T10:00:01.000Z",
  finishedAt: null,
  attempts: 1,
  question: { criterion: "helpfulness" },
};

/** Answers the states one after the other, the last for ever; cancelling answers `cancelled`. */
async function serve(states: Record<string, unknown>[], cancelled?: unknown): Promise<string> {
  let at = 0;
  const next = () => ({ ...job, ...states[Math.min(at++, states.length - 1)] });
  server = await fakeServer(({ query }) => {
    if (query.includes("mutation CancelJob")) return { body: { data: { cancelJob: cancelled } } };
    if (query.includes("node(id:")) return { body: { data: { node: next() } } };
    const page = { nodes: [{ ...job, ...states[0] }], pageInfo: { hasNextPage: false, endCursor: null } };
    return { body: { data: { dataset: query.includes("query Jobs") ? { jobs: page } : { job: next() } } } };
  });
  return server.url;
}

describe("a job", () => {
  it("stands in the list, and is shown with what was asked", async () => {
    const url = await serve([{}]);
    const list = await run(["job", "list"], { url });
    expect([list.exitCode, list.stderr]).toEqual([0, ""]);
    expect(list.stdout).toMatch(/^ *3 +AGREEMENT +42%, resampling +mo +2026-05-01 10:00:00$/m);
    const shown = await run(["job", "show", "3"], { url });
    expect(shown.stdout).toContain("job 3: AGREEMENT, 42%, resampling\n");
    expect(shown.stdout).toContain('criterion: "helpfulness"');
    expect(JSON.parse((await run(["job", "show", "3", "--json"], { url })).stdout)).toEqual(job);
  });

  it("is waited for, each step said once", async () => {
    const url = await serve([{}, {}, { progress: 0.9 }, { state: "DONE", progress: 1, step: "" }]);
    const ran = await run(["job", "wait", "3"], { url });
    expect([ran.exitCode, ran.stderr.trim().split("\n")]).toEqual([
      0,
      ["job 3: 42%, resampling", "job 3: 90%, resampling", "job 3 is done"],
    ]);
  });

  it.each([
    [{ state: "FAILED", problem: "the disk is full" }, "job 3 failed: the disk is full\n"],
    [{ state: "CANCELLED" }, "job 3 was cancelled\n"],
  ])("that ends otherwise ends the command with exit code 3: %o", async (end, message) => {
    const ran = await run(["job", "wait", "3"], { url: await serve([end]) });
    expect([ran.exitCode, ran.stderr]).toEqual([3, message]);
  });

  it("is cancelled, unless it is somebody else's", async () => {
    const ended = { job: { ...job, state: "CANCELLED" }, userErrors: [] };
    const ran = await run(["job", "cancel", "3"], { url: await serve([{}], ended) });
    expect([ran.exitCode, ran.stdout]).toEqual([0, "job 3: cancelled\n"]);
    await server!.close();
    const refusal = { job: null, userErrors: [{ code: "NOT_YOUR_JOB", message: "not yours", path: [] }] };
    const refused = await run(["job", "cancel", "3"], { url: await serve([{}], refusal) });
    expect([refused.exitCode, refused.stderr]).toEqual([3, "not yours (NOT_YOUR_JOB)\n"]);
  });

  it("that is not there is named", async () => {
    server = await fakeServer(() => ({ body: { data: { dataset: { job: null } } } }));
    const ran = await run(["job", "show", "9"], { url: server.url });
    expect([ran.exitCode, ran.stderr]).toEqual([3, "demo has no job 9\n"]);
  });
});
