// How does a test get a running server of its own?
import { readConfig } from "../../src/platform/config.js";
import { makeLog } from "../../src/platform/log.js";
import { startAssay, type RunningAssay } from "../../src/startAssay.js";
import { freshDatabase } from "./database.js";

export interface GraphqlAnswer<Data> {
  status: number;
  data: Data;
  errors?: Array<{ message: string; path?: unknown[]; extensions: { code: string } & Record<string, unknown> }>;
}

export interface World extends RunningAssay {
  adminToken: string;
  /** Sends a document as the admin, or with another token (null: none). Answers as the server does. */
  send<Data = any>(
    query: string,
    variables?: Record<string, unknown>,
    token?: string | null,
  ): Promise<GraphqlAnswer<Data>>;
  /** The same, and fails on errors. */
  ask<Data = any>(query: string, variables?: Record<string, unknown>, token?: string | null): Promise<Data>;
}

/** A server over real HTTP on a database cloned from the template, with an admin. */
export async function startWorld(environment: Record<string, string> = {}): Promise<World> {
  const { ownerUrl, appUrl } = await freshDatabase();
  const config = readConfig({
    DATABASE_URL: appUrl,
    DATABASE_OWNER_URL: ownerUrl,
    PORT: "0",
    LOG_LEVEL: "silent",
    ASSAY_WORKERS: "0",
    ...environment,
  });
  const assay = await startAssay(config, makeLog(environment.LOG_LEVEL ?? "error"));
  const adminToken = assay.adminToken!;
  const send: World["send"] = async (query, variables = {}, token = adminToken) => {
    const response = await fetch(`${assay.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as object) } as never;
  };
  const ask: World["ask"] = async (query, variables, token) => {
    const answer = await send(query, variables, token);
    if (answer.errors) throw new Error(`${answer.status} ${JSON.stringify(answer.errors)}`);
    return answer.data as never;
  };
  return { ...assay, adminToken, send, ask };
}
