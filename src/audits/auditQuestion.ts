// What is asked of a bias audit, and can it be asked? Pure.
import { bad, type Measured } from "../agreement/question.js";
import type { ExampleFilter } from "../examples/types.js";
import { AUDIT_FAMILIES, type AuditFamily } from "./auditNumbers.js";
import type { PoolReference } from "./families/pool.js";
import { minimumEffectProblem, minimumEffectsOf, type MinimumEffectAsked } from "./minimumEffects.js";

/** As it comes from the API. */
export interface AuditArguments {
  families?: readonly AuditFamily[] | null;
  /** Names such as people or people@2. */
  lexicons?: readonly string[] | null;
  dimensions?: readonly string[] | null;
  criteria?: readonly string[] | null;
  attributes?: readonly string[] | null;
  stratifyBy?: string | null;
  references?: readonly PoolReference[] | null;
  minimumEffects?: readonly MinimumEffectAsked[] | null;
  alpha: number;
  seed: number;
  fewestRatings: number;
  filter?: ExampleFilter | null;
}

/** A criterion version whose ratings are compared, with the ends of a continuous scale. */
export interface AuditedCriterion extends Measured {
  minimum: number | null;
  maximum: number | null;
}

export interface AskedLexicon {
  /** Such as people@2. */
  name: string;
  checksum: string;
}

/** What decides which numbers come out, the snapshot apart; equal questions are equal as JSON. */
export interface AuditQuestion {
  families: AuditFamily[];
  lexicons: AskedLexicon[];
  dimensions: string[];
  criteria: AuditedCriterion[];
  attributes: string[];
  /** What annotators may differ by without it being meant. */
  stratifyBy: string | null;
  references: PoolReference[];
  minimumEffects: MinimumEffectAsked[];
  alpha: number;
  seed: number;
  fewestRatings: number;
  filter: ExampleFilter | null;
}

/** What was asked for by name and found. */
export type FoundForAudit = Pick<AuditQuestion, "lexicons" | "criteria" | "attributes">;

const MOST_NAMES = 20;

/** The question with its defaults. Throws BAD_USER_INPUT with what to ask instead. */
export function auditQuestionOf(given: AuditArguments, found: FoundForAudit): AuditQuestion {
  const { alpha, seed, fewestRatings } = given;
  if (!(alpha >= 0.001 && alpha <= 0.2))
    throw bad("alpha", `alpha ${alpha} is not taken; use 0.001 to 0.2, such as 0.05`);
  if (!(Number.isInteger(seed) && seed >= 0 && seed <= 4294967295))
    throw bad("seed", `seed ${seed} is not taken; use a whole number from 0 to 4294967295`);
  if (!(fewestRatings >= 1 && fewestRatings <= 10_000))
    throw bad("fewestRatings", `fewestRatings ${fewestRatings} is not taken; use 1 to 10,000, such as 20`);
  const stratifyBy = given.stratifyBy ?? null;
  if (stratifyBy !== null && found.attributes.includes(stratifyBy))
    throw bad("stratifyBy", `annotators are compared by ${stratifyBy}; stratify by another attribute`);
  return {
    families: familiesOf(given.families ?? null),
    ...found,
    dimensions: namesOf("dimensions", given.dimensions ?? []),
    stratifyBy,
    references: referencesOf(given.references ?? []),
    minimumEffects: minimumsOf(given.minimumEffects ?? []),
    alpha,
    seed,
    fewestRatings,
    filter: filterOf(given.filter),
  };
}

function familiesOf(given: readonly AuditFamily[] | null): AuditFamily[] {
  if (given?.length === 0)
    throw bad("families", "families is empty, so that nothing would be tested; leave it out for all");
  return AUDIT_FAMILIES.filter((family) => given === null || given.includes(family));
}

/** Each once, in one order. */
export function namesOf(argument: string, given: readonly string[]): string[] {
  if (given.length > MOST_NAMES) throw bad(argument, `${given.length} were named; at most ${MOST_NAMES} are taken`);
  return [...new Set(given)].sort();
}

function referencesOf(given: readonly PoolReference[]): PoolReference[] {
  for (const { attribute, shares } of given) {
    const total = shares.reduce((sum, { share }) => sum + share, 0);
    if (shares.some(({ share }) => !(share >= 0)) || Math.abs(total - 1) > 1e-6)
      throw bad("references", `the shares of ${attribute} add up to ${total}; give shares from 0 that add up to 1`);
  }
  return given.map(({ attribute, shares }) => ({
    attribute,
    shares: shares.map(({ group, share }) => ({ group, share })),
  }));
}

function minimumsOf(given: readonly MinimumEffectAsked[]): MinimumEffectAsked[] {
  const wrong = given.map(minimumEffectProblem).find((problem) => problem !== null);
  if (wrong) throw bad("minimumEffects", wrong);
  return minimumEffectsOf(given);
}

function filterOf(filter: ExampleFilter | null | undefined): ExampleFilter | null {
  const set = Object.entries(filter ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return set.length === 0 ? null : (Object.fromEntries(set) as ExampleFilter);
}
