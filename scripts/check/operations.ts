// Are the documents that our users send valid?
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GraphQLError, parse, validate, type GraphQLSchema } from "graphql";
import { documentCost } from "../../src/platform/documentCost.js";
import { LIMITS } from "../../src/platform/requestLimits.js";
import { ROOT, type Finding } from "./step.js";

export const OPERATIONS_FOLDER = join(ROOT, "graphql", "operations");

/** Every document of the folder has one named operation, is valid and fits the cost limit. */
export async function checkOperations(schema: GraphQLSchema, folder = OPERATIONS_FOLDER): Promise<Finding> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".graphql"));
  const problems = names.flatMap((name) => problemsOf(schema, name, readFileSync(join(folder, name), "utf8")));
  if (names.length === 0) problems.push("graphql/operations has no documents");
  return { problems, seen: `${names.length} documents` };
}

function problemsOf(schema: GraphQLSchema, name: string, text: string): string[] {
  try {
    const document = parse(text, { maxTokens: LIMITS.tokens });
    const invalid = validate(schema, document).map((error) => `${name}: ${error.message}`);
    const operations = document.definitions.filter((one) => one.kind === "OperationDefinition");
    if (operations.length !== 1 || !operations[0]!.name)
      return [...invalid, `${name}: give it one operation, with a name`];
    const cost = invalid.length === 0 ? documentCost(schema, document, operations[0]!, {}) : 0;
    return cost > LIMITS.cost ? [`${name}: costs ${cost}, at most ${LIMITS.cost} are taken`] : invalid;
  } catch (error) {
    if (error instanceof GraphQLError) return [`${name}: ${error.message}`];
    throw error;
  }
}
