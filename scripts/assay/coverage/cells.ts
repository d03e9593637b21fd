// How does a cell of a coverage report stand against its target, in words and colours?
import { visible } from "../table.js";
import type { CellRow } from "./coverageDocuments.js";
import type { Colour } from "./paint.js";

export type Standing = "OVER" | "MET" | "SHORT" | "FAR" | "NONE";

/** FAR: less than half of the target is there; NONE: it has no target and passes no maximum. */
export function standingOf({ excess, attainment }: Pick<CellRow, "excess" | "attainment">): Standing {
  if (excess !== null && excess > 0) return "OVER";
  if (attainment === null) return "NONE";
  return attainment >= 1 ? "MET" : attainment >= 0.5 ? "SHORT" : "FAR";
}

export const COLOUR_OF: Record<Standing, Colour | null> = {
  OVER: "blue",
  MET: "green",
  SHORT: "amber",
  FAR: "red",
  NONE: null,
};

/** Says without colour what the colour says. */
export const MARK_OF: Record<Standing, string> = { OVER: "^", MET: "✓", SHORT: "~", FAR: "!", NONE: " " };

export const MEANING_OF: Record<Exclude<Standing, "NONE">, string> = {
  OVER: "over its maximum",
  MET: "met",
  SHORT: "half or more of its target",
  FAR: "less than half",
};

export const nameOfKey = (key: string | null) => (key === null ? "(unassigned)" : visible(key));

/** A share in per cent, with one decimal. */
export const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
