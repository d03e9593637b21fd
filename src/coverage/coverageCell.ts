// What does one counted cell say: its share with limits, its target, what is missing or too much, what to do next? Pure.
import { wilsonInterval } from "../statistics/wilsonInterval.js";
import type { Limits } from "../statistics/figure.js";
import { weightOf, type PlanTarget } from "./coveragePlan.js";
import { nameOf } from "./dimensions.js";
import { isDeclared, nameOfCell, type Frame, type Keys } from "./planFrame.js";

/** Under so many examples no share is given: it would look more certain than it is. */
export const FEWEST_FOR_SHARES = 30;
const LEVEL = 0.95;

export interface CoverageCell {
  keys: Array<string | null>;
  count: number;
  /** Of all examples counted; null under FEWEST_FOR_SHARES of them. */
  share: number | null;
  /** Wilson's, at 95 %; null without a share. */
  interval: Limits | null;
  /** How many the plan asks for at this number of examples; null where it asks for none. */
  target: number | null;
  targetShare: number | null;
  deficit: number | null;
  /** How many to add so that the target is met then: the set grows with them. Null without a target, or where none would do. */
  toAdd: number | null;
  met: boolean | null;
  /** count ÷ target, at most 1. */
  attainment: number | null;
  maximumShare: number | null;
  /** How many are there beyond the maximum share; null without one. */
  excess: number | null;
  weight: number | null;
  /** weight × deficit. */
  weightedDeficit: number | null;
  /** Whether every key stands in a declared taxonomy; null where nothing declares one of them. */
  declared: boolean | null;
  /** "0 of 12"; null without a target. */
  summary: string | null;
  /** What to do about a gap or an excess; null where there is none. */
  next: string | null;
}

export function cellOf(keys: Keys, count: number, exampleCount: number, frame: Frame): CoverageCell {
  const planned = frame.targets.get(nameOfCell(keys, frame)) ?? null;
  const share = shareOf(count, exampleCount);
  const wilson = share === null ? null : wilsonInterval({ hits: count, trials: exampleCount }, LEVEL);
  const aims = { ...aimsOf(planned, count, exampleCount), ...limitsOf(planned, count, exampleCount) };
  return {
    keys: [...keys],
    count,
    share,
    interval: wilson?.kind === "defined" ? wilson.interval : null,
    ...aims,
    weight: planned && weightOf(planned),
    weightedDeficit: planned && aims.deficit !== null ? weightOf(planned) * aims.deficit : null,
    declared: isDeclared(keys, frame),
    summary: aims.target === null ? null : `${count} of ${aims.target}`,
    next: planned && nextStep(planned, whereOf(keys, frame), count, exampleCount),
  };
}

/** Null where too few examples were counted to give one. */
export function shareOf(count: number, exampleCount: number): number | null {
  return exampleCount < FEWEST_FOR_SHARES ? null : count / exampleCount;
}

type Aims = Pick<CoverageCell, "target" | "targetShare" | "deficit" | "toAdd" | "met" | "attainment">;

function aimsOf(planned: PlanTarget | null, count: number, exampleCount: number): Aims {
  const target = planned && targetCount(planned, exampleCount);
  const targetShare = planned?.share ?? null;
  if (planned === null || target === null)
    return { target: null, targetShare, deficit: null, toAdd: null, met: null, attainment: null };
  return {
    target,
    targetShare,
    deficit: Math.max(0, target - count),
    toAdd: additions(planned, count, exampleCount),
    met: count >= target,
    attainment: target === 0 ? 1 : Math.min(1, count / target),
  };
}

function limitsOf(planned: PlanTarget | null, count: number, exampleCount: number) {
  const { maximumShare = null } = planned ?? {};
  if (maximumShare === null) return { maximumShare: null, excess: null };
  return { maximumShare, excess: Math.max(0, count - down(maximumShare * exampleCount)) };
}

/** Products are rounded first: 0.1 × 30 is a little more than 3 in doubles. */
const up = (x: number) => Math.ceil(Number(x.toFixed(6)));
const down = (x: number) => Math.floor(Number(x.toFixed(6)));

/** max(⌈share × examples⌉, minimumCount); null where the target asks for neither. */
export function targetCount({ share, minimumCount }: PlanTarget, exampleCount: number): number | null {
  if (share === undefined && minimumCount === undefined) return null;
  return Math.max(up((share ?? 0) * exampleCount), minimumCount ?? 0);
}

/**
 * The least a with count + a ≥ share × (examples + a) and count + a ≥ minimumCount: the first is
 * ⌈(share × examples − count) ÷ (1 − share)⌉. Null where all examples are asked for and not all are there.
 */
function additions({ share = 0, minimumCount = 0 }: PlanTarget, count: number, exampleCount: number): number | null {
  if (share === 1) return count < exampleCount ? null : Math.max(0, minimumCount - count);
  return Math.max(0, minimumCount - count, up((share * exampleCount - count) / (1 - share)));
}

function whereOf(keys: Keys, { asked }: Frame): string {
  return asked.map((one, i) => `${nameOf(one)} ${JSON.stringify(keys[i])}`).join(" and ");
}

const examples = (n: number) => (n === 1 ? "1 example" : `${n} examples`);

function nextStep(planned: PlanTarget, where: string, count: number, exampleCount: number): string | null {
  const { maximumShare: most = 1 } = planned;
  if (count < (targetCount(planned, exampleCount) ?? 0)) {
    const add = additions(planned, count, exampleCount);
    if (add !== null) return `add ${examples(add)} with ${where}`;
    return `leave out the ${examples(exampleCount - count)} without ${where}: the plan wants no others`;
  }
  if (count <= down(most * exampleCount)) return null;
  const tooMany = up((count - most * exampleCount) / (1 - most));
  const others = most === 0 ? "" : `, or add ${examples(up(count / most - exampleCount))} without it`;
  return `leave out ${examples(tooMany)} with ${where}${others}`;
}
