// How do tallies, histogram and rater tallies follow what happens?
import { registerProjection } from "../activities/projections.js";
import type { Planned } from "../activities/recordActivities.js";
import type { Plan } from "../activities/plan.js";
import { exampleVersions } from "../examples/tables.js";
import type { Tx } from "../platform/db.js";
import { encodeCounts } from "./countVectors.js";
import { moveContinuous, movePopulation, moveTallies, type TallyMoves } from "./projectionQueries.js";
import { changesOf, type RatingChange } from "./ratingChanges.js";
import type { Unit } from "./submission.js";
import { ratings } from "./tables.js";

registerProjection(projectTallies);

/** Moves the projections by what a group of activities did to ratings and to population CURRENT. */
export async function projectTallies(tx: Tx, datasetId: number, planned: ReadonlyArray<Planned>): Promise<void> {
  const changes = planned.flatMap(({ plan }) => ratingChangesOf(plan));
  if (changes.length > 0) await projectRatings(tx, datasetId, changes);
  const population = populationChanges(planned);
  if (population.size > 0) await movePopulation(tx, datasetId, population);
}

function ratingChangesOf(plan: Plan): readonly RatingChange[] {
  const changes = changesOf(plan);
  if (!changes && plan.rows.some(({ table, rows }) => table === ratings && rows.length > 0))
    throw new Error("ratings were planned without rememberChanges: the tallies would not follow");
  return changes ?? [];
}

async function projectRatings(tx: Tx, datasetId: number, changes: readonly RatingChange[]): Promise<void> {
  const moves: TallyMoves = { tallies: [], emptied: [], vectors: [], raters: [] };
  const continuous: Unit[] = [];
  const vectors = new Map<number, Map<string, number>>();
  for (const [unit, deltas] of deltasByUnit(changes)) {
    if (unit.categoryCount === null) continuous.push(unit);
    else moveUnit(unit, deltas, moves, vectors);
  }
  for (const [criterionVersion, ofCriterion] of vectors)
    for (const [counts, by] of ofCriterion) if (by !== 0) moves.vectors.push({ criterionVersion, counts, by });
  moves.raters = raterMoves(changes);
  await moveTallies(tx, datasetId, moves);
  if (continuous.length > 0) await moveContinuous(tx, datasetId, continuous);
}

/** Per unit: what is added to the count of each category. */
function deltasByUnit(changes: readonly RatingChange[]): Map<Unit, number[]> {
  const units = new Map<Unit, number[]>();
  for (const { unit, category, by } of changes) {
    let deltas = units.get(unit);
    if (!deltas) units.set(unit, (deltas = new Array<number>(unit.categoryCount ?? 0).fill(0)));
    if (category !== null) deltas[category]! += by;
  }
  return units;
}

function moveUnit(unit: Unit, deltas: number[], moves: TallyMoves, vectors: Map<number, Map<string, number>>): void {
  if (deltas.every((by) => by === 0)) return;
  const { criterionVersion, version, counts } = unit;
  const now = deltas.map((by, category) => (counts?.[category] ?? 0) + by);
  const n = now.reduce((sum, count) => sum + count, 0);
  const key = { criterionVersion, exampleVersion: version.exampleVersion };
  const after = encodeCounts(now);
  if (n === 0) moves.emptied.push(key);
  else moves.tallies.push({ ...key, counts: after, n });
  if (!version.current) return;
  let ofCriterion = vectors.get(criterionVersion);
  if (!ofCriterion) vectors.set(criterionVersion, (ofCriterion = new Map()));
  if (counts) addTo(ofCriterion, encodeCounts(counts), -1);
  if (n > 0) addTo(ofCriterion, after, 1);
}

function addTo<Key>(sums: Map<Key, number>, key: Key, by: number): void {
  sums.set(key, (sums.get(key) ?? 0) + by);
}

function raterMoves(changes: readonly RatingChange[]): TallyMoves["raters"] {
  const criteria = new Map<number, Map<number, number>>();
  for (const { unit, annotator, by } of changes) {
    if (!unit.version.current) continue;
    let ofCriterion = criteria.get(unit.criterionVersion);
    if (!ofCriterion) criteria.set(unit.criterionVersion, (ofCriterion = new Map()));
    addTo(ofCriterion, annotator, by);
  }
  return [...criteria].flatMap(([criterionVersion, ofCriterion]) =>
    [...ofCriterion].filter(([, by]) => by !== 0).map(([annotator, by]) => ({ criterionVersion, annotator, by })),
  );
}

/** By example version: +1 where it entered population CURRENT, -1 where it left. One made here has no ratings yet. */
function populationChanges(planned: ReadonlyArray<Planned>): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { plan } of planned) {
    const { left, entered } = plan.population;
    if (left.length + entered.length === 0) continue;
    const made = new Set(
      plan.rows
        .filter(({ table }) => table === exampleVersions)
        .flatMap(({ rows }) => rows.map((row) => row.exampleVersion)),
    );
    for (const version of left) if (!made.has(version)) addTo(sums, version, -1);
    for (const version of entered) if (!made.has(version)) addTo(sums, version, 1);
  }
  for (const [version, by] of sums) if (by === 0) sums.delete(version);
  return sums;
}
