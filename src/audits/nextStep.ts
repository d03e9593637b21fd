// What is to be done about a test, in one sentence?
import type { AuditFamily, AuditTest } from "./auditNumbers.js";

/** Where something was found and a test has no better advice of its own. */
const FOUND: Record<AuditFamily, string> = {
  REPRESENTATION:
    "Add examples that mention the group with fewer mentions, or say in the plan why the shares are meant.",
  ASSOCIATION: "Read the evidence; where the association is a stereotype, rewrite those examples or add contrary ones.",
  TREATMENT: "Read the evidence; where the answers differ for no reason but the group, revise them.",
  STYLE: "Compare the evidence with the style that the guideline asks for, and revise or reweigh what departs from it.",
  PROVENANCE: "Add examples from other sources, or cap this one's share in the release selection.",
  POOL: "Recruit annotators of the groups that are missing before more is rated.",
  DISPARITY:
    "Have units where the groups differ rated by both, and ask whether the guideline's clause means the same to both.",
  SELF_PREFERENCE: "Leave this model family's ratings of its own answers out, or have people rate those answers.",
};

type Judged = Pick<
  AuditTest,
  "family" | "verdict" | "rule" | "undefinedBecause" | "suppressedBecause" | "minimumDetectableEffect" | "minimumEffect"
>;

export function nextStepOf(test: Judged, advice: string | null): string {
  if (test.verdict === "PASS") return "Nothing; the effect is smaller than what matters.";
  if (test.rule === "NOT_MEASURED") return notMeasured(test);
  if (test.verdict === "INCONCLUSIVE") return inconclusive(test);
  if (test.verdict === "LOW") return `${advice ?? FOUND[test.family]} It is small: watch it at the next audit first.`;
  return advice ?? FOUND[test.family];
}

function notMeasured({ suppressedBecause, undefinedBecause }: Judged): string {
  if (suppressedBecause) return "Ask again when there are enough annotators in each group for numbers to be shown.";
  return `Bring what is missing, and ask again: ${undefinedBecause ?? "there is no interval"}.`;
}

function inconclusive({ rule, minimumDetectableEffect: detectable, minimumEffect }: Judged): string {
  if (rule === "NOT_SIGNIFICANT")
    return "Ask this one question again on more data; among so many tests it may be chance.";
  if (detectable === null) return "Add data: as it is, neither an effect nor its absence is shown.";
  const figures = `this much data finds effects from ${rounded(detectable)} on, and ${rounded(minimumEffect)} matters`;
  return `Add data before taking it for no effect: ${figures}.`;
}

const rounded = (value: number) => Number(value.toPrecision(2));
