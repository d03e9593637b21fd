// What do the records of bias audits say, page by page?
import { EXIT, noDataset, serverFailure, usage } from "../failure.js";
import { allNodes, collected, type ConnectionPage } from "../pages.js";
import type { Session } from "../session.js";
import { AUDIT, AUDIT_ANALYSES, AUDIT_CHANGES, AUDIT_FINDINGS, AUDIT_TESTS, AUDITS } from "./auditDocuments.js";
import {
  auditList,
  auditView,
  type ShownAnalysis,
  type ShownAudit,
  type ShownFinding,
  type ShownHead,
  type ShownTest,
} from "./auditView.js";
import { changesView, type ShownChange } from "./changesView.js";

type Answer<Part> = { dataset: { audit: Part | null } | null };

export async function listAudits(session: Session): Promise<number> {
  const slug = session.dataset();
  const pick = (data: { dataset: { audits: ConnectionPage<ShownHead> } | null }) => {
    if (data.dataset === null) throw noDataset(slug);
    return data.dataset.audits;
  };
  const audits = await collected(allNodes(session.client(), AUDITS, { slug }, pick));
  session.output.answer(audits, () => auditList(audits));
  return EXIT.ok;
}

/** All of an audit, for people or for programs. */
export async function showAudit(session: Session, number: number): Promise<number> {
  const slug = session.dataset();
  const data = await session.client().request<Answer<ShownAudit>>(AUDIT, { slug, number });
  const audit = auditOf(data, slug, number);
  const tests = await listOf<ShownTest>(session, number, AUDIT_TESTS, "tests");
  const findings = await listOf<ShownFinding>(session, number, AUDIT_FINDINGS, "findings");
  const analyses = await listOf<ShownAnalysis>(session, number, AUDIT_ANALYSES, "externalAnalyses");
  const whole = { ...audit, tests, findings, externalAnalyses: analyses };
  session.output.answer(whole, () => auditView(slug, audit, { tests, findings, analyses }));
  return EXIT.ok;
}

export async function diffAudits(session: Session, earlier: number, later: number): Promise<number> {
  if (earlier === later) throw usage(`audit ${earlier} is compared with itself; name two`);
  const changes = await listOf<ShownChange>(session, later, AUDIT_CHANGES, "changesSince", { since: earlier });
  session.output.answer(changes, () => changesView(earlier, later, changes));
  return EXIT.ok;
}

function auditOf<Part>({ dataset }: Answer<Part>, slug: string, number: number): Part {
  if (dataset === null) throw noDataset(slug);
  if (dataset.audit === null)
    throw serverFailure(`NOT_FOUND: ${slug} has no audit ${number}; assay audit list shows them`);
  return dataset.audit;
}

/** A list of an audit, whole. */
function listOf<Row>(
  session: Session,
  number: number,
  document: string,
  field: string,
  more: Record<string, number> = {},
): Promise<Row[]> {
  const slug = session.dataset();
  const pick = (data: Answer<Record<string, ConnectionPage<Row>>>) => auditOf(data, slug, number)[field]!;
  return collected(allNodes(session.client(), document, { slug, number, ...more }, pick));
}
