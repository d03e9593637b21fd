// What became of each item of an import or a revision, now or when it was first submitted?
import type { Answer } from "../activities/write.js";
import type { Db } from "../platform/db.js";
import { latestVersionsByExternalId, versionsByActivity, type ExampleVersionRow } from "./queries.js";
import type { ImportStatus } from "./importTypes.js";

export interface ImportedRow {
  index: number;
  externalId: string;
  clientRef: string | null;
  status: ImportStatus;
  exampleVersion: ExampleVersionRow;
}

/**
 * The items without a problem, in order, with the version that stands for each. Read back from the rows: a repeated request
 * key gets the same, but that an unchanged example may have a newer version by now.
 */
export async function importedExamples(
  db: Db,
  datasetId: number,
  answer: Answer,
  items: ReadonlyArray<{ externalId: string | null; clientRef?: string | null }>,
): Promise<ImportedRow[]> {
  const { outcome, activity } = answer;
  if (activity === null && outcome.unchanged === 0) return [];
  const refused = new Set(outcome.problems.map((problem) => problem.index));
  const made = activity === null ? [] : await versionsByActivity(db, datasetId, activity);
  const madeById = new Map(made.map((version) => [version.externalId, version]));
  const others = items.flatMap(({ externalId }, i) =>
    externalId === null || refused.has(i) || madeById.has(externalId) ? [] : [externalId],
  );
  const latest = others.length === 0 ? [] : await latestVersionsByExternalId(db, datasetId, [...new Set(others)]);
  const latestById = new Map(latest.flatMap((version) => (version ? [[version.externalId, version]] : [])));
  const told = new Set<string>();
  return items.flatMap(({ externalId, clientRef = null }, index) => {
    const found =
      externalId === null || refused.has(index) ? undefined : (madeById.get(externalId) ?? latestById.get(externalId));
    if (!found) return [];
    const isNew = madeById.has(found.externalId) && !told.has(found.externalId);
    told.add(found.externalId);
    const status = isNew ? (found.version === 1 ? "CREATED" : "REVISED") : "UNCHANGED";
    return [{ index, externalId: found.externalId, clientRef, status, exampleVersion: found }];
  });
}
