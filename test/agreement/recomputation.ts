// What should agreement be at an activity, computed plainly from all rows?
import pg from "pg";
import { krippendorffAlpha } from "../../src/statistics/krippendorffAlpha.js";
import type { Estimate } from "../../src/statistics/estimate.js";
import { patternsOfRatings, type Rating } from "../../src/statistics/patternsOfRatings.js";
import { percentAgreement } from "../../src/statistics/percentAgreement.js";

type Row = Record<string, any>;
export type Rows = Record<(typeof TABLES)[number], Row[]>;
const TABLES = [
  "ratings",
  "example_versions",
  "decisions",
  "labels",
  "annotators",
  "sources",
  "batches",
  "guidelines",
  "guideline_versions",
  "criteria",
  "criterion_versions",
  "activities",
] as const;

export interface Asked {
  activity: number;
  population: "CURRENT" | "ACCEPTED" | "ALL_VERSIONS";
  criterion: string;
  repeats: "LATEST" | "FIRST" | "ALL";
  strata: string[];
  annotatorKinds: string[];
}

/** Every row of a database with one dataset, superseded ones too. */
export async function readAllRows(ownerUrl: string): Promise<Rows> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const rows: Partial<Rows> = {};
  for (const table of TABLES) rows[table] = (await client.query(`select * from ${table} where dataset_id = 1`)).rows;
  await client.end();
  return rows as Rows;
}

/** Overall and by each grouping, in the shape that the API answers. */
export function recompute(rows: Rows, asked: Asked) {
  const { scale, said, row, members } = saidAt(rows, asked);
  const byKey = (keysOf: (rating: Row) => Array<string | null>) => group(said, keysOf, row);
  const named = (table: keyof Rows, id: string, found: (row: Row) => string) => {
    const names = new Map(rows[table].map((one) => [one[id], found(one)]));
    return (key: number | null) => (key === null ? null : names.get(key)!);
  };
  const source = (rating: Row) =>
    rows.sources.find((one) => one.source === members.get(rating.example_version)!.source)!;
  const labels = rows.labels.filter((label) => isAlive(label, asked.activity) && label.dimension === "intent");
  const intents = (rating: Row) =>
    labels.filter((one) => one.example_version === rating.example_version).map((one) => one.value);
  const batch = named("batches", "batch", ({ key }) => key);
  const rules = named("guideline_versions", "guideline_version", ({ version }) => `rules@${version}`);
  return {
    criterionVersion: { version: scale.version },
    overall: row(said),
    groupings: [
      { by: "SOURCE", groups: byKey((rating) => [source(rating).key]) },
      { by: "SOURCE_KIND", groups: byKey((rating) => [source(rating).kind]) },
      { by: "LABEL", groups: byKey((rating) => (intents(rating).length === 0 ? [null] : intents(rating))) },
      { by: "BATCH", groups: byKey((rating) => [batch(rating.batch)]) },
      { by: "GUIDELINE_VERSION", groups: byKey((rating) => [rules(rating.guideline_version)]) },
    ],
  };
}

/** By what slices who rated, when, why and on which scale. */
export function recomputeByRating(rows: Rows, asked: Asked) {
  const { said, row } = saidAt(rows, asked);
  const byKey = (keysOf: (rating: Row) => Array<string | null>) => group(said, keysOf, row);
  const recorded = new Map(rows.activities.map((one) => [one.activity, one.recorded_at as Date]));
  const day = (rating: Row) => (rating.occurred_at ?? recorded.get(rating.activity)!).toISOString().slice(0, 10);
  const kinds = new Map(rows.annotators.map((one) => [one.annotator, one.kind]));
  const versions = versionsAt(rows, asked).map(({ version }) => {
    const ofVersion = saidAt(rows, { ...asked, version });
    return { key: `${asked.criterion}@${version}`, ...ofVersion.row(ofVersion.said) };
  });
  return [
    { by: "STRATUM", groups: byKey((rating) => (asked.strata.includes(rating.stratum) ? [rating.stratum] : [])) },
    { by: "PERIOD", groups: byKey((rating) => [day(rating)]) },
    { by: "ANNOTATOR_KIND", groups: byKey((rating) => [kinds.get(rating.annotator)!]) },
    { by: "CRITERION_VERSION", groups: sortByKey(versions.filter(({ unitCount }) => unitCount > 0)) },
    { by: "ANNOTATOR_PAIR", groups: sortByKey(pairs(rows, asked)) },
  ];
}

/** Two annotators over the units that both rated. */
function pairs(rows: Rows, asked: Asked) {
  const { said, scale } = saidAt(rows, asked);
  const chosen = choose(said, asked);
  const names = [...rows.annotators].sort((a, b) => a.annotator - b.annotator);
  return names.flatMap((one, i) =>
    names.slice(i + 1).flatMap((other) => {
      const rated = (who: Row) =>
        new Set(chosen.filter(({ annotator }) => annotator === who.annotator).map((rating) => rating.example_version));
      const [byOne, byOther] = [rated(one), rated(other)];
      const shared = chosen.filter(
        (rating) =>
          [one.annotator, other.annotator].includes(rating.annotator) &&
          byOne.has(rating.example_version) &&
          byOther.has(rating.example_version),
      );
      return shared.length === 0 ? [] : [{ key: `${one.key}, ${other.key}`, ...measure(shared, scale.categories) }];
    }),
  );
}

function isAlive(row: Row, at: number): boolean {
  return row.activity <= at && (row.superseded_by === null || row.superseded_by > at);
}

function versionsAt(rows: Rows, { criterion: key, activity }: Asked): Row[] {
  const criterion = rows.criteria.find((row) => row.key === key)!;
  return rows.criterion_versions
    .filter((row) => row.criterion === criterion.criterion && row.activity <= activity)
    .sort((a, b) => b.version - a.version);
}

/** All that was said on the latest version, or one, by who counts, of what is in the population. */
function saidAt(rows: Rows, asked: Asked & { version?: number }) {
  const at = asked.activity;
  const versions = versionsAt(rows, asked);
  const scale = versions.find(({ version }) => version === asked.version) ?? versions[0]!;
  const decided = rows.decisions.filter((row) => isAlive(row, at));
  const verdicts = new Map(decided.map((row) => [row.example_version, row.verdict]));
  const isMember = (row: Row) => {
    if (asked.population === "ALL_VERSIONS") return row.activity <= at;
    const verdict = verdicts.get(row.example_version);
    return isAlive(row, at) && (asked.population === "ACCEPTED" ? verdict === "ACCEPT" : verdict !== "WITHDRAW");
  };
  const members = new Map(rows.example_versions.filter(isMember).map((row) => [row.example_version, row]));
  const kinds = new Map(rows.annotators.map((row) => [row.annotator, row.kind]));
  const said = rows.ratings
    .filter((row) => row.criterion_version === scale.criterion_version && row.activity <= at)
    .filter((row) => members.has(row.example_version) && asked.annotatorKinds.includes(kinds.get(row.annotator)));
  const row = (ratings: Row[]) => measure(choose(ratings, asked), scale.categories);
  return { scale, said, row, members };
}

/** Of what was said: the last where its stratum counts, the first of those whose stratum counts, or all of these. */
function choose(said: Row[], { repeats, strata }: Asked): Row[] {
  const counts = (rating: Row) => strata.includes(rating.stratum);
  if (repeats === "ALL") return said.filter(counts);
  const byRaterAndUnit = new Map<string, Row[]>();
  for (const rating of repeats === "FIRST" ? said.filter(counts) : said) {
    const key = `${rating.example_version} ${rating.annotator}`;
    byRaterAndUnit.set(key, [...(byRaterAndUnit.get(key) ?? []), rating]);
  }
  const inOrder = [...byRaterAndUnit.values()].map((ratings) => ratings.sort((a, b) => a.rating - b.rating));
  return repeats === "FIRST"
    ? inOrder.map((ratings) => ratings[0]!)
    : inOrder.map((ratings) => ratings.at(-1)!).filter(counts);
}

function group(
  said: Row[],
  keysOf: (rating: Row) => Array<string | null>,
  row: (ratings: Row[]) => ReturnType<typeof measure>,
) {
  const groups = new Map<string | null, Row[]>();
  for (const rating of said) for (const key of keysOf(rating)) groups.set(key, [...(groups.get(key) ?? []), rating]);
  const measured = [...groups].map(([key, ratings]) => ({ key, ...row(ratings) })).filter((one) => one.unitCount > 0);
  return sortByKey(measured);
}

/** In one order: the API's has ids in order of making. */
export function sortByKey<T extends { key: string | null }>(groups: T[]): T[] {
  return [...groups].sort((a, b) => ((a.key ?? "~") < (b.key ?? "~") ? -1 : 1));
}

function measure(counted: Row[], categories: Array<string | number> | null) {
  const ratings = counted.map((rating, i): Rating => {
    const value = categories ? categories[rating.category]! : rating.score;
    return { unit: rating.example_version, rater: `${rating.annotator} ${i}`, value };
  });
  const patterns = patternsOfRatings(ratings, { categories: categories ?? undefined });
  const levels = ["NOMINAL", "ORDINAL", "INTERVAL", "RATIO"] as const;
  const estimates = [percentAgreement(patterns), ...levels.map((level) => krippendorffAlpha(patterns, level))];
  const { units, pairableValues } = estimates[0]!;
  return {
    unitCount: units,
    raterCount: new Set(counted.map((rating) => rating.annotator)).size,
    pairableValueCount: pairableValues,
    coefficients: estimates.map(outcome),
  };
}

function outcome(estimate: Estimate) {
  return estimate.kind === "defined" ? rounded(estimate.value) : estimate.because;
}

/** To 11 decimals: sums in another order differ in the last bits. */
export function rounded(value: number): number {
  return Math.round(value * 1e11) / 1e11 + 0;
}
