// Which example does one row of an import file become?
import { usage } from "./failure.js";
import { evaluate, labelOf, parseExpression, type Expression } from "./fieldExpression.js";
import { convert } from "./fieldKinds.js";
import { mapTargets, parseMapping, restOf, type Mapping, type MappingOptions, type Shape } from "./mapRow.js";
import type { Format } from "./readRecords.js";
import { FieldProblem, type Fields } from "./rows.js";
import { kindOf } from "./strictJson.js";

const EXAMPLE: Shape = {
  targets: {
    id: { field: "externalId", kind: "key" },
    prompt: { field: "prompt", kind: "text" },
    response: { field: "response", kind: "text" },
    system: { field: "system", kind: "text" },
    context: { field: "context", kind: "turns" },
    turns: { field: "turns", kind: "turns" },
    source: { field: "source", kind: "key" },
    batch: { field: "batch", kind: "key" },
    author: { field: "author", kind: "key" },
    language: { field: "language", kind: "key" },
    derivedFrom: { field: "derivedFrom", kind: "keys" },
    clientRef: { field: "clientRef", kind: "key" },
    labels: { field: "labels", kind: "json" },
    attributes: { field: "attributes", kind: "json" },
  },
  required: ["id"],
};

export interface ExampleOptions extends MappingOptions {
  id?: string;
  labelMethod?: string;
}

export interface ExampleMapper {
  /** The example and the names of the top-level fields that were not taken. Throws FieldProblem. */
  exampleOf(fields: Fields): { item: Fields; left: string[] };
}

/**
 * Without any mapping a row is taken to have the API's own names (`id` or `externalId`, `prompt`, `response`, …, each
 * where present). With one, only what is mapped is taken, and `keepRest` puts every other top-level field into attributes.
 */
export function exampleMapper(options: ExampleOptions, format: Format): ExampleMapper {
  const pairs = [...(options.id === undefined ? [] : [`id=${options.id}`]), ...(options.map ?? [])];
  const textual = format === "csv" || format === "tsv";
  const mapping = parseMapping(EXAMPLE, { ...options, map: pairs }, textual);
  if (format === "oasst-trees") addDefaults(mapping.targets, OASST_TREES);
  const isNative = pairs.length === 0 && format !== "oasst-trees";
  if (!isNative) checkComplete(mapping);
  return { exampleOf: (fields) => buildExample(isNative ? ownNames(mapping, fields) : mapping, fields, options) };
}

const OASST_TREES = { id: "message_id", prompt: "prompt", response: "response", context: "context", language: "lang?" };

function addDefaults(targets: Map<string, Expression>, defaults: Record<string, string>): void {
  for (const [target, source] of Object.entries(defaults)) {
    if (!targets.has(target)) targets.set(target, parseExpression(source));
  }
}

function ownNames(mapping: Mapping, fields: Fields): Mapping {
  const targets = new Map(mapping.targets);
  for (const target of Object.keys(EXAMPLE.targets)) {
    const name = target === "id" && !Object.hasOwn(fields, "id") ? "externalId" : target;
    if (!targets.has(target) && Object.hasOwn(fields, name)) targets.set(target, parseExpression(name));
  }
  return { ...mapping, targets };
}

function checkComplete({ targets }: Mapping): void {
  if (!targets.has("id")) throw usage("no id is mapped; give --id FIELD or a template such as --id '{subset}-{index}'");
  if (targets.has("turns")) return;
  const missing = ["prompt", "response"].filter((target) => !targets.has(target));
  if (missing.length > 0) throw usage(`no ${missing.join(" and no ")} is mapped; give --map ${missing[0]}=FIELD`);
}

function buildExample(mapping: Mapping, fields: Fields, options: ExampleOptions): { item: Fields; left: string[] } {
  const item = mapTargets(EXAMPLE, mapping, fields);
  if (item["turns"] === undefined) {
    for (const target of ["prompt", "response"]) {
      if (item[target] === undefined) throw new FieldProblem(target, "is missing");
    }
  }
  const labels = [...ownLabels(item["labels"]), ...mappedLabels(mapping, fields, options.labelMethod)];
  if (labels.length > 0) item["labels"] = labels;
  const { rest, inPart } = restOf(mapping, fields);
  const attributes = attributesOf(mapping, fields, item["attributes"], mapping.keepRest ? rest : []);
  if (attributes !== undefined) item["attributes"] = attributes;
  return {
    item,
    left: mapping.keepRest ? [] : rest.map((name) => (inPart.includes(name) ? `${name} (in part)` : name)),
  };
}

function mappedLabels(mapping: Mapping, fields: Fields, method: string | undefined): Fields[] {
  return mapping.labels.flatMap(([dimension, expression]) => {
    const value = evaluate(expression, fields, mapping.textual);
    if (value === undefined) return [];
    const values = convert("keys", value, labelOf(expression, `label ${dimension}`), false) as string[];
    return values.map((each) => ({ dimension, value: each, ...(method === undefined ? {} : { method }) }));
  });
}

/** Either `[{dimension, value, …}]` or the short form `{dimension: value or [values]}`. */
function ownLabels(labels: unknown): Fields[] {
  if (labels === undefined || labels === null) return [];
  if (Array.isArray(labels)) return labels as Fields[];
  if (typeof labels !== "object") throw new FieldProblem("labels", `is ${kindOf(labels)} where an object is needed`);
  return Object.entries(labels).flatMap(([dimension, value]) =>
    (convert("keys", value, `labels.${dimension}`, false) as string[]).map((each) => ({ dimension, value: each })),
  );
}

function attributesOf(mapping: Mapping, fields: Fields, own: unknown, rest: string[]): Fields | undefined {
  if (own !== undefined && own !== null && kindOf(own) !== "an object") {
    throw new FieldProblem("attributes", `is ${kindOf(own)} where an object is needed`);
  }
  const entries = new Map<string, unknown>(Object.entries((own ?? {}) as Fields));
  for (const name of rest) entries.set(name, fields[name]);
  for (const [name, expression] of mapping.attributes) {
    const value = evaluate(expression, fields, mapping.textual);
    if (value !== undefined) entries.set(name, value);
  }
  return entries.size === 0 ? undefined : Object.fromEntries(entries);
}
