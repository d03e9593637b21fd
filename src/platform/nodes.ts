// How do global ids name things, and how is a node read by one?
import { ID, Field, InterfaceType } from "type-graphql";
import { refusal } from "./errors.js";
import type { BatchRead } from "./loaders.js";
import type { Permission } from "../policy.js";

/** Format of ids; a change of format is a new number, and old ids go on being read. */
const FORMAT = 1;

/** What each node type is known by in ids (never changed, never reused), how it is read and who may read it. */
export interface NodeType {
  type: string;
  code: number;
  /** The row's property that holds its dataset-local id. */
  id: string;
  permission: Permission;
  read: BatchRead<number, object>;
}

const byType = new Map<string, NodeType>();
const byCode = new Map<number, NodeType>();

export function registerNode(node: NodeType): void {
  if (byCode.has(node.code) && byCode.get(node.code)!.type !== node.type)
    throw new Error(`node code ${node.code} is taken`);
  byType.set(node.type, node);
  byCode.set(node.code, node);
}

export function nodeType(type: string): NodeType {
  const node = byType.get(type);
  if (!node) throw new Error(`${type} is not registered with registerNode`);
  return node;
}

/** base64url of: format, type code, the dataset's uid (16 bytes), the dataset-local id (4 bytes). */
export function encodeGlobalId(type: string, datasetUid: string, id: number): string {
  const bytes = Buffer.alloc(22);
  bytes[0] = FORMAT;
  bytes[1] = nodeType(type).code;
  bytes.write(datasetUid.replaceAll("-", ""), 2, "hex");
  bytes.writeUInt32BE(id, 18);
  return bytes.toString("base64url");
}

export interface GlobalId {
  node: NodeType;
  datasetUid: string;
  id: number;
}

/** Reads a global id; null where it is none of ours. */
export function decodeGlobalId(text: string): GlobalId | null {
  if (!/^[A-Za-z0-9_-]{30}$/.test(text)) return null;
  const bytes = Buffer.from(text, "base64url");
  const node = byCode.get(bytes[1]!);
  if (bytes[0] !== FORMAT || !node || bytes.toString("base64url") !== text) return null;
  const hex = bytes.toString("hex", 2, 18);
  const uid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  const id = bytes.readUInt32BE(18);
  return id > 0x7fffffff ? null : { node, datasetUid: uid, id };
}

/** The local id behind an id argument of one type in one dataset; refuses others. Permission is the caller's to check. */
export function localId(text: string, type: string, dataset: { uid: string }, argument: string): number {
  const decoded = decodeGlobalId(text);
  if (!decoded)
    throw refusal("BAD_USER_INPUT", `${argument} is not an id of this API; ids come from the id field`, { argument });
  if (decoded.node.type !== type)
    throw refusal("BAD_USER_INPUT", `${argument} is the id of a ${decoded.node.type}; a ${type} is expected`, {
      argument,
    });
  if (decoded.datasetUid !== dataset.uid)
    throw refusal("NOT_FOUND", `${argument} names nothing in this dataset`, { argument });
  return decoded.id;
}

@InterfaceType("Node", {
  description: "Anything with a global id.",
  resolveType: (row: { __typename?: string }) => row.__typename!,
})
export abstract class Node {
  @Field(() => ID, { description: "Opaque, stable for ever; give it to node(id:)." })
  id!: string;
}
