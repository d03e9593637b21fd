// What does every resolver have at hand?
import type { Logger } from "pino";
import type { Config } from "./config.js";
import type { Database } from "./db.js";
import { makeLoad, type Load } from "./loaders.js";
import type { Tasks } from "./tasks.js";
import type { Viewer } from "./viewer.js";

export interface Context {
  db: Database;
  viewer: Viewer | null;
  load: Load;
  /** Where long work runs. */
  tasks: Tasks;
  config: ServerConfig;
  log: Logger;
}

/** What features need of the configuration. */
export type ServerConfig = Pick<Config, "PUBLIC_URL"> & { downloadSecret: Uint8Array };

export function makeContext(parts: Omit<Context, "load">): Context {
  return { ...parts, load: makeLoad(parts.db) };
}
