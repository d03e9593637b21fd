// How many annotators are in which group, as far as it may be shown?
import type { Db } from "../platform/db.js";
import { refusal } from "../platform/errors.js";
import { unsoundPath } from "../platform/soundText.js";
import { attributeReport, attributeTable, type AttributeReport, type AttributeTable } from "./attributeReport.js";
import { groupCounts, pairCounts } from "./queries.js";

export async function findReports(db: Db, datasetId: number): Promise<AttributeReport[]> {
  const counts = await groupCounts(db, datasetId);
  return [...counts].map(([attribute, groups]) => attributeReport(attribute, groups));
}

/** Hiding cells takes time that grows with the square of their number. */
const MOST_GROUPS = 40;

/** The two-way table of attributes that are known of somebody; refuses others, and more groups than can be held apart. */
export async function findTable(db: Db, datasetId: number, rows: string, columns: string): Promise<AttributeTable> {
  if (rows === columns) throw bad("columns", `columns is ${JSON.stringify(rows)} as rows is; name another attribute`);
  const reports = new Map((await findReports(db, datasetId)).map((report) => [report.attribute, report]));
  for (const [argument, attribute] of Object.entries({ rows, columns })) {
    const report = unsoundPath(attribute) ? undefined : reports.get(attribute);
    if (!report)
      throw bad(
        argument,
        `${argument} ${JSON.stringify(attribute)} is known of nobody; annotatorAttributes lists those there are`,
      );
    if (report.groups.length > MOST_GROUPS)
      throw bad(
        argument,
        `${attribute} has ${report.groups.length} groups that can be shown; at most ${MOST_GROUPS} are crossed`,
      );
  }
  return attributeTable([rows, columns], await pairCounts(db, datasetId, rows, columns));
}

function bad(argument: string, message: string) {
  return refusal("BAD_USER_INPUT", message, { argument });
}
