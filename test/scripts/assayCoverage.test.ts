// Does the command line draw coverage: bars, heat maps, pictures, and what to write next?
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { buildSchema, parse, validate } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barText } from "../../scripts/assay/coverage/bars.js";
import * as documents from "../../scripts/assay/coverage/coverageDocuments.js";
import type { CellRow, Report } from "../../scripts/assay/coverage/coverageDocuments.js";
import { coverageSvg } from "../../scripts/assay/coverage/coverageSvg.js";
import { reportLines } from "../../scripts/assay/coverage/coverageView.js";
import { heatMapLines, heatMapOf } from "../../scripts/assay/coverage/heatMap.js";
import { COLOURED, PLAIN, paintOf, widthOf } from "../../scripts/assay/coverage/paint.js";
import { makeFullDataset } from "../support/fullDataset.js";
import { startWorld, type World } from "../support/world.js";
import { fakeServer, run, scratch } from "./assayWorld.js";

const SCHEMA = new URL("../../graphql/schema.graphql", import.meta.url);

describe("the documents about coverage", () => {
  it.each(Object.entries(documents))("%s is valid", (_, document) => {
    const schema = buildSchema(readFileSync(SCHEMA, "utf8"));
    expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
  });
});

const cell = (keys: CellRow["keys"], fields: Partial<CellRow> = {}): CellRow => ({
  keys,
  count: 0,
  rawCount: 0,
  share: null,
  interval: null,
  target: null,
  targetShare: null,
  deficit: null,
  toAdd: null,
  met: null,
  attainment: null,
  maximumShare: null,
  excess: null,
  weight: null,
  next: null,
  ...fields,
});
const short = { target: 60, deficit: 20, toAdd: 34, met: false, attainment: 2 / 3, weight: 1, next: "add 34" };
const ask = cell(["<ask>"], { count: 40, share: 0.4, interval: { low: 0.3, high: 0.5, level: 0.95 }, ...short });
const over = cell(["tell\u001b[2J"], {
  count: 60,
  share: 0.6,
  maximumShare: 0.5,
  excess: 10,
  weight: 1,
  next: "leave out 20",
});
const report: Report = {
  activity: { number: 880, recordedAt: "2026-05-01T00:00:00.000Z" },
  population: "ACCEPTED",
  methodVersion: "coverage@2",
  planVersion: 2,
  countedBy: "EXAMPLES",
  exampleCount: 100,
  rawExampleCount: 100,
  unassignedCount: 0,
  unassignedShare: 0,
  erasedCount: null,
  warnings: [],
  attainment: 2 / 3,
  dimensions: [{ name: "intent", multiple: false, unassignedCount: 0, methods: [{ method: "MODEL", count: 100 }] }],
  cells: [ask, over],
  gaps: [ask],
  excesses: [over],
  distance: null,
  association: null,
};
const look = { width: 100, paint: PLAIN, table: false, show: null };

describe("bars", () => {
  it("are full to the lower limit, lighter to the share, a line to the upper limit; ticks lie over them", () => {
    const bar = { share: 0.5, low: 0.25, high: 0.75, target: null, maximum: null };
    expect(barText(bar, 20)).toBe("█████▓▓▓▓▓────┤     ");
    expect(barText({ ...bar, target: 1, maximum: 0.1 }, 20)).toBe("█╎███▓▓▓▓▓────┤    ┃");
    expect(barText({ share: 0, low: null, high: null, target: null, maximum: null }, 4)).toBe("    ");
  });

  it("stand between names and numbers, within the width, with the gaps under them", () => {
    const lines = reportLines("demo", report, look);
    expect(lines).toContain("intent: 100 examples, 0 unassigned (0.0%)");
    expect(lines).toContain("intent: labels by model 100");
    expect(lines.join("\n")).toMatch(/^<ask> +█+▓+─*┤? *┃ *40 +40\.0% +60 +34 ~$/m);
    expect(lines.join("\n")).toMatch(/^ *1 +intent <ask> +40 +60 +20 +1 +add 34$/m);
    expect(lines.join("\n")).toContain("over the maximum, largest first");
    expect(lines.join("\n")).not.toContain("\u001b");
    const longest = Math.max(...lines.slice(5, 8).map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(100);
  });
});

describe("heat maps", () => {
  const cells = [
    cell(["a", "x"], { count: 5, target: 10, attainment: 0.5 }),
    cell(["a", null], { count: 1 }),
    cell(["b", "y"], { count: 7, target: 7, attainment: 1 }),
    cell(["b", "z"], { count: 1, target: 9, attainment: 1 / 9 }),
  ];
  const map = heatMapOf({ cells, association: null }, "ATTAINMENT");

  it("have the columns of all rows, unassigned last, and say in signs what the colours say", () => {
    expect(map.columns).toEqual(["x", "y", "z", null]);
    expect(heatMapLines(map, 80, PLAIN)).toEqual(
      [
        "      x       y       z     (unassigned)",
        "a  5/10~       ·       ·               1",
        "b     ·     7/7✓    1/9!               ·",
      ].map((line) =>
        expect.stringMatching(
          new RegExp(
            line
              .trim()
              .split(/\s+/)
              .map((part) => part.replace(/[()/]/g, "\\$&"))
              .join("\\s+"),
          ),
        ),
      ),
    );
  });

  it("put columns below that do not fit, and colour only where asked", () => {
    const narrow = heatMapLines(map, 20, PLAIN);
    expect(narrow.filter((line) => line.startsWith("a"))).toHaveLength(3);
    expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(20);
    expect(heatMapLines(map, 80, COLOURED).join("")).toContain("\u001b[38;5;16;48;5;");
  });

  it("show residuals with their sign", () => {
    const association = { rows: ["a", "b"], columns: ["x"], adjustedResiduals: [[4.21], [-4.21]] } as never;
    const shown = heatMapOf({ cells: [cell(["a", "x"]), cell(["b", "x"])], association }, "RESIDUAL");
    expect(shown.squares.map(([square]) => `${square!.text}${square!.mark}`)).toEqual(["+4.2▲", "-4.2▼"]);
  });
});

describe("colour and width", () => {
  const stdout = (isTTY: boolean, columns?: number) => ({ isTTY, ...(columns ? { columns } : {}) }) as never;
  it("are those of the terminal, where there is one", () => {
    expect(paintOf({ stdout: stdout(true), env: {} })).toBe(COLOURED);
    expect(paintOf({ stdout: stdout(true), env: { NO_COLOR: "1" } })).toBe(PLAIN);
    expect(paintOf({ stdout: stdout(false), env: {} })).toBe(PLAIN);
    expect(widthOf({ stdout: stdout(true, 63), env: {} })).toBe(63);
    expect(widthOf({ stdout: stdout(false), env: { COLUMNS: "72" } })).toBe(72);
    expect(widthOf({ stdout: stdout(false), env: {} })).toBe(100);
  });
});

describe("pictures", () => {
  it("are whole by themselves, escaped, and say in words what they show", () => {
    const svg = coverageSvg('de"mo', report, null);
    expect(svg).toMatch(/^<\?xml[^>]*>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain('<title id="title">Coverage of de&quot;mo: intent</title>');
    expect(svg).toContain("&lt;ask&gt;: 40 of 60");
    expect(svg).not.toMatch(/<ask>|<script|href|url\(|\u001b/);
    expect(svg.match(/<rect /g)!.length).toBeGreaterThanOrEqual(3);
  });
});

describe("against a server", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
    await makeFullDataset(world, "house", 40);
  });
  afterAll(() => world.stop());
  const assay = (...args: string[]) =>
    run(["coverage", ...args], {
      env: { ASSAY_URL: `${world.url}/graphql`, ASSAY_TOKEN: world.adminToken, ASSAY_DATASET: "house" },
    });

  it("draws bars and a map, writes pictures, and lists all gaps of the plan", async () => {
    const path = join(await scratch(), "map.svg");
    const bars = await assay("--by", "label:intent");
    expect(bars.stdout).toMatch(/^code .*┃┤? +0 +0\.0% +3 +3 !$/m);
    const map = await assay("--by", "label:intent", "--by", "licence", "--svg", path);
    expect(map.stdout).toContain("CC-BY-4.0");
    expect(map.stderr).toBe(`wrote ${path}\n`);
    expect(await readFile(path, "utf8")).toContain("</svg>");
    expect((await assay()).stdout).toMatch(/1 +intent code +0 +3 +3 +1 +add 3/);
    const table = await assay("--by", "label:intent", "--table", "--counted-by", "clusters");
    expect(table.stdout).toMatch(/clusters and single texts \(of 40 examples\)/);
    expect(JSON.parse((await assay("--by", "source", "--json")).stdout)).toMatchObject({ exampleCount: 40 });
  });

  it("counts as a job first, and waits for it", async () => {
    const ran = await assay("--by", "format", "--job");
    expect(ran.stderr).toMatch(/^job 2 is done$/m);
    expect(ran.stdout).toMatch(/^PLAIN +█.* 40 +100\.0%/m);
  });

  it("shows drift and trend", async () => {
    const drift = await assay("--by", "label:intent", "--by", "format", "--drift-since", "1.0.0");
    expect(drift.stdout).toContain("format: MULTI_VALUED");
    expect(drift.stdout).toMatch(/^intent: stability index 0\.\d{3}/m);
    expect((await assay("--by", "length", "--trend")).stdout).toMatch(/^1\.0\.0 +\d+ +\d+/m);
  });

  it("says how it is used", async () => {
    const wrong = [
      ["--by", "colour"],
      ["--by", "source", "--by", "length", "--by", "format"],
      ["--svg", "x.svg"],
      ["--trend"],
      ["--drift-since", "3"],
      ["--by", "source", "--trend", "--drift-since", "3"],
    ];
    for (const args of wrong) expect([args, (await assay(...args)).exitCode]).toEqual([args, 2]);
    const bare = await fakeServer(() => ({ body: { data: { dataset: { snapshot: { coverageOfPlan: null } } } } }));
    const ran = await run(["coverage"], { url: bare.url });
    await bare.close();
    expect(ran.stderr).toContain("had no coverage plan then");
  });
});
