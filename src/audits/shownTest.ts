// What does the API need to show a test of an audit: which dataset and moment is its evidence of?
import type { AuditTest as TestNumbers } from "./auditNumbers.js";
import type { AuditEvidence, AuditTest } from "./testTypes.js";

export function shownTest(test: TestNumbers, { datasetId, asOf }: { datasetId: number; asOf: number }): AuditTest {
  const evidence = test.evidence.map(({ exampleVersion, ...one }) => ({
    ...one,
    datasetId,
    asOf,
    exampleVersionId: exampleVersion,
  })) as AuditEvidence[];
  return { ...test, datasetId, asOf, evidence };
}
