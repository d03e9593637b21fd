// Which argument of a request holds text that cannot be stored as it came?
import { Kind, visit, type ASTNode, type DocumentNode, type OperationDefinitionNode } from "graphql";
import { unsoundPath } from "./soundText.js";

/**
 * The argument or variable that holds a NUL, a lone surrogate or a number that is not finite, as a path; null where all is
 * sound. The items of a mutation's batches are left out: their verb checks them one by one and says which are not taken.
 */
export function unsoundArgument(
  source: string,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): string | null {
  const isMutation = operation.operation === "mutation";
  for (const [name, value] of Object.entries(variables)) {
    if (isMutation && isBatch(value)) continue;
    const path = isMutation && isObject(value) ? unsoundInput(value) : unsoundPath(value);
    if (path) return [name, ...path].join(".");
  }
  return unsoundLiteral(source, document);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isBatch(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}

function unsoundInput(input: Record<string, unknown>): string[] | null {
  return unsoundPath(Object.fromEntries(Object.entries(input).filter(([, part]) => !isBatch(part))));
}

/** Only a document with an escape or a NUL can hold one: the lexer refuses lone surrogates. */
function unsoundLiteral(source: string, document: DocumentNode): string | null {
  if (!/\\u|\0/.test(source)) return null;
  let found: string | null = null;
  visit(document, {
    StringValue(node, _key, parent, _path, ancestors) {
      if (found === null && unsoundPath(node.value)) found = nearestArgument([...ancestors, parent!]);
    },
  });
  return found;
}

function nearestArgument(ancestors: ReadonlyArray<ASTNode | readonly ASTNode[]>): string {
  const named = ancestors.filter((one): one is ASTNode => "kind" in one);
  const names = named.flatMap((one) =>
    one.kind === Kind.ARGUMENT || one.kind === Kind.OBJECT_FIELD ? [one.name.value] : [],
  );
  return names.join(".") || "a literal";
}
