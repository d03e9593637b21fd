// Does one of several hold more than its most, of what they share? Pure.
import { figure, noFigure, type Figure } from "../statistics/figure.js";
import { hillNumbers } from "../statistics/hillNumbers.js";
import { detectableShareDifference } from "../statistics/minimumDetectableEffect.js";
import { normalBelow } from "../statistics/normalDistribution.js";
import { wilsonInterval } from "../statistics/wilsonInterval.js";
import type { AuditTest } from "./auditNumbers.js";
import { shareGroup, testDraft, type EvidenceRule, type FamilyAsked, type TestDraft } from "./testDraft.js";

export interface Holder {
  name: string;
  count: number;
}

type Subject = Pick<AuditTest, "key" | "family" | "subject" | "dimension" | "unit">;

/** Groups beyond these are counted in the Hill numbers, and not listed. */
const MOST_LISTED = 20;

/**
 * The largest share with Wilson's limits against the most that one may hold: p is that of the one-sided score test that it
 * holds no more. Shares are of `total`, which may be more than the holders have.
 */
export function topShareTest(
  subject: Subject,
  holders: readonly Holder[],
  total: number,
  most: number,
  asked: FamilyAsked,
  evidenceOfTop: (top: string) => EvidenceRule | null,
): TestDraft {
  const sorted = holders.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  const top = sorted[0] ?? { name: "", count: 0 };
  const share = wilsonInterval({ hits: top.count, trials: total }, 1 - asked.alpha);
  const { value, low, high } =
    share.kind === "defined" ? { value: share.value, ...share.interval } : { value: null, low: null, high: null };
  const z = value === null ? null : (value - most) / Math.sqrt((most * (1 - most)) / total);
  const detectable = value === null ? null : detectableAbove(most, total, asked.alpha);
  const hill = hillNumbers(sorted.map(({ count }) => count));
  return testDraft({
    ...subject,
    groups: sorted
      .slice(0, MOST_LISTED)
      .map(({ name, count }) => ({ ...shareGroup(name, { hits: count, trials: total }, asked.alpha), n: count })),
    method: "score-test-of-one-share@1",
    parameters: { most },
    statistic: z === null ? null : { name: "z", value: z, degreesOfFreedom: null },
    effect: {
      name: "share",
      scale: "DIFFERENCE",
      value,
      low,
      high,
      level: 1 - asked.alpha,
      intervalMethod: value === null ? null : "Wilson",
    },
    p: z === null ? null : normalBelow(-z),
    minimumEffect: most,
    minimumDetectableEffect: detectable?.kind === "defined" ? detectable.value : null,
    undefinedBecause: value === null ? "NO_TRIALS" : null,
    details: {
      top: top.name,
      hill: hill.kind === "defined" ? { q0: hill.q0, q1: hill.q1, q2: hill.q2, evenness: hill.evenness } : null,
      notListed: Math.max(0, sorted.length - MOST_LISTED),
    },
    evidenceRule: evidenceOfTop(top.name),
  });
}

/** The least share above `most` that is told from it: the test of two shares, the other one known exactly. */
function detectableAbove(most: number, total: number, alpha: number): Figure<string> {
  if (!(most < 1)) return noFigure("NONE_DETECTABLE");
  const { above } = detectableShareDifference({ share: most, n1: EXACTLY, n2: total }, { alpha: 2 * alpha });
  return above.kind === "defined" ? figure(most + above.value) : above;
}

const EXACTLY = 1e15;
