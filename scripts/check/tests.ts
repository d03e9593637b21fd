// Do the tests pass?
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, type Finding } from "./step.js";

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: Array<{ name: string; status: string; message?: string; assertionResults: unknown[] }>;
}

/** Runs vitest, showing what it prints, and counts. A file that could not be loaded counts as a failed test. */
export async function runTests(): Promise<Finding> {
  const folder = mkdtempSync(join(tmpdir(), "assay-tests-"));
  try {
    const file = join(folder, "report.json");
    const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const { code } = await run("vitest", args, { show: true });
    const report = JSON.parse(readFileSync(file, "utf8")) as Report;
    const unloaded = report.testResults.filter(
      (one) => one.status === "failed" && one.assertionResults.length === 0,
    ).length;
    const failed = report.numFailedTests + unloaded;
    const problems = code === 0 && failed === 0 ? [] : [`${failed} tests failed`];
    const seen = `${report.numPassedTests} passed, ${report.numPendingTests} skipped`;
    return {
      problems,
      seen,
      counts: { passed: report.numPassedTests, failed: problems.length > 0 ? Math.max(failed, 1) : 0 },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
