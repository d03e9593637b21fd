// How does a test get a database of its own?
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { inject } from "vitest";
import type {} from "./global.js";

const templateIsInUse = "55006";

/**
 * Clones the migrated template. `ownerUrl` logs in as the superuser who owns everything, `appUrl` as assay_app. Nothing
 * drops the database: the whole cluster goes when the run ends, and a drop by force kills connections that still close.
 */
export async function freshDatabase(): Promise<{ ownerUrl: string; appUrl: string }> {
  const { superuserUrl, template, databasePrefix, appPassword } = inject("testCluster");
  const name = `${databasePrefix}${randomBytes(6).toString("hex")}`;
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await clone(client, name, template);
    await client.query(`grant connect on database ${name} to assay_app`);
  } finally {
    await client.end();
  }
  const ownerUrl = new URL(superuserUrl);
  ownerUrl.pathname = `/${name}`;
  const appUrl = new URL(ownerUrl);
  appUrl.username = "assay_app";
  appUrl.password = appPassword;
  return { ownerUrl: ownerUrl.href, appUrl: appUrl.href };
}

async function clone(client: pg.Client, name: string, template: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(`create database ${name} template ${template}`);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== templateIsInUse || attempt === 20) throw error;
      await sleep(50);
    }
  }
}
