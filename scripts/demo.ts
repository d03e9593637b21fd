// npm run demo: what does Assay do, from an empty database to a release that can be explained?
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readConfig } from "../src/platform/config.js";
import { makeLog } from "../src/platform/log.js";
import { packageRoot } from "../src/platform/packageRoot.js";
import { startAssay } from "../src/startAssay.js";
import { assay } from "./assay.js";
import { CHAPTERS, EXPORTED } from "./demo/chapters.js";

const { values } = parseArgs({
  options: { serve: { type: "boolean", default: false }, port: { type: "string", default: "4000" } },
});

const dataDirectory = mkdtempSync(join(tmpdir(), "assay-demo-"));
const config = readConfig({ ASSAY_DATA_DIR: dataDirectory, PORT: values.serve ? values.port : "0", LOG_LEVEL: "warn" });
say("Starting Postgres and the server, on a directory that goes when this ends …");
const server = await startAssay(config, makeLog(config.LOG_LEVEL)).catch((error: unknown) => {
  cleanUp();
  console.error(`The demo cannot start: ${error instanceof Error ? error.message : String(error)}`);
  if (values.serve) console.error("Another port: npm run demo -- --serve --port 4001");
  process.exit(1);
});
const failed = await mainJob(server.url, server.adminToken!).catch((error: unknown) => {
  console.error(error);
  return true;
});
if (values.serve && !failed) {
  say(`\nThe server stays up until Ctrl-C. Try it:\n`);
  say(`  ${server.url}/graphiql   in a browser; under Headers: {"authorization": "Bearer ${server.adminToken}"}`);
  say(`  alias assay="node ${fileURLToPath(new URL("dist/scripts/assay.js", packageRoot()))}"`);
  say(`  export ASSAY_URL=${server.url}/graphql ASSAY_DATASET=sample`);
  say(`  export ASSAY_TOKEN=${server.adminToken}`);
  say(`  assay agreement --criterion helpfulness --group-by source-kind`);
  await new Promise<void>((done) => ["SIGINT", "SIGTERM"].forEach((signal) => process.once(signal, () => done())));
}
if (!values.serve && !failed) say(`\nThe same, and the server stays up: npm run demo -- --serve`);
await server.stop();
cleanUp();
process.exitCode = failed ? 1 : 0;

function cleanUp(): void {
  for (const path of [dataDirectory, EXPORTED]) rmSync(path, { recursive: true, force: true });
}

/** Runs every command as a user would type it; true when one ended otherwise than it should. */
async function mainJob(url: string, token: string): Promise<boolean> {
  const env = { ASSAY_URL: `${url}/graphql`, ASSAY_TOKEN: token, ASSAY_DATASET: "sample" };
  const { stdin, stdout, stderr } = process;
  const world = { env, stdin, stdout, stderr, fetch, sleep: (ms: number) => sleep(ms), now: () => performance.now() };
  const known: Record<string, string> = {};
  for (const { title, commands } of CHAPTERS) {
    say(`\n── ${title} ${"─".repeat(Math.max(0, 96 - title.length))}`);
    for (const command of commands) {
      const words = command.words.map((word) => word.replace(/^\$(\w+)$/, (_, name: string) => known[name]!));
      say(`\n$ assay ${words.map(quoted).join(" ")}`);
      const exitCode = await assay(words, world);
      if (exitCode !== (command.exitCode ?? 0)) {
        say(`ended with ${exitCode}, where ${command.exitCode ?? 0} was expected`);
        return true;
      }
      if (command.then) Object.assign(known, await command.then({ url: env.ASSAY_URL, token }));
    }
  }
  return false;
}

function quoted(word: string): string {
  return /^[\w./:@=#-]+$/.test(word) ? word : `'${word}'`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
