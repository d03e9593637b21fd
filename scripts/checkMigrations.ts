// Do the migrations give what the tables and schema.sql say? With --write, schema.sql is written anew.
import { checkMigrations, SCHEMA_FILE, writeSchemaFile } from "./check/migrations.js";

if (process.argv.includes("--write")) {
  await writeSchemaFile();
  process.stdout.write(`${SCHEMA_FILE} written\n`);
} else {
  const { problems, seen } = await checkMigrations();
  process.stdout.write(`${problems.join("\n") || "the migrations are as they should be"}\n${seen}\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
