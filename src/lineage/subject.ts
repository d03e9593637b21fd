// Of which thing is the lineage asked?
import type { Db } from "../platform/db.js";
import { refusal } from "../platform/errors.js";
import { decodeGlobalId, localId } from "../platform/nodes.js";
import { kindOfType, KINDS, NODE_KINDS, type NodeKind, type NodeRef } from "./nodeKinds.js";
import { FAN_OUT } from "./queries.js";

/** Exactly one field is given. */
export interface Subject {
  externalId?: string | null;
  exampleNumber?: number | null;
  exampleVersionId?: string | null;
  nodeId?: string | null;
  source?: string | null;
  release?: string | null;
  guidelineVersion?: string | null;
  annotator?: string | null;
}

interface Home {
  datasetId: number;
  uid: string;
}

/** What finds a thing of a dataset by how people call it. */
const BY_NAME: Partial<Record<keyof Subject, { kind: NodeKind; find: string }>> = {
  externalId: {
    kind: "EXAMPLE",
    find: `select example as id from examples where dataset_id = $1 and external_id = $2`,
  },
  source: { kind: "SOURCE", find: `select source as id from sources where dataset_id = $1 and key = $2` },
  release: { kind: "RELEASE", find: `select release as id from releases where dataset_id = $1 and version = $2` },
  guidelineVersion: {
    kind: "GUIDELINE_VERSION",
    find: `select v.guideline_version as id from guidelines g
      join guideline_versions v on v.dataset_id = g.dataset_id and v.guideline = g.guideline
      where g.dataset_id = $1 and g.key || '@' || v.version = $2`,
  },
  annotator: { kind: "ANNOTATOR", find: `select annotator as id from annotators where dataset_id = $1 and key = $2` },
};

/** The thing that is asked about; null where the dataset has none such. */
export async function findSubject(db: Db, home: Home, subject: Subject): Promise<NodeRef | null> {
  const given = Object.entries(subject).filter(([, value]) => value != null) as Array<[keyof Subject, string | number]>;
  if (given.length !== 1)
    throw refusal("BAD_USER_INPUT", `of takes exactly one field; got ${given.length}`, { argument: "of" });
  const [field, value] = given[0]!;
  const named = BY_NAME[field];
  if (named) return findBy(db, home.datasetId, named.kind, named.find, value);
  const { kind, id } = identified(field, value, home);
  return findBy(
    db,
    home.datasetId,
    kind,
    `select ${NODE_KINDS[kind].id} as id from ${NODE_KINDS[kind].table}
    where dataset_id = $1 and ${NODE_KINDS[kind].id} = $2`,
    id,
  );
}

function identified(field: keyof Subject, value: string | number, home: Home): { kind: NodeKind; id: number } {
  if (field === "exampleNumber") return { kind: "EXAMPLE", id: value as number };
  const text = value as string;
  if (field === "exampleVersionId")
    return { kind: "EXAMPLE_VERSION", id: localId(text, "ExampleVersion", home, `of.${field}`) };
  const type = decodeGlobalId(text)?.node.type;
  const kind = type === undefined ? null : kindOfType(type);
  if (type !== undefined && kind === null) {
    const types = KINDS.map((one) => NODE_KINDS[one].type).join(", ");
    throw refusal("BAD_USER_INPUT", `of.nodeId is the id of a ${type}, which has no lineage; use one of ${types}`, {
      argument: "of",
    });
  }
  return { kind: kind ?? "EXAMPLE", id: localId(text, type ?? "Example", home, `of.${field}`) };
}

async function findBy(
  db: Db,
  datasetId: number,
  kind: NodeKind,
  find: string,
  value: string | number,
): Promise<NodeRef | null> {
  const rows = await db.rows<{ id: number }>(`/* lineageSubject */ ${find}`, [datasetId, value]);
  return rows[0] ? { datasetId, kind, id: rows[0].id } : null;
}

/** Where a walk begins: an example is where its versions are. */
export async function startOf(db: Db, subject: NodeRef, at: number): Promise<NodeRef[]> {
  if (subject.kind !== "EXAMPLE") return [subject];
  const rows = await db.rows<{ id: number }>(
    `/* lineageVersions */ select example_version as id from example_versions
     where dataset_id = $1 and example = $2 and activity <= $3 order by 1 limit ${FAN_OUT}`,
    [subject.datasetId, subject.id, at],
  );
  return [subject, ...rows.map(({ id }): NodeRef => ({ datasetId: subject.datasetId, kind: "EXAMPLE_VERSION", id }))];
}
