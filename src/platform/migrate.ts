// How does a database come to the schema this server expects?
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { packageRoot } from "./packageRoot.js";

const FOLDER = fileURLToPath(new URL("migrations", packageRoot()));
/** Any number, the same for every server that migrates this database. */
const LOCK = 7_426_001;

interface Journal {
  entries: Array<{ tag: string; when: number }>;
}

/** Applies what is missing, as the owner, under a lock. Refuses a database that is newer than this code. */
export async function migrate(
  ownerUrl: string,
  options: { appUrl?: string; log?: (line: string) => void; folder?: string } = {},
): Promise<void> {
  const folder = options.folder ?? FOLDER;
  const client = new pg.Client({ connectionString: ownerUrl, application_name: "assay migrate" });
  await client.connect().catch((error: unknown) => {
    throw unreachable(client, error);
  });
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    await refuseOldPostgres(client);
    const before = await appliedCount(client);
    await refuseNewer(client, folder);
    await client.query("set client_min_messages = warning");
    await applyMigrations(drizzle(client), { migrationsFolder: folder });
    await grantToServer(client, ownerUrl, options.appUrl);
    const after = await appliedCount(client);
    if (after > before) options.log?.(`migrations applied: ${after - before}`);
  } finally {
    await client.end();
  }
}

/** A name with several addresses fails with one error for each, and no words of its own. */
function unreachable({ host, port, database }: pg.Client, error: unknown): Error {
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const reason = first instanceof Error ? first.message : String(first);
  return new Error(`cannot open the Postgres database ${database} at ${host}:${port}: ${reason}`, { cause: error });
}

/** Where the server runs as a role of its own: what it needs, and no more. */
async function grantToServer(client: pg.Client, ownerUrl: string, appUrl = ownerUrl): Promise<void> {
  const role = decodeURIComponent(new URL(appUrl).username);
  if (role !== "" && role !== decodeURIComponent(new URL(ownerUrl).username))
    await client.query("select assay_grant($1)", [role]);
}

async function refuseOldPostgres(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string }>("select current_setting('server_version_num') as version");
  if (Number(rows[0]!.version) < 150000)
    throw new Error(`Postgres ${rows[0]!.version} is too old; Assay needs Postgres 15 or newer.`);
}

async function appliedCount(client: pg.Client): Promise<number> {
  const { rows } = await client.query("select to_regclass('drizzle.__drizzle_migrations') as present");
  if (rows[0]!.present === null) return 0;
  const counted = await client.query<{ n: string }>("select count(*)::int as n from drizzle.__drizzle_migrations");
  return Number(counted.rows[0]!.n);
}

async function refuseNewer(client: pg.Client, folder: string): Promise<void> {
  if ((await appliedCount(client)) === 0) return;
  const journal = JSON.parse(readFileSync(`${folder}/meta/_journal.json`, "utf8")) as Journal;
  const newestKnown = Math.max(...journal.entries.map((entry) => entry.when));
  const { rows } = await client.query<{ newest: string }>(
    "select max(created_at) as newest from drizzle.__drizzle_migrations",
  );
  if (Number(rows[0]!.newest) > newestKnown)
    throw new Error(
      "The database has migrations that this version of Assay does not know. Start the newer version, or restore a backup.",
    );
}
