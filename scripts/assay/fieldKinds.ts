// Which JSON does the API take for a mapped value, and when is it refused rather than changed?
import { asText } from "./fieldExpression.js";
import { FieldProblem } from "./rows.js";
import { spelled } from "./optionValues.js";
import { kindOf } from "./strictJson.js";
import { turnsOf } from "./turns.js";

/**
 * `text`: a string, never made from a number (its spelling would be guessed). `key`: a name; numbers and booleans as JSON
 * writes them. `keys`: a list of names, in CSV separated by semicolons. `number`: also as CSV writes it. `scaleValue`: a
 * string or a number. `turns`: a conversation. `json`: anything. `time`: with its zone. `verdict` and what stands after
 * it: one of the API's words, in any case.
 */
export type Kind =
  | "text"
  | "key"
  | "keys"
  | "number"
  | "scaleValue"
  | "turns"
  | "json"
  | "time"
  | "verdict"
  | "stratum"
  | "labelMethod"
  | "lexiconKind"
  | "checkStatus"
  | "checkLevel";

export const VERDICTS = ["ACCEPT", "REJECT", "NEEDS_WORK", "WITHDRAW"] as const;
export const STRATA = ["OPEN", "RANDOM", "ADAPTIVE", "CALIBRATION", "GOLD"] as const;
export const LABEL_METHODS = ["HUMAN", "RULE", "MODEL", "SOURCE"] as const;
export const LEXICON_KINDS = ["IDENTITY_NOUN", "DESCRIPTOR", "PERSON_NOUN", "GENDERED_NOUN", "PHRASE", "WORD"] as const;
export const CHECK_STATUSES = ["PASS", "FAIL", "SKIPPED", "ERROR"] as const;
export const CHECK_LEVELS = ["BLOCK", "REVIEW", "INFO"] as const;

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
  time: timeOf,
  verdict: wordOf(VERDICTS),
  stratum: wordOf(STRATA),
  labelMethod: wordOf(LABEL_METHODS),
  lexiconKind: wordOf(LEXICON_KINDS),
  checkStatus: wordOf(CHECK_STATUSES),
  checkLevel: wordOf(CHECK_LEVELS),
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

/** The server refuses a whole call for one word it does not know; here it is one row's problem. */
function wordOf(words: readonly string[]): Conversion {
  return (value, field) => {
    const key = keyOf(value, field);
    const found = words.find((each) => each === key.toUpperCase().replaceAll("-", "_"));
    if (found !== undefined) return found;
    throw new FieldProblem(field, `is "${key}"; use ${words.map(spelled).join(", ")}`);
  };
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

function timeOf(value: unknown, field: string): string {
  const key = keyOf(value, field);
  if (TIME.test(key) && !Number.isNaN(Date.parse(key))) return key;
  throw new FieldProblem(
    field,
    `is "${key}", not a time with its zone such as 2026-05-01T12:00:00Z; a template adds one: '{${field}}Z'`,
  );
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
