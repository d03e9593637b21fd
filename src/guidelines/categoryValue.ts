// What is a category, or a value on a scale, in the API?
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";

/** Text or a finite number, as it was declared: "correct", 4, 0.5. */
export type CategoryValue = string | number;

export const CategoryValueScalar = new GraphQLScalarType<CategoryValue, CategoryValue>({
  name: "CategoryValue",
  description: "A category or a value on a scale: text or a finite number, as the criterion declares it.",
  serialize: read,
  parseValue: read,
  parseLiteral: (node: ValueNode) => {
    if (node.kind === Kind.STRING) return node.value;
    if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return read(Number(node.value));
    throw new GraphQLError(`CategoryValue must be text or a number, not ${node.kind}`, { nodes: node });
  },
});

function read(value: unknown): CategoryValue {
  if (typeof value === "string" || (typeof value === "number" && Number.isFinite(value))) return value;
  throw new GraphQLError(
    `CategoryValue must be text or a finite number; got ${JSON.stringify(value) ?? String(value)}`,
  );
}
