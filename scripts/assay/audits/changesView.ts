// How does it look what became of the tests of one audit in another?
import { tableOf, type Cell } from "../table.js";
import { effectText, wordsOf, type ShownEffect } from "./auditView.js";

export interface ShownChange {
  key: string;
  change: string;
  notComparable: string | null;
  before: ShownSide | null;
  after: ShownSide | null;
}

interface ShownSide {
  family: string;
  subject: string;
  dimension: string;
  verdict: string;
  effect: ShownEffect;
}

export function changesView(earlier: number, later: number, changes: ShownChange[]): string[] {
  const counted = ["WORSE", "NEW", "BETTER", "GONE", "SAME"].map(
    (change) => `${changes.filter((one) => one.change === change).length} ${change.toLowerCase()}`,
  );
  const cells = changes.map(({ change, key, before, after, notComparable }): Cell[] => {
    const side = after ?? before;
    const what = side ? `${side.subject} by ${side.dimension}` : key;
    return [change, wordsOf(side?.family ?? ""), what, sideText(before), sideText(after), notComparable];
  });
  return [
    `from audit ${earlier} to audit ${later}: ${counted.join(", ")}`,
    ...(cells.length === 0
      ? []
      : ["", ...tableOf(["change", "family", "test", "before", "after", "not comparable"], cells)]),
  ];
}

function sideText(side: ShownSide | null): string | null {
  return side && `${side.verdict} ${effectText(side.effect)}`;
}
