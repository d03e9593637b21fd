// What matters, by family and kind of effect, where nothing else is asked?
import type { AuditFamily } from "./auditNumbers.js";

export const EFFECT_KINDS = [
  "RATIO",
  "COHENS_W",
  "CRAMERS_V",
  "LOG_ODDS_RATIO",
  "RISK_DIFFERENCE",
  "CLIFFS_DELTA",
  "EPSILON_SQUARED",
  "SHARE",
  "SCALE_SHARE",
] as const;
export type EffectKind = (typeof EFFECT_KINDS)[number];

export interface MinimumEffectAsked {
  family: AuditFamily;
  effect: EffectKind;
  value: number;
}

/**
 * RATIO: 1.25, of which 0.8 is the inverse (the four-fifths rule). COHENS_W: 0.3, Cohen's medium, since no data set has its
 * groups in equal shares; CRAMERS_V 0.1, his small one. LOG_ODDS_RATIO: ln 2, twice the odds. RISK_DIFFERENCE: 5 points of a
 * hundred. CLIFFS_DELTA: 0.147, Romano's limit of negligible. EPSILON_SQUARED: 0.04, Rea and Parker's limit of moderate.
 * SHARE: what one source, model, author or unknown value may hold at most. SCALE_SHARE: rating points, as a share of the
 * scale from end to end: 0.05 are 0.2 points of 1 to 5.
 */
const DEFAULTS: Record<AuditFamily, Partial<Record<EffectKind, number>>> = {
  REPRESENTATION: { RATIO: 1.25, COHENS_W: 0.3, CRAMERS_V: 0.1 },
  ASSOCIATION: { LOG_ODDS_RATIO: Math.LN2, CLIFFS_DELTA: 0.147 },
  TREATMENT: { RISK_DIFFERENCE: 0.05, CLIFFS_DELTA: 0.147 },
  STYLE: { CLIFFS_DELTA: 0.147, EPSILON_SQUARED: 0.04, SHARE: 0.3 },
  PROVENANCE: { SHARE: 0.5 },
  POOL: { COHENS_W: 0.3, SHARE: 0.2 },
  DISPARITY: { SCALE_SHARE: 0.05 },
  SELF_PREFERENCE: { SCALE_SHARE: 0.05 },
};

/** The minimum effects of every family, those that were asked for in the place of the defaults, in one order. */
export function minimumEffectsOf(asked: readonly MinimumEffectAsked[]): MinimumEffectAsked[] {
  return (Object.entries(DEFAULTS) as Array<[AuditFamily, Partial<Record<EffectKind, number>>]>).flatMap(
    ([family, effects]) =>
      (Object.entries(effects) as Array<[EffectKind, number]>).map(([effect, usual]) => {
        const given = asked.findLast((one) => one.family === family && one.effect === effect);
        return { family, effect, value: given?.value ?? usual };
      }),
  );
}

/** Why a minimum effect cannot be asked for; null where it can. */
export function minimumEffectProblem({ family, effect, value }: MinimumEffectAsked): string | null {
  const known = Object.keys(DEFAULTS[family]);
  if (!known.includes(effect)) return `${family} has no effect ${effect}; it has ${known.join(", ")}`;
  if (!(value > 0 && value < Infinity)) return `the minimum effect is ${value}; use a number above 0`;
  if (effect === "RATIO" && value === 1) return "a ratio of 1 is no effect; use one such as 1.25";
  const most = effect === "RATIO" || effect === "LOG_ODDS_RATIO" ? Infinity : 1;
  return value <= most ? null : `the minimum effect is ${value}; ${effect} is at most ${most}`;
}
