// What does one record of a release look like, and what is its leaf? Pure.
import canonicalize from "canonicalize";
import { leafHash } from "./merkleTree.js";
import type { Split } from "./splitOf.js";

/** The standard record but for its text. */
export interface RecordFacets {
  id: string;
  source: string;
  annotator_id: string | null;
  quality_rating: number | string | null;
  category: string | null;
  split: Split;
  licence: string | null;
  version: number;
}

/** A turn as trainers name it. */
export interface Message {
  content: string;
  role: "system" | "user" | "assistant";
}

/** What an export holds of one example. */
export interface StandardRecord extends RecordFacets {
  /** All turns before the prompt, system turns included. */
  context: Message[];
  /** The last user turn. */
  prompt: string;
  /** The assistant turn after it. */
  response: string;
  /** BCP 47; absent where it is not stated. */
  language?: string;
}

/** The turns of an example version out of the canonical JSON in contents. */
export function messagesOf(text: string): Message[] {
  return (JSON.parse(text) as { turns: Message[] }).turns;
}

/** Whether a record holds these turns whole: they end in a user turn and one assistant turn after it. */
export function isWhole(messages: readonly Message[]): boolean {
  return messages.at(-2)?.role === "user" && messages.at(-1)?.role === "assistant";
}

/**
 * The record of a member: facets and text. Everything before the last user turn is context. Throws on turns that isWhole
 * does not pass: nothing is dropped silently.
 */
export function standardRecord(
  facets: RecordFacets,
  language: string | null,
  messages: readonly Message[],
): StandardRecord {
  if (!isWhole(messages))
    throw new Error(`${facets.id} does not end in a user turn and one assistant turn; a record holds nothing else`);
  const [prompt, response] = messages.slice(-2) as [Message, Message];
  const record = { ...facets, context: messages.slice(0, -2), prompt: prompt.content, response: response.content };
  return language === null ? record : { ...record, language };
}

/** SHA-256(0x00 ‖ salt ‖ RFC 8785 of the record): the leaf H(0x00 ‖ d) of RFC 6962, with d = salt ‖ record. */
export function recordLeaf(salt: Buffer, record: object): Buffer {
  return leafHash(salt, Buffer.from(canonicalize(record)!, "utf8"));
}
