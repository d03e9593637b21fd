// How does a test ask for everything the schema has, with values that are nearly right?
import fc from "fast-check";
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from "graphql";
import { placesOf, type Stride } from "../house/schemaWalk.js";
import type { FullDataset } from "../support/fullDataset.js";
import { hostileLeaf, tamperedCursor } from "./hostileValues.js";

export interface HostileRequest {
  query: string;
  variables: Record<string, unknown>;
}

/** Good values by the name of a field or argument, and what names things: ids and keys of all kinds, cursors. */
export interface Material {
  good: Record<string, readonly unknown[]>;
  names: readonly string[];
  cursors: readonly string[];
}

/** One arbitrary for every mutation and for every field with arguments, by its coordinate. */
export function requestsOf(
  schema: GraphQLSchema,
  dataset: FullDataset,
  material: Material,
): Map<string, fc.Arbitrary<HostileRequest>> {
  const requests = new Map<string, fc.Arbitrary<HostileRequest>>();
  for (const field of Object.values(schema.getMutationType()!.getFields()))
    requests.set(`Mutation.${field.name}`, requestOf("mutation", [], field, material));
  for (const name of ["node", "nodes"])
    requests.set(`Query.${name}`, requestOf("query", [], schema.getQueryType()!.getFields()[name]!, material));
  for (const { type, path } of placesOf(schema, dataset)) {
    const object = schema.getType(type);
    if (!isObjectType(object)) continue;
    const fields = Object.values(object.getFields()).filter((one) => one.args.length > 0);
    for (const field of fields)
      if (!requests.has(`${type}.${field.name}`))
        requests.set(`${type}.${field.name}`, requestOf("query", path, field, material));
  }
  return requests;
}

function requestOf(
  operation: string,
  path: Stride[],
  field: GraphQLField<unknown, unknown>,
  material: Material,
): fc.Arbitrary<HostileRequest> {
  const declared = field.args.map((one) => `$${one.name}: ${String(one.type)}`).join(", ");
  const passed = field.args.map((one) => `${one.name}: $${one.name}`).join(", ");
  const inner = `${field.name}(${passed})${selectionOf(field.type, 3)}`;
  const before = path.map((one) => `${one.text} { `).join("");
  const query = `${operation} (${declared}) { ${before}${inner}${" }".repeat(path.length)} }`;
  return fc
    .constantFrom(0, 2, 5, 15)
    .chain((hostility) => valuesOf(field.args, { ...material, hostility, level: 0, parent: field.name }))
    .map((variables) => ({ query, variables }));
}

/** Every field that needs no argument, some levels deep; of lists two. */
function selectionOf(type: GraphQLOutputType, levels: number): string {
  const named = getNamedType(type);
  if (!("getFields" in named)) return "";
  const fields = Object.values(named.getFields() as Record<string, GraphQLField<unknown, unknown>>);
  const texts = fields.flatMap((one) => {
    if (one.args.some(isRequiredArgument) || ["verifyLog", "verify", "edges"].includes(one.name)) return [];
    const isLeaf = !("getFields" in getNamedType(one.type));
    if (!isLeaf && levels === 0) return [];
    const page = one.args.some((argument) => argument.name === "first") ? "(first: 2)" : "";
    return [`${one.name}${page}${selectionOf(one.type, levels - 1)}`];
  });
  return ` { ${["__typename", ...texts].join(" ")} }`;
}

interface Place extends Material {
  /** How many of a hundred leaves are hostile. */
  hostility: number;
  level: number;
  /** The input type, or the field whose argument it is. */
  parent: string;
}

function valuesOf(
  fields: readonly (GraphQLArgument | GraphQLInputField)[],
  place: Place,
): fc.Arbitrary<Record<string, unknown>> {
  const entries = fields.map((one) => {
    const value = valueOf(one.type, one.name, place);
    const given = isNonNullType(one.type) && one.defaultValue === undefined ? 100 : (GIVEN[one.name] ?? 35);
    return fc
      .nat({ max: 99 })
      .chain((n) =>
        n < given
          ? value.map((v) => [[one.name, v]] as Array<[string, unknown]>)
          : fc.constant([] as Array<[string, unknown]>),
      );
  });
  return fc.tuple(...entries).map((parts) => Object.fromEntries(parts.flat()));
}

/** What is left out less or more often than other optional fields, in a hundred. */
const GIVEN: Record<string, number> = { first: 85, last: 10, after: 30, before: 10, externalId: 80, prompt: 85 };
Object.assign(GIVEN, { response: 85, source: 70, requestKey: 4, turns: 10, context: 10, exampleVersionId: 15 });
Object.assign(GIVEN, { categories: 70, guidelineVersion: 70, annotator: 90, mode: 60, enrol: 30, message: 15 });

function valueOf(type: GraphQLInputType, name: string, place: Place): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return valueOf(type.ofType as GraphQLInputType, name, place);
  if (isListType(type)) return listOf(valueOf(type.ofType as GraphQLInputType, name, place), place.level);
  if (isInputObjectType(type))
    return valuesOf(Object.values(type.getFields()), { ...place, level: place.level + 1, parent: type.name });
  const { good, names, cursors } = place;
  const usual = good[`${place.parent}.${name}`] ?? good[`${type.name} ${name}`] ?? good[name] ?? ["word"];
  const sound = fc.constantFrom(...(isEnumType(type) ? type.getValues().map((one) => one.name) : usual));
  const hostility = isEnumType(type) || name === "dataset" ? 3 : place.hostility * 10;
  const hostile = isEnumType(type)
    ? fc.constantFrom("", "__proto__", "train'", 0, null)
    : name === "after" || name === "before"
      ? fc.oneof(tamperedCursor(cursors), hostileLeaf(type.name, names))
      : hostileLeaf(type.name, names);
  return fc.nat({ max: 999 }).chain((n) => (n < hostility ? hostile : sound));
}

function listOf(item: fc.Arbitrary<unknown>, level: number): fc.Arbitrary<unknown> {
  return fc.nat({ max: 299 }).chain((n): fc.Arbitrary<unknown> => {
    if (n === 0) return item.map((one) => repeated(one, level > 1 ? 300 : 12_000));
    if (n === 1) return fc.constantFrom([], null, {}, "x");
    return fc.array(item, { minLength: 1, maxLength: 3 });
  });
}

/** As often as asked for, but at most 20 MB of it. */
function repeated(item: unknown, count: number): unknown[] {
  const size = JSON.stringify(item).length;
  return Array.from({ length: Math.min(count, Math.ceil(2e7 / size)) }, () => item);
}
