// Which nodes lie within so many steps, and which of them are on a page?
import type { Db } from "../platform/db.js";
import { neighboursOf, type Direction, type WalkScope } from "./queries.js";
import { compareNodes, nameOfNode, type NodeRef } from "./nodeKinds.js";

/** Nodes that one step takes in at most. */
export const STEP_NODES = 1_000;

export interface Visited extends NodeRef {
  /** Steps from where the walk began. */
  distance: number;
}

export interface Walk {
  /** By distance, kind, dataset and id. */
  nodes: Visited[];
  /** Whether a limit kept nodes out. */
  truncated: boolean;
}

interface Front {
  direction: Direction;
  nodes: NodeRef[];
  seen: Set<string>;
}

/**
 * Walks breadth first, backward and forward apart: BOTH is what it came from and what it led to, not what else that led to.
 * Stops early where enough says so: what is farther cannot come before what is there.
 */
export async function walk(
  db: Db,
  scope: WalkScope,
  start: readonly NodeRef[],
  directions: readonly Direction[],
  depth: number,
  enough: (nodes: ReadonlyMap<string, Visited>) => boolean,
): Promise<Walk> {
  const visited = new Map(start.map((node) => [nameOfNode(node), { ...node, distance: 0 }]));
  const fronts: Front[] = directions.map((direction) => ({
    direction,
    nodes: [...start],
    seen: new Set(visited.keys()),
  }));
  let truncated = false;
  for (let distance = 1; distance <= depth && !enough(visited); distance++) {
    for (const front of fronts) {
      truncated = (await advance(db, scope, front)) || truncated;
      for (const node of front.nodes) {
        const name = nameOfNode(node);
        if (!visited.has(name)) visited.set(name, { ...node, distance });
      }
    }
    if (fronts.every(({ nodes }) => nodes.length === 0)) break;
  }
  const nodes = [...visited.values()].sort((a, b) => a.distance - b.distance || compareNodes(a, b));
  return { nodes, truncated };
}

/** Moves a front one step on; says whether a limit kept nodes out. */
async function advance(db: Db, scope: WalkScope, front: Front): Promise<boolean> {
  const { nodes, cut } = await neighboursOf(db, scope, front.nodes, front.direction);
  const fresh = nodes.filter((node) => !front.seen.has(nameOfNode(node)));
  front.nodes = fairly(fresh, STEP_NODES);
  for (const node of front.nodes) front.seen.add(nameOfNode(node));
  return cut || fresh.length > STEP_NODES;
}

/** As many as fit, each kind in turn, so that a candidate's thousands of members do not keep out who decided on them. */
function fairly(nodes: NodeRef[], limit: number): NodeRef[] {
  const sorted = nodes.sort(compareNodes);
  if (sorted.length <= limit) return sorted;
  const taken = new Map<string, number>();
  const turns = sorted.map((node) => {
    const turn = taken.get(node.kind) ?? 0;
    taken.set(node.kind, turn + 1);
    return { node, turn };
  });
  return turns
    .sort((a, b) => a.turn - b.turn || compareNodes(a.node, b.node))
    .slice(0, limit)
    .map(({ node }) => node)
    .sort(compareNodes);
}
