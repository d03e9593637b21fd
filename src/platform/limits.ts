// How much may one request ask for?
import type { ApolloServerPlugin, GraphQLRequestContext } from "@apollo/server";
import { Kind, parse, type DocumentNode, type GraphQLFormattedError, type OperationDefinitionNode } from "graphql";
import type { Context } from "./context.js";
import { documentCost } from "./documentCost.js";
import { documentShape, type DocumentShape } from "./documentShape.js";
import { refusal } from "./errors.js";
import { BULK_ITEMS, LIMITS } from "./requestLimits.js";
import { unsoundArgument } from "./soundArguments.js";
import { mayAnywhere } from "./viewer.js";

/** Why a body is too large for what it asks, or null. Only an operation made of nothing but bulk mutations may be large. */
export function oversizeProblem(body: unknown, bytes: number): string | null {
  if (bytes <= LIMITS.bodyBytes || isBulk(body as { query?: unknown; operationName?: unknown } | null)) return null;
  const bulk = Object.keys(BULK_ITEMS).join(", ");
  return `the body has ${bytes} bytes; at most ${LIMITS.bodyBytes} are taken, or ${LIMITS.bulkBodyBytes} for ${bulk}; send less at a time`;
}

function isBulk(body: { query?: unknown; operationName?: unknown } | null): boolean {
  const { query, operationName } = body ?? {};
  if (typeof query !== "string" || query.length > LIMITS.bodyBytes) return false;
  try {
    const document = parse(query, { maxTokens: LIMITS.tokens, noLocation: true });
    const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
    const operation =
      operations.length === 1 ? operations[0] : operations.find((one) => one.name?.value === operationName);
    return operation !== undefined && asksOnlyForBulk(operation);
  } catch {
    return false;
  }
}

function asksOnlyForBulk({ operation, selectionSet }: OperationDefinitionNode): boolean {
  return (
    operation === "mutation" &&
    selectionSet.selections.every((one) => one.kind === Kind.FIELD && one.name.value in BULK_ITEMS)
  );
}

type Resolved = GraphQLRequestContext<Context> & { document: DocumentNode; operation?: OperationDefinitionNode };

/** Refuses what is over a limit before anything runs, and says in extensions.cost what the request costs. */
export function limitsPlugin(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      let requested: number | null = null;
      return {
        async didResolveOperation(request) {
          requested = check(request as unknown as Resolved);
        },
        async willSendResponse({ response, contextValue }) {
          if (response.body.kind !== "single") return;
          const result = response.body.singleResult;
          if (requested !== null) result.extensions = { ...result.extensions, cost: { requested, max: LIMITS.cost } };
          if (!contextValue.viewer && result.errors) result.errors = result.errors.map(withoutSuggestion);
        },
      };
    },
  };
}

/** Who is not signed in learns no names of the schema from "Did you mean …?". */
function withoutSuggestion(error: GraphQLFormattedError): GraphQLFormattedError {
  return { ...error, message: error.message.replace(/ ?Did you mean [\s\S]*\?$/, "") };
}

/** The request's cost; null where there is no operation, which Apollo refuses itself. */
function check(request: Resolved): number | null {
  const { document, operation, contextValue, schema } = request;
  const variables = request.request.variables ?? {};
  if (!operation) return null;
  if (operation.operation === "subscription") throw noSubscriptions();
  const shape = documentShape(document, operation);
  refuseOver(document, operation, shape);
  if (shape.introspects) refuseIntrospection(contextValue);
  const cost = documentCost(schema, document, operation, variables);
  if (cost > LIMITS.cost)
    throw tooComplex("cost", cost, LIMITS.cost, "ask for smaller pages, or for fewer lists below lists");
  const argument = unsoundArgument(request.source ?? "", document, operation, variables);
  if (argument)
    throw refusal(
      "BAD_USER_INPUT",
      `${argument} has a NUL, a lone surrogate or a number that is not finite; remove it`,
      {
        argument,
        http: { status: 400 },
      },
    );
  return cost;
}

function noSubscriptions() {
  const message = "There are no subscriptions; to follow a log, ask for activities(since:) again.";
  return refusal("GRAPHQL_VALIDATION_FAILED", message, { http: { status: 400 } });
}

function refuseOver(document: DocumentNode, operation: OperationDefinitionNode, shape: DocumentShape): void {
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION).length;
  const rootMutations = operation.operation === "mutation" ? shape.rootFields : 0;
  const found = { ...shape, operations, rootMutations };
  const limits = [
    "operations",
    "depth",
    "aliases",
    "rootMutations",
    "rootFields",
    "directives",
    "directivesOnOne",
    "selections",
  ] as const;
  for (const limit of limits)
    if (found[limit] > LIMITS[limit]) throw tooComplex(limit, found[limit], LIMITS[limit], "split the request");
}

function tooComplex(limit: keyof typeof LIMITS, found: number, max: number, advice: string) {
  const requested = Math.min(found, Number.MAX_SAFE_INTEGER);
  return refusal("QUERY_TOO_COMPLEX", `${limit}: the request has ${requested}, at most ${max} are taken; ${advice}`, {
    limit,
    requested,
    max,
    ...(limit === "cost" ? { cost: { requested, max } } : {}),
    http: { status: 400 },
  });
}

function refuseIntrospection({ viewer }: Context): void {
  if (mayAnywhere(viewer, "schema:read")) return;
  throw refusal(
    "UNAUTHENTICATED",
    "The schema is shown to those who are signed in: send Authorization: Bearer with a token.",
    {
      http: { status: 401 },
    },
  );
}
