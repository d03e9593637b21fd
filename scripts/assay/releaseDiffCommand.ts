// Which examples do two releases not share?
import type { Command } from "commander";
import type { AssayClient } from "./client.js";
import { CHANGES, RELEASE_DIFF, releaseChanges } from "./documents.js";
import { EXIT, noDataset } from "./failure.js";
import { allNodes, type ConnectionPage } from "./pages.js";
import type { Fields } from "./rows.js";
import { sessionOf, type Session } from "./session.js";
import { count, visible } from "./table.js";
import type { World } from "./world.js";

type List = (typeof CHANGES)[number];
type Counts = Record<`${List}Count`, number> & { minimumBump: string };

interface Change {
  externalId: string;
  fromVersion: number | null;
  toVersion: number | null;
  fromSplit: string | null;
  toSplit: string | null;
}

const SHOWN = 20;
const NAMES: Record<List, string> = {
  added: "added",
  removed: "removed",
  revised: "in another version",
  movedSplit: "in another split",
  restated: "the same version with another record",
};

export function addDiff(release: Command, world: World, done: (exitCode: number) => void): void {
  const command = release.command("diff");
  command
    .description("which examples two releases do not share; under --json all of them, else the first 20 of each kind")
    .argument("<from>", "a version")
    .argument("<to>", "a version")
    .action(async (from: string, to: string) => done(await diff(sessionOf(world, command), from, to)));
}

async function diff(session: Session, from: string, to: string): Promise<number> {
  const slug = session.dataset();
  const client = session.client();
  const data = await client.request<{ dataset: { releaseDiff: Counts } | null }>(RELEASE_DIFF, { slug, from, to });
  if (data.dataset === null) throw noDataset(slug);
  const counts = data.dataset.releaseDiff;
  const most = session.output.json ? Number.POSITIVE_INFINITY : SHOWN;
  const changes = {} as Record<List, Change[]>;
  for (const list of CHANGES) {
    const any = counts[`${list}Count`] > 0;
    changes[list] = any ? await changesOf(client, list, { slug, from, to }, most) : [];
  }
  session.output.answer({ from, to, ...counts, ...changes }, () => [
    `from ${from} to ${to}: at least a ${counts.minimumBump.toLowerCase()} version apart`,
    ...CHANGES.flatMap((list) => changeLines(list, counts[`${list}Count`], changes[list])),
  ]);
  return EXIT.ok;
}

async function changesOf(client: AssayClient, list: List, variables: Fields, most: number): Promise<Change[]> {
  type Data = { dataset: { releaseDiff: Record<List, ConnectionPage<Change>> } };
  const changes: Change[] = [];
  const pick = (data: Data) => data.dataset.releaseDiff[list];
  for await (const change of allNodes(client, releaseChanges(list), variables, pick)) {
    changes.push(change);
    if (changes.length >= most) break;
  }
  return changes;
}

function changeLines(list: List, total: number, changes: Change[]): string[] {
  const more = total > changes.length ? ` (the first ${changes.length})` : "";
  return [`${count(total)} ${NAMES[list]}${more}`, ...changes.map((change) => `  ${changeLine(list, change)}`)];
}

function changeLine(list: List, { externalId, fromVersion, toVersion, fromSplit, toSplit }: Change): string {
  const id = visible(externalId);
  if (list === "revised") return `${id}  version ${fromVersion} to ${toVersion}`;
  return list === "movedSplit" ? `${id}  ${fromSplit?.toLowerCase()} to ${toSplit?.toLowerCase()}` : id;
}
