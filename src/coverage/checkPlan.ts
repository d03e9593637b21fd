// Can this coverage plan be published? Pure.
import { itemProblem, problem, type UserErrorCode, type UserProblem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import { contradictions, targetProblems, type KnownKeys } from "./checkTargets.js";
import type { CellKey, CoveragePlan } from "./coveragePlan.js";
import { BUILT_IN, cellName } from "./dimensions.js";

export interface PlanInput {
  title: string;
  dimensions: Array<{
    key: string;
    title: string;
    multiple: boolean;
    values: Array<{ value: string; description?: string | null }>;
  }>;
  targets: Array<{
    cell: CellKey[];
    minimumCount?: number | null;
    share?: number | null;
    maximumShare?: number | null;
    weight?: number | null;
  }>;
}

const MAX_DIMENSIONS = 50;
const MAX_VALUES = 1_000;
const MAX_TARGETS = 5_000;
const MAX_TEXT = 2_000;
/** The plan without empty fields and without weights of 1, as it is kept and compared. */
export function planOf(input: PlanInput): CoveragePlan {
  return {
    dimensions: input.dimensions.map(({ key, title, multiple, values }) => ({
      key,
      title,
      multiple,
      values: values.map(({ value, description }) => (description == null ? { value } : { value, description })),
    })),
    targets: input.targets.map(({ cell, minimumCount, share, maximumShare, weight }) => ({
      cell: cell.map(({ dimension, value }) => ({ dimension, value })),
      ...(minimumCount == null ? {} : { minimumCount }),
      ...(share == null ? {} : { share }),
      ...(maximumShare == null ? {} : { maximumShare }),
      ...(weight == null || weight === 1 ? {} : { weight }),
    })),
  };
}

/** Everything that is wrong with a plan, given the keys that are known in its dataset. */
export function planProblems(input: PlanInput, keys: KnownKeys): UserProblem[] {
  const unsound = unsoundPath(input);
  if (unsound) return [problem("INVALID_TEXT", `${unsound.join(".")} ${UNSOUND}`, ...unsound)];
  const size = sizeProblem(input);
  if (size) return [size];
  const problems = [...titleProblems(input), ...dimensionProblems(input.dimensions)];
  const plan = planOf(input);
  const known = new Map(plan.dimensions.map((dimension) => [dimension.key, dimension]));
  const seen = new Set<string>();
  for (const [index, target] of plan.targets.entries()) {
    const found = targetProblems(target, index, known, keys, seen);
    problems.push(...found);
    if (found.length === 0) seen.add(cellName(target.cell));
  }
  return problems.length > 0 ? problems : contradictions(plan, known);
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
