// Which labels of a submission can be taken, and which do they replace? Pure.
import type { UserProblem } from "../platform/errors.js";
import { problemOf, UNKNOWN_EXAMPLE } from "./checkImport.js";
import { fault, isFault, type Fault } from "./exampleContent.js";
import type { KnownVersion } from "./importFacts.js";
import { faultOfConfidence, faultOfName, sameLabels, type LabelInput } from "./labelRules.js";
import { faultOfText } from "./prepareImport.js";
import type { LabelMethod } from "./types.js";

export interface LabelItem {
  externalId: string;
  dimension: string;
  values: string[];
  method: LabelMethod;
  confidence?: number | null;
}

export interface Relabelling {
  exampleVersion: number;
  made: LabelInput[];
  /** Ids of the labels that end. */
  ended: number[];
}

export interface CheckedLabels {
  taken: Relabelling[];
  unchanged: number;
  problems: UserProblem[];
}

/** Every value is compared with every other, and with those that stand. */
const MOST_VALUES = 1_000;

/** The first thing that is wrong with an item, whatever the dataset holds. */
export function faultOfLabelItem(item: LabelItem): Fault | null {
  const { dimension, values, confidence } = item;
  const wrong =
    faultOfText(item) ?? faultOfName(dimension, ["dimension"]) ?? faultOfConfidence(confidence, ["confidence"]);
  if (wrong) return wrong;
  if (values.length > MOST_VALUES)
    return fault(["values"], "INVALID_VALUE", `${values.length} values came; at most ${MOST_VALUES} are taken`);
  for (const [i, value] of values.entries()) {
    const bad = faultOfName(value, ["values", String(i)], "a value");
    if (bad) return bad;
  }
  const again = values.findIndex((value, i) => values.indexOf(value) < i);
  return again === -1
    ? null
    : fault(["values", String(again)], "DUPLICATE_IN_BATCH", "this value stands here already; give each once");
}

export function checkLabels(items: readonly LabelItem[], latest: ReadonlyMap<string, KnownVersion>): CheckedLabels {
  const result: CheckedLabels = { taken: [], unchanged: 0, problems: [] };
  const seen = new Set<string>();
  const totals = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const fate = withinTotal(fateOf(item, latest, seen), item.externalId, latest, totals);
    if (fate !== "UNCHANGED" && isFault(fate)) result.problems.push(problemOf(fate, "labels", index));
    else if (fate === "UNCHANGED") result.unchanged++;
    else result.taken.push(fate);
  }
  return result;
}

/** A page shows the labels of each of its versions, all of them. */
const MOST_LABELS = 1_000;

function withinTotal(
  fate: Relabelling | "UNCHANGED" | Fault,
  externalId: string,
  latest: ReadonlyMap<string, KnownVersion>,
  totals: Map<string, number>,
): Relabelling | "UNCHANGED" | Fault {
  if (fate === "UNCHANGED" || isFault(fate)) return fate;
  const before = totals.get(externalId) ?? latest.get(externalId)!.labels.length;
  const total = before + fate.made.length - fate.ended.length;
  if (total > MOST_LABELS && total > before)
    return fault(
      ["values"],
      "INVALID_VALUE",
      `the example would have ${total} labels; at most ${MOST_LABELS} are kept`,
    );
  totals.set(externalId, total);
  return fate;
}

function fateOf(
  item: LabelItem,
  latest: ReadonlyMap<string, KnownVersion>,
  seen: Set<string>,
): Relabelling | "UNCHANGED" | Fault {
  const wrong = faultOfLabelItem(item);
  if (wrong) return wrong;
  const known = latest.get(item.externalId);
  if (!known) return UNKNOWN_EXAMPLE;
  const key = JSON.stringify([item.externalId, item.dimension]);
  if (seen.has(key))
    return fault(
      ["dimension"],
      "DUPLICATE_IN_BATCH",
      "this dimension of this example stands in the batch already; give all its values at once",
    );
  seen.add(key);
  const { dimension, values, method, confidence = null } = item;
  const wanted = values.map((value) => ({ dimension, value, method, confidence }));
  const standing = known.labels.filter((label) => label.dimension === dimension);
  const kept = standing.filter((label) => wanted.some((one) => sameLabels([one], [label])));
  const made = wanted.filter((one) => !kept.some((label) => label.value === one.value));
  if (made.length === 0 && kept.length === standing.length) return "UNCHANGED";
  const ended = standing.filter((label) => !kept.includes(label)).map((label) => label.label);
  return { exampleVersion: known.exampleVersion, made, ended };
}
