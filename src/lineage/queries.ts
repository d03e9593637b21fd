// Which statements read neighbours, edges and labels of nodes?
import type { Db } from "../platform/db.js";
import { Values } from "../platform/statement.js";
import { EDGE_KINDS, type EdgeKind } from "./edgeKinds.js";
import { LABELS } from "./nodeLabels.js";
import { NODE_KINDS, nameOfNode, type NodeKind, type NodeRef } from "./nodeKinds.js";

/** What a walk stands on: the dataset, the last activity that counts, and the datasets it may name releases and sources of. */
export interface WalkScope {
  datasetId: number;
  at: number;
  /** Null for all. */
  readable: readonly number[] | null;
}

export type Direction = "BACKWARD" | "FORWARD";

/** How many neighbours of a node along one kind of edge are read. */
export const FAN_OUT = 1_000;
/** How many rows of one kind of edge a step reads. */
const STEP_ROWS = 5_000;

interface NeighbourRow {
  kind: number;
  near: number;
  datasetId: number;
  far: number;
}

export interface Neighbours {
  nodes: NodeRef[];
  /** Whether a limit cut some off. */
  cut: boolean;
}

/** The ids of nodes by kind, ascending; nodes of other datasets are left out: walks end there. */
export function idsByKind(nodes: Iterable<NodeRef>, datasetId: number): Map<NodeKind, number[]> {
  const ids = new Map<NodeKind, number[]>();
  for (const node of nodes) {
    if (node.datasetId !== datasetId) continue;
    const known = ids.get(node.kind);
    if (known) known.push(node.id);
    else ids.set(node.kind, [node.id]);
  }
  for (const list of ids.values()) list.sort((a, b) => a - b);
  return ids;
}

/** Everything one step away in a direction, in one statement: a branch for each kind of edge that the nodes can have. */
export async function neighboursOf(
  db: Db,
  scope: WalkScope,
  frontier: Iterable<NodeRef>,
  direction: Direction,
): Promise<Neighbours> {
  const ids = idsByKind(frontier, scope.datasetId);
  const values = new Values();
  const part = partsOf(scope, values);
  const branches = EDGE_KINDS.flatMap((edge, i) => {
    const near = (edge.later === "from") === (direction === "BACKWARD") ? "from" : "to";
    const from = ids.get(edge[near]);
    if (!from) return [];
    const { far, farDataset, condition } = part(edge, near);
    return `(select ${i} as kind, x.id as near, n.dataset_id as "datasetId", n.far
      from unnest(${values.add(from)}::int[]) x(id) cross join lateral (
        select ${farDataset} as dataset_id, ${far} as far from ${edge.rows} where ${condition} order by 1, 2 limit ${FAN_OUT + 1}) n
      limit ${STEP_ROWS + 1})`;
  });
  if (branches.length === 0) return { nodes: [], cut: false };
  const rows = await db.rowsOnce<NeighbourRow>(`/* lineageStep */ ${branches.join("\nunion all ")}`, values.list);
  return withinLimits(rows, direction);
}

/** The ends and the condition of a kind of edge, seen from one of its ends; $1 is the dataset, $2 the activity. */
function partsOf({ datasetId, at, readable }: WalkScope, values: Values) {
  const [dataset, activity] = [values.add(datasetId), values.add(at)];
  return (edge: EdgeKind, near: "from" | "to") => {
    const [nearId, far] = near === "from" ? [edge.fromId, edge.toId] : [edge.toId, edge.fromId];
    const toDataset = edge.toDataset ?? edge.dataset;
    const [nearDataset, farDataset] = near === "from" ? [edge.dataset, toDataset] : [toDataset, edge.dataset];
    const conditions = [
      `${nearDataset} = ${dataset}`,
      `${nearId} = x.id`,
      `${far} is not null`,
      edge.toDataset && near === "to"
        ? `(${edge.activity} <= ${activity} or ${edge.dataset} <> ${dataset})`
        : `${edge.activity} <= ${activity}`,
      ...(edge.where ? [edge.where] : []),
      ...(edge.toDataset && readable ? [`${farDataset} = any(${values.add([...readable])}::int[])`] : []),
    ];
    return { far, farDataset, condition: conditions.join(" and ") };
  };
}

function withinLimits(rows: readonly NeighbourRow[], direction: Direction): Neighbours {
  const nodes = new Map<string, NodeRef>();
  const perNode = new Map<string, number>();
  const perKind = new Map<number, number>();
  let cut = false;
  for (const { kind, near, datasetId, far } of rows) {
    const name = `${kind} ${near}`;
    perNode.set(name, (perNode.get(name) ?? 0) + 1);
    perKind.set(kind, (perKind.get(kind) ?? 0) + 1);
    if (perNode.get(name)! > FAN_OUT || perKind.get(kind)! > STEP_ROWS) {
      cut = true;
      continue;
    }
    const { from, to, later } = EDGE_KINDS[kind]!;
    const node = { datasetId, kind: (later === "from") === (direction === "BACKWARD") ? to : from, id: far };
    nodes.set(nameOfNode(node), node);
  }
  return { nodes: [...nodes.values()], cut };
}

export interface EdgeRow {
  kind: number;
  from: NodeRef;
  to: NodeRef;
  /** The activity that made it, in the dataset of the end it goes from. */
  activity: number;
}

interface EndsRow {
  kind: number;
  near: number;
  datasetId: number;
  far: number;
  activity: number;
}

/** All edges between some nodes and known ones, in one statement; those among the nodes themselves come once. */
export async function edgesBetween(
  db: Db,
  scope: WalkScope,
  nodes: readonly NodeRef[],
  known: readonly NodeRef[],
): Promise<EdgeRow[]> {
  const values = new Values();
  const branches = edgeBranches(scope, nodes, known, values);
  if (branches.length === 0) return [];
  const rows = await db.rowsOnce<EndsRow>(`/* lineageEdges */ ${branches.join("\nunion all ")}`, values.list);
  return chosenEdges(rows, scope, nodes, known);
}

/** A branch for each kind of edge and each of its ends that the nodes can be. */
function edgeBranches(
  scope: WalkScope,
  nodes: readonly NodeRef[],
  known: readonly NodeRef[],
  values: Values,
): string[] {
  const part = partsOf(scope, values);
  const once = placeholdersOf(values);
  const [nearIds, knownIds] = [idsByKind(nodes, scope.datasetId), idsByKind(known, scope.datasetId)];
  const abroad = known.some(({ datasetId }) => datasetId !== scope.datasetId);
  const branch = (edge: EdgeKind, i: number, near: "from" | "to"): string[] => {
    const other = edge[near === "from" ? "to" : "from"];
    // The other end of an edge that crosses datasets may be listed already: look from every known end, and choose after.
    const crosses = abroad && edge.toDataset !== undefined;
    const ids = (crosses ? knownIds : nearIds).get(edge[near]);
    if (!ids || (!crosses && !knownIds.has(other))) return [];
    const { far, farDataset, condition } = part(edge, near);
    const among = crosses ? "" : `and ${far} = any(${once(`known ${other}`, knownIds.get(other)!)})`;
    return [
      `(select ${i * 2 + (near === "from" ? 0 : 1)} as kind, x.id as near, n.dataset_id as "datasetId", n.far, n.activity
      from unnest(${once(`${crosses} ${edge[near]}`, ids)}) x(id) cross join lateral (
        select ${farDataset} as dataset_id, ${far} as far, ${edge.activity} as activity from ${edge.rows}
        where ${condition} ${among} order by 1, 2 limit ${FAN_OUT}) n)`,
    ];
  };
  return EDGE_KINDS.flatMap((edge, i) => [...branch(edge, i, "from"), ...branch(edge, i, "to")]);
}

/** Placeholders of lists that several branches use: each list is sent once. */
function placeholdersOf(values: Values): (name: string, list: readonly number[]) => string {
  const placeholders = new Map<string, string>();
  return (name, list) => {
    const known = placeholders.get(name) ?? `${values.add([...list])}::int[]`;
    placeholders.set(name, known);
    return known;
  };
}

/** Edges that touch the nodes and whose other end is known, each once. */
function chosenEdges(
  rows: readonly EndsRow[],
  { datasetId: home }: WalkScope,
  nodes: readonly NodeRef[],
  known: readonly NodeRef[],
): EdgeRow[] {
  const [ofNodes, ofKnown] = [new Set(nodes.map(nameOfNode)), new Set(known.map(nameOfNode))];
  const edges = new Map<string, EdgeRow>();
  for (const { kind: branch, near, datasetId, far, activity } of rows) {
    const kind = branch >> 1;
    const edge = EDGE_KINDS[kind]!;
    const [here, there] = branch % 2 === 0 ? [edge.from, edge.to] : [edge.to, edge.from];
    const [a, b] = [
      { datasetId: home, kind: here, id: near },
      { datasetId, kind: there, id: far },
    ];
    const names = [nameOfNode(a), nameOfNode(b)];
    if (!names.every((name) => ofKnown.has(name)) || !names.some((name) => ofNodes.has(name))) continue;
    const [from, to] = branch % 2 === 0 ? [a, b] : [b, a];
    edges.set(`${kind} ${nameOfNode(from)} ${nameOfNode(to)}`, { kind, from, to, activity });
  }
  return [...edges.values()];
}

export interface LabelRow {
  datasetId: number;
  kind: NodeKind;
  id: number;
  label: string;
  uid: string;
}

/** What nodes are called, in one statement. A node of another dataset says of which. */
export async function labelsOf(db: Db, nodes: readonly NodeRef[], home: number): Promise<Map<string, LabelRow>> {
  if (nodes.length === 0) return new Map();
  const values = new Values();
  const here = values.add(home);
  const branches = [...new Set(nodes.map(({ kind }) => kind))].map((kind) => {
    const ofKind = nodes.filter((node) => node.kind === kind);
    const { table, id } = NODE_KINDS[kind];
    const { joins = "", label } = LABELS[kind];
    return `select '${kind}' as kind, t.dataset_id as "datasetId", t.${id} as id, ${label} as label
      from unnest(${values.add(ofKind.map(({ datasetId }) => datasetId))}::int[], ${values.add(ofKind.map((node) => node.id))}::int[]) u(dataset_id, id)
      join ${table} t on t.dataset_id = u.dataset_id and t.${id} = u.id ${joins}`;
  });
  const rows = await db.rowsOnce<LabelRow>(
    `/* lineageLabels */ select l.kind, l."datasetId", l.id, d.uid,
       case when l."datasetId" = ${here} then l.label else l.label || ' of ' || d.slug end as label
     from (${branches.join("\nunion all ")}) l join datasets d on d.dataset_id = l."datasetId"`,
    values.list,
  );
  return new Map(rows.map((row) => [nameOfNode(row), row]));
}
