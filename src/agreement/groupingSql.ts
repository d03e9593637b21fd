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
  /** What a slice is made of what was said in it, superseded since or not: the ratings' column that is the same in it. */
  within?: string;
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

/** When a rating was given: as it was sent, else when it was recorded. In UTC. */
const GIVEN_AT = `(coalesce(r.occurred_at, ra.recorded_at) at time zone 'UTC')`;

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
    within: "batch",
  },
  GUIDELINE_VERSION: {
    key: () => "r.guideline_version",
    label: "g.key || '@' || n.version",
    labelJoin: `left join guideline_versions n on n.dataset_id = $1 and n.guideline_version = x.key
      left join guidelines g on g.dataset_id = n.dataset_id and g.guideline = n.guideline`,
    within: "guideline_version",
  },
  STRATUM: { key: () => "r.stratum", label: "x.key", within: "stratum" },
  PERIOD: {
    key: ({ period }) => `to_char(${GIVEN_AT}, '${PERIOD_KEYS[period!]}')`,
    join: () => "join activities ra on ra.dataset_id = r.dataset_id and ra.activity = r.activity",
    label: "x.key",
  },
  ANNOTATOR_KIND: { key: () => "a.kind", label: "x.key" },
};

/** The SQL of a grouping that slices by a column; null for everything together. */
export function sqlOf(grouping: Grouping | null): GroupingSql | null {
  return grouping ? GROUPING_SQL[grouping.by as keyof typeof GROUPING_SQL] : null;
}
