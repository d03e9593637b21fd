import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSchema, GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkArrows } from "../../scripts/check/arrows.js";
import { checkMigrations } from "../../scripts/check/migrations.js";
import { checkOperations } from "../../scripts/check/operations.js";
import { checkDescriptions, checkSdl, emitSdl } from "../../scripts/check/sdl.js";
import { checkSizes } from "../../scripts/check/sizes.js";
import { ROOT } from "../../scripts/check/step.js";
import { assaySchema } from "../../src/schema.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-guards-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes files into the scratch package. */
function plant(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const SOUND = {
  "scripts/check.ts": "export {};\n",
  "src/policy.ts": "export const POLICY = {};\n",
  "src/platform/errors.ts": `import { POLICY } from "../policy.js";\nexport const errors = POLICY;\n`,
  "src/ratings/queries.ts": `import { errors } from "../platform/errors.js";\nexport const ratings = errors;\n`,
  "src/releases/queries.ts": `import { ratings } from "../ratings/queries.js";\nexport const releases = ratings;\n`,
};

describe("the arrow check", () => {
  it("passes what follows the arrows, and says how much it saw", async () => {
    plant(SOUND);
    expect(await checkArrows(folder)).toEqual({ problems: [], seen: expect.stringMatching(/^5 modules/) });
  });

  it.each([
    [
      "a later feature",
      {
        "src/ratings/queries.ts": `import { releases } from "../releases/tables.js";\nexport const r = releases;\n`,
        "src/releases/tables.ts": "export const releases = 1;\n",
        "src/releases/queries.ts": "export {};\n",
      },
      "ratings-knows-no-later-feature",
    ],
    [
      "a type of a later feature",
      {
        "src/ratings/queries.ts": `import type { R } from "../releases/tables.js";\nexport type Q = R;\n`,
        "src/releases/tables.ts": "export type R = 1;\n",
        "src/releases/queries.ts": "export {};\n",
      },
      "ratings-knows-no-later-feature",
    ],
    [
      "a feature from platform",
      {
        "src/platform/errors.ts": `import { r } from "../ratings/tables.js";\nexport const e = r;\n`,
        "src/ratings/tables.ts": "export const r = 1;\n",
        "src/ratings/queries.ts": "export {};\n",
        "src/releases/queries.ts": "export {};\n",
      },
      "platform-knows-no-feature",
    ],
    [
      "something from statistics",
      { "src/statistics/alpha.ts": `import { errors } from "../platform/errors.js";\nexport const a = errors;\n` },
      "statistics-import-nothing",
    ],
    [
      "a package that is at home elsewhere",
      { "src/ratings/queries.ts": `import pg from "pg";\nexport const ratings = pg;\n` },
      "pg-stays-at-home|imports-resolve",
    ],
    [
      "in a circle of types",
      {
        "src/platform/errors.ts": `import type { A } from "./a.js";\nexport const errors = 1;\nexport type B = A;\n`,
        "src/platform/a.ts": `import type { B } from "./errors.js";\nexport type A = B;\n`,
      },
      "no-circles",
    ],
    [
      "a file that is not there",
      { "src/platform/errors.ts": `import { a } from "./a.js";\nexport const errors = a;\n` },
      "imports-resolve",
    ],
  ])("notices an import of %s", async (_what, planted, rule) => {
    plant({ ...SOUND, ...planted });
    const { problems } = await checkArrows(folder);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join("\n")).toMatch(new RegExp(rule));
  });

  it("notices a feature without a number and a file without a name of its own", async () => {
    plant({ ...SOUND, "src/notions/utils.ts": "export {};\n" });
    expect((await checkArrows(folder)).problems).toEqual([
      "src/notions/utils.ts: name the thing",
      expect.stringContaining("src/notions has no number"),
    ]);
  });

  it("does not pass for having seen nothing", async () => {
    mkdirSync(join(folder, "src"));
    mkdirSync(join(folder, "scripts"));
    expect((await checkArrows(folder)).problems).toEqual([expect.stringContaining("no sources were found")]);
  });
});

describe("the schema check", () => {
  it("notices a written schema that is not what the code emits, and names the line", async () => {
    const emitted = await emitSdl();
    const file = join(folder, "schema.graphql");
    writeFileSync(file, emitted);
    expect((await checkSdl(file)).problems).toEqual([]);
    writeFileSync(file, emitted.replace("acceptedCount: Int!", "acceptedCount: Int"));
    expect((await checkSdl(file)).problems).toEqual([expect.stringMatching(/line \d+ is .*acceptedCount: Int"/)]);
    expect((await checkSdl(join(folder, "absent.graphql"))).problems).toHaveLength(1);
  });

  it("notices whatever has no description", () => {
    const schema = buildSchema(`
      type Query { "Said." said(argument: Int): Int  unsaid(input: In!): Kind }
      "Said." input In { field: Int }
      enum Kind { ONE "Said." TWO }
    `);
    expect(checkDescriptions(schema).problems.sort()).toEqual(
      ["In.field", "Kind", "Kind.ONE", "Query.said(argument:)", "Query.unsaid"].map(
        (name) => `${name} has no description`,
      ),
    );
    const blank = new GraphQLSchema({
      query: new GraphQLObjectType({ name: "Query", fields: { a: { type: GraphQLString, description: " " } } }),
    });
    expect(checkDescriptions(blank).problems).toEqual(["Query.a has no description"]);
  });
});

describe("the migration check", () => {
  it("notices a migration that was changed, and tables that no migration carries", async () => {
    const migrations = join(folder, "migrations");
    cpSync(join(ROOT, "migrations"), migrations, { recursive: true });
    const first = join(migrations, "0000_tables.sql");
    const text = readFileSync(first, "utf8");
    writeFileSync(first, text.replace(`"title" text NOT NULL`, `"title" text`));
    expect((await checkMigrations(migrations)).problems).toEqual([
      expect.stringContaining("migrations give something else than schema.sql says"),
    ]);
    writeFileSync(first, text);
    const snapshots = join(migrations, "meta", "0003_snapshot.json");
    writeFileSync(snapshots, readFileSync(snapshots, "utf8").replaceAll(`"request_key"`, `"request_keys"`));
    expect((await checkMigrations(migrations)).problems.join("\n")).toMatch(
      /tables have changed|drizzle-kit generate failed/,
    );
  });
});

describe("the other checks", () => {
  it("notice an operation that is not valid, has no name, or costs too much", async () => {
    plant({
      "valid.graphql": "query Valid { __typename }",
      "unknown.graphql": "query Unknown { nothing }",
      "unnamed.graphql": "{ __typename }",
      "broken.graphql": "query {",
      "costly.graphql":
        "query Costly { datasets(first: 100) { nodes { activities(first: 100) { nodes { agent { id } } } } } }",
    });
    const { problems } = await checkOperations(await assaySchema(), folder);
    expect(problems.map((problem) => problem.split(":")[0]).sort()).toEqual([
      "broken.graphql",
      "costly.graphql",
      "unknown.graphql",
      "unnamed.graphql",
    ]);
  });

  it("notice a file and a function that are too long", async () => {
    const body = "  void 0;\n".repeat(40);
    plant({
      "src/long.ts": "export {};\n".repeat(301),
      "src/deep.ts": `export function deep() {\n${body}}\n`,
      "scripts/a.ts": "export {};\n",
      "test/a.ts": "export {};\n",
    });
    const { problems, warnings } = await checkSizes(folder);
    expect(problems).toEqual([expect.stringContaining("src/long.ts has 301 lines")]);
    expect(warnings).toEqual(["src/deep.ts:1 has a function of 42 lines"]);
  });
});
