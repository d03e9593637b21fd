// Which object does one line of JSON hold, if it can be read without losing or changing anything?
import { FieldProblem, type Fields } from "./rows.js";

const MAX_DEPTH = 200;
const LONG_NUMBER = /[0-9.eE+-]{16,}|[eE]/;

/**
 * Parses one JSON object. Refuses, beside bad JSON: what is not an object, keys that stand twice in one object, numbers
 * that a double cannot hold, nesting deeper than 200, NUL and lone surrogates in keys or strings.
 */
export function parseStrictObject(text: string): Fields {
  const seen = scan(text);
  const value = parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new FieldProblem(null, `the row is ${kindOf(value)}, not a JSON object`);
  }
  const keys = inspect(value, "");
  if (keys !== seen.colons) throw new FieldProblem(null, "a key stands twice in one object; only one could be kept");
  return value as Fields;
}

export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FieldProblem(null, `not valid JSON: ${(error as Error).message}`);
  }
}

// Outside strings every colon belongs to one key: fewer keys after parsing means that one stood twice.
function scan(text: string): { colons: number } {
  let colons = 0;
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 0x22) {
      checkNumbers(text.slice(from, at));
      at = stringEnd(text, at);
      from = at + 1;
    } else if (char === 0x3a) colons += 1;
    else if (char === 0x7b || char === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) throw new FieldProblem(null, `nested deeper than ${MAX_DEPTH} levels`);
    } else if (char === 0x7d || char === 0x5d) depth -= 1;
  }
  checkNumbers(text.slice(from));
  return { colons };
}

function stringEnd(text: string, open: number): number {
  let end = text.indexOf('"', open + 1);
  while (end !== -1 && backslashesBefore(text, end) % 2 === 1) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function backslashesBefore(text: string, at: number): number {
  let count = 0;
  while (text.charCodeAt(at - 1 - count) === 0x5c) count += 1;
  return count;
}

function checkNumbers(between: string): void {
  if (!LONG_NUMBER.test(between)) return;
  for (const [token] of between.matchAll(/-?\d[0-9.eE+-]*/g)) {
    const value = Number(token);
    const exact = /^-?\d+$/.test(token) ? Number.isSafeInteger(value) : Number.isFinite(value);
    if (!exact && !Number.isNaN(value)) {
      throw new FieldProblem(null, `the number ${token.slice(0, 40)} cannot be held exactly; write it as a string`);
    }
  }
}

/** Throws FieldProblem for the first string or key that the database cannot hold. */
export function checkTexts(value: unknown): void {
  inspect(value, "");
}

/** Refuses strings that the database cannot hold; answers the number of keys in all objects. */
function inspect(value: unknown, path: string): number {
  if (typeof value === "string") {
    checkText(value, path);
    return 0;
  }
  if (typeof value !== "object" || value === null) return 0;
  let keys = 0;
  const isArray = Array.isArray(value);
  for (const key of Object.keys(value)) {
    const inner = path === "" ? key : `${path}.${key}`;
    if (!isArray) {
      keys += 1;
      checkText(key, inner);
    }
    keys += inspect((value as Fields)[key], inner);
  }
  return keys;
}

/** Refuses text with NUL or with half of a surrogate pair: UTF-8 and Postgres hold neither. */
export function checkText(text: string, field: string | null): void {
  if (text.includes("\0")) throw new FieldProblem(field, "contains NUL (U+0000), which cannot be stored");
  if (!text.isWellFormed()) throw new FieldProblem(field, "contains half of a surrogate pair, which is not text");
}
