// What must be known before gold values are set or taken back?
import { criterionVersionsByKey } from "../guidelines/queries.js";
import type { Tx } from "../platform/db.js";
import { decodeGlobalId } from "../platform/nodes.js";
import { unsoundPath } from "../platform/soundText.js";
import { namedInSubmissions, type VersionTuple } from "../ratings/factQueries.js";
import { resolveVersion } from "../ratings/resolveNames.js";
import type { KnownVersion } from "../ratings/submission.js";
import { goldKey, type GoldFacts, type GoldUnitInput } from "./goldUnits.js";
import { goldInForce } from "./queries.js";

/** Reads it in three statements, however many items there are. */
export async function goldFacts(tx: Tx, datasetId: number, items: readonly GoldUnitInput[]): Promise<GoldFacts> {
  const names = await namedVersions(tx, datasetId, items);
  const criterionNames = sound(items.map((item) => item.criterion));
  const criteria = await criterionVersionsByKey(tx, datasetId, criterionNames);
  const facts = { ...names, criteria: new Map(criteria.flatMap((row, i) => (row ? [[criterionNames[i]!, row]] : []))) };
  const units = unitsNamed(items, facts);
  const rows = units.length === 0 ? [] : await goldInForce(tx, datasetId, units);
  return { ...facts, inForce: new Map(rows.map((row) => [goldKey(row.exampleVersion, row.criterionVersion), row])) };
}

/** Names that cannot be stored are left out: the check refuses them, and Postgres would not take them. */
function sound(names: ReadonlyArray<string | null | undefined>): string[] {
  return [...new Set(names)].filter((name) => name != null && unsoundPath(name) === null) as string[];
}

type NamedVersions = Pick<GoldFacts, "datasetUid" | "byExternalId" | "byVersionId">;

async function namedVersions(tx: Tx, datasetId: number, items: readonly GoldUnitInput[]): Promise<NamedVersions> {
  const externalIds = sound(items.map((item) => item.externalId));
  const ids = sound(items.map((item) => item.exampleVersionId)).map(decodeGlobalId);
  const versionIds = [...new Set(ids.flatMap((id) => id?.id ?? []))];
  const nothing = { guidelineVersions: [], annotators: [], batches: [] };
  const named = await namedInSubmissions(tx, datasetId, { ...nothing, externalIds, versionIds });
  return {
    datasetUid: named.datasetUid,
    byExternalId: new Map(named.byExternalId.map((tuple) => [externalIds[tuple[0]]!, versionOf(tuple)])),
    byVersionId: new Map(named.byVersionId.map((tuple) => [versionIds[tuple[0]]!, versionOf(tuple)])),
  };
}

function versionOf([, exampleVersion, latest, current, erased]: VersionTuple): KnownVersion {
  return { exampleVersion, latest, current, erased };
}

function unitsNamed(
  items: readonly GoldUnitInput[],
  facts: Omit<GoldFacts, "inForce">,
): Array<[exampleVersion: number, criterionVersion: number]> {
  return items.flatMap((item) => {
    const version = resolveVersion(item, facts);
    const criterion = facts.criteria.get(item.criterion);
    return version && criterion ? [[version.exampleVersion, criterion.criterionVersion]] : [];
  });
}
