// Where are reports kept that can never change?
import { LRUCache } from "lru-cache";
import type { Db } from "./db.js";

/** Asks for a report by what it is computed from; makes it where it is not kept. */
export type KeptReport = <Report extends object>(db: Db, key: unknown, make: () => Promise<Report>) => Promise<Report>;

/**
 * Keeps reports by (dataset, activity, population, parameters, method version): what is computed at an activity stays true.
 * The ones not asked for longest go first. Requests that ask for the same at once share one computation; a failed one is not
 * kept. What comes out is shared between requests: do not change it.
 */
export function keepReports(max: number): KeptReport {
  const ofDatabases = new WeakMap<Db, LRUCache<string, Promise<object>>>();
  return <Report extends object>(db: Db, key: unknown, make: () => Promise<Report>) => {
    let kept = ofDatabases.get(db);
    if (!kept) ofDatabases.set(db, (kept = new LRUCache({ max })));
    const name = JSON.stringify(key);
    let report = kept.get(name);
    if (report === undefined) {
      const made = make();
      kept.set(name, (report = made));
      made.catch(() => kept.peek(name) === made && kept.delete(name));
    }
    return report as Promise<Report>;
  };
}
