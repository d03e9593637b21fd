// What does an edit make of the version it was made from? Merges, checks, hashes and counts outside the lock.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Db } from "../platform/db.js";
import {
  contentOf,
  isFault,
  merged,
  type Content,
  type ContentInput,
  type Fault,
  type StoredContent,
} from "./exampleContent.js";
import { ERASED, UNKNOWN_EXAMPLE } from "./checkImport.js";
import { faultOfLabels, type LabelInput } from "./labelRules.js";
import { faultOfLanguage, faultOfRef, faultOfText } from "./prepareImport.js";
import { contentsByKey, latestVersionsByExternalId, type ExampleVersionRow } from "./queries.js";

export interface RevisionItem extends ContentInput {
  /** Null where the item names no example of this dataset. */
  externalId: string | null;
  expectedVersion?: number | null;
  author?: string | null;
  language?: string | null;
  labels?: LabelInput[] | null;
  clientRef?: string | null;
}

export interface PreparedRevision {
  externalId: string;
  /** The version it was merged with; checked again under the lock. */
  base: number;
  expectedVersion: number | null;
  author: string | null;
  language: string | null;
  labels: LabelInput[];
  content: Content | Fault;
}

/** What stands under an external id before the lock. */
interface Standing {
  version: ExampleVersionRow;
  content: StoredContent | null;
}

export async function prepareRevisions(
  db: Db,
  datasetId: number,
  items: readonly RevisionItem[],
): Promise<PreparedRevision[]> {
  const standing = await standingOf(db, datasetId, items);
  const refs = new Set<string>();
  const prepared: PreparedRevision[] = [];
  for (const [i, item] of items.entries()) {
    if (i % 50 === 49) await nextTurn();
    const found = standing.get(item.externalId ?? "") ?? null;
    prepared.push({
      externalId: item.externalId ?? "",
      base: found?.version.exampleVersion ?? 0,
      expectedVersion: item.expectedVersion ?? null,
      author: item.author ?? null,
      language: item.language ?? null,
      labels: item.labels ?? [],
      content: faultOfItem(item, refs) ?? contentAfter(item, found),
    });
  }
  return prepared;
}

async function standingOf(db: Db, datasetId: number, items: readonly RevisionItem[]): Promise<Map<string, Standing>> {
  const sound = items.flatMap(({ externalId }) =>
    externalId === null || faultOfText({ externalId }) ? [] : [externalId],
  );
  const versions = (await latestVersionsByExternalId(db, datasetId, [...new Set(sound)])).filter((row) => row !== null);
  const contents = await contentsByKey(
    db,
    datasetId,
    versions.map((version) => version.contentKey),
  );
  return new Map(versions.map((version, i) => [version.externalId, { version, content: contents[i]! }]));
}

function faultOfItem(item: RevisionItem, refs: Set<string>): Fault | null {
  return (
    faultOfText(item) ??
    faultOfRef(item.clientRef, refs) ??
    faultOfLanguage(item.language) ??
    faultOfLabels(item.labels ?? [])
  );
}

function contentAfter(item: RevisionItem, found: Standing | null): Content | Fault {
  if (found === null) return UNKNOWN_EXAMPLE;
  return found.content === null ? ERASED : contentOf(merged(item, found.content));
}

/** External ids that may be looked up: those of items without a fault. */
export function revisedIds(items: readonly PreparedRevision[]): string[] {
  return items.flatMap((item) => (isFault(item.content) ? [] : [item.externalId]));
}
