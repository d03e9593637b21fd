// What did the client send, within limits?
import type { IncomingMessage } from "node:http";
import { LIMITS } from "./requestLimits.js";

export type Body =
  { kind: "json"; value: unknown; bytes: number } | { kind: "refused"; status: number; message: string };

/** Of a body that is too large this much is read and thrown away, so that the refusal arrives; beyond it we hang up. */
const DRAINED_BYTES = 64 * 1024 * 1024;

/** Reads a JSON body of at most limit bytes. Compressed, non-JSON, non-UTF-8 and absurdly nested bodies are refused. */
export async function readJsonBody(request: IncomingMessage, limit: number): Promise<Body> {
  const type = request.headers["content-type"] ?? "";
  if (!/^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type))
    return refusedBody(415, `content-type ${JSON.stringify(type)} is not taken; send application/json in UTF-8`);
  if (request.headers["content-encoding"] !== undefined)
    return refusedBody(415, "a compressed body is not taken; send it as it is");
  const bytes = await collect(request, limit);
  if (bytes === null) return refusedBody(413, `the body is larger than ${limit} bytes; send less at a time`);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    if (isDeeperThan(value, LIMITS.bodyDepth))
      return refusedBody(400, `the body is nested deeper than ${LIMITS.bodyDepth} levels`);
    return { kind: "json", value, bytes: bytes.length };
  } catch (error) {
    return refusedBody(400, error instanceof SyntaxError ? "the body is not JSON" : "the body is not UTF-8");
  }
}

function refusedBody(status: number, message: string): Body {
  return { kind: "refused", status, message };
}

/** The whole body, or null when it is larger than the limit. */
async function collect(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else if (size > limit + DRAINED_BYTES) return null;
    else chunks.length = 0;
  }
  return size <= limit ? Buffer.concat(chunks) : null;
}

/** Stops at the first that is too deep, so that the stack does not grow beyond the limit. */
function isDeeperThan(value: unknown, levels: number): boolean {
  if (levels < 0) return true;
  if (typeof value !== "object" || value === null) return false;
  for (const key in value) if (isDeeperThan((value as Record<string, unknown>)[key], levels - 1)) return true;
  return false;
}
