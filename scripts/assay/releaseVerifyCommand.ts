// How does somebody check that a file is what was released?
import type { Command } from "commander";
import { RELEASE } from "./documents.js";
import { EXIT, serverFailure, usage } from "./failure.js";
import { lineOf } from "./refusals.js";
import { firstDifference } from "./releaseDifference.js";
import { proofOfFile, type FileProof } from "./releaseFile.js";
import { releaseDigest } from "./releaseProof.js";
import { sessionOf, type Session } from "./session.js";
import { count, several } from "./table.js";
import { withoutAbsent } from "./withoutAbsent.js";
import type { World } from "./world.js";

type Done = (exitCode: number) => void;

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
  const names = { slug: root === undefined ? session.dataset() : "", version: release ?? "" };
  const difference = verified || root !== undefined ? null : await firstDifference(session.client(), names, file);
  for (const problem of proof.problems) if (!session.output.json) session.output.say(lineOf(problem));
  const answer = withoutAbsent({ verified, file, release, ...proof, checks, firstDifference: difference ?? undefined });
  session.output.answer(answer, () => [...proofLines(file, proof, checks), ...verdictLines(verified, difference)]);
  return verified ? EXIT.ok : EXIT.refused;
}

function proofLines(file: string, proof: FileProof, checks: Record<string, Check>): string[] {
  const erased = proof.erased === 0 ? "" : `, ${count(proof.erased)} of them erased since`;
  return [
    `${file}: ${several(proof.records, "record")}${erased}, root ${proof.root}`,
    ...Object.entries(checks).map(([name, { passed, says }]) => `${passed ? "ok     " : "WRONG  "}${name}: ${says}`),
  ];
}

function verdictLines(verified: boolean, difference: string | null): string[] {
  if (verified) return ["verified"];
  return [...(difference === null ? [] : [`first difference: ${difference}`]), "NOT verified"];
}

interface Check {
  passed: boolean;
  says: string;
}

function checksOf(expected: Expected, proof: FileProof): Record<string, Check> {
  const checks: Record<string, Check> = {
    records: {
      passed: proof.problems.length === 0,
      says: proof.problems.length === 0 ? "every line is a record, in order" : `${proof.problems.length} problems`,
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
    throw serverFailure(`NOT_FOUND: there is no release ${version} of ${slug} that this token may read`);
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
