// Can this coverage plan be published? Pure.
import { LENGTH_BUCKETS } from "../examples/lengthBucket.js";
import { itemProblem, problem, type UserErrorCode, type UserProblem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import type { CellKey, CoveragePlan, PlanDimension, PlanTarget } from "./coveragePlan.js";
import { BUILT_IN, canonicalValue, SOURCE_KINDS } from "./dimensions.js";

export interface PlanInput {
  title: string;
  dimensions: Array<{
    key: string;
    title: string;
    multiple: boolean;
    values: Array<{ value: string; description?: string | null }>;
  }>;
  targets: Array<{ cell: CellKey[]; minimumCount?: number | null; share?: number | null }>;
}

const MAX_DIMENSIONS = 50;
const MAX_VALUES = 1_000;
const MAX_TARGETS = 5_000;
const MAX_TEXT = 2_000;
/** What sums of decimal shares may be off by. */
const ROUNDING = 1e-9;

/** The plan without empty fields, as it is kept and compared. */
export function planOf(input: PlanInput): CoveragePlan {
  return {
    dimensions: input.dimensions.map(({ key, title, multiple, values }) => ({
      key,
      title,
      multiple,
      values: values.map(({ value, description }) => (description == null ? { value } : { value, description })),
    })),
    targets: input.targets.map(({ cell, minimumCount, share }) => ({
      cell: cell.map(({ dimension, value }) => ({ dimension, value })),
      ...(minimumCount == null ? {} : { minimumCount }),
      ...(share == null ? {} : { share }),
    })),
  };
}

/** Everything that is wrong with a plan; sources are the keys that are registered. */
export function planProblems(input: PlanInput, sources: ReadonlySet<string>): UserProblem[] {
  const unsound = unsoundPath(input);
  if (unsound) return [problem("INVALID_TEXT", `${unsound.join(".")} ${UNSOUND}`, ...unsound)];
  const size = sizeProblem(input);
  if (size) return [size];
  const problems = [...titleProblems(input), ...dimensionProblems(input.dimensions)];
  const plan = planOf(input);
  const known = new Map(plan.dimensions.map((dimension) => [dimension.key, dimension]));
  const seen = new Set<string>();
  for (const [index, target] of plan.targets.entries()) {
    const found = targetProblems(target, index, known, sources, seen);
    problems.push(...found);
    if (found.length === 0) seen.add(cellName(target.cell));
  }
  return problems.length > 0 ? problems : shareSumProblems(plan, known);
}

function sizeProblem({ dimensions, targets }: PlanInput): UserProblem | null {
  const tooMany = (what: string, count: number, most: number) =>
    problem("TOO_MANY_ITEMS", `${count} ${what} were given; a plan takes ${most}`, what);
  if (dimensions.length > MAX_DIMENSIONS) return tooMany("dimensions", dimensions.length, MAX_DIMENSIONS);
  if (targets.length > MAX_TARGETS) return tooMany("targets", targets.length, MAX_TARGETS);
  const long = dimensions.findIndex(({ values }) => values.length > MAX_VALUES);
  if (long < 0) return null;
  const message = `${dimensions[long]!.values.length} values were given; a dimension takes ${MAX_VALUES}`;
  return itemProblem("dimensions", long, "values", "TOO_MANY_ITEMS", message);
}

function titleProblems({ title }: PlanInput): UserProblem[] {
  if (title.trim() !== "" && title.length <= 200) return [];
  return [problem("INVALID_VALUE", "title must have 1 to 200 characters; say what the plan is called", "title")];
}

function dimensionProblems(dimensions: PlanInput["dimensions"]): UserProblem[] {
  const seen = new Set<string>();
  return dimensions.flatMap((dimension, index) => {
    const bad = (code: UserErrorCode, message: string, ...path: string[]): UserProblem => ({
      ...itemProblem("dimensions", index, null, code, message),
      path: ["dimensions", String(index), ...path],
    });
    const { key, title, values } = dimension;
    const problems: UserProblem[] = [];
    if (key.trim() === "" || key.length > 128)
      problems.push(bad("INVALID_VALUE", "key must have 1 to 128 characters, as in labels", "key"));
    if (BUILT_IN.includes(key) || key === "LABEL")
      problems.push(bad("INVALID_VALUE", `${key} is built in and need not be declared; use another key`, "key"));
    if (seen.has(key))
      problems.push(bad("DUPLICATE_IN_BATCH", `dimension ${key} stands in this plan already; give each once`, "key"));
    if (title.trim() === "" || title.length > MAX_TEXT)
      problems.push(bad("INVALID_VALUE", `title must have 1 to ${MAX_TEXT} characters`, "title"));
    if (values.length === 0)
      problems.push(bad("INVALID_VALUE", `dimension ${key} has no values; declare those it may have`, "values"));
    seen.add(key);
    return [...problems, ...valueProblems(values, bad)];
  });
}

function valueProblems(
  values: PlanInput["dimensions"][number]["values"],
  bad: (code: UserErrorCode, message: string, ...path: string[]) => UserProblem,
): UserProblem[] {
  const seen = new Set<string>();
  return values.flatMap(({ value, description }, index) => {
    const at = (field: string) => ["values", String(index), field];
    const problems: UserProblem[] = [];
    if (value.trim() === "" || value.length > 256)
      problems.push(bad("INVALID_VALUE", "value must have 1 to 256 characters, as in labels", ...at("value")));
    if (seen.has(value))
      problems.push(bad("DUPLICATE_IN_BATCH", `value ${value} is declared already; give each once`, ...at("value")));
    if ((description ?? "").length > MAX_TEXT)
      problems.push(bad("INVALID_VALUE", `description has more than ${MAX_TEXT} characters`, ...at("description")));
    seen.add(value);
    return problems;
  });
}

function targetProblems(
  target: PlanTarget,
  index: number,
  known: ReadonlyMap<string, PlanDimension>,
  sources: ReadonlySet<string>,
  seen: ReadonlySet<string>,
): UserProblem[] {
  const bad = (code: UserErrorCode, message: string, ...path: string[]): UserProblem => ({
    ...itemProblem("targets", index, null, code, message),
    path: ["targets", String(index), ...path],
  });
  const { cell, minimumCount, share } = target;
  if (cell.length < 1 || cell.length > 2)
    return [bad("INVALID_VALUE", `a cell has one or two conditions; got ${cell.length}`, "cell")];
  if (cell.length === 2 && cell[0]!.dimension === cell[1]!.dimension)
    return [bad("INVALID_VALUE", `both conditions are on ${cell[0]!.dimension}; use two dimensions`, "cell", "1")];
  const problems = cell.flatMap((key, i) => {
    const found = keyProblem(key, known, sources);
    return found ? [bad(found.code, found.message, "cell", String(i), found.field)] : [];
  });
  if (minimumCount === undefined && share === undefined)
    problems.push(bad("INVALID_VALUE", "a target has a minimumCount, a share or both; got neither"));
  if (minimumCount !== undefined && (!Number.isInteger(minimumCount) || minimumCount < 1))
    problems.push(bad("INVALID_VALUE", `minimumCount ${minimumCount} must be 1 or more`, "minimumCount"));
  if (share !== undefined && !(share >= 0 && share <= 1))
    problems.push(bad("INVALID_VALUE", `share ${share} must be from 0 to 1; give 0.1 for a tenth`, "share"));
  if (seen.has(cellName(cell)))
    problems.push(bad("DUPLICATE_IN_BATCH", "this cell has a target already; give each cell one", "cell"));
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
  sources: ReadonlySet<string>,
): KeyProblem | null {
  const closed = closedValues(dimension, known);
  if (closed && !closed.includes(value)) {
    const message = `${dimension} has no value ${JSON.stringify(value)}; use ${listed(closed)}`;
    return { code: "INVALID_VALUE", field: "value", message };
  }
  if (closed) return null;
  if (dimension === "SOURCE") {
    const message = `source ${JSON.stringify(value)} is not registered; register it first`;
    return sources.has(value) ? null : { code: "UNKNOWN_SOURCE", field: "value", message };
  }
  if (dimension === "LANGUAGE") return languageProblem(value);
  const message = `dimension ${JSON.stringify(dimension)} is neither declared in this plan nor built in (${BUILT_IN.join(", ")}); declare it`;
  return { code: "UNKNOWN_DIMENSION", field: "dimension", message };
}

function closedValues(dimension: string, known: ReadonlyMap<string, PlanDimension>): readonly string[] | null {
  if (dimension === "SOURCE_KIND") return SOURCE_KINDS;
  if (dimension === "LENGTH") return LENGTH_BUCKETS;
  return known.get(dimension)?.values.map(({ value }) => value) ?? null;
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

/** A cell's name, whatever the order of its conditions and the case of a language. */
export function cellName(cell: readonly CellKey[]): string {
  const keys = cell.map(({ dimension, value }) => JSON.stringify([dimension, canonicalValue(dimension, value)]));
  return keys.sort().join(" ");
}

/** Shares over dimensions of which an example has one value each cannot ask for more than everything. */
function shareSumProblems(plan: CoveragePlan, known: ReadonlyMap<string, PlanDimension>): UserProblem[] {
  const sums = new Map<string, { names: string[]; sum: number; last: number }>();
  for (const [index, { cell, share = 0 }] of plan.targets.entries()) {
    if (cell.some(({ dimension }) => known.get(dimension)?.multiple)) continue;
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
