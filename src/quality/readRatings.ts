// Which ratings say something about annotators: those that count, those on gold, those that were given again?
import { aliveAt, type SnapshotKey } from "../activities/snapshot.js";
import { bad, STRATA, type RaterKind } from "../agreement/question.js";
import { saidStatement } from "../agreement/saidStatement.js";
import type { Tx } from "../platform/db.js";
import { Values } from "../platform/statement.js";
import type { Hits } from "./estimates.js";
import { isHit } from "./qualityOfGold.js";
import { Repeats } from "./qualityOfRepeats.js";
import type { QualityQuestion } from "./question.js";
import { TimedRatings } from "./timedRatings.js";

export interface KnownAnnotator {
  annotator: number;
  key: string;
  kind: RaterKind;
}

export interface QualityRatings {
  /** Who has anything below, by key. */
  annotators: KnownAnnotator[];
  people: TimedRatings;
  /** By annotator. */
  models: Map<number, TimedRatings>;
  gold: Map<number, Hits>;
  repeats: Map<number, Repeats>;
}

/** More ratings are not read into memory: about 60 bytes each while they are sorted. */
const MOST_RATINGS = 12_000_000;

/** In four statements; `progress` hears how far it is. */
export async function readRatings(
  tx: Tx,
  snapshot: SnapshotKey,
  question: QualityQuestion,
  progress: (share: number, step: string) => void,
): Promise<QualityRatings> {
  const known = await annotatorsOf(tx, snapshot.datasetId);
  const { people, models } = await readCounted(tx, snapshot, question, known);
  progress(0.3, "reading gold");
  const gold = await readGold(tx, snapshot, question);
  progress(0.35, "reading repeats");
  const repeats = await readRepeats(tx, snapshot, question);
  const raters = new Set([...models.keys(), ...gold.keys(), ...repeats.keys()]);
  for (let i = 0; i < people.length; i++) raters.add(people.columns.rater[i]!);
  const annotators = [...raters].map((annotator) => known.get(annotator)!).sort((a, b) => (a.key < b.key ? -1 : 1));
  return { annotators, people, models, gold, repeats };
}

async function annotatorsOf(tx: Tx, datasetId: number): Promise<Map<number, KnownAnnotator>> {
  const rows = await tx.rows<KnownAnnotator>(
    `/* qualityAnnotators */ select annotator, key, kind from annotators where dataset_id = $1`,
    [datasetId],
  );
  return new Map(rows.map((row) => [row.annotator, row]));
}

/** The ratings that count, people's together and each model's by itself. Of repeats the first comes first. */
async function readCounted(
  tx: Tx,
  snapshot: SnapshotKey,
  question: QualityQuestion,
  known: ReadonlyMap<number, KnownAnnotator>,
) {
  const { values, said } = saidWith(snapshot, question, "r.seconds, r.occurred_at, r.activity");
  const text = `/* qualityRatings */ with said as (${said})
    select s.example_version, s.annotator, s.value, s.seconds,
      (extract(epoch from coalesce(s.occurred_at, a.recorded_at)) * 1000)::float8
    from said s join activities a on a.dataset_id = $1 and a.activity = s.activity
    ${question.repeats === "ALL" ? "order by s.rating" : ""}`;
  const people = new TimedRatings();
  const models = new Map<number, TimedRatings>();
  let count = 0;
  await tx.scan(text, values.list, (rows) => {
    count += rows.length;
    if (count > MOST_RATINGS) throw tooMany();
    for (const [unit, rater, value, seconds, at] of rows as Array<[number, number, number, number | null, number]>) {
      let into = known.get(rater)!.kind === "HUMAN" ? people : models.get(rater);
      if (!into) models.set(rater, (into = new TimedRatings()));
      into.add(unit, rater, value, at, seconds ?? NaN);
    }
  });
  return { people, models };
}

/** Ratings in force of any stratum on units that have a gold value as of the snapshot, as hits and misses. */
async function readGold(tx: Tx, snapshot: SnapshotKey, question: QualityQuestion): Promise<Map<number, Hits>> {
  const inForce: QualityQuestion = { ...question, repeats: "LATEST", strata: [...STRATA] };
  const { values, said } = saidWith(snapshot, inForce, "r.criterion_version");
  const text = `/* qualityGold */ with said as (${said})
    select s.annotator, s.value, coalesce(g.category, g.score), g.tolerance
    from said s join gold_values g on g.dataset_id = $1 and g.criterion_version = s.criterion_version
      and g.example_version = s.example_version and ${aliveAt("g", values.add(snapshot.activity))}
    where coalesce(g.category, g.score) is not null`;
  const found = new Map<number, Hits>();
  await tx.scan(text, values.list, (rows) => {
    for (const [annotator, value, gold, tolerance] of rows as Array<[number, number, number, number]>) {
      let own = found.get(annotator);
      if (!own) found.set(annotator, (own = { hits: 0, misses: 0 }));
      if (isHit(question.measured, value, gold, tolerance)) own.hits++;
      else own.misses++;
    }
  });
  return found;
}

/** All ratings of units that an annotator rated more than once, whichever of them count elsewhere. */
async function readRepeats(tx: Tx, snapshot: SnapshotKey, question: QualityQuestion): Promise<Map<number, Repeats>> {
  const { values, said } = saidWith(snapshot, { ...question, repeats: "ALL" }, "r.repeat");
  const text = `/* qualityRepeats */ with said as materialized (${said})
    select s.annotator, s.example_version, s.value
    from said s join (select distinct annotator, example_version from said where repeat > 0) again
      using (annotator, example_version) order by s.rating`;
  const found = new Map<number, Repeats>();
  await tx.scan(text, values.list, (rows) => {
    for (const [annotator, unit, value] of rows as Array<[number, number, number]>) {
      let own = found.get(annotator);
      if (!own) found.set(annotator, (own = new Repeats()));
      own.add(unit, value);
    }
  });
  return found;
}

/** The ratings that count for a question, as rows of rating, example_version, annotator, value and further columns of r. */
function saidWith(snapshot: SnapshotKey, question: QualityQuestion, further: string) {
  const values = new Values();
  values.add(snapshot.datasetId); // $1
  const columns = `r.rating, r.example_version, r.annotator, coalesce(r.category, r.score) as value, ${further}`;
  return { said: saidStatement(snapshot, question, null, values, columns), values };
}

function tooMany() {
  return bad("filter", `more than ${MOST_RATINGS} ratings count; use a filter`);
}
