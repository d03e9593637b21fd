// How does an empty database become an instance with an admin?
import { randomUUID } from "node:crypto";
import type { Database } from "../platform/db.js";
import { serverScope, type Viewer } from "../platform/viewer.js";
import { newTokenSecret, tokenHash, tokenPrefix } from "./apiToken.js";
import { emptyPlan } from "./plan.js";
import { genesisDigest } from "./recordActivities.js";
import { apiTokens, members, principals } from "./tables.js";
import { write, type RequestFields, type Verb } from "./write.js";

const TOKEN_DAYS = 366;

/** Makes dataset 0 and its first admin, once; gives the admin's token the first time and null ever after. */
export async function beginInstance(db: Database): Promise<string | null> {
  const uid = randomUUID();
  await db.rows(
    `/* beginInstance */ insert into datasets (dataset_id, uid, slug, title, head, head_digest, head_at, counters)
     values (0, $1, 'instance', 'Instance', 0, $2, date_trunc('milliseconds', clock_timestamp()), '{}') on conflict do nothing`,
    [uid, genesisDigest(uid)],
  );
  const viewer: Viewer = {
    principal: 1,
    principalUid: randomUUID(),
    kind: "HUMAN",
    key: "admin",
    isAdmin: true,
    memberships: new Map(),
    token: null,
  };
  const secret = newTokenSecret();
  const answer = await write(db, serverScope(viewer, 0), firstAdmin(secret), {});
  return answer.activity === null ? null : secret;
}

function firstAdmin(secret: string): Verb<RequestFields, boolean> {
  return {
    kind: "PRINCIPAL_CREATION",
    facts: async (tx) =>
      (await tx.rows(`/* anyPrincipal */ select 1 from principals where dataset_id = 0 limit 1`)).length > 0,
    plan({ scope }, begun, ids) {
      if (begun) return { kind: "nothing", outcome: { accepted: 0, unchanged: 0, problems: [] } };
      const { principalUid: uid, key, kind } = scope.viewer;
      const principal = ids.take("principal");
      const plan = emptyPlan();
      plan.rows.push(
        { table: principals, rows: [{ principal, uid, key, kind }] },
        { table: members, rows: [{ member: ids.take("member"), registration: 0, principal, role: "ADMIN" }] },
        { table: apiTokens, rows: [tokenRow(ids.take("token"), principal, secret)] },
      );
      plan.outcome.accepted = 1;
      return { kind: "plan", plan };
    },
  };
}

function tokenRow(token: number, principal: number, secret: string) {
  return {
    token,
    principal,
    label: "first admin token",
    prefix: tokenPrefix(secret),
    hash: tokenHash(secret),
    scopes: null,
    datasetSlugs: null,
    expiresAt: new Date(Date.now() + TOKEN_DAYS * 86_400_000),
  };
}
