// Which rating, decision, gold value or labels does one row of a file become?
import { usage } from "./failure.js";
import { evaluate, labelOf, parseExpression } from "./fieldExpression.js";
import { convert } from "./fieldKinds.js";
import { mapTargets, parseMapping, type Mapping, type MappingOptions, type Shape } from "./mapRow.js";
import type { Format } from "./readRecords.js";
import { FieldProblem, type Fields } from "./rows.js";

export const RATING: Shape = {
  targets: {
    example: { field: "externalId", kind: "key" },
    exampleVersionId: { field: "exampleVersionId", kind: "key" },
    criterion: { field: "criterion", kind: "key" },
    annotator: { field: "annotator", kind: "key" },
    value: { field: "value", kind: "scaleValue" },
    guidelineVersion: { field: "guidelineVersion", kind: "key" },
    batch: { field: "batch", kind: "key" },
    stratum: { field: "stratum", kind: "stratum" },
    seconds: { field: "seconds", kind: "number" },
    occurredAt: { field: "occurredAt", kind: "time" },
    rationale: { field: "rationale", kind: "text" },
    clientRef: { field: "clientRef", kind: "key" },
  },
  required: ["criterion", "annotator", "value"],
};

export const DECISION: Shape = {
  targets: {
    example: { field: "externalId", kind: "key" },
    exampleVersionId: { field: "exampleVersionId", kind: "key" },
    verdict: { field: "verdict", kind: "verdict" },
    reason: { field: "reason", kind: "text" },
    clauses: { field: "clauses", kind: "keys" },
    clientRef: { field: "clientRef", kind: "key" },
  },
  required: ["verdict"],
};

/** What a gold value is on. */
export const GOLD_UNIT: Shape = {
  targets: {
    example: { field: "externalId", kind: "key" },
    exampleVersionId: { field: "exampleVersionId", kind: "key" },
    criterion: { field: "criterion", kind: "key" },
    clientRef: { field: "clientRef", kind: "key" },
  },
  required: ["criterion"],
};

export const GOLD_VALUE: Shape = {
  targets: {
    ...GOLD_UNIT.targets,
    value: { field: "value", kind: "scaleValue" },
    tolerance: { field: "tolerance", kind: "number" },
    rationale: { field: "rationale", kind: "text" },
  },
  required: ["criterion", "value"],
};

export const LABELLING: Shape = {
  targets: {
    example: { field: "externalId", kind: "key" },
    dimension: { field: "dimension", kind: "key" },
    values: { field: "values", kind: "keys" },
    method: { field: "method", kind: "labelMethod" },
    confidence: { field: "confidence", kind: "number" },
  },
  required: ["example"],
};

export interface JudgementMapper {
  /** The items one row becomes, more than one only where a row carries several label dimensions. Throws FieldProblem. */
  itemsOf(fields: Fields): Fields[];
}

export interface RowMapper {
  mapping: Mapping;
  /** Throws FieldProblem. */
  itemOf: (fields: Fields) => Fields;
}

/** Targets that are not mapped are taken from the column of the same name, where the row has one. */
export function rowMapper(shape: Shape, options: MappingOptions, format: Format): RowMapper {
  const mapping = parseMapping(shape, options, format === "csv" || format === "tsv");
  const columns = columnsFor(shape, mapping);
  return { mapping, itemOf: (fields) => mapTargets(shape, withColumns(mapping, columns, fields), fields) };
}

export function judgementMapper(shape: Shape, options: MappingOptions, format: Format): JudgementMapper {
  const { mapping, itemOf } = rowMapper(shape, options, format);
  return {
    itemsOf: (fields) => {
      const item = itemOf(fields);
      if (item["externalId"] === undefined && item["exampleVersionId"] === undefined) {
        throw new FieldProblem("example", "is missing");
      }
      return shape === LABELLING ? labelItems(mapping, item, fields) : [item];
    },
  };
}

function columnsFor(shape: Shape, mapping: Mapping): [string, string][] {
  return Object.entries(shape.targets).flatMap(([target, { field }]): [string, string][] =>
    mapping.targets.has(target) ? [] : [...new Set([target, field])].map((name) => [target, name]),
  );
}

function withColumns(mapping: Mapping, columns: [string, string][], fields: Fields): Mapping {
  const present = columns.filter(([, name]) => Object.hasOwn(fields, name));
  if (present.length === 0) return mapping;
  const targets = new Map(mapping.targets);
  for (const [target, name] of present) if (!targets.has(target)) targets.set(target, parseExpression(`${name}?`));
  return { ...mapping, targets };
}

function labelItems(mapping: Mapping, item: Fields, fields: Fields): Fields[] {
  if (mapping.labels.length === 0) {
    for (const target of ["dimension", "values"]) {
      if (item[target] === undefined) throw new FieldProblem(target, "is missing");
    }
    return [item];
  }
  if (item["dimension"] !== undefined)
    throw usage("give either --label DIMENSION=FIELD or --map dimension=…, not both");
  return mapping.labels.flatMap(([dimension, expression]) => {
    const value = evaluate(expression, fields, mapping.textual);
    if (value === undefined) return [];
    const values = convert("keys", value, labelOf(expression, `label ${dimension}`), false);
    return [{ ...item, dimension, values }];
  });
}
