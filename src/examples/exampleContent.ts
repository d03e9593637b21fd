// What is the content of an example: its turns and attributes as one canonical text? Pure.
import canonicalize from "canonicalize";
import { randomBytes } from "node:crypto";
import { sha256 } from "../platform/digest.js";
import type { UserErrorCode } from "../platform/errors.js";
import { countWords } from "./countWords.js";
import type { TurnRole } from "./types.js";

export interface TurnInput {
  role: TurnRole;
  content: string;
}

/** Either turns, or prompt and response with what stands around them. */
export interface ContentInput {
  turns?: TurnInput[] | null;
  prompt?: string | null;
  response?: string | null;
  system?: string | null;
  context?: TurnInput[] | null;
  attributes?: Record<string, unknown> | null;
}

/** What is wrong with an item, before it knows its place in the batch. */
export interface Fault {
  /** Below the item: ["turns", "0", "content"]. */
  field: string[];
  code: UserErrorCode;
  message: string;
}

/** Content as it is stored: hashed and counted, ready to be written. */
export interface Content {
  /** RFC 8785 of {"attributes":{…},"turns":[{"content","role"}…]}. */
  text: string;
  commitment: Buffer;
  salt: Buffer;
  /** SHA-256 of the text. */
  hash: Buffer;
  /** SHA-256 of the loosely normalised prompt. */
  groupKey: Buffer;
  turnCount: number;
  promptWords: number;
  responseWords: number;
}

/** Content as it is read back. */
export interface StoredContent {
  attributes: Record<string, unknown>;
  turns: Array<{ role: "system" | "user" | "assistant"; content: string }>;
}

export const MAX_TURNS = 200;
export const MAX_CONTENT_BYTES = 1024 * 1024;
const MAX_DEPTH = 32;

/** The content, or the first thing that is wrong with it. Nothing is trimmed, normalised or left out. */
export function contentOf(input: ContentInput): Content | Fault {
  const turns = turnsOf(input);
  if (!Array.isArray(turns)) return turns;
  const attributes = input.attributes ?? {};
  const wrong = faultOfTurns(turns, input) ?? faultOfAttributes(attributes);
  if (wrong) return wrong;
  const text = textOf(turns, attributes);
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_CONTENT_BYTES)
    return fault(
      [],
      "INVALID_VALUE",
      `the content is ${bytes} bytes of JSON; at most ${MAX_CONTENT_BYTES} are taken, so split it`,
    );
  return sealed(text, turns);
}

export function isFault(value: object): value is Fault {
  return "code" in value;
}

/** RFC 8785, written out: its strings are those of JSON.stringify, and its keys come sorted. */
function textOf(turns: TurnInput[], attributes: Record<string, unknown>): string {
  const said = turns.map(
    ({ role, content }) => `{"content":${JSON.stringify(content)},"role":"${role.toLowerCase()}"}`,
  );
  return `{"attributes":${canonicalize(attributes)},"turns":[${said.join(",")}]}`;
}

const SALT_BYTES = 16;

function sealed(text: string, turns: TurnInput[]): Content {
  const prompt = turns.at(-2)!.content;
  const salted = Buffer.concat([salts.next(), Buffer.from(text, "utf8")]);
  return {
    text,
    salt: salted.subarray(0, SALT_BYTES),
    commitment: sha256(salted),
    hash: sha256(salted.subarray(SALT_BYTES)),
    groupKey: sha256(looselyNormalised(prompt)),
    turnCount: turns.length,
    promptWords: countWords(prompt),
    responseWords: countWords(turns.at(-1)!.content),
  };
}

/** Salts, drawn 256 at a time: one by one they took a tenth of an import's preparation. */
const salts = {
  drawn: Buffer.alloc(0),
  next(): Buffer {
    if (this.drawn.length === 0) this.drawn = randomBytes(256 * SALT_BYTES);
    const salt = this.drawn.subarray(0, SALT_BYTES);
    this.drawn = this.drawn.subarray(SALT_BYTES);
    return salt;
  },
};

/** NFKC, lower case, every run of what is no letter, mark or digit to one space, trimmed; prompts of signs alone keep them. */
export function looselyNormalised(prompt: string): string {
  const lower = prompt.normalize("NFKC").toLowerCase();
  return lower.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim() || lower.trim();
}

/** Whether something of a text can be seen: not only spaces, controls, and characters that show nothing. */
export function isVisible(text: string): boolean {
  return /[^\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(text);
}

export function fault(field: string[], code: UserErrorCode, message: string): Fault {
  return { field, code, message };
}

function turnsOf(input: ContentInput): TurnInput[] | Fault {
  const { turns, prompt, response, system, context } = input;
  const apart = (["prompt", "response", "system", "context"] as const).find((field) => input[field] != null);
  if (turns != null)
    return apart
      ? fault([apart], "INVALID_VALUE", `turns and ${apart} both came; give turns alone, or prompt and response`)
      : turns;
  if (prompt == null)
    return fault(["prompt"], "INVALID_VALUE", "prompt is missing; give prompt and response, or turns");
  if (response == null)
    return fault(["response"], "INVALID_VALUE", "response is missing; give prompt and response, or turns");
  const before: TurnInput[] = system == null ? [] : [{ role: "SYSTEM", content: system }];
  return [...before, ...(context ?? []), { role: "USER", content: prompt }, { role: "ASSISTANT", content: response }];
}

/** An optional system turn, then user and assistant in turn, user first and assistant last; every turn says something. */
function faultOfTurns(turns: TurnInput[], input: ContentInput): Fault | null {
  if (turns.length > MAX_TURNS)
    return fault(["turns"], "INVALID_VALUE", `${turns.length} turns came; at most ${MAX_TURNS} are taken`);
  return faultOfRoles(turns, input) ?? faultOfSilence(turns, input);
}

function faultOfRoles(turns: TurnInput[], input: ContentInput): Fault | null {
  const first = turns[0]?.role === "SYSTEM" ? 1 : 0;
  for (let i = first; i < turns.length; i++) {
    const expected = (i - first) % 2 === 0 ? "USER" : "ASSISTANT";
    if (turns[i]!.role === expected) continue;
    const rule = "after an optional SYSTEM turn, USER and ASSISTANT take turns, USER first";
    const message = `turn ${i} is ${turns[i]!.role} where ${expected} is expected; ${rule}`;
    return fault(placeOf(i, turns, input, "role"), "INVALID_VALUE", message);
  }
  if (turns.length - first >= 2 && turns.at(-1)!.role === "ASSISTANT") return null;
  const message = "the last turn must be ASSISTANT with a USER turn before it; leave out what follows the answer";
  return fault(["turns"], "INVALID_VALUE", message);
}

function faultOfSilence(turns: TurnInput[], input: ContentInput): Fault | null {
  const empty = turns.findIndex((turn) => !isVisible(turn.content));
  if (empty === -1) return null;
  const place = placeOf(empty, turns, input, "content");
  return fault(
    place,
    "INVALID_VALUE",
    `${place.join(".")} is empty or shows nothing; give it text, or leave the turn out`,
  );
}

/** Where the input says a part of turn i. */
function placeOf(i: number, turns: TurnInput[], input: ContentInput, part: "role" | "content"): string[] {
  if (input.turns != null) return ["turns", String(i), part];
  if (i === turns.length - 1) return ["response"];
  if (i === turns.length - 2) return ["prompt"];
  const offset = input.system == null ? 0 : 1;
  return i < offset ? ["system"] : ["context", String(i - offset), part];
}

function faultOfAttributes(attributes: Record<string, unknown>): Fault | null {
  const path = unsafePath(attributes, 0);
  if (!path) return null;
  return fault(
    ["attributes", ...path],
    "INVALID_VALUE",
    path.length >= MAX_DEPTH
      ? `attributes are nested deeper than ${MAX_DEPTH}; flatten them`
      : "a whole number beyond 2^53 may have lost digits on its way here; send it as a string",
  );
}

/** The path to a number that JSON may have rounded, or to where the nesting is too deep. */
function unsafePath(value: unknown, depth: number): string[] | null {
  if (typeof value === "number") return Number.isInteger(value) && !Number.isSafeInteger(value) ? [] : null;
  if (value === null || typeof value !== "object") return null;
  if (depth >= MAX_DEPTH) return [];
  for (const [key, part] of Object.entries(value)) {
    const path = unsafePath(part, depth + 1);
    if (path) return [key, ...path];
  }
  return null;
}

/** The edit over what stands: turns as a whole, or the parts that are given; attributes as a whole. */
export function merged(edit: ContentInput, standing: StoredContent): ContentInput {
  const attributes = edit.attributes ?? standing.attributes;
  const turns = standing.turns.map(({ role, content }): TurnInput => ({
    role: role.toUpperCase() as TurnRole,
    content,
  }));
  const { prompt, response, system, context } = edit;
  if (edit.turns != null) return { turns: edit.turns, prompt, response, system, context, attributes };
  const first = turns[0]!.role === "SYSTEM" ? 1 : 0;
  return {
    system: system ?? (first ? turns[0]!.content : null),
    context: context ?? turns.slice(first, -2),
    prompt: prompt ?? turns.at(-2)!.content,
    response: response ?? turns.at(-1)!.content,
    attributes,
  };
}
