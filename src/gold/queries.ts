// Which statements read gold values?
import { COUNT_LIMIT, sliceById, sliceValues, type Slice } from "../platform/connections.js";
import type { Db, Tx } from "../platform/db.js";
import { groupedInKeyOrder, inKeyOrder } from "../platform/loaders.js";
import { intArray, NOW } from "../ratings/factQueries.js";

export interface GoldValueRow {
  datasetId: number;
  gold: number;
  criterionVersion: number;
  exampleVersion: number;
  category: number | null;
  score: number | null;
  tolerance: number;
  /** Commitment, hex. */
  rationaleKey: string;
  activityNumber: number;
  supersededByNumber: number | null;
}

const GOLD = `g.dataset_id as "datasetId", g.gold, g.criterion_version as "criterionVersion", g.example_version as "exampleVersion",
  g.category, g.score, g.tolerance, encode(g.rationale, 'hex') as "rationaleKey", g.activity as "activityNumber",
  g.superseded_by as "supersededByNumber"`;

export async function goldValuesById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<GoldValueRow | null>> {
  const rows = await db.rows<GoldValueRow>(
    `/* goldValuesById */ select ${GOLD} from gold_values g where g.dataset_id = $1 and g.gold = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.gold);
}

/** The condition that a gold value is on a criterion: "helpfulness" in any version, "helpfulness@2" in that one, null on all. */
const onCriterion = (
  name: string,
) => `(${name} is null or g.criterion_version in (select v.criterion_version from criteria c
  join criterion_versions v on v.dataset_id = $1 and v.criterion = c.criterion
  where c.dataset_id = $1 and c.key = split_part(${name}, '@', 1)
    and (position('@' in ${name}) = 0 or ${name} = c.key || '@' || v.version)))`;

/** Those in force, in the order they were set in. */
export function goldValuesPage(
  db: Db,
  datasetId: number,
  criterion: string | null,
  slice: Slice,
): Promise<GoldValueRow[]> {
  return db.rows<GoldValueRow>(
    `/* goldValuesPage */ select ${GOLD} from gold_values g
     where g.dataset_id = $1 and g.superseded_by is null and ${onCriterion("$2::text")}
       and ${sliceById("g.gold", ["$3", "$4", "$5"], slice.backwards)}`,
    [datasetId, criterion, ...sliceValues(slice)],
  );
}

/** As many as are in force, counted up to the limit. */
export async function goldValueCount(db: Db, datasetId: number, criterion: string | null): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `/* goldValueCount */ select count(*) as n from (select 1 from gold_values g
     where g.dataset_id = $1 and g.superseded_by is null and ${onCriterion("$2::text")} limit ${COUNT_LIMIT + 1}) x`,
    [datasetId, criterion],
  );
  return rows[0]!.n;
}

/** Which gold values of an example version are asked for. */
export interface GoldAsked {
  exampleVersion: number;
  /** A key, with @version or without; null for all criteria. */
  criterion: string | null;
  /** Superseded ones, too. */
  all: boolean;
  /** The activity as of which; null for now. */
  asOf: number | null;
}

const MOST_SHOWN = 100;

/** Keys are JSON of GoldAsked. The last first, at most 100 of each version. */
export async function goldValuesOfVersions(
  db: Db,
  datasetId: number,
  keys: readonly string[],
): Promise<GoldValueRow[][]> {
  const asked = keys.map((key) => JSON.parse(key) as GoldAsked);
  const rows = await db.rows<GoldValueRow & { position: number }>(
    `/* goldValuesOfVersions */ select * from (
       select u.o as position, row_number() over (partition by u.o order by g.gold desc) as place, ${GOLD}
       from unnest($2::int[], $3::text[], $4::boolean[], $5::int[]) with ordinality u(e, criterion, every, at, o)
       join gold_values g on g.dataset_id = $1 and g.example_version = u.e and g.activity <= u.at
         and (u.every or g.superseded_by is null or g.superseded_by > u.at) and ${onCriterion("u.criterion")}) found
     where place <= ${MOST_SHOWN} order by gold desc`,
    [
      datasetId,
      asked.map((one) => one.exampleVersion),
      asked.map((one) => one.criterion),
      asked.map((one) => one.all),
      asked.map((one) => one.asOf ?? NOW),
    ],
  );
  const positions = keys.map((_, i) => i + 1);
  return groupedInKeyOrder(positions, rows, (row) => row.position);
}

/** What an activity set, in the order it was submitted in. */
export function goldValuesOfActivity(db: Db, datasetId: number, activity: number): Promise<GoldValueRow[]> {
  return db.rows<GoldValueRow>(
    `/* goldValuesOfActivity */ select ${GOLD} from gold_values g where g.dataset_id = $1 and g.activity = $2 order by g.gold`,
    [datasetId, activity],
  );
}

/** What an activity took back or replaced. */
export function goldValuesEndedBy(db: Db, datasetId: number, activity: number): Promise<GoldValueRow[]> {
  return db.rows<GoldValueRow>(
    `/* goldValuesEndedBy */ select ${GOLD} from gold_values g where g.dataset_id = $1 and g.superseded_by = $2 order by g.gold`,
    [datasetId, activity],
  );
}

/** A gold value with what it says, to compare another with. */
export interface GoldInForce {
  gold: number;
  exampleVersion: number;
  criterionVersion: number;
  category: number | null;
  score: number | null;
  tolerance: number;
  /** Empty where none was given; null where it was erased. */
  rationale: string | null;
}

/** The gold values in force on units. The laterals keep a generic plan on the indexes while a dataset is new. */
export function goldInForce(
  tx: Tx,
  datasetId: number,
  units: ReadonlyArray<readonly [exampleVersion: number, criterionVersion: number]>,
): Promise<GoldInForce[]> {
  return tx.rows<GoldInForce>(
    `/* goldInForce */ select g.gold, g.example_version as "exampleVersion", g.criterion_version as "criterionVersion", g.category,
       g.score, g.tolerance, c.text as rationale
     from (select distinct e, c from unnest($2::int[], $3::int[]) u(e, c)) u
     join lateral (select * from gold_values g where g.dataset_id = $1 and g.criterion_version = u.c
       and g.example_version = u.e and g.superseded_by is null limit 1) g on true
     left join lateral (select c.text from contents c where c.dataset_id = $1 and c.commitment = g.rationale limit 1) c on true`,
    [datasetId, intArray(units.map(([version]) => version)), intArray(units.map(([, criterion]) => criterion))],
  );
}

/** The commitments to all rationales ever given on versions, and to the digests of the requests that brought them. */
export async function rationalesOnVersions(
  tx: Tx,
  datasetId: number,
  exampleVersions: readonly number[],
): Promise<Buffer[]> {
  const rows = await tx.rows<{ commitment: Buffer }>(
    `/* rationalesOnVersions */ with explained as (
       select g.rationale, g.activity from gold_values g
       join contents c on c.dataset_id = g.dataset_id and c.commitment = g.rationale and c.text <> ''
       where g.dataset_id = $1 and g.example_version = any($2::int[]))
     select rationale as commitment from explained
     union select a.request_digest from explained e join activities a on a.dataset_id = $1 and a.activity = e.activity
       where a.request_digest is not null`,
    [datasetId, [...exampleVersions]],
  );
  return rows.map((row) => row.commitment);
}
