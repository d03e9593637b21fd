// Which statements read ratings for the API?
import { COUNT_LIMIT, type Slice } from "../platform/connections.js";
import type { Db, Tx } from "../platform/db.js";
import { groupedInKeyOrder, inKeyOrder } from "../platform/loaders.js";
import { NOW } from "./factQueries.js";
import type { Stratum } from "./tables.js";

export interface RatingRow {
  datasetId: number;
  rating: number;
  number: number;
  criterionVersion: number;
  exampleVersion: number;
  annotator: number;
  guidelineVersion: number;
  category: number | null;
  score: number | null;
  stratum: Stratum;
  repeat: number;
  seconds: number | null;
  occurredAt: Date | null;
  /** Commitment, hex. */
  rationaleKey: string | null;
  batch: number | null;
  activityNumber: number;
  supersededByNumber: number | null;
}

const RATING = `r.dataset_id as "datasetId", r.rating, r.rating as number, r.criterion_version as "criterionVersion",
  r.example_version as "exampleVersion", r.annotator, r.guideline_version as "guidelineVersion", r.category, r.score, r.stratum,
  r.repeat, r.seconds, r.occurred_at as "occurredAt", encode(r.rationale, 'hex') as "rationaleKey", r.batch,
  r.activity as "activityNumber", r.superseded_by as "supersededByNumber"`;

export async function ratingsById(
  db: Db,
  datasetId: number,
  keys: readonly number[],
): Promise<Array<RatingRow | null>> {
  const rows = await db.rows<RatingRow>(
    `/* ratingsById */ select ${RATING} from ratings r where r.dataset_id = $1 and r.rating = any($2::int[])`,
    [datasetId, [...keys]],
  );
  return inKeyOrder(keys, rows, (row) => row.rating);
}

/** All that an activity made, in the order of its items. */
export function ratingsOfActivity(db: Db, datasetId: number, activity: number): Promise<RatingRow[]> {
  return db.rows<RatingRow>(
    `/* ratingsOfActivity */ select ${RATING} from ratings r where r.dataset_id = $1 and r.activity = $2 order by r.rating`,
    [datasetId, activity],
  );
}

/** Which ratings of an example version are asked for. */
export interface RatingsAsked {
  exampleVersion: number;
  /** Key; null for all criteria. */
  criterion: string | null;
  /** Superseded ones, too. */
  all: boolean;
  /** Only by annotators that this principal acts as; null for everybody's. */
  principalUid: string | null;
  /** The activity as of which; null for now. */
  asOf: number | null;
}

const ASKED = `r.dataset_id = $1 and r.example_version = u.e
  and ($3::text is null or r.criterion_version in (select cv.criterion_version from criteria c
    join criterion_versions cv on cv.dataset_id = $1 and cv.criterion = c.criterion where c.dataset_id = $1 and c.key = $3))
  and ($4::uuid is null or r.annotator in (select a.annotator from annotators a
    join agents g on g.dataset_id = $1 and g.agent = a.agent where a.dataset_id = $1 and g.principal_uid = $4))
  and r.activity <= $5::int and ($6::boolean or r.superseded_by is null or r.superseded_by > $5)`;

function askedValues(datasetId: number, asked: readonly RatingsAsked[]): unknown[] {
  const { criterion, principalUid, asOf, all } = asked[0]!;
  return [datasetId, asked.map((one) => one.exampleVersion), criterion, principalUid, asOf ?? NOW, all];
}

/** Keys are JSON of [RatingsAsked, Slice]: pages of many versions with the same arguments are one statement. */
export function ratingPages(db: Db, datasetId: number, keys: readonly string[]): Promise<RatingRow[][]> {
  return togetherBySameArguments<Slice, RatingRow[]>(keys, async (asked, slice) => {
    const way = slice.backwards ? "desc" : "asc";
    const rows = await db.rows<RatingRow>(
      `/* ratingPages ${way} */ select r.* from unnest($2::int[]) u(e) cross join lateral (
         select ${RATING} from ratings r where ${ASKED}
           and ($7::int is null or r.rating > $7) and ($8::int is null or r.rating < $8) order by r.rating ${way} limit $9) r
       order by r."exampleVersion", r.rating ${way}`,
      [...askedValues(datasetId, asked), slice.after?.[0] ?? null, slice.before?.[0] ?? null, slice.limit],
    );
    return groupedInKeyOrder(
      asked.map((one) => one.exampleVersion),
      rows,
      (row) => row.exampleVersion,
    );
  });
}

/** Keys are JSON of [RatingsAsked, null]. */
export function ratingCounts(db: Db, datasetId: number, keys: readonly string[]): Promise<number[]> {
  return togetherBySameArguments<null, number>(keys, async (asked) => {
    const rows = await db.rows<{ e: number; n: number }>(
      `/* ratingCounts */ select u.e, count(*) as n from unnest($2::int[]) u(e) cross join lateral (
         select 1 from ratings r where ${ASKED} limit ${COUNT_LIMIT + 1}) r group by u.e`,
      askedValues(datasetId, asked),
    );
    const counts = new Map(rows.map((row) => [row.e, row.n]));
    return asked.map((one) => counts.get(one.exampleVersion) ?? 0);
  });
}

/** Reads each set of keys that differ only in the example version at once; gives answers in the order of the keys. */
async function togetherBySameArguments<With, Value>(
  keys: readonly string[],
  read: (asked: RatingsAsked[], further: With) => Promise<Value[]>,
): Promise<Value[]> {
  const groups = new Map<string, Array<{ at: number; asked: RatingsAsked; further: With }>>();
  for (const [at, key] of keys.entries()) {
    const [asked, further] = JSON.parse(key) as [RatingsAsked, With];
    const group = JSON.stringify([{ ...asked, exampleVersion: 0 }, further]);
    groups.set(group, [...(groups.get(group) ?? []), { at, asked, further }]);
  }
  const answers: Value[] = [];
  for (const group of groups.values()) {
    const values = await read(
      group.map((one) => one.asked),
      group[0]!.further,
    );
    group.forEach((one, i) => (answers[one.at] = values[i]!));
  }
  return answers;
}

/**
 * Commitments to the rationales of all ratings of example versions, and to the requests that brought them, by which they
 * could be guessed: what an erasure takes along.
 */
export async function rationalesOf(tx: Tx, datasetId: number, exampleVersions: readonly number[]): Promise<Buffer[]> {
  const rows = await tx.rows<{ rationale: Buffer; request: Buffer | null }>(
    `/* rationalesOf */ select r.rationale, a.request_digest as request from ratings r
     join activities a on a.dataset_id = $1 and a.activity = r.activity
     where r.dataset_id = $1 and r.example_version = any($2::int[]) and r.rationale is not null order by r.rating`,
    [datasetId, [...exampleVersions]],
  );
  return rows.flatMap((row) => (row.request ? [row.rationale, row.request] : [row.rationale]));
}
