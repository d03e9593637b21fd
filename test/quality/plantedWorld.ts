// A dataset in which it is known what each annotator is like.
import { randomNumbers } from "../../src/statistics/randomNumbers.js";
import { agreementWorld, type AgreementWorld, type GivenRating } from "../agreement/agreementWorld.js";

export interface Planted extends GivenRating {
  value: number;
  seconds?: number;
  occurredAt: string;
}

export const UNITS = 140;
const SCALE = [1, 2, 3, 4, 5];
const START = Date.UTC(2026, 0, 1);

/** What is true of each unit. */
export const truth = Array.from({ length: UNITS }, (_, u) => 1 + ((u * 7) % 5));
export const unitId = (u: number) => `x${String(u).padStart(3, "0")}`;

const clamp = (value: number) => Math.min(5, Math.max(1, value));

/** Who rates how: from the unit, the true value and a random number from 0 to 1. */
const HABITS: Record<string, (u: number, t: number, random: () => number) => number> = {
  ann: (_u, t, random) => clamp(t + (random() < 0.15 ? 1 : 0)),
  bob: (_u, t, random) => clamp(t - (random() < 0.15 ? 1 : 0)),
  cat: (_u, t, random) => clamp(t + (random() < 0.1 ? 1 : random() < 0.1 ? -1 : 0)),
  /** Severe: a point less than is true. */
  sev: (_u, t) => clamp(t - 1),
  /** Clicks at random. */
  rnd: (_u, _t, random) => SCALE[Math.floor(random() * 5)]!,
  /** Becomes lenient after 90 units. */
  dri: (u, t, random) => clamp(t + (u >= 90 ? 2 : random() < 0.1 ? 1 : 0)),
  /** A model that is right in most cases. */
  bot: (_u, t, random) => (random() < 0.8 ? t : clamp(t + 1)),
};
export const PEOPLE = ["ann", "bob", "cat", "cop", "dri", "few", "gld", "rnd", "sev"];

/** First ratings of all; cop copies what cat says, few rated three units only, dri rates everything in order. */
export function plantedRatings(): Planted[] {
  const ratings: Planted[] = [];
  const say = (annotator: string, u: number, value: number, seconds: number | null) =>
    ratings.push({
      externalId: unitId(u),
      annotator,
      value,
      occurredAt: new Date(START + u * 60_000 + annotator.charCodeAt(0)).toISOString(),
      ...(seconds === null ? {} : { seconds }),
    });
  Object.entries(HABITS).forEach(([annotator, habit], a) => {
    const next = randomNumbers(a + 1);
    const random = () => next.next();
    for (let u = 0; u < UNITS; u++) {
      if (annotator !== "dri" && (u + a) % 5 === 0) continue;
      const seconds = annotator === "rnd" ? 1 + (u % 3) : annotator === "bot" ? null : 15 + 3 * a + ((u * 13) % 17);
      say(annotator, u, habit(u, truth[u]!, random), seconds);
    }
  });
  for (const { externalId, value } of ratings.filter(({ annotator }) => annotator === "cat"))
    say("cop", Number(externalId.slice(1)), value, 0);
  for (const u of [1, 2, 3]) say("few", u, truth[u]! + (u !== 2 ? 0 : truth[u]! > 3 ? -2 : 2), null);
  return ratings;
}

/** Gold values of the first twenty units, some with a tolerance of a place; and what gld says of units that were to test it. */
export const GOLD = Array.from({ length: 20 }, (_, u) => ({
  externalId: unitId(u),
  value: truth[u]!,
  tolerance: u % 4 === 0 ? 1 : 0,
}));
export function goldRatings(): Planted[] {
  const occurredAt = new Date(START).toISOString();
  return GOLD.slice(0, 8).map(({ externalId, value, tolerance }, i) => {
    const off = i < 6 ? tolerance : tolerance + 1;
    return { externalId, annotator: "gld", value: value > 3 ? value - off : value + off, stratum: "GOLD", occurredAt };
  });
}

/** Bob says it again of ten units: of seven the same, of three another value. */
export function repeatedRatings(first: readonly Planted[]): Planted[] {
  const own = first.filter((one) => one.annotator === "bob").slice(0, 10);
  return own.map((one, i) => ({
    ...one,
    value: i < 7 ? one.value : clamp(one.value === 5 ? 4 : one.value + 1),
    occurredAt: new Date(Date.parse(one.occurredAt) + 86_400_000).toISOString(),
  }));
}

export interface PlantedWorld {
  house: AgreementWorld;
  /** All ratings in the order they were given. */
  ratings: Planted[];
}

/** Examples, people, a model, and what they said. */
export async function plantedWorld(): Promise<PlantedWorld> {
  const house = await agreementWorld();
  await house.registerSources(["people"]);
  await house.publish("1.0", [
    { key: "help", level: "ORDINAL", categories: SCALE },
    { key: "tone", level: "NOMINAL", categories: ["warm", "cold", "neither"] },
    { key: "score", level: "INTERVAL", categories: null },
  ]);
  await house.importExamples(
    truth.map((_, u) => ({ externalId: unitId(u) })),
    "people",
  );
  const annotators = [...PEOPLE.map((key) => ({ key })), { key: "bot", kind: "MODEL" }];
  await house.call("enrolAnnotators", "EnrolAnnotatorsInput", { annotators });
  const first = plantedRatings();
  await house.rate("help", first);
  const again = repeatedRatings(first);
  await house.rate("help", again);
  await house.rate("help", goldRatings());
  const goldValues = GOLD.map((one) => ({ criterion: "help", ...one }));
  await house.call("setGoldValues", "SetGoldValuesInput", { mode: "ATOMIC", goldValues });
  return { house, ratings: [...first, ...again, ...goldRatings()] };
}
