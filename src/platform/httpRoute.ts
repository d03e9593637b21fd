// What is a plain HTTP route beside GraphQL?
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "./context.js";

export interface HttpRoute {
  method: "GET";
  /** Matched at the beginning of the path. */
  prefix: string;
  /** Answers; a route signs its URLs itself, since a download has no Authorization header. */
  answer(request: IncomingMessage, response: ServerResponse, context: Omit<Context, "load">): Promise<void>;
}
