// How do many fields of one request become one statement?
import DataLoader from "dataloader";
import type { Db } from "./db.js";

/** A batch read: (db, dataset, keys) → values in key order. */
export type BatchRead<Key, Value> = (db: Db, datasetId: number, keys: readonly Key[]) => Promise<Array<Value | null>>;

/** Loads through a DataLoader of this request, one per batch read and dataset. */
export type Load = <Key extends string | number, Value>(
  read: BatchRead<Key, Value>,
  datasetId: number,
  key: Key,
) => Promise<Value | null>;

/** The loaders of one request. They are never shared between requests, so nothing leaks between viewers. */
export function makeLoad(db: Db): Load {
  const loaders = new Map<unknown, Map<number, DataLoader<never, unknown>>>();
  return (read, datasetId, key) => {
    let ofRead = loaders.get(read);
    if (!ofRead) loaders.set(read, (ofRead = new Map()));
    let loader = ofRead.get(datasetId);
    if (!loader)
      ofRead.set(datasetId, (loader = new DataLoader((keys) => read(db, datasetId, keys), { maxBatchSize: 1000 })));
    return loader.load(key as never) as never;
  };
}

/** Puts rows into the order of the keys; null where there is none. */
export function inKeyOrder<Key, Row>(
  keys: readonly Key[],
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
): Array<Row | null> {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}

/** Groups rows by key, in the order of the keys. */
export function groupedInKeyOrder<Key, Row>(
  keys: readonly Key[],
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
): Row[][] {
  const byKey = new Map<Key, Row[]>(keys.map((key) => [key, []]));
  for (const row of rows) byKey.get(keyOf(row))?.push(row);
  return keys.map((key) => byKey.get(key)!);
}
