// Which tables keep reports that were computed, and the jobs that compute them?
import { sql } from "drizzle-orm";
import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, datasetId } from "../platform/columns.js";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** What took long to compute, kept: a number on a snapshot does not change. It may be deleted, and is then computed again. */
export const keptReports = pgTable(
  "kept_reports",
  {
    datasetId: datasetId(),
    /** SHA-256 over the question, the snapshot and the version of the method. */
    key: bytea("key").notNull(),
    kind: text("kind").notNull(),
    /** The activity of the snapshot. */
    asOf: integer("as_of").notNull(),
    /** The report as JSON. */
    report: text("report").notNull(),
    milliseconds: doublePrecision("milliseconds").notNull(),
    madeAt: instant("made_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.datasetId, t.key] })],
);

export type JobState = "QUEUED" | "RUNNING" | "DONE" | "FAILED" | "CANCELLED";

/** Reports that are being computed, were, or will be. */
export const jobs = pgTable(
  "jobs",
  {
    datasetId: datasetId(),
    job: integer("job").notNull().generatedAlwaysAsIdentity(),
    kind: text("kind").notNull(),
    /** The kept report that it makes. */
    key: bytea("key").notNull(),
    /** The snapshot: activity, population, and the candidate whose members it holds. */
    asOf: integer("as_of").notNull(),
    population: text("population").notNull(),
    candidate: integer("candidate"),
    /** All that was asked, as the task takes it. */
    question: jsonb("question").notNull(),
    state: text("state").$type<JobState>().notNull(),
    /** How much is done, from 0 to 1, and what is being done. */
    progress: doublePrecision("progress").notNull().default(0),
    step: text("step").notNull().default(""),
    /** Why it failed. */
    problem: text("problem"),
    /** Who asked for it. */
    principalUid: uuid("principal_uid").notNull(),
    cancelRequested: boolean("cancel_requested").notNull().default(false),
    /** How often it was begun: a server that was killed leaves it to the next. */
    attempts: integer("attempts").notNull().default(0),
    /** The process that computes it, and when that was last heard of. */
    runner: uuid("runner"),
    heardAt: instant("heard_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.job] }),
    uniqueIndex("jobs_open_once")
      .on(t.datasetId, t.key)
      .where(sql`state in ('QUEUED', 'RUNNING')`),
    index("jobs_waiting")
      .on(t.job)
      .where(sql`state in ('QUEUED', 'RUNNING')`),
  ],
);
