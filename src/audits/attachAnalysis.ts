// How does an analysis that was made elsewhere come to stand beside an audit or a snapshot?
import canonicalize from "canonicalize";
import { addText, emptyPlan } from "../activities/plan.js";
import type { SnapshotKey } from "../activities/snapshot.js";
import { write, type Answer, type RequestFields, type Verb } from "../activities/write.js";
import type { Database } from "../platform/db.js";
import { problem, type UserProblem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import type { Scope } from "../platform/viewer.js";
import { auditHeads, type AuditHead } from "./auditQueries.js";
import { unknownAudit, wordsProblem } from "./checkWords.js";
import { externalAnalyses } from "./tables.js";

/** What is said of it, kept as one text. */
export interface ExternalAnalysis {
  statistic: string;
  method: string;
  tool: string | null;
  result: Record<string, unknown>;
  fileName: string | null;
  note: string | null;
}

export interface AttachAnalysisInput extends RequestFields {
  /** The audit that it is about; null for a snapshot. */
  audit?: number | null;
  statistic: string;
  method: string;
  tool?: string | null;
  result: Record<string, unknown>;
  fileName?: string | null;
  /** SHA-256 of a file that is kept elsewhere, hex. */
  fileDigest?: string | null;
  note?: string | null;
}

interface Prepared extends AttachAnalysisInput {
  /** What it is of; null where an audit is named. */
  snapshot: SnapshotKey | null;
}

const LONGEST_NAME = 500;
const LARGEST_RESULT = 100_000;

const attachAnalysisVerb: Verb<Prepared, AuditHead | null> = {
  kind: "EXTERNAL_ANALYSIS",
  async facts(tx, datasetId, [command]) {
    const { audit = null } = command!.input;
    return audit === null ? null : (await auditHeads(tx, datasetId, [audit]))[0]!;
  },
  plan({ input }, head, ids) {
    const unfit = analysisProblem(input, head);
    if (unfit) return { kind: "refused", problems: [unfit] };
    const snapshot = head ? { ...head, activity: head.asOf } : input.snapshot!;
    const plan = emptyPlan();
    const row = {
      externalAnalysis: ids.take("externalAnalysis"),
      audit: head?.audit ?? null,
      asOf: snapshot.activity,
      population: snapshot.population,
      candidate: snapshot.candidate,
      fileDigest: input.fileDigest == null ? null : Buffer.from(input.fileDigest, "hex"),
      analysis: addText(plan, textOf(input)),
    };
    plan.rows.push({ table: externalAnalyses, rows: [row] });
    plan.used.push({ noun: "activity", id: snapshot.activity });
    if (head) plan.used.push({ noun: "audit", id: head.audit });
    plan.outcome.accepted = 1;
    return { kind: "plan", plan };
  },
};

/** Attaches it to an audit, or to a snapshot where no audit is named. The file itself stays where it is. */
export function attachAnalysis(
  db: Database,
  scope: Scope,
  snapshot: SnapshotKey | null,
  input: AttachAnalysisInput,
): Promise<Answer> {
  return write(db, scope, attachAnalysisVerb, { ...input, snapshot }, input);
}

function textOf({ statistic, method, tool, result, fileName, note }: AttachAnalysisInput): string {
  const analysis: ExternalAnalysis = {
    statistic,
    method,
    tool: tool ?? null,
    result,
    fileName: fileName ?? null,
    note: note ?? null,
  };
  return canonicalize(analysis)!;
}

function analysisProblem(input: Prepared, head: AuditHead | null): UserProblem | null {
  const { audit = null, statistic, method, tool, fileName, fileDigest, note, result } = input;
  if (audit !== null && !head) return unknownAudit(audit);
  const unfit = wordsProblem({ statistic, method, tool, fileName }, LONGEST_NAME) ?? wordsProblem({ note });
  if (unfit) return unfit;
  if (fileDigest != null && !/^[0-9a-f]{64}$/.test(fileDigest)) {
    const message = `fileDigest is ${JSON.stringify(fileDigest)}; give SHA-256 as 64 hexadecimal digits in lower case`;
    return problem("INVALID_VALUE", message, "fileDigest");
  }
  const unsound = unsoundPath(result);
  if (unsound) return problem("INVALID_TEXT", `result.${unsound.join(".")} ${UNSOUND}`, "result", ...unsound);
  const size = Buffer.byteLength(canonicalize(result)!);
  if (size <= LARGEST_RESULT) return null;
  const message = `result has ${size} bytes; give at most ${LARGEST_RESULT} here, and the rest as a file with its digest`;
  return problem("INVALID_VALUE", message, "result");
}
