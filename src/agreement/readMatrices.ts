// Who rated what how, group by group: every rating that counts, read into memory?
import type { SnapshotKey } from "../activities/snapshot.js";
import type { Tx } from "../platform/db.js";
import { Values } from "../platform/statement.js";
import type { RatingsBothWays } from "../statistics/inferCoefficients.js";
import type { RaterMatrix } from "../statistics/raterMatrix.js";
import { matrixOfColumns, patternsOfMatrix, RatingColumns } from "../statistics/ratingColumns.js";
import type { RatingPatterns } from "../statistics/ratingPatterns.js";
import type { RatingGroup } from "./decodeGroups.js";
import type { Grouping } from "./grouping.js";
import { sqlOf } from "./groupingSql.js";
import { compareKeys, type GroupKey } from "./groupKey.js";
import { bad, type CountedRatings } from "./question.js";
import { saidStatement } from "./saidStatement.js";

/** More ratings are not read into memory: 40 bytes each while they are sorted. */
const MOST_RATINGS = 12_000_000;
/** Ratings of so many units with neighbouring numbers come as one text of bytes. */
const UNITS_PACKED = 64;
/** Two whole numbers and the value in each rating's bytes. */
const BYTES = 16;

/**
 * The groups of a grouping by a column, or everything as one group, with who gave each rating; in order, unassigned last.
 *
 * The ratings of some units at a time are packed into bytes. Measured on 1,000,000 ratings of 200,000 units: a row each
 * 2.0 s, packed 1.4 s, of which the joins take 0.9.
 */
export async function readMatrices(
  tx: Tx,
  snapshot: SnapshotKey,
  question: CountedRatings,
  grouping: Grouping | null,
): Promise<RatingGroup[]> {
  const { text, values } = packedStatement(snapshot, question, grouping);
  const found = new Map<GroupKey, RatingColumns>();
  let count = 0;
  await tx.scan(text, values, (rows) => {
    for (const [key, packed] of rows as Array<[GroupKey, Buffer]>) {
      let group = found.get(key);
      if (!group) found.set(key, (group = new RatingColumns()));
      unpack(packed, group);
      count += packed.length / BYTES;
    }
    if (count > MOST_RATINGS) throw tooMany();
  });
  const labels = await labelsOf(tx, snapshot, grouping, [...found.keys()]);
  return [...found]
    .sort(([a], [b]) => compareKeys(a, b))
    .map(([id, group]) => ({
      id,
      key: labels.get(id) ?? null,
      ratings: bothWays(matrixOfColumns(group, question.measured.categories)),
    }));
}

/** No ratings at all, on the question's scale. */
export function noRatings({ measured }: CountedRatings): RatingsBothWays {
  return bothWays(matrixOfColumns(new RatingColumns(), measured.categories));
}

/** The patterns are counted when they are first asked for. */
function bothWays(matrix: RaterMatrix): RatingsBothWays {
  let patterns: RatingPatterns | undefined;
  return {
    matrix,
    get patterns() {
      return (patterns ??= patternsOfMatrix(matrix));
    },
  };
}

/** Of one rater's repeats the first is the first further rater; without repeats no order is needed. */
function packedStatement(snapshot: SnapshotKey, question: CountedRatings, grouping: Grouping | null) {
  const values = new Values();
  values.add(snapshot.datasetId); // $1
  const columns = "r.rating, r.example_version, r.annotator, coalesce(r.category, r.score) as value";
  const said = saidStatement(snapshot, question, grouping, values, columns);
  const bytes = "int4send(example_version) || int4send(annotator) || float8send(value)";
  const order = question.repeats === "ALL" ? "order by rating" : "";
  return {
    text: `/* agreementRatings */ select key, string_agg(${bytes}, '' ${order}) from (${said}) said
      group by key, example_version / ${UNITS_PACKED}`,
    values: values.list,
  };
}

function unpack(packed: Buffer, into: RatingColumns): void {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let at = 0; at < packed.length; at += BYTES)
    into.add(view.getInt32(at), view.getInt32(at + 4), view.getFloat64(at + 8));
}

function tooMany() {
  return bad(
    "coefficients",
    `more than ${MOST_RATINGS} ratings count, and who gave them is asked for; use a filter, or offer FROM_COUNTS`,
  );
}

/** What groups are called, of ids that are not what they are called themselves. */
async function labelsOf(tx: Tx, { datasetId }: SnapshotKey, grouping: Grouping | null, keys: GroupKey[]) {
  const sql = sqlOf(grouping);
  if (!sql?.labelJoin) return new Map(keys.map((key) => [key, key === null ? null : String(key)]));
  const ids = keys.filter((key) => key !== null);
  const rows = await tx.rowsOnce<{ key: number; label: string }>(
    `/* groupLabels */ select x.key, ${sql.label} as label from unnest($2::int[]) x(key) ${sql.labelJoin}`,
    [datasetId, ids],
  );
  return new Map<GroupKey, string | null>(rows.map((row) => [row.key, row.label]));
}
