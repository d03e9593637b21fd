// What does a client learn of an error?
import { unwrapResolverError } from "@apollo/server/errors";
import type { GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { ERROR_CODES, refusal } from "./errors.js";

const KNOWN = new Set<string>(ERROR_CODES);
/** SQLSTATEs of a database that is away, full, shut or does not let the server in; and what the network says. */
const CONNECTION = /^(08|28|53|57P0|3D000|55000|E(CONN|PIPE|TIMEDOUT|HOST|NETUNREACH|NOTFOUND|AI_AGAIN))/;

/** Errors with a code of ours pass; a database that is away is UNAVAILABLE; all else is masked and logged. */
export function makeFormatError(log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const code = String(formatted.extensions?.code ?? "");
    const original = unwrapResolverError(error);
    const cause = original as { code?: string; message?: string };
    if (KNOWN.has(code) && code !== "INTERNAL_SERVER_ERROR")
      return { ...formatted, extensions: withoutStack(formatted.extensions) };
    if (original === error && formatted.message.startsWith("Too many errors processing variables"))
      return { message: "More variables are wrong than these.", extensions: { code: "BAD_USER_INPUT" } };
    const known = knownFault(cause);
    if (known) return { ...formatted, message: known.message, extensions: known.extensions };
    log.error({ err: original, path: formatted.path }, "a request failed");
    return {
      message: "Internal server error",
      path: formatted.path,
      locations: formatted.locations,
      extensions: { code: "INTERNAL_SERVER_ERROR" },
    };
  };
}

function withoutStack(extensions: Record<string, unknown> | undefined) {
  const { stacktrace: _, ...rest } = extensions ?? {};
  return rest;
}

function knownFault(cause: { code?: string; message?: string }) {
  const { code = "", message = "" } = cause;
  if (
    CONNECTION.test(code) ||
    /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect/.test(message)
  )
    return refusal("UNAVAILABLE", "The database is not reachable; try again with the same request key.");
  if (code === "57014")
    return refusal("UNAVAILABLE", "The statement took too long and was cancelled; ask for less at a time.");
  if (code.startsWith("22"))
    return refusal("BAD_USER_INPUT", "A value cannot be stored: out of range, or not valid text.");
  return null;
}
