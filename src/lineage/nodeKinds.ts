// Which kinds of thing can stand in a lineage?

/** A kind of node: what the API calls it elsewhere, and where its rows are. Alphabetical: pages are in this order. */
export const NODE_KINDS = {
  ACTIVITY: { type: "Activity", table: "activities", id: "activity" },
  AGENT: { type: "Agent", table: "agents", id: "agent" },
  ANNOTATOR: { type: "Annotator", table: "annotators", id: "annotator" },
  AUDIT_FINDING: { type: "AuditFinding", table: "findings", id: "finding" },
  AUDIT_WAIVER: { type: "AuditWaiver", table: "waivers", id: "waiver" },
  BATCH: { type: "Batch", table: "batches", id: "batch" },
  BIAS_AUDIT: { type: "BiasAudit", table: "audits", id: "audit" },
  CLAUSE: { type: "Clause", table: "clauses", id: "clause" },
  COVERAGE_PLAN_VERSION: { type: "CoveragePlanVersion", table: "coverage_plan_versions", id: "plan_version" },
  CRITERION_VERSION: { type: "CriterionVersion", table: "criterion_versions", id: "criterion_version" },
  DECISION: { type: "Decision", table: "decisions", id: "decision" },
  EXAMPLE: { type: "Example", table: "examples", id: "example" },
  EXAMPLE_VERSION: { type: "ExampleVersion", table: "example_versions", id: "example_version" },
  GUIDELINE_VERSION: { type: "GuidelineVersion", table: "guideline_versions", id: "guideline_version" },
  RATING: { type: "Rating", table: "ratings", id: "rating" },
  RELEASE: { type: "Release", table: "releases", id: "release" },
  RELEASE_CANDIDATE: { type: "ReleaseCandidate", table: "candidates", id: "candidate" },
  SOURCE: { type: "Source", table: "sources", id: "source" },
} as const;

export type NodeKind = keyof typeof NODE_KINDS;
export const KINDS = Object.keys(NODE_KINDS) as NodeKind[];

const places = new Map(KINDS.map((kind, place) => [kind, place]));
export const placeOf = (kind: NodeKind): number => places.get(kind)!;

/** The kind of a node type; null for one that has no lineage. */
export function kindOfType(type: string): NodeKind | null {
  return KINDS.find((kind) => NODE_KINDS[kind].type === type) ?? null;
}

/** A thing: its dataset, since a source may be another dataset's release; its kind; its dataset-local id. */
export interface NodeRef {
  datasetId: number;
  kind: NodeKind;
  id: number;
}

export const nameOfNode = ({ datasetId, kind, id }: NodeRef): string => `${datasetId} ${kind} ${id}`;

export function compareNodes(a: NodeRef, b: NodeRef): number {
  return placeOf(a.kind) - placeOf(b.kind) || a.datasetId - b.datasetId || a.id - b.id;
}
