// How does a release get into a file?
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { causeOf } from "./client.js";
import { CREATE_DOWNLOAD } from "./documents.js";
import { EXIT, serverFailure } from "./failure.js";
import { word } from "./optionValues.js";
import { commandKey } from "./requestKeys.js";
import { sessionOf, type Session } from "./session.js";
import { several } from "./table.js";
import type { World } from "./world.js";

type Done = (exitCode: number) => void;

interface ExportOptions {
  format: "RECORDS" | "MESSAGES";
  output?: string;
}

export function addExport(release: Command, world: World, done: Done): void {
  const command = release
    .command("export")
    .description("download a release as JSON lines, and print the file's SHA-256")
    .argument("<version>")
    .option(
      "--format <format>",
      "records (with salts and leaves, can be verified) or messages",
      word(["RECORDS", "MESSAGES"] as const),
      "RECORDS",
    )
    .option("-o, --output <file>", "the file; <dataset>-<version>.<format>.jsonl where absent, - for stdout")
    .action(async (version: string, options: ExportOptions) =>
      done(await exportRelease(sessionOf(world, command), version, options)),
    );
}

interface Download {
  createDownload: { download: { url: string; memberCount: number } | null; userErrors: { message: string }[] };
}

async function exportRelease(session: Session, version: string, { format, output }: ExportOptions): Promise<number> {
  const client = session.client();
  const dataset = session.dataset();
  const input = { dataset, release: version, format, requestKey: commandKey("download") };
  const { createDownload } = await client.request<Download>(CREATE_DOWNLOAD, { input });
  if (createDownload.download === null) {
    throw serverFailure(createDownload.userErrors.map(({ message }) => message).join("\n"));
  }
  const { url, memberCount } = createDownload.download;
  const path = output ?? `${dataset}-${version}.${format.toLowerCase()}.jsonl`;
  const body = await bodyOf(session.world, new URL(url, client.connection.url));
  const sha256 = path === "-" ? await toStdout(session.world, body) : await toFile(body, path);
  const answer = { file: path, format, memberCount, sha256 };
  if (path === "-") session.output.say(`sha256 ${sha256}`);
  else session.output.answer(answer, () => [`${path}: ${several(memberCount, "record")}`, `sha256  ${sha256}`]);
  return EXIT.ok;
}

/** The address carries its own permission, so the token is not sent to it. */
async function bodyOf(world: World, url: URL): Promise<Readable> {
  const response = await world.fetch(url).catch((error: unknown) => {
    throw serverFailure(`cannot download ${url.origin}${url.pathname} (${causeOf(error)})`);
  });
  if (!response.ok || response.body === null) {
    throw serverFailure(`the download answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
  }
  return Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
}

/** Written beside and then renamed: a file of the final name is whole. */
async function toFile(body: Readable, path: string): Promise<string> {
  const hash = createHash("sha256");
  body.on("data", (chunk: Buffer) => void hash.update(chunk));
  try {
    await pipeline(body, createWriteStream(`${path}.partial`));
    await rename(`${path}.partial`, path);
  } catch (error) {
    await rm(`${path}.partial`, { force: true });
    throw serverFailure(`the download broke off, ${path} was not written (${causeOf(error)})`);
  }
  return hash.digest("hex");
}

async function toStdout(world: World, body: Readable): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of body as AsyncIterable<Buffer>) {
    hash.update(chunk);
    if (!world.stdout.write(chunk)) await new Promise((resume) => world.stdout.once("drain", resume));
  }
  return hash.digest("hex");
}
