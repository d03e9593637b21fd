// Do imports follow the arrows?
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { ARROW_RULES, FEATURES } from "./arrowRules.js";
import type { Finding } from "./step.js";

/** Folders of src that are no feature. */
const OTHERS = ["platform", "statistics", "dashboard"];
const BANNED = /(^|\/)(index|utils?|helpers?|common|lib|services?|managers?)\.ts$/;

/** Reads every import below src and scripts of a folder. It fails when it has not seen a file that is there. */
export async function checkArrows(root: string): Promise<Finding> {
  const files = ["src", "scripts"].flatMap((folder) => sourcesBelow(root, folder));
  const { output } = await cruise(["src", "scripts"], {
    baseDir: root,
    ruleSet: { forbidden: ARROW_RULES },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  });
  const result = output as ICruiseResult;
  const seen = new Set(result.modules.filter((module) => module.source.endsWith(".ts")).map((module) => module.source));
  const problems = [
    ...result.summary.violations.map(
      (one) => `${one.rule.name}: ${one.from} → ${one.cycle ? one.cycle.map((step) => step.name).join(" → ") : one.to}`,
    ),
    ...files.filter((file) => !seen.has(file)).map((file) => `${file} was not seen by the arrow check`),
    ...files.filter((file) => BANNED.test(file)).map((file) => `${file}: name the thing`),
    ...unknownFolders(root).map((folder) => `src/${folder} has no number: give it one in scripts/check/arrowRules.ts`),
  ];
  if (files.length === 0) problems.push(`no sources were found below ${root}`);
  return { problems, seen: `${seen.size} modules, ${result.summary.totalDependenciesCruised ?? 0} imports` };
}

function unknownFolders(root: string): string[] {
  const known = new Set<string>([...FEATURES, ...OTHERS]);
  const entries = readdirSync(join(root, "src"), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && !known.has(entry.name)).map((entry) => entry.name);
}

function sourcesBelow(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replace(/^\//, ""))
    .filter((file) => !file.includes("node_modules/"));
}
