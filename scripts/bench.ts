// npm run bench: how fast is it, as ratios against named limits?
import { parseArgs } from "node:util";
import { agreementBenches } from "./bench/agreementRows.js";
import { alphaBenches } from "./bench/alphaRows.js";
import { auditMemoryBench } from "./bench/auditMemoryRow.js";
import { startBenchWorld } from "./bench/benchWorld.js";
import { contendedBench } from "./bench/contendedRow.js";
import { coverageBench } from "./bench/coverageRow.js";
import { dawidSkeneBench } from "./bench/dawidSkeneRow.js";
import { duplicateBenches } from "./bench/duplicateRows.js";
import { importBenches } from "./bench/importRows.js";
import type { Bench, BenchRow } from "./bench/measure.js";
import { memoryBench } from "./bench/memoryRow.js";
import { submitBenches } from "./bench/submitRows.js";

const { values, positionals } = parseArgs({
  options: { json: { type: "boolean", default: false }, only: { type: "boolean", default: false } },
  allowPositionals: true,
});

const world = await startBenchWorld();
const rows: BenchRow[] = [];
try {
  // α first: it counts on the loaded ratings alone.
  const benches: Bench[] = [
    ...alphaBenches(world),
    ...submitBenches(world),
    contendedBench(world),
    ...importBenches(world),
    ...agreementBenches(world),
    dawidSkeneBench,
    memoryBench(world), // of the rows before it
    coverageBench(world),
    ...duplicateBenches(world),
    auditMemoryBench(world),
  ];
  const chosen = values.only ? benches.filter((bench) => positionals.includes(bench.name)) : benches;
  if (chosen.length === 0) throw new Error(`no such row; there are ${benches.map((bench) => bench.name).join(", ")}`);
  for (const { name, unit, better, goal, against, run } of chosen) {
    const row = { name, unit, better, goal, ...(await run()) };
    rows.push({ name, value: row.value, unit, limit: row.limit, ratio: row.ratio, better, goal });
    if (!values.json) printRow(row, against);
  }
} finally {
  await world.stop();
}
if (values.json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);

function printRow(row: BenchRow, against: string): void {
  const met = row.better === "higher" ? row.ratio >= row.goal : row.ratio <= row.goal;
  const figure = (n: number) => (n >= 100 ? n.toFixed(0) : n.toPrecision(3));
  process.stdout.write(
    `${row.name.padEnd(26)}${figure(row.value).padStart(9)} ${row.unit.padEnd(11)} ratio ${row.ratio.toFixed(3).padStart(7)}` +
      `  goal ${row.better === "higher" ? "≥" : "≤"} ${String(row.goal).padEnd(4)} ${met ? "met    " : "not met"}  against ${against} (${figure(row.limit)})\n`,
  );
}
