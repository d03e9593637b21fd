// What did the client send, within limits?
import type { IncomingMessage } from "node:http";

export type Body = { kind: "json"; value: unknown; bytes: number } | { kind: "refused"; status: number; message: string };

/** Reads a JSON body of at most limit bytes. Compressed, non-JSON and non-UTF-8 bodies are refused. */
export async function readJsonBody(request: IncomingMessage, limit: number): Promise<Body> {
  const type = request.headers["content-type"] ?? "";
  if (!/^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type))
    return refusedBody(415, `content-type ${JSON.stringify(type)} is not taken; send application/json in UTF-8`);
  if (request.headers["content-encoding"] !== undefined) return refusedBody(415, "a compressed body is not taken; send it as it is");
  const bytes = await collect(request, limit);
  if (bytes === null) return refusedBody(413, `the body is larger than ${limit} bytes; send less at a time`);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { kind: "json", value: JSON.parse(text), bytes: bytes.length };
  } catch (error) {
    return refusedBody(400, error instanceof SyntaxError ? "the body is not JSON" : "the body is not UTF-8");
  }
}

function refusedBody(status: number, message: string): Body {
  return { kind: "refused", status, message };
}

/** The whole body, or null when it is larger than the limit; the rest is read and thrown away, so the answer arrives. */
async function collect(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else if (size > limit * 4) return null;
  }
  return size <= limit ? Buffer.concat(chunks) : null;
}
