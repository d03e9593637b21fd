// Which kinds of edge are there, and in which rows do they stand?
import type { NodeKind } from "./nodeKinds.js";

/** Terms of PROV-O (W3C). An edge reads: from, relation, to. */
export const RELATIONS = {
  wasDerivedFrom: "It was made from that.",
  wasRevisionOf: "It is the next version of that.",
  hadPrimarySource: "It came from that source.",
  specializationOf: "It is that thing in one state or role.",
  hadMember: "It holds that.",
  used: "It relied on that.",
  wasGeneratedBy: "It came of that round of work.",
  wasAttributedTo: "That wrote or said it.",
  wasAssociatedWith: "That carried it out.",
  wasInvalidatedBy: "That took it out of use, or erased its text.",
} as const;
export type Relation = keyof typeof RELATIONS;

/**
 * A kind of edge as a join. `rows` is what stands after FROM; `dataset`, `from`, `to` and `activity` are columns of it: the
 * dataset, the two ends and the activity that made the edge. FORWARD goes to the later end, BACKWARD to the other.
 */
export interface EdgeKind {
  from: NodeKind;
  relation: Relation;
  to: NodeKind;
  later: "from" | "to";
  rows: string;
  dataset: string;
  fromId: string;
  toId: string;
  activity: string;
  where?: string;
  /** The column of the other end's dataset, where that may be another. */
  toDataset?: string;
}

type Columns = Pick<EdgeKind, "rows" | "fromId" | "toId"> & Partial<EdgeKind>;

/** An edge of rows whose first table has alias t; the later end is the one it starts from, where nothing else is said. */
function edge(from: NodeKind, relation: Relation, to: NodeKind, columns: Columns): EdgeKind {
  return { from, relation, to, later: "from", dataset: "t.dataset_id", activity: "t.activity", ...columns };
}

/** Who recorded rows of a table: the agent of their activity. */
function recordedBy(from: NodeKind, table: string, fromId: string): EdgeKind {
  const rows = `${table} t join activities a on a.dataset_id = t.dataset_id and a.activity = t.activity`;
  return edge(from, "wasAttributedTo", "AGENT", { rows, fromId, toId: "a.agent" });
}

/** Versions of a noun, each the revision of the one before. */
function revisions(kind: NodeKind, table: string, id: string, of: string | null): EdgeKind {
  const same = of === null ? "" : `and p.${of} = t.${of}`;
  const rows = `${table} t join ${table} p on p.dataset_id = t.dataset_id ${same} and p.superseded_by = t.activity`;
  return edge(kind, "wasRevisionOf", kind, { rows, fromId: `t.${id}`, toId: `p.${id}` });
}

const VERSIONS = { rows: "example_versions t", fromId: "t.example_version" };
const PARENTS = { rows: "derivations t", fromId: "t.example_version", toId: "t.parent" };
const RATINGS = { rows: "ratings t", fromId: "t.rating" };
const DECISIONS = { rows: "decisions t", fromId: "t.decision" };

/** The ratings in force on the version that was decided, as the decision found them. */
const WEIGHED = `decisions t join ratings r on r.dataset_id = t.dataset_id and r.example_version = t.example_version
  and r.activity < t.activity and (r.superseded_by is null or r.superseded_by >= t.activity)`;
/** The decisions in force on a candidate's members, at the activity it was selected from. */
const SELECTED = `candidates t join candidate_members m on m.dataset_id = t.dataset_id and m.candidate = t.candidate
  join decisions d on d.dataset_id = m.dataset_id and d.example_version = m.example_version
  and d.activity <= t.at and (d.superseded_by is null or d.superseded_by > t.at)`;
/** A rating and the one it replaced; repeats count them, also within one batch. */
const REPLACED = `ratings t join ratings p on p.dataset_id = t.dataset_id and p.example_version = t.example_version
  and p.criterion_version = t.criterion_version and p.annotator = t.annotator and p.repeat = t.repeat - 1`;
/** A decision and the last before it on the same version. */
const OVERRULED = `decisions t join decisions p on p.dataset_id = t.dataset_id and p.example_version = t.example_version
  and p.decision < t.decision and not exists (select from decisions o where o.dataset_id = t.dataset_id
    and o.example_version = t.example_version and o.decision > p.decision and o.decision < t.decision)`;
/** Sources whose details, as known now, name a guideline version of the dataset. */
const INSTRUCTED = `source_versions t join guidelines g on g.dataset_id = t.dataset_id
  join guideline_versions n on n.dataset_id = g.dataset_id and n.guideline = g.guideline
  and g.key || '@' || n.version = t.details ->> 'guidelineVersion'`;
/** Sources whose details, as known now, are a release: of this dataset or of another on this server. */
const RELEASED = `source_versions t join datasets o on o.uid::text = lower(t.details -> 'release' ->> 'datasetUid')
  join releases r on r.dataset_id = o.dataset_id and r.version = t.details -> 'release' ->> 'version'`;

/** The audits of exactly the members of a candidate that asks for one, as it found them. */
const AUDITED = `candidates t join audits u on u.dataset_id = t.dataset_id and u.scope_digest = t.scope_digest
  and u.activity < t.activity`;

export const EDGE_KINDS: readonly EdgeKind[] = [
  edge("EXAMPLE_VERSION", "specializationOf", "EXAMPLE", { ...VERSIONS, toId: "t.example" }),
  edge("EXAMPLE_VERSION", "hadPrimarySource", "SOURCE", { ...VERSIONS, toId: "t.source" }),
  edge("EXAMPLE_VERSION", "wasAttributedTo", "ANNOTATOR", { ...VERSIONS, toId: "t.author" }),
  edge("EXAMPLE_VERSION", "wasGeneratedBy", "BATCH", { ...VERSIONS, toId: "t.batch" }),
  edge("EXAMPLE_VERSION", "wasRevisionOf", "EXAMPLE_VERSION", { ...PARENTS, where: "t.kind = 'REVISION'" }),
  edge("EXAMPLE_VERSION", "wasDerivedFrom", "EXAMPLE_VERSION", { ...PARENTS, where: "t.kind = 'DERIVATION'" }),
  edge("EXAMPLE_VERSION", "wasInvalidatedBy", "DECISION", {
    rows: "decisions t",
    fromId: "t.example_version",
    toId: "t.decision",
    where: "t.verdict = 'WITHDRAW'",
    later: "to",
  }),
  edge("EXAMPLE_VERSION", "wasInvalidatedBy", "ACTIVITY", {
    rows: "erasures t",
    fromId: "t.id",
    toId: "t.activity",
    where: "t.noun = 'exampleVersion'",
    later: "to",
  }),
  edge("RATING", "wasDerivedFrom", "EXAMPLE_VERSION", { ...RATINGS, toId: "t.example_version" }),
  edge("RATING", "used", "CRITERION_VERSION", { ...RATINGS, toId: "t.criterion_version" }),
  edge("RATING", "used", "GUIDELINE_VERSION", { ...RATINGS, toId: "t.guideline_version" }),
  edge("RATING", "wasAttributedTo", "ANNOTATOR", { ...RATINGS, toId: "t.annotator" }),
  edge("RATING", "wasGeneratedBy", "BATCH", { ...RATINGS, toId: "t.batch" }),
  edge("RATING", "wasRevisionOf", "RATING", { rows: REPLACED, fromId: "t.rating", toId: "p.rating" }),
  edge("DECISION", "wasDerivedFrom", "EXAMPLE_VERSION", { ...DECISIONS, toId: "t.example_version" }),
  edge("DECISION", "used", "RATING", { rows: WEIGHED, fromId: "t.decision", toId: "r.rating" }),
  edge("DECISION", "used", "CLAUSE", { rows: "decision_clauses t", fromId: "t.decision", toId: "t.clause" }),
  edge("DECISION", "wasRevisionOf", "DECISION", { rows: OVERRULED, fromId: "t.decision", toId: "p.decision" }),
  recordedBy("DECISION", "decisions", "t.decision"),
  edge("RELEASE_CANDIDATE", "hadMember", "EXAMPLE_VERSION", {
    rows: "candidate_members t",
    fromId: "t.candidate",
    toId: "t.example_version",
  }),
  edge("RELEASE_CANDIDATE", "used", "DECISION", { rows: SELECTED, fromId: "t.candidate", toId: "d.decision" }),
  recordedBy("RELEASE_CANDIDATE", "candidates", "t.candidate"),
  edge("RELEASE", "wasDerivedFrom", "RELEASE_CANDIDATE", {
    rows: "releases t",
    fromId: "t.release",
    toId: "t.candidate",
  }),
  edge("RELEASE", "wasInvalidatedBy", "ACTIVITY", {
    rows: "release_statuses t",
    fromId: "t.release",
    toId: "t.activity",
    where: "t.status = 'REVOKED'",
    later: "to",
  }),
  recordedBy("RELEASE", "releases", "t.release"),
  edge("BIAS_AUDIT", "wasDerivedFrom", "RELEASE_CANDIDATE", {
    rows: "audits t",
    fromId: "t.audit",
    toId: "t.candidate",
    where: "t.candidate is not null",
  }),
  edge("RELEASE_CANDIDATE", "used", "BIAS_AUDIT", {
    rows: AUDITED,
    fromId: "t.candidate",
    toId: "u.audit",
    where: "t.selection -> 'requiredGates' ? 'BIAS_AUDIT'",
  }),
  recordedBy("BIAS_AUDIT", "audits", "t.audit"),
  edge("AUDIT_FINDING", "wasDerivedFrom", "BIAS_AUDIT", { rows: "findings t", fromId: "t.finding", toId: "t.audit" }),
  edge("AUDIT_FINDING", "used", "CLAUSE", {
    rows: "finding_statuses t",
    fromId: "t.finding",
    toId: "t.clause",
    where: "t.clause is not null and t.superseded_by is null",
  }),
  edge("AUDIT_WAIVER", "wasDerivedFrom", "AUDIT_FINDING", { rows: "waivers t", fromId: "t.waiver", toId: "t.finding" }),
  recordedBy("AUDIT_WAIVER", "waivers", "t.waiver"),
  edge("SOURCE", "wasDerivedFrom", "RELEASE", {
    rows: RELEASED,
    fromId: "t.source",
    toId: "r.release",
    where: "t.superseded_by is null",
    toDataset: "r.dataset_id",
  }),
  edge("SOURCE", "used", "GUIDELINE_VERSION", {
    rows: INSTRUCTED,
    fromId: "t.source",
    toId: "n.guideline_version",
    where: "t.superseded_by is null",
  }),
  recordedBy("SOURCE", "sources", "t.source"),
  edge("BATCH", "used", "GUIDELINE_VERSION", { rows: "batches t", fromId: "t.batch", toId: "t.guideline_version" }),
  recordedBy("BATCH", "batches", "t.batch"),
  edge("GUIDELINE_VERSION", "hadMember", "CRITERION_VERSION", {
    rows: "guideline_criteria t",
    fromId: "t.guideline_version",
    toId: "t.criterion_version",
    later: "to",
  }),
  edge("GUIDELINE_VERSION", "hadMember", "CLAUSE", {
    rows: "clauses t",
    fromId: "t.guideline_version",
    toId: "t.clause",
    later: "to",
  }),
  revisions("GUIDELINE_VERSION", "guideline_versions", "guideline_version", "guideline"),
  recordedBy("GUIDELINE_VERSION", "guideline_versions", "t.guideline_version"),
  revisions("CRITERION_VERSION", "criterion_versions", "criterion_version", "criterion"),
  recordedBy("CRITERION_VERSION", "criterion_versions", "t.criterion_version"),
  revisions("COVERAGE_PLAN_VERSION", "coverage_plan_versions", "plan_version", null),
  recordedBy("COVERAGE_PLAN_VERSION", "coverage_plan_versions", "t.plan_version"),
  edge("ANNOTATOR", "specializationOf", "AGENT", { rows: "annotators t", fromId: "t.annotator", toId: "t.agent" }),
  edge("ACTIVITY", "wasAssociatedWith", "AGENT", {
    rows: "activities t",
    fromId: "t.activity",
    toId: "t.agent",
    where: "t.kind in ('ERASURE', 'RELEASE_STATUS')",
  }),
];
