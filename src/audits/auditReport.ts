// What did a bias audit of a snapshot find, as it was computed before or now?
import { datasetById } from "../activities/queries.js";
import type { SnapshotKey } from "../activities/snapshot.js";
import { bad } from "../agreement/question.js";
import { lexiconsByName } from "../lexicons/queries.js";
import type { Context } from "../platform/context.js";
import type { Db } from "../platform/db.js";
import { defineTask } from "../platform/tasks.js";
import { findReport, registerReport, type Found, type ReportWork } from "../reports/findReport.js";
import type { AuditNumbers } from "./auditNumbers.js";
import {
  auditQuestionOf,
  namesOf,
  type AuditArguments,
  type AuditQuestion,
  type FoundForAudit,
} from "./auditQuestion.js";
import { AUDIT_METHOD, computeAudit } from "./computeAudit.js";
import { auditedCriteria, knownAttributes, lexiconsOfPeople } from "./queries.js";
import { GROUP_KINDS } from "./readMentions.js";

export const auditKind = registerReport<AuditQuestion, AuditNumbers>({
  name: "BIAS_AUDIT",
  method: AUDIT_METHOD,
  task: defineTask("biasAudit", (context, { snapshot, question }: ReportWork<AuditQuestion>) =>
    computeAudit(context, snapshot, question),
  ),
  weigh: ({ tests }) => 1 + 10 * tests.length,
});

export interface AuditAsked {
  question: AuditQuestion;
  datasetUid: string;
}

/** The question with all that is meant by its names; throws BAD_USER_INPUT where it cannot be asked. */
export async function auditAskedOf(db: Db, snapshot: SnapshotKey, given: AuditArguments): Promise<AuditAsked> {
  const { uid: datasetUid } = (await datasetById(db, snapshot.datasetId))!;
  const found: FoundForAudit = {
    lexicons: await lexiconsOf(db, snapshot, given.lexicons ?? null),
    criteria: await criteriaOf(db, snapshot, given.criteria ?? null),
    attributes: await attributesOf(db, snapshot, given),
  };
  return { question: auditQuestionOf(given, found), datasetUid };
}

export function auditNumbers(
  context: Context,
  snapshot: SnapshotKey,
  { question, datasetUid }: AuditAsked,
): Promise<Found<AuditNumbers>> {
  return findReport(context, auditKind, datasetUid, { snapshot, question });
}

const KINDS = [...GROUP_KINDS, "PERSON_NOUN"];

async function lexiconsOf(db: Db, snapshot: SnapshotKey, given: readonly string[] | null) {
  const names = given === null ? await lexiconsOfPeople(db, snapshot, KINDS) : namesOf("lexicons", given);
  const rows = names.length === 0 ? [] : await lexiconsByName(db, snapshot.datasetId, names);
  return rows.map((row, i) => {
    if (row) return { name: `${row.key}@${row.version}`, checksum: row.checksum };
    throw bad("lexicons", `lexicon ${JSON.stringify(names[i])} is not loaded; load it, or leave lexicons out for all`);
  });
}

async function criteriaOf(db: Db, snapshot: SnapshotKey, given: readonly string[] | null) {
  const all = await auditedCriteria(db, snapshot);
  if (given === null) return all;
  return namesOf("criteria", given).map((name) => {
    const criterion = all.find(({ key, version }) => name === key || name === `${key}@${version}`);
    if (criterion) return criterion;
    const known = all.map(({ key, version }) => `${key}@${version}`).join(", ") || "none";
    throw bad("criteria", `criterion ${JSON.stringify(name)} cannot be audited; the latest versions are ${known}`);
  });
}

/** All that are known where none is named, but for what annotators are stratified by. */
async function attributesOf(db: Db, snapshot: SnapshotKey, { attributes, stratifyBy }: AuditArguments) {
  if (attributes != null) return namesOf("attributes", attributes);
  return (await knownAttributes(db, snapshot)).filter((attribute) => attribute !== stratifyBy);
}
