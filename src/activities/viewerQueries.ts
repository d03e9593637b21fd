// Which statements turn a credential into a viewer?
import type { Db } from "../platform/db.js";
import type { Membership, Viewer } from "../platform/viewer.js";
import type { Role } from "../policy.js";

interface ViewerRow {
  principal: number;
  principalUid: string;
  kind: Viewer["kind"];
  key: string;
  memberships: Array<{ datasetId: number; slug: string; role: Role | "ADMIN" }>;
  tokenId: number | null;
  scopes: string[] | null;
  datasetSlugs: string[] | null;
  datasetIds: number[] | null;
}

const PRINCIPAL = `p.principal, p.uid as "principalUid", p.kind, p.key,
  coalesce((select jsonb_agg(jsonb_build_object('datasetId', m.registration, 'slug', d.slug, 'role', m.role))
            from members m join datasets d on d.dataset_id = m.registration
            where m.dataset_id = 0 and m.principal = p.principal and m.superseded_by is null), '[]'::jsonb) as memberships`;

export async function viewerByTokenHash(db: Db, hash: Buffer): Promise<Viewer | null> {
  const rows = await db.rows<ViewerRow>(
    `/* viewerByTokenHash */ select ${PRINCIPAL}, t.token as "tokenId", t.scopes, t.dataset_slugs as "datasetSlugs",
       case when jsonb_typeof(t.dataset_slugs) = 'array' then
         array(select d.dataset_id from datasets d where d.slug in (select jsonb_array_elements_text(t.dataset_slugs))) end as "datasetIds"
     from api_tokens t join principals p on p.dataset_id = 0 and p.principal = t.principal
     where t.dataset_id = 0 and t.hash = $1 and t.superseded_by is null and t.expires_at > clock_timestamp()`,
    [hash],
  );
  return rows[0] ? viewerOf(rows[0]) : null;
}

export async function viewerByIdentity(db: Db, issuer: string, subject: string): Promise<Viewer | null> {
  const rows = await db.rows<ViewerRow>(
    `/* viewerByIdentity */ select ${PRINCIPAL}, null::int as "tokenId", null::jsonb as scopes, null::jsonb as "datasetSlugs",
       null::int[] as "datasetIds"
     from principals p where p.dataset_id = 0 and coalesce(p.issuer, '') = $1 and p.subject = $2`,
    [issuer, subject],
  );
  return rows[0] ? viewerOf(rows[0]) : null;
}

export async function viewerByKey(db: Db, key: string): Promise<Viewer | null> {
  const rows = await db.rows<ViewerRow>(
    `/* viewerByKey */ select ${PRINCIPAL}, null::int as "tokenId", null::jsonb as scopes, null::jsonb as "datasetSlugs",
       null::int[] as "datasetIds"
     from principals p where p.dataset_id = 0 and p.key = $1`,
    [key],
  );
  return rows[0] ? viewerOf(rows[0]) : null;
}

function viewerOf(row: ViewerRow): Viewer {
  const ofDatasets = row.memberships.filter((m): m is Membership & { role: Role } => m.role !== "ADMIN");
  return {
    principal: row.principal,
    principalUid: row.principalUid,
    kind: row.kind,
    key: row.key,
    isAdmin: row.memberships.some((m) => m.datasetId === 0 && m.role === "ADMIN"),
    memberships: new Map(ofDatasets.map((m) => [m.datasetId, m])),
    token:
      row.tokenId === null
        ? null
        : { id: row.tokenId, scopes: row.scopes, datasetSlugs: row.datasetSlugs, datasetIds: row.datasetIds },
  };
}
