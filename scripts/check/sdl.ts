// Is the schema written down as it is, and does it say what everything means?
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
  specifiedScalarTypes,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";
import { assaySchema } from "../../src/schema.js";
import { firstDifference } from "./difference.js";
import { ROOT, type Finding } from "./step.js";

export const SDL_FILE = join(ROOT, "graphql", "schema.graphql");

export async function emitSdl(): Promise<string> {
  return `${printSchema(lexicographicSortSchema(await assaySchema()))}\n`;
}

export async function checkSdl(file = SDL_FILE): Promise<Finding> {
  const emitted = await emitSdl();
  const difference = firstDifference(existsSync(file) ? readFileSync(file, "utf8") : "", emitted);
  const problems = difference ? [`graphql/schema.graphql is not what the code emits: ${difference}`] : [];
  return { problems, seen: `${emitted.split("\n").length} lines` };
}

/** Every type, field, argument and enum value says what it is. */
export function checkDescriptions(schema: GraphQLSchema): Finding {
  const named = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith("__"));
  const things = named.filter((type) => !specifiedScalarTypes.some((one) => one.name === type.name)).flatMap(described);
  const problems = things
    .filter((thing) => !thing.description?.trim())
    .map((thing) => `${thing.name} has no description`);
  if (things.length === 0) problems.push("the schema is empty");
  return { problems, seen: `${things.length} things` };
}

interface Described {
  name: string;
  description?: string | null | undefined;
}

function described(type: GraphQLNamedType): Described[] {
  // The three roots are named by the specification.
  const own = ["Query", "Mutation", "Subscription"].includes(type.name)
    ? []
    : [{ name: type.name, description: type.description }];
  if (isEnumType(type)) return [...own, ...type.getValues().map((one) => named(type, one))];
  if (isInputObjectType(type)) return [...own, ...Object.values(type.getFields()).map((one) => named(type, one))];
  if (!isObjectType(type) && !isInterfaceType(type)) return own;
  const fields = Object.values(type.getFields()).flatMap((field) => [
    named(type, field),
    ...field.args
      .filter((argument) => argument.name !== "input")
      .map((argument) => ({
        name: `${type.name}.${field.name}(${argument.name}:)`,
        description: argument.description,
      })),
  ]);
  return [...own, ...fields];
}

function named(type: GraphQLNamedType, member: Described): Described {
  return { name: `${type.name}.${member.name}`, description: member.description };
}
