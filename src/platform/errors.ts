// Which errors does the API know?
import { GraphQLError } from "graphql";

/** Refusals and faults: GraphQL errors with one of these codes. docs/errors.md says what to do about each. */
export const ERROR_CODES = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "BAD_USER_INPUT",
  "QUERY_TOO_COMPLEX",
  "PAYLOAD_TOO_LARGE",
  "UNAVAILABLE",
  "CONTENT_ERASED",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "OPERATION_RESOLUTION_FAILURE",
  "BAD_REQUEST",
  "PERSISTED_QUERY_NOT_SUPPORTED",
  "INTERNAL_SERVER_ERROR",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A refusal of the whole request; the message says what came, what was expected and what to do. */
export function refusal(code: ErrorCode, message: string, extensions: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}

/** What a caller of a mutation should handle, item by item. One closed list for all mutations. */
export const USER_ERROR_CODES = [
  // requests
  "REQUEST_KEY_REUSED",
  "DUPLICATE_CLIENT_REF",
  "DUPLICATE_IN_BATCH",
  "TOO_MANY_ITEMS",
  "INVALID_VALUE",
  "INVALID_TEXT",
  "ALREADY_EXISTS",
  "CONTENT_CONFLICT",
  "STALE_VERSION",
  // references
  "UNKNOWN_PRINCIPAL",
  "UNKNOWN_TOKEN",
  "UNKNOWN_SOURCE",
  "UNKNOWN_GUIDELINE_VERSION",
  "UNKNOWN_CLAUSE",
  "UNKNOWN_CRITERION",
  "UNKNOWN_ANNOTATOR",
  "UNKNOWN_BATCH",
  "UNKNOWN_EXAMPLE",
  "UNKNOWN_RELEASE",
  "UNKNOWN_CANDIDATE",
  "UNKNOWN_DIMENSION",
  // ratings and decisions
  "VALUE_OUTSIDE_SCALE",
  "CRITERION_NOT_IN_FORCE",
  "NOT_QUALIFIED",
  "ANNOTATOR_NOT_ACTIVE",
  "NOT_YOUR_ANNOTATOR",
  "EXAMPLE_WITHDRAWN",
  "CONTENT_ERASED",
  "LAST_OWNER",
  "UNKNOWN_GOLD",
  "UNKNOWN_FEEDBACK",
  // audits
  "UNKNOWN_AUDIT",
  "UNKNOWN_FINDING",
  "OWN_AUDIT",
  // jobs
  "TOO_MANY_JOBS",
  "NOT_YOUR_JOB",
  // releases
  "GATE_FAILED",
  "VERSION_TOO_SMALL",
  "CANDIDATE_ALREADY_CUT",
  "STATUS_NOT_ALLOWED",
] as const;
export type UserErrorCode = (typeof USER_ERROR_CODES)[number];

export interface UserProblem {
  code: UserErrorCode;
  message: string;
  /** Where in the input: ["ratings", "17", "value"]. */
  path: string[];
  /** The item's index in a batch; null for the whole submission. */
  index: number | null;
}

/** A problem of one item of a batch. */
export function itemProblem(
  list: string,
  index: number,
  field: string | null,
  code: UserErrorCode,
  message: string,
): UserProblem {
  return { code, message, path: field === null ? [list, String(index)] : [list, String(index), field], index };
}

/** A problem of the submission as a whole. */
export function problem(code: UserErrorCode, message: string, ...path: string[]): UserProblem {
  return { code, message, path, index: null };
}
