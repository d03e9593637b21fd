// Where does something in a dataset come from, and what came of it?
import type { Command } from "commander";
import { LINEAGE } from "./documents.js";
import { EXIT, serverFailure, usage } from "./failure.js";
import { withoutAbsent } from "./withoutAbsent.js";
import { wholeNumber, word } from "./optionValues.js";
import type { Fields } from "./rows.js";
import { sessionOf, type Session } from "./session.js";
import { several, visible } from "./table.js";
import type { World } from "./world.js";

interface LineageOptions {
  depth: number;
  direction: string;
  source?: string;
  release?: string;
  guideline?: string;
  annotator?: string;
}

export function addLineage(program: Command, world: World, done: (exitCode: number) => void): void {
  const command = program
    .command("lineage")
    .description("what an example, source, release, guideline version or annotator came from and led to")
    .argument("[external-id]", "an example")
    .option("--depth <n>", "how many edges away", wholeNumber(1, 10), 5)
    .option(
      "--direction <direction>",
      "backward, forward or both",
      word(["BACKWARD", "FORWARD", "BOTH"] as const),
      "BOTH",
    )
    .option("--source <key>", "start at a source")
    .option("--release <version>", "start at a release")
    .option("--guideline <key@version>", "start at a guideline version")
    .option("--annotator <key>", "start at an annotator")
    .action(async (externalId: string | undefined, options: LineageOptions) => {
      done(await lineage(sessionOf(world, command), externalId, options));
    });
}

interface Node {
  id: string;
  kind: string;
  label: string;
}
interface Edge {
  from: string;
  to: string;
  relation: string;
  activity: { number: number; kind: string; recordedAt: string; agent: { label: string } } | null;
}
interface Page {
  nodes: Node[];
  edges: Edge[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  truncated: boolean;
}

async function lineage(session: Session, externalId: string | undefined, options: LineageOptions): Promise<number> {
  const { depth, direction, source, release, guideline, annotator } = options;
  const of = withoutAbsent({ externalId, source, release, guidelineVersion: guideline, annotator });
  if (Object.keys(of).length !== 1) {
    throw usage("give one start: EXTERNAL_ID, --source, --release, --guideline or --annotator");
  }
  const { nodes, edges, truncated } = await allPages(session, { of, direction, depth });
  const labels = new Map(nodes.map(({ id, label }) => [id, visible(label)]));
  session.output.answer({ nodes, edges, truncated }, () => [
    `${several(nodes.length, "node")}, ${several(edges.length, "edge")}${truncated ? "; the server left some out: it follows 1,000 new nodes a step and 1,000 neighbours a node" : ""}`,
    ...edges.map((edge) => edgeLine(edge, (id) => labels.get(id) ?? id)),
  ]);
  return EXIT.ok;
}

async function allPages(session: Session, variables: Fields) {
  const slug = session.dataset();
  const nodes = new Map<string, Node>();
  const edges: Edge[] = [];
  let truncated = false;
  for (let after: string | null = null; ;) {
    const data: { dataset: { lineage: Page | null } | null } = await session
      .client()
      .request(LINEAGE, { slug, ...variables, first: 100, after });
    const page: Page | null | undefined = data.dataset?.lineage;
    if (!page)
      throw serverFailure(`NOT_FOUND: ${slug} has no ${startOf(variables["of"] as Fields)} that this token may read`);
    for (const node of page.nodes) nodes.set(node.id, node);
    edges.push(...page.edges);
    truncated ||= page.truncated;
    if (!page.pageInfo.hasNextPage) return { nodes: [...nodes.values()], edges, truncated };
    after = page.pageInfo.endCursor;
  }
}

const STARTS: Record<string, string> = { externalId: "example", guidelineVersion: "guideline version" };

/** `{ guidelineVersion: "rules@1.0" }` → `guideline version rules@1.0` */
function startOf(of: Fields): string {
  return Object.entries(of)
    .map(([name, key]) => `${STARTS[name] ?? name} ${String(key)}`)
    .join();
}

function edgeLine({ from, to, relation, activity }: Edge, label: (id: string) => string): string {
  const by =
    activity === null
      ? ""
      : `  [activity ${activity.number} ${activity.kind} by ${activity.agent.label}, ${activity.recordedAt}]`;
  return `${label(from)}  ${relation}  ${label(to)}${by}`;
}
