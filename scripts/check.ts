// The one command: format, lint, types, arrows, schema, migrations, operations, sizes, tests. Names after -- run only some.
import { assaySchema } from "../src/schema.js";
import { checkArrows } from "./check/arrows.js";
import { checkMigrations } from "./check/migrations.js";
import { checkOperations } from "./check/operations.js";
import { checkDescriptions, checkSdl } from "./check/sdl.js";
import { checkSizes } from "./check/sizes.js";
import { programStep, ROOT, type Finding, type Step } from "./check/step.js";
import { runTests } from "./check/tests.js";

const FORMATTED = ["src", "scripts", "test", "graphql/operations", "vitest.config.ts"];

const STEPS: Step[] = [
  programStep("format", "npm run format", "prettier", ["--check", "--log-level=warn", ...FORMATTED]),
  programStep("lint", "npx oxlint --fix", "oxlint", ["--quiet"]),
  programStep("types", "npx tsc -b", "tsc", ["-b"]),
  programStep("types of tests", "npx tsc -p test", "tsc", ["-p", "test"]),
  {
    name: "arrows",
    repair: "move the import: scripts/check/arrowRules.ts has the rules",
    run: () => checkArrows(ROOT),
  },
  { name: "schema", repair: "npm run emit:schema", run: () => checkSdl() },
  {
    name: "descriptions",
    repair: "describe them in types.ts or resolver.ts",
    run: async () => checkDescriptions(await assaySchema()),
  },
  {
    name: "migrations",
    repair: "npm run generate:migration && node dist/scripts/checkMigrations.js --write",
    run: () => checkMigrations(),
  },
  { name: "operations", repair: "edit graphql/operations", run: async () => checkOperations(await assaySchema()) },
  { name: "sizes", repair: "split the file by what it says", run: () => checkSizes(ROOT) },
  { name: "tests", repair: "npx vitest run FILE", run: runTests },
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0)
  throw new Error(`no step is called ${unknown.join(", ")}; there are ${STEPS.map((step) => step.name).join(", ")}`);

let passed = 0;
let failed = 0;
for (const step of STEPS.filter((one) => asked.length === 0 || asked.includes(one.name))) {
  const started = Date.now();
  const finding = await attempt(step);
  const ok = finding.problems.length === 0;
  process.stdout.write(
    `${ok ? "✓" : "✗"} ${step.name} (${finding.seen}, ${((Date.now() - started) / 1000).toFixed(1)} s)\n`,
  );
  for (const problem of finding.problems) process.stdout.write(`  ${problem.replaceAll("\n", "\n  ")}\n`);
  if (!ok) process.stdout.write(`  repair: ${step.repair}\n`);
  if (finding.warnings?.length) process.stdout.write(`  to look at: ${finding.warnings.join("\n              ")}\n`);
  passed += finding.counts?.passed ?? (ok ? 1 : 0);
  failed += finding.counts?.failed ?? (ok ? 0 : 1);
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

async function attempt(step: Step): Promise<Finding> {
  try {
    return await step.run();
  } catch (error) {
    return {
      problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
      seen: "could not run",
    };
  }
}
