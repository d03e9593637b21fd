import { createServer, type AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { readConfig } from "../../src/platform/config.js";
import { makeLog } from "../../src/platform/log.js";
import { startAssay } from "../../src/startAssay.js";
import { freshDatabase } from "../support/database.js";

const start = (environment: Record<string, string>) =>
  startAssay(readConfig({ PORT: "0", LOG_LEVEL: "silent", ...environment }), makeLog("silent"));

it("a first start that finds its port taken leaves the admin's token to the next", async () => {
  const { ownerUrl, appUrl } = await freshDatabase();
  const database = { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl };
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const { port } = other.address() as AddressInfo;
  await expect(start({ ...database, PORT: `${port}` })).rejects.toThrow("EADDRINUSE");
  other.close();
  const first = await start(database);
  expect(first.adminToken).toMatch(/^assay_/);
  await first.stop();
  const second = await start(database);
  expect(second.adminToken).toBeNull();
  await second.stop();
});

it("a database that cannot be opened is named, and its password is not", async () => {
  const refused = await start({ DATABASE_URL: "postgres://u:secret@127.0.0.1:1/d" }).catch(
    (error: Error) => error.message,
  );
  expect(refused).toMatch(/^cannot open the Postgres database d at 127\.0\.0\.1:1: .*ECONNREFUSED/);
  const named = await start({ DATABASE_URL: "postgres://u:secret@localhost:1/d" }).catch(
    (error: Error) => error.message,
  );
  expect(named).toMatch(/^cannot open the Postgres database d at localhost:1: .*ECONNREFUSED/);
  for (const url of ["d", "http://u:secret@h/d"])
    expect(() => readConfig({ DATABASE_URL: url })).toThrow(/^.*\n {2}DATABASE_URL: write it as postgres:/);
});
