// What are the nodes of a lineage called?
import type { NodeKind } from "./nodeKinds.js";

/** A label as SQL over the kind's table under alias t, and what has to be joined for it. */
export interface LabelPart {
  joins?: string;
  label: string;
}

const join = (table: string, alias: string, id: string, on = `t.${id}`): string =>
  `join ${table} ${alias} on ${alias}.dataset_id = t.dataset_id and ${alias}.${id} = ${on}`;
const EXAMPLE_OF_VERSION = [
  join("example_versions", "v", "example_version"),
  join("examples", "x", "example", "v.example"),
].join(" ");

export const LABELS: Record<NodeKind, LabelPart> = {
  ACTIVITY: { label: `'activity ' || t.activity || ', ' || lower(replace(t.kind, '_', ' '))` },
  AGENT: { label: `lower(t.kind) || ' ' || t.label` },
  ANNOTATOR: { label: `'annotator ' || t.key` },
  AUDIT_FINDING: { label: `'finding ' || t.finding || ', ' || t.severity` },
  AUDIT_WAIVER: { label: `'waiver ' || t.waiver` },
  BATCH: { label: `'batch ' || t.key` },
  BIAS_AUDIT: { label: `'audit ' || t.audit` },
  CLAUSE: {
    joins: [
      join("guideline_versions", "n", "guideline_version"),
      join("guidelines", "g", "guideline", "n.guideline"),
    ].join(" "),
    label: `'clause ' || t.number || ' of ' || g.key || '@' || n.version`,
  },
  COVERAGE_PLAN_VERSION: { label: `'coverage plan, version ' || t.version` },
  CRITERION_VERSION: { joins: join("criteria", "c", "criterion"), label: `'criterion ' || c.key || '@' || t.version` },
  DECISION: {
    joins: EXAMPLE_OF_VERSION,
    label: `'decision ' || t.verdict || ' on ' || x.external_id || ', version ' || v.version`,
  },
  EXAMPLE: { label: `'example ' || t.external_id` },
  EXAMPLE_VERSION: {
    joins: join("examples", "x", "example"),
    label: `'example ' || x.external_id || ', version ' || t.version`,
  },
  GUIDELINE_VERSION: {
    joins: join("guidelines", "g", "guideline"),
    label: `'guideline ' || g.key || '@' || t.version`,
  },
  RATING: {
    joins: [
      join("criterion_versions", "n", "criterion_version"),
      join("criteria", "c", "criterion", "n.criterion"),
      join("annotators", "r", "annotator"),
    ].join(" "),
    label: `'rating ' || coalesce(n.categories ->> t.category, t.score::text) || ' of ' || c.key || ' by ' || r.key`,
  },
  RELEASE: { label: `'release ' || t.version` },
  RELEASE_CANDIDATE: { label: `'candidate ' || t.candidate` },
  SOURCE: { label: `'source ' || t.key` },
};
