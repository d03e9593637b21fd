// Which statements read what submissions need to know?
import { inSnapshot, Population } from "../activities/snapshot.js";
import type { Tx } from "../platform/db.js";
import { Values } from "../platform/statement.js";
import type { CriterionInForce } from "./scales.js";
import type { KnownAnnotator } from "./submission.js";

/** The names that a group of submissions uses, each once. */
export interface Names {
  guidelineVersions: string[];
  annotators: string[];
  batches: string[];
  externalIds: string[];
  versionIds: number[];
}

/** What the names stand for. Versions as [index in the names, example version, latest, current, erased]. */
export interface Named {
  datasetUid: string;
  guidelineVersions: Array<{
    name: string;
    guidelineVersion: number;
    requiresQualification: boolean;
    criteria: CriterionInForce[];
  }>;
  annotators: Array<KnownAnnotator & { key: string }>;
  batches: Array<{ key: string; batch: number }>;
  byExternalId: VersionTuple[];
  byVersionId: VersionTuple[];
}
export type VersionTuple = [index: number, exampleVersion: number, latest: boolean, current: boolean, erased: boolean];

/** Later than any activity: what is alive then is in force. */
export const NOW = 0x7fffffff;

/** The condition, always of the same text, that version v is in population CURRENT now; its values begin with the dataset. */
export function currentNow(datasetId: number): { condition: string; values: Values } {
  const values = new Values();
  values.add(datasetId);
  const snapshot = { datasetId, activity: NOW, population: Population.CURRENT, candidate: null };
  return { condition: inSnapshot(snapshot, "v", values), values };
}

/**
 * All names in one statement, as JSON: a small submission is mostly round trips, and of a large one JSON.parse reads
 * the versions faster than pg reads rows. The laterals with limit 1 keep a generic plan on the indexes while a new
 * dataset has no statistics yet (without: 30 to 50 times slower from the sixth batch on).
 */
export async function namedInSubmissions(tx: Tx, datasetId: number, names: Names): Promise<Named> {
  const { condition, values } = currentNow(datasetId);
  const add = (value: unknown) => values.add(value);
  const version = `v.example_version, v.superseded_by is null, ${condition},
    exists (select from erasures e where e.dataset_id = $1 and e.commitment = v.content)`;
  const guidelineParts = names.guidelineVersions.map((name) => name.split("@"));
  const rows = await tx.rows<Named>(
    `/* namedInSubmissions */ select d.uid as "datasetUid",
      coalesce((select json_agg(json_build_object('name', g.key || '@' || gv.version, 'guidelineVersion', gv.guideline_version,
          'requiresQualification', gv.requires_qualification, 'criteria', ${CRITERIA}))
        from unnest(${add(guidelineParts.map((p) => p[0]))}::text[], ${add(guidelineParts.map((p) => p.slice(1).join("@")))}::text[]) u(key, version)
        join guidelines g on g.dataset_id = $1 and g.key = u.key
        join guideline_versions gv on gv.dataset_id = $1 and gv.guideline = g.guideline and gv.version = u.version), '[]') as "guidelineVersions",
      coalesce((select json_agg(json_build_object('key', a.key, 'annotator', a.annotator, 'kind', a.kind, 'status', p.status,
          'principalUid', t.principal_uid, 'qualifiedFor', ${QUALIFIED}))
        from unnest(${add(names.annotators)}::text[]) u(key)
        join lateral (select * from annotators a where a.dataset_id = $1 and a.key = u.key limit 1) a on true
        join lateral (select status from annotator_profiles p
          where p.dataset_id = $1 and p.annotator = a.annotator and p.superseded_by is null limit 1) p on true
        join lateral (select principal_uid from agents t where t.dataset_id = $1 and t.agent = a.agent limit 1) t on true), '[]') as annotators,
      coalesce((select json_agg(json_build_object('key', b.key, 'batch', b.batch))
        from batches b where b.dataset_id = $1 and b.key = any(${add(names.batches)}::text[])), '[]') as batches,
      coalesce((select json_agg(json_build_array(u.i - 1, ${version}))
        from unnest(${add(names.externalIds)}::text[]) with ordinality u(key, i)
        join lateral (select example from examples x where x.dataset_id = $1 and x.external_id = u.key limit 1) x on true
        join lateral (select * from example_versions v
          where v.dataset_id = $1 and v.example = x.example and v.superseded_by is null limit 1) v on true), '[]') as "byExternalId",
      coalesce((select json_agg(json_build_array(u.i - 1, ${version}))
        from unnest(${add(names.versionIds)}::int[]) with ordinality u(id, i)
        join lateral (select * from example_versions v where v.dataset_id = $1 and v.example_version = u.id limit 1) v on true), '[]') as "byVersionId"
     from datasets d where d.dataset_id = $1`,
    values.list,
  );
  return rows[0]!;
}

const CRITERIA = `(select json_agg(json_build_object('key', c.key, 'criterionVersion', cv.criterion_version, 'categories', cv.categories,
    'minimum', cv.minimum, 'maximum', cv.maximum) order by c.key)
  from guideline_criteria gc
  join criterion_versions cv on cv.dataset_id = $1 and cv.criterion_version = gc.criterion_version
  join criteria c on c.dataset_id = $1 and c.criterion = cv.criterion
  where gc.dataset_id = $1 and gc.guideline_version = gv.guideline_version)`;

const QUALIFIED = `coalesce((select json_agg(q.guideline_version) from qualifications q
  where q.dataset_id = $1 and q.annotator = a.annotator and q.superseded_by is null), '[]')`;

/** Units by criterion version and example version, and who rates them: [index of the unit, annotator]. */
export interface AskedUnits {
  criterionVersions: number[];
  exampleVersions: number[];
  raters: Array<[unit: number, annotator: number]>;
}

export interface FoundUnits {
  /** Count vectors, hex; null counts on a continuous scale. */
  tallies: Array<[unit: number, counts: string | null, n: number]>;
  inForce: Array<[index: number, rating: number, repeat: number, category: number | null, countedStratum: boolean]>;
}

/** The tallies of units, and the ratings in force by the raters asked about. */
export async function unitsInForce(tx: Tx, datasetId: number, asked: AskedUnits): Promise<FoundUnits> {
  const { criterionVersions: criteria, exampleVersions: versions, raters } = asked;
  const rows = await tx.rows<FoundUnits>(
    `/* unitsInForce */ select
      coalesce((select json_agg(json_build_array(u.i - 1, encode(t.counts, 'hex'), t.n))
        from unnest($2::int[], $3::int[]) with ordinality u(c, e, i)
        join lateral (select counts, n from tallies t
          where t.dataset_id = $1 and t.criterion_version = u.c and t.example_version = u.e limit 1) t on true), '[]') as tallies,
      coalesce((select json_agg(json_build_array(u.i - 1, r.rating, r.repeat, r.category, r.stratum in ('OPEN', 'RANDOM')))
        from unnest($4::int[], $5::int[], $6::int[]) with ordinality u(c, e, a, i)
        join lateral (select rating, repeat, category, stratum from ratings r
          where r.dataset_id = $1 and r.criterion_version = u.c and r.example_version = u.e and r.annotator = u.a
            and r.superseded_by is null limit 1) r on true), '[]') as "inForce"`,
    [
      datasetId,
      intArray(criteria),
      intArray(versions),
      intArray(raters.map(([unit]) => criteria[unit]!)),
      intArray(raters.map(([unit]) => versions[unit]!)),
      intArray(raters.map(([, annotator]) => annotator)),
    ],
  );
  return rows[0]!;
}

/** An array of integers as Postgres reads it: far quicker than pg's own. */
export function intArray(values: readonly number[]): string {
  return `{${values.join(",")}}`;
}
