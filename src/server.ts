// How does a request travel: HTTP, limits, sign-in, GraphQL, answer?
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { randomUUID } from "node:crypto";
import { ApolloServer, HeaderMap, type HTTPGraphQLResponse } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import { answerText } from "./platform/answerText.js";
import type { Config } from "./platform/config.js";
import { makeContext, type Context, type ServerConfig } from "./platform/context.js";
import type { Database } from "./platform/db.js";
import { makeFormatError } from "./platform/formatError.js";
import { graphiqlPage } from "./platform/graphiql.js";
import type { HttpRoute } from "./platform/httpRoute.js";
import { requestNotes, type RequestNote } from "./platform/log.js";
import { limitsPlugin, oversizeProblem } from "./platform/limits.js";
import { readJsonBody } from "./platform/readBody.js";
import { LIMITS } from "./platform/requestLimits.js";
import type { Tasks } from "./platform/tasks.js";
import type { SignIn } from "./platform/viewer.js";

export interface Assay {
  http: Server;
  apollo: ApolloServer<Context>;
}

export interface AssayParts {
  schema: GraphQLSchema;
  routes: HttpRoute[];
  db: Database;
  tasks: Tasks;
  signIn: SignIn;
  config: Config;
  serverConfig: ServerConfig;
  log: Logger;
}

/** Makes the server; it does not listen yet. */
export async function makeServer(parts: AssayParts): Promise<Assay> {
  const apollo = new ApolloServer<Context>({
    schema: parts.schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: false, // only from those who are not signed in: see limitsPlugin
    persistedQueries: false,
    parseOptions: { maxTokens: LIMITS.tokens },
    validationOptions: { maxErrors: 5 },
    executionOptions: { maxCoercionErrors: 5 },
    formatError: makeFormatError(parts.log),
    stringifyResult: answerText,
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled(), limitsPlugin()],
    logger: parts.log as never,
    stopOnTerminationSignals: false,
  });
  await apollo.start();
  const http = createServer(
    { requestTimeout: 120_000, headersTimeout: 15_000, maxHeaderSize: 16_384 },
    (request, response) => {
      const note: RequestNote = { requestId: randomUUID() };
      response.setHeader("x-request-id", note.requestId);
      requestNotes.run(note, () => {
        logWhenAnswered(parts.log, note, request, response);
        answer(parts, apollo, request, response).catch((error: unknown) => {
          if (request.destroyed && !request.complete) return; // who asked went away before all was said
          parts.log.error({ err: error }, "a request failed outside GraphQL");
          if (!response.headersSent) sendError(response, 500, "INTERNAL_SERVER_ERROR", "Internal server error");
          else response.destroy();
        });
      });
    },
  );
  return { http, apollo };
}

/** One line a request; paths of downloads are secrets, so only their beginning is told. */
function logWhenAnswered(log: Logger, note: RequestNote, request: IncomingMessage, response: ServerResponse): void {
  const start = performance.now();
  const path = `/${(request.url ?? "").split(/[/?]/)[1] ?? ""}`;
  response.once("close", () => {
    const ms = Math.round(performance.now() - start);
    log.info(
      { ...note, method: request.method, path, status: response.statusCode, whole: response.writableFinished, ms },
      "answered",
    );
  });
}

async function answer(
  parts: AssayParts,
  apollo: ApolloServer<Context>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const address = request.url ?? "/";
  if (!URL.canParse(address, "http://localhost"))
    return sendError(response, 400, "BAD_REQUEST", "the address cannot be read; the API is at /graphql");
  const path = new URL(address, "http://localhost").pathname;
  if (applyCors(parts.config, request, response)) return;
  if (path === "/livez") return send(response, 200, "text/plain", "ok");
  if (path === "/readyz") return answerReady(parts, response);
  if (path === "/graphql") return answerGraphql(parts, apollo, request, response);
  if (path === "/graphiql" && parts.config.GRAPHIQL === "on")
    return send(response, 200, "text/html; charset=utf-8", graphiqlPage());
  const { db, tasks, log } = parts;
  const route = parts.routes.find((one) => path.startsWith(one.prefix));
  if (route && request.method === route.method)
    return route.answer(request, response, { db, tasks, viewer: null, config: parts.serverConfig, log });
  sendError(response, 404, "NOT_FOUND", `${path} is not here; the API is at /graphql`);
}

/** Origins on the list may read answers; answers a preflight. True when the request is answered. */
function applyCors(config: Config, request: IncomingMessage, response: ServerResponse): boolean {
  const origin = request.headers.origin;
  response.setHeader("vary", "Origin");
  if (origin && config.CORS_ORIGINS.includes(origin)) {
    response.setHeader("access-control-allow-origin", origin);
    response.setHeader("access-control-allow-headers", "authorization, content-type");
    response.setHeader("access-control-allow-methods", "POST, GET");
    response.setHeader("access-control-max-age", "600");
  }
  if (request.method !== "OPTIONS") return false;
  response.writeHead(204).end();
  return true;
}

async function answerReady({ db, log }: AssayParts, response: ServerResponse): Promise<void> {
  try {
    await db.rows("/* ready */ select 1");
    send(response, 200, "text/plain", "ready");
  } catch (error) {
    log.warn({ err: error }, "not ready");
    send(response, 503, "text/plain", "the database is not reachable");
  }
}

async function answerGraphql(
  parts: AssayParts,
  apollo: ApolloServer<Context>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "POST") {
    response.setHeader("allow", "POST");
    return sendError(
      response,
      405,
      "BAD_REQUEST",
      `${request.method} is not taken here; send POST with application/json`,
    );
  }
  let viewer;
  try {
    viewer = await parts.signIn(request.headers.authorization);
  } catch (error) {
    return sendSignInProblem(parts, response, error);
  }
  if (viewer) requestNotes.getStore()!.principal = viewer.key;
  const body = await readJsonBody(request, viewer ? LIMITS.bulkBodyBytes : LIMITS.bodyBytes);
  if (body.kind === "refused")
    return sendError(response, body.status, body.status === 413 ? "PAYLOAD_TOO_LARGE" : "BAD_REQUEST", body.message);
  const oversize = oversizeProblem(body.value, body.bytes);
  if (oversize) return sendError(response, 413, "PAYLOAD_TOO_LARGE", oversize);
  const { db, tasks, serverConfig: config, log } = parts;
  const result = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: "POST", headers: headersOf(request), search: "", body: body.value },
    context: async () => makeContext({ db, tasks, viewer, config, log }),
  });
  await sendGraphql(response, result);
}

function sendSignInProblem({ log }: AssayParts, response: ServerResponse, error: unknown): void {
  const code = (error as { extensions?: { code?: string } }).extensions?.code;
  if (code === "UNAUTHENTICATED") {
    response.setHeader("www-authenticate", 'Bearer error="invalid_token"');
    return sendError(response, 401, code, (error as Error).message);
  }
  log.warn({ err: error }, "sign-in failed");
  sendError(response, 503, "UNAVAILABLE", "Sign-in could not be checked; try again.");
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  return headers;
}

async function sendGraphql(response: ServerResponse, result: HTTPGraphQLResponse): Promise<void> {
  for (const [name, value] of result.headers) response.setHeader(name, value);
  response.setHeader("cache-control", "no-store");
  response.statusCode = result.status ?? 200;
  if (result.body.kind === "complete") response.end(result.body.string);
  else {
    for await (const chunk of result.body.asyncIterator) response.write(chunk);
    response.end();
  }
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { "content-type": type, "x-content-type-options": "nosniff" }).end(text);
}

function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  send(
    response,
    status,
    "application/json; charset=utf-8",
    JSON.stringify({ errors: [{ message, extensions: { code } }] }),
  );
}
