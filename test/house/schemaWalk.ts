// How does a test reach every type and field of the schema, and what permission does each field ask for?
import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLSchema,
} from "graphql";
import { getMetadataStorage } from "type-graphql";
import type { Permission } from "../../src/policy.js";
import type { FullDataset } from "../support/fullDataset.js";

/** A field on the way from the root: its text with arguments, and what it asks for. */
export interface Stride {
  type: string;
  field: string;
  text: string;
  permissions: Permission[];
}

export interface Place {
  /** From the root to a value of the type. */
  path: Stride[];
  type: string;
  fields: Array<Stride & { isLeaf: boolean }>;
}

/** The permissions in a field's @Authorized. */
export function permissionsOf(type: string, field: string): Permission[] {
  const storage = getMetadataStorage();
  const members = (one: { name: string }) => one.name === type;
  const fields =
    type === "Query"
      ? storage.queries
      : type === "Mutation"
        ? storage.mutations
        : [...storage.objectTypes, ...storage.interfaceTypes].filter(members).flatMap((one) => one.fields ?? []);
  const found = fields.filter((one) => one.schemaName === field);
  return found.flatMap((one) => (one.roles ?? []) as Permission[]);
}

/** Every object type that can be reached from Query, by a shortest path whose arguments name things of the dataset. */
export function placesOf(schema: GraphQLSchema, dataset: FullDataset): Place[] {
  const places: Place[] = [];
  const seen = new Set<string>(["Query"]);
  const waiting: Array<{ type: string; path: Stride[] }> = [{ type: "Query", path: [] }];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { type, path } = next;
    const object = schema.getType(type);
    if (!isObjectType(object)) continue;
    const fields = Object.values(object.getFields()).filter((field) => !["node", "nodes"].includes(field.name));
    const strides = fields.map((field) => ({
      ...strideOf(type, field, dataset),
      isLeaf: !isCompositeType(getNamedType(field.type)),
    }));
    places.push({ path, type, fields: strides });
    for (const [i, field] of fields.entries()) {
      const named = getNamedType(field.type);
      if (!isCompositeType(named) || seen.has(named.name)) continue;
      seen.add(named.name);
      if (isInterfaceType(named)) continue;
      waiting.push({ type: named.name, path: [...path, strides[i]!] });
    }
  }
  return places;
}

function strideOf(type: string, field: GraphQLField<unknown, unknown>, dataset: FullDataset): Stride {
  const given = field.args
    .filter(
      (one) => isRequiredArgument(one) || one.name === "first" || one.name === "externalId" || isModelled(field, one),
    )
    .map((one) => `${one.name}: ${argumentText(field.name, one.name, dataset)}`);
  const text = `${field.name}${given.length > 0 ? `(${given.join(", ")})` : ""}`;
  return { type, field: field.name, text, permissions: permissionsOf(type, field.name) };
}

/** A consensus has a model by one rule only, and near-duplicates are those of a text. */
function isModelled(field: { name: string }, argument: { name: string }): boolean {
  if (field.name === "nearDuplicatesOf") return ["prompt", "response"].includes(argument.name);
  return field.name === "consensus" && argument.name === "rule";
}

function argumentText(field: string, argument: string, dataset: FullDataset): string {
  const keys: Record<string, string> = {
    source: dataset.source,
    criterion: dataset.criterion,
    annotator: dataset.annotators[0]!,
    batch: dataset.batch,
    test: "any",
  };
  const texts: Record<string, string> = {
    first: "1",
    slug: JSON.stringify(dataset.slug),
    name: JSON.stringify(field === "lexicon" ? dataset.lexicon : dataset.guidelineVersion),
    number: "1",
    audit: "1",
    id: JSON.stringify(dataset.candidateId),
    externalId: JSON.stringify(dataset.examples[0]),
    version: JSON.stringify(dataset.release),
    release: JSON.stringify(dataset.release),
    from: JSON.stringify(dataset.release),
    to: JSON.stringify(dataset.release),
    criterion: JSON.stringify(dataset.criterion),
    dimensions: "[{ by: SOURCE_KIND }]",
    dimension: "{ by: SOURCE_KIND }",
    since: "{ activity: 1 }",
    of: `{ externalId: ${JSON.stringify(dataset.examples[0])} }`,
    direction: "BOTH",
    depth: "2",
    halfWidth: "0.1",
    rows: `"hand"`,
    columns: `"region"`,
    rule: "DAWID_SKENE",
    prompt: JSON.stringify("What is it?"),
    response: JSON.stringify("It is this."),
    key: JSON.stringify(keys[field]),
  };
  const text = texts[argument];
  if (text === undefined) throw new Error(`the schema walk has no value for ${field}(${argument}:); add one`);
  return text;
}

/** A document that follows a path and selects something at its end. */
export function documentOf(path: Stride[], selection: string): string {
  return `{ ${path.map((stride) => `${stride.text} { `).join("")}${selection}${" }".repeat(path.length)} }`;
}
