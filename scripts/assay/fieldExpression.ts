// What does a mapping such as `question`, `rank?` or `{instruction}{?\n\n{input}}` give for one row?
import { usage } from "./failure.js";
import { valueAt } from "./fieldPath.js";
import { FieldProblem, type Fields } from "./rows.js";
import { kindOf } from "./strictJson.js";

type Part =
  | { text: string }
  | { path: string; optional: boolean; asJson: boolean }
  /** A section: dropped when one of its fields is absent, null or empty. */
  | { section: Part[] };

export type Expression =
  | { kind: "path"; path: string; optional: boolean }
  | { kind: "template"; parts: Part[] }
  | { kind: "constant"; value: string };

export const constant = (value: string): Expression => ({ kind: "constant", value });

/**
 * Text with `{field}` is a template: `{{` and `}}` stand for braces, `\n` `\t` `\\` for what they usually do, and
 * `{?…{field}…}` for a section that is left out when its field is empty or absent. Anything else is a field's path.
 * A `?` after a name lets the field be absent or null. `{field|json}` writes a value as JSON does: control characters as
 * escapes, objects as text.
 */
export function parseExpression(source: string): Expression {
  if (!source.includes("{")) return { kind: "path", ...pathOf(source, source) };
  const reader = { source, at: 0 };
  const parts = readParts(reader, false);
  return { kind: "template", parts };
}

function pathOf(name: string, source: string): { path: string; optional: boolean } {
  const optional = name.endsWith("?");
  const path = optional ? name.slice(0, -1) : name;
  if (path === "") throw usage(`the mapping "${source}" names no field`);
  return { path, optional };
}

interface Reader {
  source: string;
  at: number;
}

function readParts(reader: Reader, inSection: boolean): Part[] {
  const parts: Part[] = [];
  let text = "";
  while (reader.at < reader.source.length) {
    const two = reader.source.slice(reader.at, reader.at + 2);
    if (two === "{{" || (two === "}}" && !inSection) || two[0] === "\\") text += readLiteral(reader, two);
    else if (two[0] === "{") {
      if (text !== "") parts.push({ text });
      text = "";
      parts.push(two === "{?" ? readSection(reader) : readField(reader));
    } else if (two[0] === "}") {
      if (!inSection) throw usage(`the template "${reader.source}" has a } without {; write }} for a brace`);
      break;
    } else {
      text += two[0];
      reader.at += 1;
    }
  }
  if (text !== "") parts.push({ text });
  return parts;
}

const ESCAPES: Record<string, string> = { "{{": "{", "}}": "}", "\\n": "\n", "\\t": "\t", "\\r": "\r", "\\\\": "\\" };

function readLiteral(reader: Reader, two: string): string {
  const known = ESCAPES[two];
  reader.at += known === undefined ? 1 : 2;
  return known ?? two[0]!;
}

function readField(reader: Reader): Part {
  const end = reader.source.indexOf("}", reader.at);
  if (end === -1) throw usage(`the template "${reader.source}" has a { without }; write {{ for a brace`);
  const name = reader.source.slice(reader.at + 1, end);
  reader.at = end + 1;
  const asJson = name.endsWith("|json");
  return { ...pathOf(asJson ? name.slice(0, -5) : name, reader.source), asJson };
}

function readSection(reader: Reader): Part {
  reader.at += 2;
  const section = readParts(reader, true);
  if (reader.source[reader.at] !== "}") throw usage(`the template "${reader.source}" has a {? section without its }`);
  reader.at += 1;
  if (fieldsOf(section).length === 0) throw usage(`a {? section of "${reader.source}" names no field`);
  return { section };
}

/**
 * The value for one row, `undefined` where an optional field is absent, or, where `emptyIsAbsent` (CSV has no other way
 * to say it), empty. Throws FieldProblem where a field is missing.
 */
export function evaluate(expression: Expression, fields: Fields, emptyIsAbsent = false): unknown {
  if (expression.kind === "constant") return expression.value;
  if (expression.kind === "template") return expression.parts.map((part) => render(part, fields)).join("");
  const value = valueAt(fields, expression.path);
  const absent = value === undefined || value === null || (emptyIsAbsent && value === "");
  if (expression.optional && absent) return undefined;
  if (value === undefined) throw new FieldProblem(expression.path, "is missing");
  return value;
}

function render(part: Part, fields: Fields): string {
  if ("text" in part) return part.text;
  if ("section" in part) {
    const empty = fieldsOf(part.section).some((path) => [undefined, null, ""].includes(valueAt(fields, path) as never));
    return empty ? "" : part.section.map((inner) => render(inner, fields)).join("");
  }
  const value = valueAt(fields, part.path);
  if (part.optional && (value === undefined || value === null)) return "";
  if (value === undefined) throw new FieldProblem(part.path, "is missing");
  return part.asJson ? JSON.stringify(value) : asText(value, part.path);
}

/** Strings as they are; numbers and booleans as JSON writes them; anything else has no one text. */
export function asText(value: unknown, field: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new FieldProblem(field, `is ${kindOf(value)} where text is needed`);
}

function fieldsOf(parts: Part[]): string[] {
  return parts.flatMap((part) => ("path" in part ? [part.path] : "section" in part ? fieldsOf(part.section) : []));
}

/** The paths an expression reads whole. */
export function pathsOf(expression: Expression): string[] {
  if (expression.kind === "constant") return [];
  return expression.kind === "path" ? [expression.path] : fieldsOf(expression.parts);
}

/** How an expression is written in a problem: its field, or the target for a template. */
export function labelOf(expression: Expression, target: string): string {
  return expression.kind === "path" ? expression.path : target;
}
