// What must be known before examples are decided on?
import { datasetById } from "../activities/queries.js";
import { exampleVersionsById, latestVersionsByExample, latestVersionsByExternalId } from "../examples/queries.js";
import { clausesByName } from "../guidelines/keyQueries.js";
import type { Tx } from "../platform/db.js";
import { decodeGlobalId } from "../platform/nodes.js";
import { askable } from "../platform/soundText.js";
import type { DecisionFacts, DecisionInput, NamedVersion } from "./checkDecisions.js";
import { decisionsInForce } from "./queries.js";

export async function decisionFacts(
  tx: Tx,
  datasetId: number,
  items: readonly DecisionInput[],
): Promise<DecisionFacts> {
  const versions = await namedVersions(tx, datasetId, items);
  const named = versions.flatMap((found) => (found === null || found === "malformed" ? [] : found.exampleVersion));
  const inForce = await decisionsInForce(tx, datasetId, named);
  const clauses = await clausesByName(tx, datasetId, [...new Set(items.flatMap((item) => item.clauses ?? []))]);
  return {
    versions,
    inForce: new Map(inForce.map((row) => [row.exampleVersion, row])),
    clauses: new Map(clauses.flatMap((row) => (row ? [[row.name, row.clause]] : []))),
  };
}

async function namedVersions(
  tx: Tx,
  datasetId: number,
  items: readonly DecisionInput[],
): Promise<DecisionFacts["versions"]> {
  const byExternalId = await versionsByExternalId(
    tx,
    datasetId,
    items.flatMap((item) => item.externalId ?? []),
  );
  const byId = await versionsById(
    tx,
    datasetId,
    items.flatMap((item) => item.exampleVersionId ?? []),
  );
  return items.map(({ externalId, exampleVersionId }) =>
    exampleVersionId == null ? (byExternalId.get(externalId ?? "") ?? null) : (byId.get(exampleVersionId) ?? null),
  );
}

/** An external id stands for the example's latest version. */
async function versionsByExternalId(
  tx: Tx,
  datasetId: number,
  externalIds: string[],
): Promise<Map<string, NamedVersion>> {
  if (externalIds.length === 0) return new Map();
  const rows = await latestVersionsByExternalId(tx, datasetId, askable([...new Set(externalIds)]));
  return new Map(rows.flatMap((row) => (row ? [[row.externalId, { ...row, latest: row.version }]] : [])));
}

async function versionsById(
  tx: Tx,
  datasetId: number,
  globalIds: string[],
): Promise<Map<string, NamedVersion | "malformed">> {
  if (globalIds.length === 0) return new Map();
  const dataset = await datasetById(tx, datasetId);
  const decoded = [...new Set(globalIds)].map((text) => ({ text, id: decodeGlobalId(text) }));
  const ours = decoded.filter(({ id }) => id?.node.type === "ExampleVersion" && id.datasetUid === dataset!.uid);
  const rows = await exampleVersionsById(
    tx,
    datasetId,
    ours.map(({ id }) => id!.id),
  );
  const stale = [...new Set(rows.flatMap((row) => (row?.supersededByNumber != null ? row.example : [])))];
  const latest = new Map(
    (await latestVersionsByExample(tx, datasetId, stale)).flatMap((row) => (row ? [[row.example, row.version]] : [])),
  );
  const found = new Map<string, NamedVersion | "malformed">();
  for (const { text, id } of decoded) if (id?.node.type !== "ExampleVersion") found.set(text, "malformed");
  for (const [i, { text }] of ours.entries()) {
    const row = rows[i];
    if (row) found.set(text, { ...row, latest: latest.get(row.example) ?? row.version });
  }
  return found;
}
