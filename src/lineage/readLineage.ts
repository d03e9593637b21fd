// What stands on a page of a lineage?
import { encodeCursor, decodeCursor, type Key } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { encodeGlobalId } from "../platform/nodes.js";
import { may, type Viewer } from "../platform/viewer.js";
import { EDGE_KINDS, type Relation } from "./edgeKinds.js";
import { NODE_KINDS, nameOfNode, placeOf, type NodeKind, type NodeRef } from "./nodeKinds.js";
import { edgesBetween, labelsOf, type Direction, type EdgeRow, type LabelRow, type WalkScope } from "./queries.js";
import { findSubject, startOf, type Subject } from "./subject.js";
import { walk, type Visited, type Walk } from "./walk.js";

export const MAX_DEPTH = 10;
export const MAX_NODES = 100;

export interface LineageQuestion {
  of: Subject;
  direction: Direction | "BOTH";
  depth: number;
  first: number;
  after: string | null;
}

export interface LineageNodeRow {
  id: string;
  kind: NodeKind;
  label: string;
  distance: number;
}

export interface LineageEdgeRow {
  from: string;
  to: string;
  relation: Relation;
  /** Where and by which activity it was made. */
  datasetId: number;
  activityNumber: number;
}

export interface LineagePage {
  nodes: LineageNodeRow[];
  edges: LineageEdgeRow[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  truncated: boolean;
}

interface Home {
  datasetId: number;
  uid: string;
  headNumber: number;
}

/** Null where the dataset has no such thing. A later page stands on the log as it was for the first. */
export async function readLineage(
  { db, viewer }: Pick<Context, "db" | "viewer">,
  home: Home,
  question: LineageQuestion,
): Promise<LineagePage | null> {
  checkBounds(question);
  const subject = await findSubject(db, home, question.of);
  if (!subject) return null;
  const order = `lineage ${question.direction} ${question.depth} ${nameOfNode(subject)}`;
  const after = decodeCursor(question.after, "after", { order, keyTypes: KEY_TYPES });
  const scope = { datasetId: home.datasetId, at: Number(after?.[0] ?? home.headNumber), readable: readableBy(viewer!) };
  const isPast = (node: Visited) => after === null || compareKeys(keyOf(node, scope.at), after) > 0;
  const enough = (nodes: ReadonlyMap<string, Visited>) => [...nodes.values()].filter(isPast).length > question.first;
  const start = await startOf(db, subject, scope.at);
  const walked = await walk(db, scope, start, directionsOf(question.direction), question.depth, enough);
  return pageOf(db, home, scope, walked, isPast, question, order);
}

function checkBounds({ depth, first }: LineageQuestion): void {
  const bad = (argument: string, value: number, most: number) =>
    refusal("BAD_USER_INPUT", `${argument} is ${value}; use 1 to ${most}`, { argument });
  if (depth < 1 || depth > MAX_DEPTH) throw bad("depth", depth, MAX_DEPTH);
  if (first < 1 || first > MAX_NODES) throw bad("first", first, MAX_NODES);
}

function directionsOf(direction: LineageQuestion["direction"]): Direction[] {
  return direction === "BOTH" ? ["BACKWARD", "FORWARD"] : [direction];
}

/** The datasets whose releases and sources may be named; null for all. */
function readableBy(viewer: Viewer): number[] | null {
  if (viewer.isAdmin && !viewer.token?.datasetSlugs && may(viewer, 0, "lineage:read")) return null;
  return [...viewer.memberships.keys()].filter((datasetId) => may(viewer, datasetId, "lineage:read"));
}

/** The log's end for all pages, then the place in the list. */
const KEY_TYPES = ["number", "number", "number", "number", "number"] as const;

function keyOf(node: Visited, at: number): number[] {
  return [at, node.distance, placeOf(node.kind), node.datasetId, node.id];
}

function compareKeys(a: Key, b: Key): number {
  const i = a.findIndex((part, place) => part !== b[place]);
  return i < 0 ? 0 : Number(a[i]) - Number(b[i]);
}

async function pageOf(
  db: Context["db"],
  home: Home,
  scope: WalkScope,
  walked: Walk,
  isPast: (node: Visited) => boolean,
  { first }: LineageQuestion,
  order: string,
): Promise<LineagePage> {
  const earlier = walked.nodes.filter((node) => !isPast(node));
  const later = walked.nodes.slice(earlier.length);
  const nodes = later.slice(0, first);
  const known = [...earlier, ...nodes];
  const labels = await labelsOf(db, known.filter(needsLabel(nodes, home)), home.datasetId);
  const ids = new Map(known.map((node) => [nameOfNode(node), globalId(node, home, labels)]));
  const edges = await edgesBetween(db, scope, nodes, known);
  const cursorOf = (node: Visited | undefined) => (node ? encodeCursor(order, keyOf(node, scope.at)) : null);
  return {
    nodes: nodes.map((node) => nodeOf(node, ids, labels)),
    edges: edges.sort(compareEdges(known)).map((edge) => edgeOf(edge, ids)),
    pageInfo: {
      hasNextPage: later.length > first,
      hasPreviousPage: earlier.length > 0,
      startCursor: cursorOf(nodes[0]),
      endCursor: cursorOf(nodes.at(-1)),
    },
    truncated: walked.truncated,
  };
}

function nodeOf(
  node: Visited,
  ids: ReadonlyMap<string, string>,
  labels: ReadonlyMap<string, LabelRow>,
): LineageNodeRow {
  const { kind, distance } = node;
  return { id: ids.get(nameOfNode(node))!, kind, label: labels.get(nameOfNode(node))!.label, distance };
}

/** Nodes of the page are labelled; so are earlier ones of other datasets, for whose ids the uid is wanted. */
function needsLabel(page: readonly Visited[], { datasetId }: Home): (node: Visited) => boolean {
  const onPage = new Set(page);
  return (node) => onPage.has(node) || node.datasetId !== datasetId;
}

function globalId(node: NodeRef, home: Home, labels: ReadonlyMap<string, LabelRow>): string {
  const uid = node.datasetId === home.datasetId ? home.uid : labels.get(nameOfNode(node))!.uid;
  return encodeGlobalId(NODE_KINDS[node.kind].type, uid, node.id);
}

function edgeOf({ kind, from, to, activity }: EdgeRow, ids: ReadonlyMap<string, string>): LineageEdgeRow {
  return {
    from: ids.get(nameOfNode(from))!,
    to: ids.get(nameOfNode(to))!,
    relation: EDGE_KINDS[kind]!.relation,
    datasetId: from.datasetId,
    activityNumber: activity,
  };
}

/** By the places of their ends in the list, then by the catalogue. */
function compareEdges(known: readonly NodeRef[]): (a: EdgeRow, b: EdgeRow) => number {
  const places = new Map(known.map((node, place) => [nameOfNode(node), place]));
  const place = (node: NodeRef) => places.get(nameOfNode(node))!;
  return (a, b) => place(a.from) - place(b.from) || place(a.to) - place(b.to) || a.kind - b.kind;
}
