// What is wrong with the targets of a coverage plan? Pure.
import { itemProblem, type UserErrorCode, type UserProblem } from "../platform/errors.js";
import { isLicence } from "../sources/checkSources.js";
import type { CellKey, CoveragePlan, PlanDimension, PlanTarget } from "./coveragePlan.js";
import { BUILT_IN, cellName, closedValues, isMultipleByNature } from "./dimensions.js";

/** What sums of decimal shares may be off by. */
const ROUNDING = 1e-9;
const MOST_WEIGHT = 1_000;

/** What is registered in the dataset. */
export interface KnownKeys {
  sources: ReadonlySet<string>;
  batches: ReadonlySet<string>;
}

type Bad = (code: UserErrorCode, message: string, ...path: string[]) => UserProblem;

/** What is wrong with one target by itself, or because its cell has one already. */
export function targetProblems(
  target: PlanTarget,
  index: number,
  known: ReadonlyMap<string, PlanDimension>,
  keys: KnownKeys,
  seen: ReadonlySet<string>,
): UserProblem[] {
  const bad: Bad = (code, message, ...path) => ({
    ...itemProblem("targets", index, null, code, message),
    path: ["targets", String(index), ...path],
  });
  const { cell } = target;
  if (cell.length < 1 || cell.length > 2)
    return [bad("INVALID_VALUE", `a cell has one or two conditions; got ${cell.length}`, "cell")];
  if (cell.length === 2 && cell[0]!.dimension === cell[1]!.dimension)
    return [bad("INVALID_VALUE", `both conditions are on ${cell[0]!.dimension}; use two dimensions`, "cell", "1")];
  const problems = cell.flatMap((key, i) => {
    const found = keyProblem(key, known, keys);
    return found ? [bad(found.code, found.message, "cell", String(i), found.field)] : [];
  });
  problems.push(...measureProblems(target, bad));
  if (seen.has(cellName(cell)))
    problems.push(bad("DUPLICATE_IN_BATCH", "this cell has a target already; give each cell one", "cell"));
  return problems;
}

const isShare = (share: number) => share >= 0 && share <= 1;

function measureProblems({ minimumCount, share, maximumShare, weight }: PlanTarget, bad: Bad): UserProblem[] {
  const problems: UserProblem[] = [];
  const wrong = (message: string, ...path: string[]) => problems.push(bad("INVALID_VALUE", message, ...path));
  if (minimumCount === undefined && share === undefined && maximumShare === undefined)
    wrong("a target has a minimumCount, a share, a maximumShare or several of them; got none");
  if (minimumCount !== undefined && (!Number.isInteger(minimumCount) || minimumCount < 1))
    wrong(`minimumCount ${minimumCount} must be 1 or more`, "minimumCount");
  if (share !== undefined && !isShare(share))
    wrong(`share ${share} must be from 0 to 1; give 0.1 for a tenth`, "share");
  if (maximumShare !== undefined && !isShare(maximumShare))
    wrong(`maximumShare ${maximumShare} must be from 0 to 1; give 0.5 for half`, "maximumShare");
  else if (maximumShare !== undefined && share !== undefined && maximumShare < share)
    wrong(`maximumShare ${maximumShare} is below share ${share}; make it at least as much`, "maximumShare");
  else if (maximumShare === 0 && minimumCount !== undefined)
    wrong(`maximumShare 0 leaves no room for minimumCount ${minimumCount}; leave one of them out`, "maximumShare");
  if (weight !== undefined && !(weight > 0 && weight <= MOST_WEIGHT))
    wrong(`weight ${weight} must be above 0 and at most ${MOST_WEIGHT}; 1 is the usual`, "weight");
  return problems;
}

interface KeyProblem {
  code: UserErrorCode;
  message: string;
  field: "dimension" | "value";
}

function keyProblem(
  { dimension, value }: CellKey,
  known: ReadonlyMap<string, PlanDimension>,
  { sources, batches }: KnownKeys,
): KeyProblem | null {
  const wrong = (code: UserErrorCode, message: string): KeyProblem => ({ code, field: "value", message });
  const named = JSON.stringify(value);
  const closed = closedValues(dimension) ?? known.get(dimension)?.values.map((one) => one.value);
  if (closed)
    return closed.includes(value)
      ? null
      : wrong("INVALID_VALUE", `${dimension} has no value ${named}; use ${listed(closed)}`);
  if (dimension === "SOURCE")
    return sources.has(value) ? null : wrong("UNKNOWN_SOURCE", `source ${named} is not registered; register it first`);
  if (dimension === "BATCH")
    return batches.has(value) ? null : wrong("UNKNOWN_BATCH", `batch ${named} is not open; open it first`);
  if (dimension === "LICENCE")
    return isLicence(value)
      ? null
      : wrong("INVALID_VALUE", `${named} is no SPDX expression; use the licence as the source states it`);
  if (dimension === "LANGUAGE") return languageProblem(value);
  const message = `dimension ${JSON.stringify(dimension)} is neither declared in this plan nor built in (${BUILT_IN.join(", ")}); declare it`;
  return { code: "UNKNOWN_DIMENSION", field: "dimension", message };
}

function listed(values: readonly string[]): string {
  return values.length <= 12 ? values.join(", ") : `${values.slice(0, 12).join(", ")} … (${values.length} in all)`;
}

function languageProblem(value: string): KeyProblem | null {
  try {
    if (Intl.getCanonicalLocales(value).length === 1) return null;
  } catch {
    // said below
  }
  return {
    code: "INVALID_VALUE",
    field: "value",
    message: `${JSON.stringify(value)} is no BCP 47 language; use one such as en or pt-BR`,
  };
}

/** What no dataset could meet, though each target by itself could be. */
export function contradictions(plan: CoveragePlan, known: ReadonlyMap<string, PlanDimension>): UserProblem[] {
  return [...shareSumProblems(plan, known), ...cellsAboveMaximum(plan)];
}

/** A cell of two conditions holds no more than the examples of either. */
function cellsAboveMaximum({ targets }: CoveragePlan): UserProblem[] {
  const most = new Map(
    targets.flatMap(({ cell, maximumShare }) =>
      cell.length === 1 && maximumShare !== undefined ? [[cellName(cell), maximumShare] as const] : [],
    ),
  );
  return targets.flatMap(({ cell, share = 0 }, index) => {
    const over =
      cell.length === 2 ? cell.find((key) => share > (most.get(cellName([key])) ?? 1) + ROUNDING) : undefined;
    if (!over) return [];
    const limit = most.get(cellName([over]));
    const message = `share ${share} is above the maximumShare ${limit} of all of ${over.dimension} ${JSON.stringify(over.value)}; make it at most that`;
    return [itemProblem("targets", index, "share", "INVALID_VALUE", message)];
  });
}

/** Shares over dimensions of which an example has one value each cannot ask for more than everything. */
function shareSumProblems(plan: CoveragePlan, known: ReadonlyMap<string, PlanDimension>): UserProblem[] {
  const sums = new Map<string, { names: string[]; sum: number; last: number }>();
  for (const [index, { cell, share = 0 }] of plan.targets.entries()) {
    if (cell.some(({ dimension }) => isMultipleByNature(dimension) || known.get(dimension)?.multiple)) continue;
    const names = cell.map(({ dimension }) => dimension).sort();
    const sum = sums.get(JSON.stringify(names)) ?? { names, sum: 0, last: index };
    sum.sum += share;
    if (share > 0) sum.last = index;
    sums.set(JSON.stringify(names), sum);
  }
  return [...sums.values()]
    .filter(({ sum }) => sum > 1 + ROUNDING)
    .map(({ names, sum, last }) => {
      const message = `the shares over ${names.join(" and ")} sum to ${Number(sum.toFixed(6))}; make them at most 1, or declare the dimension multiple`;
      return itemProblem("targets", last, "share", "INVALID_VALUE", message);
    });
}
