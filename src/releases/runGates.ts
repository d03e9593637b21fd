// Which gates does a candidate pass? Pure.
import type { Gate, GateFacts, GateResult } from "./gates.js";
import { allAccepted } from "./gates/allAccepted.js";
import { biasAudit } from "./gates/biasAudit.js";
import { categorisedShare } from "./gates/categorisedShare.js";
import { contentPresent } from "./gates/contentPresent.js";
import { exactDuplicates } from "./gates/exactDuplicates.js";
import { licencesStated } from "./gates/licencesStated.js";
import { membersExist } from "./gates/membersExist.js";
import { noneRejected } from "./gates/noneRejected.js";
import { noneWithdrawn } from "./gates/noneWithdrawn.js";
import { ratedShare } from "./gates/ratedShare.js";
import { recordsWhole } from "./gates/recordsWhole.js";
import { splitsApart } from "./gates/splitsApart.js";
import { splitsFilled } from "./gates/splitsFilled.js";
import type { OptionalGate } from "./selection.js";

/** In the order they are shown. A new gate is one file and one line here. */
const GATES: readonly Gate[] = [
  membersExist,
  contentPresent,
  recordsWhole,
  noneWithdrawn,
  noneRejected,
  allAccepted,
  licencesStated,
  splitsApart,
  splitsFilled,
  exactDuplicates,
  ratedShare,
  categorisedShare,
];

/** Those that are looked at only where the selection names them. */
const OPTIONAL: Record<OptionalGate, Gate> = { BIAS_AUDIT: ({ audits }) => biasAudit(audits) };

export function runGates(facts: GateFacts): GateResult[] {
  const asked = (facts.selection.requiredGates ?? []).map((name) => OPTIONAL[name]);
  return [...GATES, ...asked].map((gate) => gate(facts));
}

/** The gates that keep a candidate from being cut. */
export function blocking(gates: readonly GateResult[]): GateResult[] {
  return gates.filter((gate) => gate.level === "BLOCK" && !gate.passed);
}
