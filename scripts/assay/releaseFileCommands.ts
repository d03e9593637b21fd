// How does a release get into a file, and how does somebody check that file?
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { causeOf } from "./client.js";
import { CREATE_DOWNLOAD, RELEASE } from "./documents.js";
import { EXIT, Failure, serverFailure, usage } from "./failure.js";
import { withoutAbsent } from "./withoutAbsent.js";
import { word } from "./optionValues.js";
import { lineOf } from "./refusals.js";
import { proofOfFile, type FileProof } from "./releaseFile.js";
import { releaseDigest } from "./releaseProof.js";
import { commandKey } from "./requestKeys.js";
import { sessionOf, type Session } from "./session.js";
import { count } from "./table.js";
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
  else session.output.answer(answer, () => [`${path}: ${count(memberCount)} records`, `sha256  ${sha256}`]);
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

interface VerifyOptions {
  release?: string;
  root?: string;
}

export function addVerify(release: Command, world: World, done: Done): void {
  const command = release
    .command("verify")
    .description("recompute leaves and root of an exported file, and compare them with the release")
    .argument("<file>", "an export in format records, plain or gzip")
    .option("--release <version>", "the release, asked of the server")
    .option("--root <hex>", "the root to compare with, instead of the server's; needs no server")
    .action(async (file: string, options: VerifyOptions) => {
      done(await verify(sessionOf(world, command), file, options));
    });
}

interface Expected {
  root: string;
  digest?: string;
  records?: number;
  status?: string;
  /** The digest over the file's root, dataset and selection. */
  digestOf?: (root: string) => string;
}

async function verify(session: Session, file: string, { release, root }: VerifyOptions): Promise<number> {
  if (root !== undefined && !/^[0-9a-f]{64}$/i.test(root)) throw usage("--root takes 64 hexadecimal digits");
  if (root === undefined && release === undefined) throw usage("give --release VERSION, or --root HEX");
  const expected = root === undefined ? await published(session, release!) : { root: root.toLowerCase() };
  const proof = await proofOfFile(file);
  const checks = checksOf(expected, proof);
  const verified = Object.values(checks).every(({ passed }) => passed);
  for (const problem of proof.problems) if (!session.output.json) session.output.say(lineOf(problem));
  const answer = withoutAbsent({ verified, file, release, ...proof, checks });
  session.output.answer(answer, () => [
    `${file}: ${count(proof.records)} records, root ${proof.root}`,
    ...Object.entries(checks).map(([name, { passed, says }]) => `${passed ? "ok     " : "WRONG  "}${name}: ${says}`),
    verified ? "verified" : "NOT verified",
  ]);
  return verified ? EXIT.ok : EXIT.refused;
}

interface Check {
  passed: boolean;
  says: string;
}

function checksOf(expected: Expected, proof: FileProof): Record<string, Check> {
  const checks: Record<string, Check> = {
    records: {
      passed: proof.problems.length === 0,
      says: proof.problems.length === 0 ? "every record has the leaf it states" : `${proof.problems.length} problems`,
    },
    root: {
      passed: proof.root === expected.root,
      says: proof.root === expected.root ? "is the release's" : `the release has ${expected.root}`,
    },
  };
  if (expected.records !== undefined) {
    checks["count"] = {
      passed: proof.records === expected.records,
      says: `the release has ${count(expected.records)} members`,
    };
  }
  if (expected.digestOf !== undefined && expected.digest !== undefined) {
    const passed = expected.digestOf(proof.root) === expected.digest;
    checks["digest"] = { passed, says: passed ? expected.digest : `the release has ${expected.digest}` };
  }
  return checks;
}

interface Published {
  dataset: {
    uid: string;
    release: { digest: string; root: string; memberCount: number; status: string; selection: unknown } | null;
  } | null;
}

async function published(session: Session, version: string): Promise<Expected> {
  const slug = session.dataset();
  const { dataset } = await session.client().request<Published>(RELEASE, { slug, version });
  if (dataset === null || dataset.release === null) {
    throw new Failure(EXIT.server, `NOT_FOUND: there is no release ${version} of ${slug} that this token may read`);
  }
  const { uid, release } = dataset;
  return {
    root: release.root,
    digest: release.digest,
    records: release.memberCount,
    status: release.status,
    digestOf: (root) => releaseDigest(Buffer.from(root, "hex"), uid, release.selection).toString("hex"),
  };
}
