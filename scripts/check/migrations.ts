// Do the migrations give what the tables say, and what schema.sql says they give?
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import pg from "pg";
import { startEmbedded } from "../../src/platform/embedded.js";
import { migrate } from "../../src/platform/migrate.js";
import { describeCatalogue } from "./catalogue.js";
import { firstDifference } from "./difference.js";
import { ROOT, run, type Finding } from "./step.js";

const FOLDER = join(ROOT, "migrations");
export const SCHEMA_FILE = join(FOLDER, "schema.sql");

/** Both checks of a folder of migrations against the tables of this package. */
export async function checkMigrations(folder = FOLDER): Promise<Finding> {
  const described = await describeMigrated(folder);
  const drift = await driftOf(folder);
  const difference = firstDifference(readIfThere(join(folder, "schema.sql")), described);
  const problems = [
    ...drift,
    ...(difference ? [`migrations give something else than schema.sql says: ${difference}`] : []),
  ];
  const migrations = readdirSync(folder).filter((name) => /^\d+_.*\.sql$/.test(name)).length;
  return { problems, seen: `${migrations} migrations, ${described.match(/^create table/gm)?.length ?? 0} tables` };
}

/** Writes schema.sql anew. */
export async function writeSchemaFile(): Promise<void> {
  writeFileSync(SCHEMA_FILE, await describeMigrated(FOLDER));
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Generates into a scratch copy: a file that appears there is a change of the tables that no migration carries. */
async function driftOf(folder: string): Promise<string[]> {
  mkdirSync(join(ROOT, "dist"), { recursive: true });
  const scratch = mkdtempSync(join(ROOT, "dist", "drift-"));
  try {
    cpSync(folder, scratch, { recursive: true });
    const before = readdirSync(scratch).length;
    const args = [
      "generate",
      "--dialect",
      "postgresql",
      "--schema",
      "./src/*/tables.ts",
      "--out",
      relative(ROOT, scratch),
    ];
    const { code, output } = await run("drizzle-kit", args);
    if (code !== 0) return [`drizzle-kit generate failed: ${output.trim()}`];
    if (readdirSync(scratch).length === before && output.includes("No schema changes")) return [];
    return ["the tables have changed since the last migration"];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** An empty database, migrated and described. */
export async function describeMigrated(folder: string): Promise<string> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "assay-check-"));
  const postgres = await startEmbedded({ dataDirectory, durable: false, log: () => {} });
  try {
    await migrate(postgres.ownerUrl, { folder });
    const client = new pg.Client({ connectionString: postgres.ownerUrl });
    await client.connect();
    try {
      return await describeCatalogue(client);
    } finally {
      await client.end();
    }
  } finally {
    await postgres.stop();
    rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 10 });
  }
}
