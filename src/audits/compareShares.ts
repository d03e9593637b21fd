// Does something happen to one group of examples more often than to another? Pure.
import { detectableShareDifference } from "../statistics/minimumDetectableEffect.js";
import { newcombeInterval } from "../statistics/newcombeInterval.js";
import { riskRatio } from "../statistics/riskRatio.js";
import { twoProportionTest } from "../statistics/twoProportionTest.js";
import type { Hits } from "../statistics/wilsonInterval.js";
import { FEWEST_EXAMPLES, type GroupedNumbers, type Subject } from "./compareNumbers.js";
import {
  difference,
  minimumOf,
  noEffect,
  shareGroup,
  testDraft,
  type FamilyAsked,
  type TestDraft,
} from "./testDraft.js";

export interface NamedHits extends Hits {
  name: string;
}

/** Of 0 and 1 for each place: hits of the two groups; null where one has too few examples. */
export function compareShares(subject: Subject, grouped: GroupedNumbers, asked: FamilyAsked): TestDraft | null {
  const [first, second] = hitsByGroup(grouped) as [NamedHits, NamedHits];
  if (first.trials < FEWEST_EXAMPLES || second.trials < FEWEST_EXAMPLES) return null;
  const { values, groupOf } = grouped;
  const more = first.hits / first.trials >= second.hits / second.trials ? 0 : 1;
  const name = grouped.names[more]!;
  return {
    ...riskTest(subject, first, second, asked),
    evidenceRule: {
      supports: (place) => groupOf[place] === more && values[place] === 1,
      counters: (place) => groupOf[place] === more && values[place] === 0,
      supportingNote: `It is of ${name}, and shows ${subject.subject}.`,
      counterNote: `It is of ${name}, and does not show ${subject.subject}.`,
    },
  };
}

/** The risk difference with Newcombe's limits, the score test, and the risk ratio beside it. */
export function riskTest(subject: Subject, first: NamedHits, second: NamedHits, asked: FamilyAsked): TestDraft {
  const level = 1 - asked.alpha;
  const risk = newcombeInterval(first, second, level);
  const test = twoProportionTest(first, second);
  const ratio = riskRatio(first, second, level);
  const share = second.trials > 0 ? second.hits / second.trials : 0;
  const { above } = detectableShareDifference({ share, n1: second.trials, n2: first.trials }, asked);
  return testDraft({
    ...subject,
    groups: [first, second].map(({ name, ...hits }) => shareGroup(name, hits, asked.alpha)),
    method: "two-proportion-score@1",
    statistic: test.kind === "defined" ? { name: "z", value: test.z, degreesOfFreedom: null } : null,
    p: test.kind === "defined" ? test.p : null,
    effect:
      risk.kind === "defined"
        ? difference("risk difference", risk.value, risk.interval, asked, "Newcombe")
        : noEffect("risk difference", asked.alpha),
    minimumEffect: minimumOf(asked, subject.family, "RISK_DIFFERENCE"),
    minimumDetectableEffect: above.kind === "defined" ? above.value : null,
    undefinedBecause: risk.kind === "undefined" ? risk.because : null,
    details: {
      riskRatio:
        ratio.kind === "defined" ? { value: ratio.value, low: ratio.interval.low, high: ratio.interval.high } : null,
    },
  });
}

function hitsByGroup({ values, groupOf, names }: GroupedNumbers): NamedHits[] {
  const counts = names.map((name) => ({ name, hits: 0, trials: 0 }));
  for (let place = 0; place < values.length; place++) {
    if (groupOf[place]! < 0 || Number.isNaN(values[place]!)) continue;
    counts[groupOf[place]!]!.trials++;
    counts[groupOf[place]!]!.hits += values[place]!;
  }
  return counts;
}
