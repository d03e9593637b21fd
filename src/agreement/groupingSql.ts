// Which column does a grouping slice by, and what are its groups called?
import { aliveAt } from "../activities/snapshot.js";
import type { Values } from "../platform/statement.js";
import type { Grouping, GroupingBy, Period } from "./grouping.js";

/** A grouping as SQL: over r (ratings), e (example_versions) and a (annotators); labels are over x, one row a group. */
export interface GroupingSql {
  key: (grouping: Grouping) => string;
  join?: (grouping: Grouping, activity: number, values: Values) => string;
  label: string;
  labelJoin?: string;
  /** Where a slice is made of what was said in it, superseded since or not: what ratings under an alias share in it. */
  within?: (alias: string, grouping: Grouping) => string;
  /** Whether it slices units: all ratings of a unit are in the same groups. */
  ofUnits?: boolean;
}

const PERIOD_KEYS: Record<Period, string> = {
  DAY: "YYYY-MM-DD",
  WEEK: 'IYYY-"W"IW',
  MONTH: "YYYY-MM",
  QUARTER: 'YYYY-"Q"Q',
  YEAR: "YYYY",
};

/** The period in which a rating was given: as it was sent, else when it was recorded. In UTC. */
function periodOf(alias: string, recordedAt: string, { period }: Grouping): string {
  return `to_char(coalesce(${alias}.occurred_at, ${recordedAt}) at time zone 'UTC', '${PERIOD_KEYS[period!]}')`;
}

/** Those that slice ratings or units; pairs of annotators and criterion versions are not slices of a column. */
export const GROUPING_SQL: Record<Exclude<GroupingBy, "ANNOTATOR_PAIR" | "CRITERION_VERSION">, GroupingSql> = {
  SOURCE: {
    key: () => "e.source",
    label: "n.key",
    labelJoin: "left join sources n on n.dataset_id = $1 and n.source = x.key",
    ofUnits: true,
  },
  SOURCE_KIND: {
    key: () => "s.kind",
    join: () => "join sources s on s.dataset_id = e.dataset_id and s.source = e.source",
    label: "x.key",
    ofUnits: true,
  },
  LABEL: {
    key: () => "l.value",
    join: ({ dimension }, activity, values) =>
      `left join labels l on l.dataset_id = e.dataset_id and l.example_version = e.example_version
         and l.dimension = ${values.add(dimension)} and ${aliveAt("l", values.add(activity))}`,
    label: "x.key",
    ofUnits: true,
  },
  BATCH: {
    key: () => "r.batch",
    label: "n.key",
    labelJoin: "left join batches n on n.dataset_id = $1 and n.batch = x.key",
    within: (alias) => `${alias}.batch`,
  },
  GUIDELINE_VERSION: {
    key: () => "r.guideline_version",
    label: "g.key || '@' || n.version",
    labelJoin: `left join guideline_versions n on n.dataset_id = $1 and n.guideline_version = x.key
      left join guidelines g on g.dataset_id = n.dataset_id and g.guideline = n.guideline`,
    within: (alias) => `${alias}.guideline_version`,
  },
  STRATUM: { key: () => "r.stratum", label: "x.key", within: (alias) => `${alias}.stratum` },
  PERIOD: {
    key: (grouping) => periodOf("r", "ra.recorded_at", grouping),
    join: () => "join activities ra on ra.dataset_id = r.dataset_id and ra.activity = r.activity",
    label: "x.key",
    within: (alias, grouping) =>
      periodOf(
        alias,
        `(select ia.recorded_at from activities ia where ia.dataset_id = ${alias}.dataset_id and ia.activity = ${alias}.activity)`,
        grouping,
      ),
  },
  ANNOTATOR_KIND: { key: () => "a.kind", label: "x.key" },
};

/** The SQL of a grouping that slices by a column; null for everything together. */
export function sqlOf(grouping: Grouping | null): GroupingSql | null {
  return grouping ? GROUPING_SQL[grouping.by as keyof typeof GROUPING_SQL] : null;
}
