// Which items go into one call?
import type { Fields, Place } from "./rows.js";

export interface PlacedItem {
  item: Fields;
  place: Place;
}

export interface Chunk {
  index: number;
  items: PlacedItem[];
  bytes: number;
}

export interface ChunkLimits {
  maxItems: number;
  maxBytes: number;
}

/** Cuts a stream of items in order; the cuts depend on the items and the limits alone. An item above the limit goes alone. */
export async function* chunksOf(items: AsyncIterable<PlacedItem>, limits: ChunkLimits): AsyncGenerator<Chunk> {
  let current: Chunk = { index: 0, items: [], bytes: 0 };
  for await (const each of items) {
    const size = itemBytes(each.item);
    const full = current.items.length >= limits.maxItems || current.bytes + size > limits.maxBytes;
    if (full && current.items.length > 0) {
      yield current;
      current = { index: current.index + 1, items: [], bytes: 0 };
    }
    current.items.push(each);
    current.bytes += size;
  }
  if (current.items.length > 0) yield current;
}

export const itemBytes = (item: Fields) => Buffer.byteLength(JSON.stringify(item)) + 1;

/** Reads one value ahead, so that the next chunk is made while the last one is under way. */
export async function* oneAhead<T>(values: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = values.next();
  try {
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      next = values.next();
      next.catch(() => {}); // reported when it is awaited
      yield value;
    }
  } finally {
    await next.catch(() => {});
    await values.return(undefined);
  }
}
