// What happened in a dataset, and does its log verify?
import type { Command } from "commander";
import { FOLLOW_LOG, VERIFY_LOG } from "./documents.js";
import { EXIT, noDataset } from "./failure.js";
import { wholeNumber } from "./optionValues.js";
import { sessionOf, type Session } from "./session.js";
import { count, visible } from "./table.js";
import type { World } from "./world.js";

interface Verification {
  verified: boolean;
  activityCount: number;
  rowCount: number;
  head: number;
  headDigest: string;
  firstBad: { number: number; reason: string; message: string } | null;
}

const anyNumber = wholeNumber(0, 2 ** 31 - 1);

export function addLog(program: Command, world: World, done: (exitCode: number) => void): void {
  const log = program.command("log").description("the activity log");
  const verify = log
    .command("verify")
    .description("recompute the log's digests; exit code 1 and the first bad activity when they do not hold")
    .option("--from <n>", "the first activity", anyNumber)
    .option("--to <n>", "the last activity", anyNumber)
    .action(async (range: { from?: number; to?: number }) => done(await verifyLog(sessionOf(world, verify), range)));
  const follow = log
    .command("follow")
    .description("print activities as they happen, one a line, without gap or double")
    .option("--since <n>", "begin after this activity", anyNumber, 0)
    .option("--interval <seconds>", "how often to ask", wholeNumber(1, 3600), 2)
    .option("--once", "stop at the newest one")
    .action(async (options: FollowOptions) => done(await followLog(sessionOf(world, follow), options)));
}

async function verifyLog(session: Session, range: { from?: number; to?: number }): Promise<number> {
  const slug = session.dataset();
  const data = await session
    .client()
    .request<{ dataset: { verifyLog: Verification } | null }>(VERIFY_LOG, { slug, ...range });
  if (data.dataset === null) throw noDataset(slug);
  const result = data.dataset.verifyLog;
  session.output.answer(result, () => [
    result.firstBad === null
      ? `verified: ${count(result.activityCount)} activities, ${count(result.rowCount)} rows`
      : `NOT verified: activity ${result.firstBad.number}: ${visible(result.firstBad.message)} (${result.firstBad.reason})`,
    `head ${result.head}  ${result.headDigest}`,
  ]);
  return result.verified ? EXIT.ok : EXIT.refused;
}

interface FollowOptions {
  since: number;
  interval: number;
  once?: boolean;
}
interface Activity {
  number: number;
  kind: string;
  recordedAt: string;
  message: string | null;
  agent: { label: string };
}

async function followLog(session: Session, { since, interval, once }: FollowOptions): Promise<number> {
  const slug = session.dataset();
  const client = session.client();
  for (let last = since; ;) {
    const data = await client.request<{
      dataset: { activities: { nodes: Activity[]; pageInfo: { hasNextPage: boolean } } } | null;
    }>(FOLLOW_LOG, { slug, since: last, first: 100 });
    if (data.dataset === null) throw noDataset(slug);
    const { nodes, pageInfo } = data.dataset.activities;
    for (const activity of nodes) session.output.item(activity, () => activityLine(activity));
    last = nodes.at(-1)?.number ?? last;
    if (pageInfo.hasNextPage) continue;
    if (once) return EXIT.ok;
    await session.world.sleep(interval * 1000);
  }
}

function activityLine({ number, kind, recordedAt, message, agent }: Activity): string {
  return visible(`${number}  ${recordedAt}  ${kind}  ${agent.label}${message === null ? "" : `  ${message}`}`);
}
