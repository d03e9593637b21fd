// Which tables hold datasets, people and what happened?
import { sql } from "drizzle-orm";
import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { activity, bytea, datasetId, supersededBy } from "../platform/columns.js";
import { factTable } from "../platform/facts.js";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** A dataset's moving row: the lock that orders its writes, its head and its counters. Dataset 0 is the instance. */
export const datasets = pgTable("datasets", {
  datasetId: integer("dataset_id").primaryKey(),
  uid: uuid("uid").notNull().unique(),
  slug: text("slug").notNull().unique(),
  title: text("title").notNull(),
  head: integer("head").notNull().default(0),
  headDigest: bytea("head_digest").notNull(),
  headAt: instant("head_at").notNull(),
  counters: jsonb("counters").$type<Record<string, number>>().notNull().default({}),
});

/** Everything that happens, numbered without gaps in commit order. */
export const activities = pgTable(
  "activities",
  {
    datasetId: datasetId(),
    activity: activity(),
    kind: text("kind").notNull(),
    agent: integer("agent").notNull(),
    /** The API token used, an id of the instance; null for a JWT or the server itself. */
    token: integer("token"),
    recordedAt: instant("recorded_at").notNull(),
    requestKey: text("request_key"),
    /** Commitment to the digest of the input, in contents: unsalted, a short text could be guessed from it for ever. */
    requestDigest: bytea("request_digest"),
    /** Commitment to the message, in contents. */
    message: bytea("message"),
    /** What the caller was answered, so that a repeated request key gets the same. */
    outcome: jsonb("outcome").$type<Record<string, unknown>>().notNull(),
    rowsDigest: bytea("rows_digest").notNull(),
    previousDigest: bytea("previous_digest").notNull(),
    digest: bytea("digest").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.activity] }),
    foreignKey({ columns: [t.datasetId], foreignColumns: [datasets.datasetId] }),
    uniqueIndex("activities_request_key")
      .on(t.datasetId, t.agent, t.requestKey)
      .where(sql`request_key is not null`),
    unique("activities_no_fork").on(t.datasetId, t.previousDigest),
  ],
);

/** PROV's used: what an activity read and relied on. */
export const usages = pgTable(
  "usages",
  { datasetId: datasetId(), activity: activity(), noun: text("noun").notNull(), id: integer("id").notNull() },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.activity, t.noun, t.id] }),
    index("usages_by_thing").on(t.datasetId, t.noun, t.id),
  ],
);

/** Free text, by commitment. The one thing that can be deleted, and only by an erasure. */
export const contents = pgTable(
  "contents",
  {
    datasetId: datasetId(),
    commitment: bytea("commitment").notNull(),
    salt: bytea("salt").notNull(),
    text: text("text").notNull(),
    /** Unsalted SHA-256 of the text: same content, exact duplicates. Goes with the text. */
    hash: bytea("hash"),
    /** SHA-256 of the loosely normalised prompt: what must stay in one split. Goes with the text. */
    groupKey: bytea("group_key"),
  },
  (t) => [primaryKey({ columns: [t.datasetId, t.commitment] })],
);

/** Tombstones: what was erased, why and by whom (its activity's agent). */
export const erasures = pgTable(
  "erasures",
  {
    datasetId: datasetId(),
    erasure: integer("erasure").notNull(),
    commitment: bytea("commitment").notNull(),
    noun: text("noun").notNull(),
    id: integer("id").notNull(),
    reason: text("reason").notNull(),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.erasure] }),
    unique("erasures_once").on(t.datasetId, t.commitment),
    index("erasures_by_thing").on(t.datasetId, t.noun, t.id),
  ],
);

/** Who acts in a dataset. A principal is named by uid: the one reference that crosses datasets. */
export const agents = pgTable(
  "agents",
  {
    datasetId: datasetId(),
    agent: integer("agent").notNull(),
    kind: text("kind").$type<"HUMAN" | "SCRIPT" | "MODEL">().notNull(),
    label: text("label").notNull(),
    principalUid: uuid("principal_uid"),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.agent] }),
    uniqueIndex("agents_principal")
      .on(t.datasetId, t.principalUid)
      .where(sql`principal_uid is not null`),
  ],
);

/** Instance: people, scripts and models that can sign in. */
export const principals = pgTable(
  "principals",
  {
    datasetId: datasetId(),
    principal: integer("principal").notNull(),
    uid: uuid("uid").notNull().unique(),
    key: text("key").notNull(),
    kind: text("kind").$type<"HUMAN" | "SCRIPT" | "MODEL">().notNull(),
    /** Who a JWT says they are: its iss and sub. Null where only API tokens are used. */
    issuer: text("issuer"),
    subject: text("subject"),
    activity: activity(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.principal] }),
    unique("principals_key").on(t.datasetId, t.key),
    unique("principals_subject").on(t.datasetId, t.issuer, t.subject),
  ],
);

/** Instance: personal data of principals, apart from the facts, updatable and erasable. */
export const people = pgTable(
  "people",
  { datasetId: datasetId(), principal: integer("principal").notNull(), name: text("name"), contact: text("contact") },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.principal] }),
    foreignKey({ columns: [t.datasetId, t.principal], foreignColumns: [principals.datasetId, principals.principal] }),
  ],
);

/** Instance: API tokens as hashes. A revoked one is superseded. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    datasetId: datasetId(),
    token: integer("token").notNull(),
    principal: integer("principal").notNull(),
    label: text("label").notNull(),
    prefix: text("prefix").notNull(),
    hash: bytea("hash").notNull().unique(),
    /** Permissions the token is limited to; null for all of its principal's. */
    scopes: jsonb("scopes").$type<string[]>(),
    /** Slugs of the datasets the token is limited to; null for all of its principal's. */
    datasetSlugs: jsonb("dataset_slugs").$type<string[]>(),
    expiresAt: instant("expires_at").notNull(),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.token] }),
    foreignKey({ columns: [t.datasetId, t.principal], foreignColumns: [principals.datasetId, principals.principal] }),
  ],
);

/** Instance: the list of datasets, as facts. */
export const registrations = pgTable(
  "registrations",
  {
    datasetId: datasetId(),
    /** The dataset's id. */
    registration: integer("registration").notNull(),
    uid: uuid("uid").notNull(),
    slug: text("slug").notNull(),
    title: text("title").notNull(),
    activity: activity(),
  },
  (t) => [primaryKey({ columns: [t.datasetId, t.registration] })],
);

/** Instance: who has which role in which dataset (in dataset 0: ADMIN). */
export const members = pgTable(
  "members",
  {
    datasetId: datasetId(),
    member: integer("member").notNull(),
    /** The dataset's id. */
    registration: integer("registration").notNull(),
    principal: integer("principal").notNull(),
    role: text("role").notNull(),
    activity: activity(),
    supersededBy: supersededBy(),
  },
  (t) => [
    primaryKey({ columns: [t.datasetId, t.member] }),
    foreignKey({ columns: [t.datasetId, t.principal], foreignColumns: [principals.datasetId, principals.principal] }),
    uniqueIndex("members_in_force")
      .on(t.datasetId, t.registration, t.principal)
      .where(sql`superseded_by is null`),
  ],
);

factTable(usages, null);
factTable(erasures, "erasure");
factTable(agents, "agent");
factTable(principals, "principal");
factTable(apiTokens, "token");
factTable(registrations, "registration");
factTable(members, "member");
