// Which tables hold candidates, members and releases?
import { sql } from "drizzle-orm";
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { activity, bytea, datasetId, supersededBy } from "../platform/columns.js";
import { factTable } from "../platform/facts.js";
import { activities } from "../activities/tables.js";
import { exampleVersions } from "../examples/tables.js";
import type { GateResult } from "./gates.js";
import type { Selection } from "./selection.js";
import type { RecordFacets } from "./standardRecord.js";

/** A selection fixed at an activity: what would be released, and what stands in the way. */
export const candidates = pgTable(
  "candidates",
  {
    datasetId: datasetId(),
    candidate: integer("candidate").notNull(),
    /** The activity whose state was selected from. */
    at: integer("at").notNull(),
    selection: jsonb("selection").$type<Selection>().notNull(),
    memberCount: integer("member_count").notNull(),
    /** SHA-256 over the sorted example versions in it. */
    scopeDigest: bytea("scope_digest").notNull(),
    /** RFC 6962 root over the members' leaves. */
    root: bytea("root").notNull(),
    gates: jsonb("gates").$type<GateResult[]>().notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.candidate] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
  ],
);

/** The members of a candidate, in the order of the tree's leaves. */
export const candidateMembers = pgTable(
  "candidate_members",
  {
    datasetId: datasetId(),
    candidate: integer("candidate").notNull(),
    /** 0, 1, 2 … in the order (split, external id). */
    position: integer("position").notNull(),
    exampleVersion: integer("example_version").notNull(),
    split: text("split").$type<"train" | "validation" | "test">().notNull(),
    /** SHA-256(0x00 ‖ salt ‖ RFC 8785 record). */
    leaf: bytea("leaf").notNull(),
    /** The record but for its text, as it was at the candidate's activity. */
    facets: jsonb("facets").$type<RecordFacets>().notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.candidate, t.position] }),
    foreignKey({ columns: [t.datasetId, t.candidate], foreignColumns: [candidates.datasetId, candidates.candidate] }),
    foreignKey({
      columns: [t.datasetId, t.exampleVersion],
      foreignColumns: [exampleVersions.datasetId, exampleVersions.exampleVersion],
    }),
    index("candidate_members_by_version").on(t.datasetId, t.exampleVersion),
    unique("candidate_members_once").on(t.datasetId, t.candidate, t.exampleVersion),
  ],
);

/** A candidate published under a version; immutable. */
export const releases = pgTable(
  "releases",
  {
    datasetId: datasetId(),
    release: integer("release").notNull(),
    /** Semantic version. */
    version: text("version").notNull(),
    candidate: integer("candidate").notNull(),
    /** Over root, dataset uid and selection. */
    digest: bytea("digest").notNull(),
    /** Commitment, in contents. */
    notes: bytea("notes"),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.release] }),
    foreignKey({ columns: [t.datasetId, t.candidate], foreignColumns: [candidates.datasetId, candidates.candidate] }),
    foreignKey({ columns: [t.datasetId, t.activity], foreignColumns: [activities.datasetId, activities.activity] }),
    unique("releases_version").on(t.datasetId, t.version),
    unique("releases_candidate").on(t.datasetId, t.candidate),
  ],
);

/** A release's standing: PUBLISHED when cut, later DEPRECATED or REVOKED. */
export const releaseStatuses = pgTable(
  "release_statuses",
  {
    datasetId: datasetId(),
    releaseStatus: integer("release_status").notNull(),
    release: integer("release").notNull(),
    status: text("status").$type<"PUBLISHED" | "DEPRECATED" | "REVOKED">().notNull(),
    reason: text("reason"),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.releaseStatus] }),
    foreignKey({ columns: [t.datasetId, t.release], foreignColumns: [releases.datasetId, releases.release] }),
    uniqueIndex("release_statuses_in_force")
      .on(t.datasetId, t.release)
      .where(sql`superseded_by is null`),
  ],
);

factTable(candidates, "candidate");
factTable(candidateMembers, null);
factTable(releases, "release");
factTable(releaseStatuses, "releaseStatus");
