// Is a label well-formed, and is it the same as another? Pure.
import { fault, isVisible, type Fault } from "./exampleContent.js";
import type { LabelMethod } from "./types.js";

export interface LabelInput {
  dimension: string;
  value: string;
  method: LabelMethod;
  confidence?: number | null;
}

const MOST_LABELS = 1_000;

/** The first thing that is wrong with one of an item's labels. */
export function faultOfLabels(labels: readonly LabelInput[]): Fault | null {
  if (labels.length > MOST_LABELS)
    return fault(["labels"], "INVALID_VALUE", `${labels.length} labels came; at most ${MOST_LABELS} are taken`);
  const seen = new Set<string>();
  for (const [i, label] of labels.entries()) {
    const at = (field: string): string[] => ["labels", String(i), field];
    const wrong =
      faultOfName(label.dimension, at("dimension")) ??
      faultOfName(label.value, at("value")) ??
      faultOfConfidence(label.confidence, at("confidence"));
    if (wrong) return wrong;
    const key = JSON.stringify([label.dimension, label.value]);
    if (seen.has(key))
      return fault(at("value"), "DUPLICATE_IN_BATCH", "this label stands here already; give each once");
    seen.add(key);
  }
  return null;
}

/** Dimensions and values are names: 1 to 256 characters on one line, without spaces around them. */
export function faultOfName(name: string, field: string[], what = field.at(-1)): Fault | null {
  const sound = isVisible(name) && name.length <= 256 && name === name.trim() && !/\p{Cc}/u.test(name);
  if (sound) return null;
  const message = `${what} must be 1 to 256 characters on one line, without spaces around them`;
  return fault(field, "INVALID_VALUE", message);
}

export function faultOfConfidence(confidence: number | null | undefined, field: string[]): Fault | null {
  if (confidence == null || (confidence >= 0 && confidence <= 1)) return null;
  return fault(field, "INVALID_VALUE", `confidence ${confidence} is outside 0 to 1; give a share, or leave it out`);
}

/** Whether two sets of labels are the same. */
export function sameLabels(a: readonly LabelInput[], b: readonly LabelInput[]): boolean {
  return textOf(a) === textOf(b);
}

function textOf(labels: readonly LabelInput[]): string {
  const keys = labels.map(({ dimension, value, method, confidence }) =>
    JSON.stringify([dimension, value, method, confidence ?? null]),
  );
  return keys.sort().join("\n");
}

/** Whether the given labels say what stands, in the dimensions they speak of. */
export function agreeWith(given: readonly LabelInput[], standing: readonly LabelInput[]): boolean {
  const spoken = new Set(given.map((label) => label.dimension));
  return sameLabels(
    given,
    standing.filter((label) => spoken.has(label.dimension)),
  );
}

/** The labels of a new version: the given ones, and those of the dimensions they do not speak of. */
export function carriedOver(given: readonly LabelInput[], standing: readonly LabelInput[]): LabelInput[] {
  const spoken = new Set(given.map((label) => label.dimension));
  return [...given, ...standing.filter((label) => !spoken.has(label.dimension))];
}
