// Which annotators are of which group, as they consented to be known now?
import type { SnapshotKey } from "../activities/snapshot.js";
import type { Db } from "../platform/db.js";
import { isContaminated, shownName, type AttributeGroups } from "./annotatorGroups.js";
import type { AuditQuestion } from "./auditQuestion.js";

export interface AttributesRead {
  groups: AttributeGroups[];
  /** What annotators may differ by without it being meant; null where nothing was asked for. */
  strata: AttributeGroups | null;
  warnings: string[];
}

/** Of people only. A value with control characters is said, and is as unknown as one that was not told. */
export async function readAttributes(
  db: Db,
  { datasetId }: SnapshotKey,
  { attributes, stratifyBy }: Pick<AuditQuestion, "attributes" | "stratifyBy">,
): Promise<AttributesRead> {
  const asked = [...attributes, ...(stratifyBy === null ? [] : [stratifyBy])];
  const rows = await db.rows<{ annotator: number; attribute: string; value: string }>(
    `/* auditAttributes */ select t.annotator, t.attribute, t.value from annotator_attributes t
     join annotators a on a.dataset_id = t.dataset_id and a.annotator = t.annotator and a.kind = 'HUMAN'
     where t.dataset_id = $1 and t.attribute = any($2::text[]) order by t.attribute, t.annotator`,
    [datasetId, asked],
  );
  const found = new Map(asked.map((attribute) => [attribute, new Map<number, string>()]));
  const contaminated = new Map<string, number>();
  for (const { annotator, attribute, value } of rows)
    if (isContaminated(value)) {
      const name = `${attribute} "${shownName(value)}"`;
      contaminated.set(name, (contaminated.get(name) ?? 0) + 1);
    } else found.get(attribute)!.set(annotator, value);
  const groupsOf = (attribute: string): AttributeGroups => {
    const groupOf = found.get(attribute)!;
    return { attribute, groupOf, groupOfAll: groupOf };
  };
  return {
    groups: attributes.map(groupsOf).filter(({ groupOf }) => groupOf.size > 0),
    strata: stratifyBy === null ? null : groupsOf(stratifyBy),
    warnings: [...contaminated.keys()].map(
      (name) => `${name} has control characters in its name and is not counted as a group; correct what brought it`,
    ),
  };
}
