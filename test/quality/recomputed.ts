// What are the numbers on annotators, by their definitions and with nothing of ours but the planted ratings?
import { GOLD, type Planted } from "./plantedWorld.js";

const mean = (some: readonly number[]) => some.reduce((sum, one) => sum + one, 0) / some.length;
const deviation = (some: readonly number[]) =>
  Math.sqrt(some.reduce((sum, one) => sum + (one - mean(some)) ** 2, 0) / (some.length - 1));

/** The last rating of each annotator and unit, of the usual strata. */
export function inForce(ratings: readonly Planted[]): Planted[] {
  const last = new Map<string, Planted>();
  for (const one of ratings) if (!one.stratum) last.set(`${one.annotator} ${one.externalId}`, one);
  return [...last.values()];
}

interface Shared {
  own: Planted;
  others: number[];
}

/** An annotator's ratings with those of other people beside them. */
export function shared(ratings: readonly Planted[], annotator: string): Shared[] {
  const current = inForce(ratings);
  return current
    .filter((own) => own.annotator === annotator)
    .map((own) => ({
      own,
      others: current
        .filter((one) => one.externalId === own.externalId && ![annotator, "bot"].includes(one.annotator))
        .map((one) => one.value),
    }))
    .filter(({ others }) => others.length > 0);
}

/** Value, n and standard error of a mean over units that are rated once each. */
function meanWithError(numbers: readonly number[]) {
  return { value: mean(numbers), n: numbers.length, standardError: deviation(numbers) / Math.sqrt(numbers.length) };
}

/** The mean over shared ratings of the mean quadratic agreement with the others, on a scale of 1 to 5. */
export function agreementWithOthers(ratings: readonly Planted[], annotator: string) {
  return meanWithError(
    shared(ratings, annotator).map(({ own, others }) =>
      mean(others.map((other) => 1 - ((own.value - other) / 4) ** 2)),
    ),
  );
}

export function residuals(ratings: readonly Planted[], annotator: string): number[] {
  return shared(ratings, annotator)
    .sort((a, b) => Date.parse(a.own.occurredAt) - Date.parse(b.own.occurredAt))
    .map(({ own, others }) => own.value - mean(others));
}

export function severity(ratings: readonly Planted[], annotator: string) {
  return meanWithError(residuals(ratings, annotator));
}

export function correlation(ratings: readonly Planted[], annotator: string): number {
  const pairs = shared(ratings, annotator).map(({ own, others }) => [own.value, mean(others)] as const);
  const [x, y] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
  const product = mean(pairs.map(([a, b]) => (a - mean(x)) * (b - mean(y)))) * (pairs.length / (pairs.length - 1));
  return product / deviation(x) / deviation(y);
}

export function spreadRatio(ratings: readonly Planted[], annotator: string): number {
  const own = shared(ratings, annotator);
  const all = own.flatMap(({ own: one, others }) => [one.value, ...others]);
  return deviation(own.map((one) => one.own.value)) / deviation(all);
}

/** By unit the value that most people gave; weights by annotator. Ties have none. */
function winners(ratings: readonly Planted[], weight: (annotator: string) => number): Map<string, number | null> {
  const votes = new Map<string, Map<number, number>>();
  const raters = new Map<string, number>();
  for (const { externalId, annotator, value } of inForce(ratings)) {
    if (annotator === "bot") continue;
    const unit = votes.get(externalId) ?? new Map<number, number>();
    votes.set(externalId, unit.set(value, (unit.get(value) ?? 0) + weight(annotator)));
    raters.set(externalId, (raters.get(externalId) ?? 0) + 1);
  }
  return new Map(
    [...votes].flatMap(([unit, weights]) => {
      const most = Math.max(...weights.values());
      const first = [...weights].filter(([, one]) => one >= most - 1e-9);
      return raters.get(unit)! < 2 ? [] : [[unit, first.length === 1 ? first[0]![0] : null]];
    }),
  );
}

function hitsOf(ratings: readonly Planted[], annotator: string, labels: Map<string, number | null>) {
  const own = inForce(ratings).filter((one) => one.annotator === annotator && labels.get(one.externalId) != null);
  return { hits: own.filter((one) => one.value === labels.get(one.externalId)).length, n: own.length };
}

export function majority(ratings: readonly Planted[], annotator: string) {
  return hitsOf(
    ratings,
    annotator,
    winners(ratings, () => 1),
  );
}

export function weightedMajority(ratings: readonly Planted[], annotator: string) {
  const skill = (one: string) => {
    const { hits, n } = majority(ratings, one);
    return n === 0 ? 0 : hits / n;
  };
  const skills = new Map(ratings.map(({ annotator: one }) => [one, 0]));
  for (const one of skills.keys()) skills.set(one, skill(one));
  return hitsOf(
    ratings,
    annotator,
    winners(ratings, (one) => skills.get(one)!),
  );
}

/** Of ratings in force of any stratum, on the units with gold. */
export function gold(ratings: readonly Planted[], annotator: string) {
  const last = new Map<string, number>();
  for (const one of ratings) if (one.annotator === annotator) last.set(one.externalId, one.value);
  let [hits, misses] = [0, 0];
  for (const { externalId, value, tolerance } of GOLD) {
    if (!last.has(externalId)) continue;
    if (Math.abs(last.get(externalId)! - value) <= tolerance) hits++;
    else misses++;
  }
  return { hits, misses };
}

/** Dawid and Skene by EM over people's ratings, from vote shares, so many steps. */
export function dawidSkene(ratings: readonly Planted[], steps: number) {
  const current = inForce(ratings).filter((one) => one.annotator !== "bot");
  const [units, raters, values] = [
    [...new Set(current.map((one) => one.externalId))],
    [...new Set(current.map((one) => one.annotator))],
    [1, 2, 3, 4, 5],
  ];
  const of = new Map(units.map((unit) => [unit, current.filter((one) => one.externalId === unit)]));
  const normalised = (row: number[]) => row.map((one) => one / row.reduce((sum, other) => sum + other, 0));
  let T = new Map(
    units.map((unit) => [unit, normalised(values.map((v) => of.get(unit)!.filter((one) => one.value === v).length))]),
  );
  const confusion = new Map<string, number[][]>();
  let priors: number[] = [];
  for (let step = 0; step < steps; step++) {
    priors = values.map((_, k) => mean(units.map((unit) => T.get(unit)![k]!)));
    for (const rater of raters) {
      const own = current.filter((one) => one.annotator === rater);
      const counts = values.map((_, k) =>
        values.map((v) => own.filter((o) => o.value === v).reduce((sum, o) => sum + T.get(o.externalId)![k]!, 0)),
      );
      confusion.set(
        rater,
        counts.map((row) => (row.some((one) => one > 0) ? normalised(row) : row)),
      );
    }
    T = new Map(
      units.map((unit) => [
        unit,
        normalised(
          values.map((_, k) =>
            of.get(unit)!.reduce((p, one) => p * confusion.get(one.annotator)![k]![one.value - 1]!, priors[k]!),
          ),
        ),
      ]),
    );
  }
  return { priors, confusion, posteriors: T };
}
