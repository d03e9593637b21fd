// Which JSON does the API take for a mapped value, and when is it refused rather than changed?
import { asText } from "./fieldExpression.js";
import { FieldProblem } from "./rows.js";
import { kindOf } from "./strictJson.js";
import { turnsOf } from "./turns.js";

/**
 * `text`: a string, never made from a number (its spelling would be guessed). `key`: a name; numbers and booleans as JSON
 * writes them. `keys`: a list of names, in CSV separated by semicolons. `number`: also as CSV writes it. `scaleValue`: a
 * string or a number. `turns`: a conversation. `json`: anything.
 */
export type Kind = "text" | "key" | "keys" | "number" | "scaleValue" | "turns" | "json";

/** `textual` says that the file knows only strings (CSV), so numbers are read from them. */
export function convert(kind: Kind, value: unknown, field: string, textual: boolean): unknown {
  return CONVERSIONS[kind](value, field, textual);
}

type Conversion = (value: unknown, field: string, textual: boolean) => unknown;

const CONVERSIONS: Record<Kind, Conversion> = {
  text: textOf,
  key: keyOf,
  keys: keysOf,
  number: numberOf,
  scaleValue: scaleValueOf,
  turns: turnsOf,
  json: (value) => value,
};

function textOf(value: unknown, field: string): string {
  if (typeof value === "string") return value;
  const hint = typeof value === "number" ? `; map it as the template {${field}} to take its digits as text` : "";
  throw new FieldProblem(field, `is ${kindOf(value)} where text is needed${hint}`);
}

function keyOf(value: unknown, field: string): string {
  const key = asText(value, field);
  if (key === "") throw new FieldProblem(field, "is empty");
  return key;
}

function keysOf(value: unknown, field: string, textual: boolean): string[] {
  if (Array.isArray(value)) return value.map((each, at) => keyOf(each, `${field}.${at}`));
  if (!textual || typeof value !== "string") return [keyOf(value, field)];
  return value.split(";").flatMap((each) => (each.trim() === "" ? [] : [each.trim()]));
}

const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function numberOf(value: unknown, field: string): number {
  if (typeof value === "number") return value;
  if (typeof value === "string" && JSON_NUMBER.test(value)) return Number(value);
  throw new FieldProblem(field, `is ${typeof value === "string" ? `"${value}"` : kindOf(value)}, not a number`);
}

// "007" and "4 " stay text: only what JSON itself calls a number becomes one, and only where the file has nothing but text.
function scaleValueOf(value: unknown, field: string, textual: boolean): string | number {
  if (typeof value === "number") return value;
  if (typeof value !== "string") throw new FieldProblem(field, `is ${kindOf(value)} where a value is needed`);
  if (value === "") throw new FieldProblem(field, "is empty");
  const exact = textual && JSON_NUMBER.test(value) && (!/^-?\d+$/.test(value) || Number.isSafeInteger(Number(value)));
  return exact ? Number(value) : value;
}
