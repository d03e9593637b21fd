// How does a release come about, and which are there?
import type { Command } from "commander";
import { CUT_RELEASE, PREPARE_RELEASE, RELEASES, SET_RELEASE_STATUS } from "./documents.js";
import { EXIT, noDataset, usage } from "./failure.js";
import { withoutAbsent } from "./withoutAbsent.js";
import { mutate, type Payload } from "./mutate.js";
import { collect, list, word } from "./optionValues.js";
import { allNodes, collected, type ConnectionPage } from "./pages.js";
import { readJson } from "./publishCommands.js";
import { addDiff } from "./releaseDiffCommand.js";
import { addExport } from "./releaseExportCommand.js";
import { addVerify } from "./releaseVerifyCommand.js";
import type { Fields } from "./rows.js";
import { sessionOf } from "./session.js";
import { POPULATIONS } from "./snapshotOption.js";
import { count, tableOf } from "./table.js";
import type { World } from "./world.js";

type Done = (exitCode: number) => void;

export function addRelease(program: Command, world: World, done: Done): void {
  const release = program.command("release").description("candidates, releases, exports and their proof");
  addCandidate(release, world, done);
  addCut(release, world, done);
  addList(release, world, done);
  addExport(release, world, done);
  addVerify(release, world, done);
  addDiff(release, world, done);
  addStatus(release, world, done);
}

interface CandidateOptions {
  population?: string;
  filter?: string;
  category?: string;
  quality?: string;
  qualityRule?: string;
  require?: string[];
  splitSeed?: string;
  split?: string[];
  message?: string;
}

function addCandidate(release: Command, world: World, done: Done): void {
  const command = release
    .command("candidate")
    .description("fix what a release would hold, and see what stands in its way")
    .option("--population <population>", "current, accepted (the default) …", word(POPULATIONS))
    .option("--filter <file>", "a JSON file with an ExampleFilter")
    .option("--category <dimension>", "the label dimension that becomes each record's category")
    .option("--quality <criterion>", "the criterion that becomes each record's quality_rating")
    .option(
      "--quality-rule <rule>",
      "mean, median or majority of its ratings",
      word(["MEAN", "MEDIAN", "MAJORITY"] as const),
    )
    .option("--require <gates>", "gates that block besides the usual ones: bias-audit", gatesOf)
    .option("--split-seed <text>", "the seed of the split into train, validation and test")
    .option("--split <name=share>", "e.g. train=0.9, validation=0.05, test=0.05; repeatable", collect)
    .option("--message <text>", "a message for the activity log")
    .action(async (options: CandidateOptions) => {
      const session = sessionOf(world, command);
      const input = { dataset: session.dataset(), ...(await candidateInput(options)) };
      done(await mutate(session, "prepareRelease", PREPARE_RELEASE, input, candidateLines));
    });
}

const gatesOf = (value: string) => list(value).map(word(["BIAS_AUDIT"] as const));

async function candidateInput(options: CandidateOptions): Promise<Fields> {
  const {
    population,
    filter,
    category,
    quality,
    qualityRule,
    require: requiredGates,
    splitSeed,
    split,
    message,
  } = options;
  return withoutAbsent({
    population,
    filter: filter === undefined ? undefined : await readJson(filter),
    categoryDimension: category,
    qualityCriterion: quality,
    qualityRule,
    requiredGates,
    splitSeed,
    splits: split === undefined ? undefined : splitsOf(split),
    message,
  });
}

function splitsOf(pairs: string[]): Fields {
  return Object.fromEntries(
    pairs.map((pair) => {
      const match = /^([a-z]+)=(0|1|0?\.\d+|1\.0+)$/.exec(pair);
      if (match === null) throw usage(`--split ${pair}: write it as train=0.9`);
      return [match[1]!, Number(match[2])];
    }),
  );
}

interface Gate {
  name: string;
  level: string;
  passed: boolean;
  observed: unknown;
  required: unknown;
}

function gateLines(gates: Gate[]): string[] {
  if (gates.length === 0) return [];
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  const rows = gates.map(({ name, level, passed, observed, required }) => [
    passed ? "passed" : "FAILED",
    name,
    level.toLowerCase(),
    text(observed),
    text(required),
  ]);
  return ["", ...tableOf(["gate", "", "level", "observed", "required"], rows)];
}

function candidateLines(payload: Payload): string[] {
  const candidate = payload["candidate"] as (Fields & { gates: Gate[]; memberCount: number }) | null;
  if (candidate === null) return [];
  const { number, id, memberCount, root, scopeDigest, ready, gates } = candidate;
  return [
    `candidate ${String(number)}: ${count(memberCount)} members, ${ready === true ? "ready to cut" : "not ready"}`,
    `id            ${String(id)}`,
    `root          ${String(root)}`,
    `scope digest  ${String(scopeDigest)}`,
    ...gateLines(gates),
  ];
}

function addCut(release: Command, world: World, done: Done): void {
  const command = release
    .command("cut")
    .description("publish a candidate as a release")
    .argument("<version>", "a semantic version, e.g. 2.1.0")
    .requiredOption("--candidate <id>", "the candidate's id")
    .option("--notes <text>", "release notes")
    .option("--message <text>", "a message for the activity log")
    .action(async (version: string, options: { candidate: string; notes?: string; message?: string }) => {
      const session = sessionOf(world, command);
      const { candidate, notes, message } = options;
      const input = withoutAbsent({ dataset: session.dataset(), candidateId: candidate, version, notes, message });
      done(await mutate(session, "cutRelease", CUT_RELEASE, input, releaseLines));
    });
}

interface Cut {
  version: string;
  digest: string;
  root: string;
  memberCount: number;
  splits: { name: string; count: number }[];
  gates: Gate[];
}

function releaseLines(payload: Payload): string[] {
  const release = payload["release"] as Cut | null;
  if (release === null) return [];
  const splits = release.splits.map(({ name, count: members }) => `${name} ${count(members)}`).join(", ");
  return [
    `release ${release.version}: ${count(release.memberCount)} members (${splits})`,
    `digest  ${release.digest}`,
    `root    ${release.root}`,
    ...gateLines(release.gates.filter(({ passed }) => !passed)), // the candidate listed them all
  ];
}

interface Listed {
  version: string;
  status: string;
  memberCount: number;
  digest: string;
  activity: { number: number; recordedAt: string };
}

function addList(release: Command, world: World, done: Done): void {
  const command = release
    .command("list")
    .description("the releases of a dataset")
    .action(async () => {
      const session = sessionOf(world, command);
      const slug = session.dataset();
      const nodes = allNodes(session.client(), RELEASES, { slug }, (data: { dataset: Fields | null }) => {
        if (data.dataset === null) throw noDataset(slug);
        return data.dataset["releases"] as ConnectionPage<Listed>;
      });
      const releases = await collected(nodes);
      const rows = releases.map(({ version, status, memberCount, activity, digest }) => [
        version,
        status.toLowerCase(),
        memberCount,
        activity.number,
        activity.recordedAt,
        digest,
      ]);
      session.output.answer(releases, () =>
        tableOf(["version", "status", "members", "activity", "recorded", "digest"], rows),
      );
      done(EXIT.ok);
    });
}

function addStatus(release: Command, world: World, done: Done): void {
  const command = release
    .command("status")
    .description("deprecate or revoke a release; it stays readable and verifiable")
    .argument("<version>")
    .argument("<status>", "deprecated or revoked", word(["DEPRECATED", "REVOKED"] as const))
    .requiredOption("--reason <text>", "why")
    .action(async (version: string, status: string, { reason }: { reason: string }) => {
      const session = sessionOf(world, command);
      const input = { dataset: session.dataset(), version, status, reason };
      const lines = () => [`release ${version}: ${status.toLowerCase()}`];
      done(await mutate(session, "setReleaseStatus", SET_RELEASE_STATUS, input, lines));
    });
}
