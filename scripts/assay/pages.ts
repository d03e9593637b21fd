// What are all nodes of a connection, page after page?
import type { AssayClient } from "./client.js";
import type { Fields } from "./rows.js";

export interface ConnectionPage<T> {
  nodes: T[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** The document takes $first and $after; `pick` finds the connection in its data. */
export async function* allNodes<T>(
  client: AssayClient,
  document: string,
  variables: Fields,
  pick: (data: never) => ConnectionPage<T>,
): AsyncGenerator<T> {
  let after: string | null = null;
  for (;;) {
    const data: never = await client.request(document, { ...variables, first: 100, after });
    const { nodes, pageInfo } = pick(data);
    yield* nodes;
    if (!pageInfo.hasNextPage || pageInfo.endCursor === null) return;
    after = pageInfo.endCursor;
  }
}

export async function collected<T>(nodes: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const node of nodes) all.push(node);
  return all;
}
