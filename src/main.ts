// The process: read the configuration, open the database, listen, drain, close.
import "./platform/productionMode.js";
import { readConfig } from "./platform/config.js";
import { makeLog } from "./platform/log.js";
import { startAssay } from "./startAssay.js";

const config = orFail(() => readConfig(process.env));
const log = makeLog(config.LOG_LEVEL);
const assay = await startAssay(config, log).catch(fail);
process.stdout.write(
  `Assay listens at ${assay.url}/graphql${config.GRAPHIQL === "on" ? ` (GraphiQL at ${assay.url}/graphiql)` : ""}\n`,
);
process.stdout.write(`${assay.databaseNote}\n`);
if (assay.adminToken) process.stdout.write(`Admin token, shown this once: ${assay.adminToken}\n`);

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, "draining");
    assay.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "could not stop cleanly");
        process.exit(1);
      },
    );
  });

/** Says what is missing and ends: a person who starts a server wants a sentence, not a stack. */
function fail(error: unknown): never {
  process.stderr.write(`Assay cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

function orFail<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    return fail(error);
  }
}
