// Which annotators are shown, and in which order? Pure.
import type { AnnotatorNumbers } from "./annotatorNumbers.js";
import type { QualityQuestion } from "./question.js";

export const QUALITY_ORDERS = ["NAME", "LEAST_AGREEMENT", "MOST_RATINGS"] as const;
export type QualityOrder = (typeof QUALITY_ORDERS)[number];

type Shown = Pick<AnnotatorNumbers, "key" | "kind" | "volume" | "agreementWithOthers">;
type Compare = (a: Shown, b: Shown) => number;

const byKey: Compare = (a, b) => (a.key < b.key ? -1 : 1);

const COMPARE: Record<QualityOrder, Compare> = {
  NAME: byKey,
  // Where the data do not tell annotators apart, all shrink to the same number.
  LEAST_AGREEMENT: (a, b) => shrunkenOf(a) - shrunkenOf(b) || agreementOf(a) - agreementOf(b) || byKey(a, b),
  MOST_RATINGS: (a, b) => b.volume.ratings - a.volume.ratings || byKey(a, b),
};

function shrunkenOf(annotator: Shown): number {
  return annotator.agreementWithOthers.shrunken?.value ?? agreementOf(annotator);
}

/** Above all shares where there is none. */
function agreementOf({ agreementWithOthers: { value } }: Shown): number {
  return value ?? Number.MAX_VALUE;
}

export function inOrder<One extends Shown>(annotators: readonly One[], order: QualityOrder): One[] {
  return [...annotators].sort(COMPARE[order]);
}

/** Those whose kind and key were asked for. */
export function askedFor<One extends Shown>(
  annotators: readonly One[],
  { annotatorKinds, annotators: keys }: Pick<QualityQuestion, "annotatorKinds" | "annotators">,
): One[] {
  const wanted = keys && new Set(keys);
  return annotators.filter(({ key, kind }) => annotatorKinds.includes(kind) && (!wanted || wanted.has(key)));
}
