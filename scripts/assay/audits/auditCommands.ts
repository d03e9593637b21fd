// How are bias audits run, read, signed off and settled from the command line?
import type { Command } from "commander";
import { usage } from "../failure.js";
import { mutate, type Payload } from "../mutate.js";
import { wholeNumber, word } from "../optionValues.js";
import { sessionOf, type Session } from "../session.js";
import { withoutAbsent } from "../withoutAbsent.js";
import type { World } from "../world.js";
import { addAttach } from "./attachCommand.js";
import { SET_FINDING_STATUS, SIGN_OFF_AUDIT, WAIVE_FINDING } from "./auditDocuments.js";
import { addRun } from "./runCommand.js";
import { addExport } from "./exportCommand.js";
import { diffAudits, listAudits, showAudit } from "./auditReads.js";

type Done = (exitCode: number) => void;

const HELP = `
An audit is computed as a job and recorded with its numbers; somebody else signs it off, two where a finding is HIGH.
A finding is open until it is set to mitigated or accepted, or waived for a time.

  assay audit run --at candidate:3 --title "Before 2.1.0"
  assay audit show 1
  assay audit sign 1 --decision accept --statement "Looked at all HIGH findings and their evidence."
  assay audit status 4 mitigated --reason "Shortened the longest answers." --clause house-style@2.0#3
  assay audit waive 5 --reason "Needs new annotators." --until 2027-01-31
  assay audit diff 1 2`;

export function addAudit(program: Command, world: World, done: Done): void {
  const audit = program.command("audit").description("bias audits as records").addHelpText("after", HELP);
  addRun(audit, world, done);
  addReads(audit, world, done);
  addSign(audit, world, done);
  addStatus(audit, world, done);
  addWaive(audit, world, done);
  addAttach(audit, world, done);
  addExport(audit, world, done);
}

const numberOf = wholeNumber(1, 2 ** 31 - 1);

function addReads(audit: Command, world: World, done: Done): void {
  const list = audit.command("list").description("the audits that were recorded");
  list.action(async () => done(await listAudits(sessionOf(world, list))));
  const show = audit.command("show").description("one of them: tests, findings, sign-offs");
  show
    .argument("<number>", "the audit's", numberOf)
    .action(async (number: number) => done(await showAudit(sessionOf(world, show), number)));
  const diff = audit.command("diff").description("what became of each test from one audit to another");
  diff
    .argument("<earlier>", "the earlier audit's number", numberOf)
    .argument("<later>", "the later audit's number", numberOf)
    .action(async (earlier: number, later: number) => done(await diffAudits(sessionOf(world, diff), earlier, later)));
}

const MESSAGE = ["--message <text>", "a message for the activity log"] as const;

function addSign(audit: Command, world: World, done: Done): void {
  const command = audit
    .command("sign")
    .description("say what you think of an audit that somebody else recorded")
    .argument("<number>", "the audit's", numberOf)
    .requiredOption("--decision <decision>", "accept, reject or needs-work", word(["ACCEPT", "REJECT", "NEEDS_WORK"]))
    .requiredOption("--statement <text>", "what you looked at, and why you decide so")
    .option(...MESSAGE);
  command.action(async (number: number, options: { decision: string; statement: string; message?: string }) => {
    const lines = ({ audit: signed }: Payload) => {
      const { signedOff, missing } = (signed as { signoff: { signedOff: boolean; missing: string | null } }).signoff;
      return [`audit ${number}: ${signedOff ? "signed off" : `not signed off: ${missing}`}`];
    };
    done(await change(sessionOf(world, command), "signOffAudit", SIGN_OFF_AUDIT, { audit: number, ...options }, lines));
  });
}

function addStatus(audit: Command, world: World, done: Done): void {
  const command = audit
    .command("status")
    .description("say what became of a finding; waive has a command of its own")
    .argument("<finding>", "the finding's number", numberOf)
    .argument("<status>", "open, mitigated or accepted", word(["OPEN", "MITIGATED", "ACCEPTED"]))
    .requiredOption("--reason <text>", "why, and what was done")
    .option("--clause <name>", "the guideline clause that it asks to change: house-style@2.0#3")
    .option(...MESSAGE);
  command.action(
    async (finding: number, status: string, options: { reason: string; clause?: string; message?: string }) => {
      const lines = () => [`finding ${finding}: ${status.toLowerCase()}`];
      const input = { finding, status, ...options };
      done(await change(sessionOf(world, command), "setFindingStatus", SET_FINDING_STATUS, input, lines));
    },
  );
}

function addWaive(audit: Command, world: World, done: Done): void {
  const command = audit
    .command("waive")
    .description("let a finding not stand in the way of releases for a time")
    .argument("<finding>", "the finding's number", numberOf)
    .requiredOption("--reason <text>", "why it may be released with")
    .option("--mitigation <text>", "what is done about it meanwhile")
    .option("--until <time>", "when it ends, such as 2027-01-31; within a year, 90 days where absent", time)
    .option(...MESSAGE);
  command.action(async (finding: number, options: { reason: string; mitigation?: string; until?: string }) => {
    const lines = ({ finding: waived }: Payload) => {
      const { expiresAt } = (waived as { waiver: { expiresAt: string } }).waiver;
      return [`finding ${finding}: waived until ${expiresAt}`];
    };
    done(await change(sessionOf(world, command), "waiveFinding", WAIVE_FINDING, { finding, ...options }, lines));
  });
}

function time(value: string): string {
  const at = new Date(value);
  if (/^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(at.getTime())) return at.toISOString();
  throw usage(`--until ${value} is not a time; write 2027-01-31 or 2027-01-31T12:00:00Z`);
}

function change(
  session: Session,
  mutation: string,
  document: string,
  fields: Record<string, unknown>,
  lines: (payload: Payload) => string[],
): Promise<number> {
  return mutate(session, mutation, document, withoutAbsent({ dataset: session.dataset(), ...fields }), lines);
}
