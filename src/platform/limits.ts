// How much may one request ask for?
import type { ApolloServerPlugin } from "@apollo/server";
import type { Context } from "./context.js";

export const LIMITS = {
  tokens: 2_000,
  bodyBytes: 256 * 1024,
  bulkBodyBytes: 16 * 1024 * 1024,
} as const;

/** Mutations that take a bulk body. */
export const BULK_MUTATIONS = new Set(["importExamples", "reviseExamples", "labelExamples", "submitRatings", "decideExamples"]);

/** Why a body is too large for what it asks, or null. */
export function oversizeProblem(body: unknown, bytes: number): string | null {
  if (bytes <= LIMITS.bodyBytes) return null;
  const query = String((body as { query?: unknown } | null)?.query ?? "");
  if (query.length <= LIMITS.bodyBytes && [...BULK_MUTATIONS].some((name) => query.includes(name))) return null;
  return `the body has ${bytes} bytes; at most ${LIMITS.bodyBytes} are taken, but for ${[...BULK_MUTATIONS].join(", ")}`;
}

export function limitsPlugin(): ApolloServerPlugin<Context> {
  return {};
}
