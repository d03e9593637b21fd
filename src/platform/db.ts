// How does the code speak to Postgres?
import pg from "pg";
import type { Logger } from "pino";

// Counts come as int8; all of ours are far below 2^53, and one that is not must not be rounded.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`integer ${text} is outside the safe range`);
  return value;
});

/** Anything statements can be sent to: the pool, or one transaction. */
export interface Db {
  /** Runs a statement of fixed text as a named prepared one. */
  rows<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs a statement whose text depends on the request; not prepared. */
  rowsOnce<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** A Db inside a transaction. */
export interface Tx extends Db {
  readonly inTransaction: true;
  /**
   * Hands over the rows of a statement of any length, some thousands at a time and as arrays of their columns, so that they
   * are never all in memory.
   */
  scan(text: string, values: readonly unknown[], take: (rows: unknown[][]) => void): Promise<void>;
}

export interface Database extends Db {
  inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Statements sent since the start; tests hold operations to a ceiling with it. */
  readonly statementCount: number;
  end(): Promise<void>;
}

const names = new Map<string, string>();
function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) names.set(text, (name = `assay_${names.size}`));
  return name;
}

/** SQLSTATEs of transactions that may simply be run again. */
const RETRYABLE = new Set(["40001", "40P01", "55P03"]);

/** Opens a pool. Every client has an error listener: without it a killed connection ends the process. */
export function openDatabase(url: string, options: { log: Logger; max?: number; name?: string }): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: 120_000,
    application_name: options.name ?? "assay",
  });
  pool.on("error", (error) => options.log.warn({ err: error }, "idle database connection lost"));
  pool.on("connect", (client) =>
    client.on("error", (error) => options.log.warn({ err: error }, "database connection lost")),
  );
  let statementCount = 0;
  const over = (queryable: pg.Pool | pg.PoolClient): Db => ({
    rows: async <Row>(text: string, values: readonly unknown[] = []) => {
      statementCount++;
      return (await queryable.query({ name: nameOf(text), text, values: [...values] })).rows as Row[];
    },
    rowsOnce: async <Row>(text: string, values: readonly unknown[] = []) => {
      statementCount++;
      return (await queryable.query({ text, values: [...values] })).rows as Row[];
    },
  });
  return {
    ...over(pool),
    get statementCount() {
      return statementCount;
    },
    inTransaction: (work) =>
      retrying(() =>
        transaction(pool, (client) => work({ ...over(client), inTransaction: true, scan: scanner(client) })),
      ),
    end: () => pool.end(),
  };
}

const SCANNED_AT_A_TIME = 2_000;

function scanner(client: pg.PoolClient): Tx["scan"] {
  return async (text, values, take) => {
    await client.query(`declare scan no scroll cursor for ${text}`, [...values]);
    for (;;) {
      const { rows } = await client.query<unknown[]>({
        text: `fetch ${SCANNED_AT_A_TIME} from scan`,
        rowMode: "array",
      });
      if (rows.length === 0) break;
      take(rows);
    }
    await client.query("close scan");
  };
}

const undone = new WeakSet<object>();

/** Whether this was thrown before a commit was asked for, by a transaction that the server has then rolled back. */
export function wasRolledBack(error: unknown): boolean {
  return typeof error === "object" && error !== null && undone.has(error);
}

async function transaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await begun(pool);
  let broken: Error | undefined;
  let committing = false;
  try {
    const result = await work(client);
    committing = true;
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => (broken = failure));
    if (!committing && !broken) undone.add(error as object);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A client in a transaction. One that was lost while it lay idle is thrown away for another: nothing has happened yet. */
async function begun(pool: pg.Pool): Promise<pg.PoolClient> {
  for (let tries = 1; ; tries++) {
    const client = await pool.connect();
    try {
      await client.query("begin");
      return client;
    } catch (error) {
      client.release(error as Error);
      if (tries >= 5) throw error;
    }
  }
}

async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries >= 5 || !RETRYABLE.has((error as { code?: string }).code ?? "")) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** tries));
    }
  }
}
