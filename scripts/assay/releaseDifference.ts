// Which record of a file is the first that is not the release's?
import type { AssayClient } from "./client.js";
import { RELEASE_LEAVES } from "./documents.js";
import { allNodes, type ConnectionPage } from "./pages.js";
import { leavesOfFile } from "./releaseFile.js";

interface Member {
  externalId: string;
  leaf: string;
}
interface Data {
  dataset: { release: { members: ConnectionPage<Member> } };
}

/** Goes through file and release side by side, in their common order. Null when every leaf is the same. */
export async function firstDifference(
  client: AssayClient,
  names: { slug: string; version: string },
  path: string,
): Promise<string | null> {
  const members = allNodes(client, RELEASE_LEAVES, names, (data: Data) => data.dataset.release.members);
  for await (const { line, id, leaf } of leavesOfFile(path)) {
    const { value: member, done } = await members.next();
    if (done) return `${path}:${line}: ${id} comes after the release's last record`;
    if (member.leaf === leaf) continue;
    await members.return(undefined);
    if (member.externalId === id) return `${path}:${line}: ${id} is not as it was released`;
    return `${path}:${line}: ${id} stands where the release has ${member.externalId}`;
  }
  const { value: member, done } = await members.next();
  return done ? null : `${path} ends before ${member.externalId}`;
}
