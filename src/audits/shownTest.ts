// What does the API need to show a test of an audit: which dataset and moment is its evidence of?
import type { AuditTest } from "./auditNumbers.js";
import type { AuditTestType } from "./testTypes.js";

export function shownTest(
  { evidence, ...test }: AuditTest,
  { datasetId, asOf }: { datasetId: number; asOf: number },
): AuditTestType {
  return { ...test, datasetId, asOf, shown: evidence };
}
