import { describe, expect, it } from "vitest";
import { membershipOf, type MembershipFacts } from "../../src/releases/membership.js";

const facts: MembershipFacts = {
  externalId: "ext-17",
  release: "2.1.0",
  at: 880,
  createdBy: 12,
  version: 3,
  member: null,
  decision: { number: 5, verdict: "ACCEPT", activity: 90, agent: "rita" },
  inPopulation: true,
  inFilter: true,
  filter: null,
};

describe("why an example is in a release, or not", () => {
  it.each([
    [
      { member: { version: 3, split: "train", position: 4 } },
      "MEMBER",
      "version 3 of ext-17 is in 2.1.0, in split train; decision 5 was ACCEPT, by rita in activity 90",
    ],
    [
      { version: null, createdBy: 900 },
      "CREATED_LATER",
      "ext-17 is not in 2.1.0: it was created by activity 900, and the release was prepared from activity 880",
    ],
    [
      { decision: { ...facts.decision!, verdict: "WITHDRAW" as const }, inPopulation: false },
      "WITHDRAWN_THEN",
      "ext-17 is not in 2.1.0: at activity 880, decision 5 was WITHDRAW, by rita in activity 90",
    ],
    [
      { decision: null, inPopulation: false },
      "NOT_ACCEPTED_THEN",
      "ext-17 is not in 2.1.0: at activity 880, version 3 was undecided",
    ],
    [
      { inFilter: false, filter: { sources: ["web"] } },
      "FILTERED_OUT",
      'ext-17 is not in 2.1.0: the filter {"sources":["web"]} left out version 3',
    ],
    [{}, "ERASED_THEN", "ext-17 is not in 2.1.0: version 3 had no text, or turns that do not make a record"],
  ])("%j is %s", (more, because, message) => {
    expect(membershipOf({ ...facts, ...more })).toEqual({ member: because === "MEMBER", because, message });
  });
});
