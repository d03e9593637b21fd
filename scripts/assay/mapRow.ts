// Which item of an API call does one row become?
import { usage } from "./failure.js";
import { constant, evaluate, labelOf, parseExpression, pathsOf, type Expression } from "./fieldExpression.js";
import { convert, type Kind } from "./fieldKinds.js";
import { FieldProblem, type Fields } from "./rows.js";

/** What a kind of item is made of: the target as the caller writes it → the API's field and what it takes. */
export interface Shape {
  targets: Record<string, { field: string; kind: Kind }>;
  required: string[];
}

export interface Mapping {
  targets: Map<string, Expression>;
  /** `--label dimension=expression` */
  labels: [string, Expression][];
  /** `--attribute name=expression` */
  attributes: [string, Expression][];
  /** Target → text for rows that have none of their own. */
  fallbacks: [string, string][];
  keepRest: boolean;
  /** CSV: everything is text. */
  textual: boolean;
}

export interface MappingOptions {
  map?: string[];
  set?: string[];
  label?: string[];
  attribute?: string[];
  fallbacks?: Record<string, string | undefined>;
  keepRest?: boolean;
}

/** Reads `target=expression` and `target=constant` pairs; refuses unknown targets and targets named twice. */
export function parseMapping(shape: Shape, options: MappingOptions, textual: boolean): Mapping {
  const targets = new Map<string, Expression>();
  for (const [target, source] of (options.map ?? []).map((pair) => splitPair(pair, "--map"))) {
    addTarget(shape, targets, target, parseExpression(source));
  }
  for (const [target, value] of (options.set ?? []).map((pair) => splitPair(pair, "--set"))) {
    addTarget(shape, targets, target, constant(value));
  }
  return {
    targets,
    labels: named(options.label, "--label"),
    attributes: named(options.attribute, "--attribute"),
    fallbacks: Object.entries(options.fallbacks ?? {}).flatMap(([target, text]): [string, string][] =>
      text === undefined ? [] : [[target, text]],
    ),
    keepRest: options.keepRest ?? false,
    textual,
  };
}

function named(pairs: string[] | undefined, flag: string): [string, Expression][] {
  return (pairs ?? []).map((pair) => {
    const [name, source] = splitPair(pair, flag);
    return [name, parseExpression(source)];
  });
}

export function splitPair(pair: string, flag: string): [string, string] {
  const equals = pair.indexOf("=");
  if (equals < 1) throw usage(`${flag} ${pair}: write it as name=field`);
  return [pair.slice(0, equals), pair.slice(equals + 1)];
}

function addTarget(shape: Shape, targets: Map<string, Expression>, target: string, expression: Expression): void {
  if (!Object.hasOwn(shape.targets, target)) {
    throw usage(`"${target}" is not something to map to; use ${Object.keys(shape.targets).join(", ")}`);
  }
  if (targets.has(target)) throw usage(`"${target}" is mapped twice`);
  targets.set(target, expression);
}

/** The mapped fields of one row. Throws FieldProblem for the first field that is missing or of the wrong kind. */
export function mapTargets(shape: Shape, mapping: Mapping, fields: Fields): Fields {
  const item: Fields = {};
  for (const [target, expression] of mapping.targets) {
    const value = evaluate(expression, fields, mapping.textual);
    if (value === undefined) continue;
    const { field, kind } = shape.targets[target]!;
    item[field] = convert(kind, value, labelOf(expression, target), mapping.textual || expression.kind === "constant");
  }
  for (const [target, text] of mapping.fallbacks) {
    const { field, kind } = shape.targets[target]!;
    item[field] ??= convert(kind, text, target, true);
  }
  for (const target of shape.required) {
    if (item[shape.targets[target]!.field] === undefined) throw new FieldProblem(target, "is missing");
  }
  return item;
}

/** Top-level fields of a row that no expression reads whole; those read in part are named in `inPart` as well. */
export function restOf(mapping: Mapping, fields: Fields): { rest: string[]; inPart: string[] } {
  const read = new Set(expressionsOf(mapping).flatMap(pathsOf));
  const rest = Object.keys(fields).filter((name) => !read.has(name));
  const inPart = rest.filter((name) => [...read].some((path) => path.startsWith(`${name}.`)));
  return { rest, inPart };
}

function expressionsOf({ targets, labels, attributes }: Mapping): Expression[] {
  return [...targets.values(), ...labels.map(([, each]) => each), ...attributes.map(([, each]) => each)];
}
