// Why is an example in a release, or not? Pure.
import type { Verdict } from "../decisions/tables.js";

export const MEMBERSHIP_REASONS = {
  MEMBER: "It is a member.",
  CREATED_LATER: "It did not exist yet when the release's state was fixed.",
  WITHDRAWN_THEN: "It was withdrawn.",
  NOT_ACCEPTED_THEN: "The release took accepted examples, and it was not.",
  FILTERED_OUT: "The release's filter leaves it out.",
  ERASED_THEN: "Its text was erased, or its turns did not make a record.",
} as const;
export type MembershipReason = keyof typeof MEMBERSHIP_REASONS;

/** What held of an example at the activity that a release was prepared from. */
export interface MembershipFacts {
  externalId: string;
  /** The release's version and the activity it was prepared from. */
  release: string;
  at: number;
  /** When the example was created. */
  createdBy: number;
  /** The version that was the latest then; null where there was none yet. */
  version: number | null;
  member: { version: number; split: string; position: number } | null;
  decision: { number: number; verdict: Verdict; activity: number; agent: string } | null;
  inPopulation: boolean;
  inFilter: boolean;
  filter: object | null;
}

export interface Membership {
  member: boolean;
  because: MembershipReason;
  message: string;
}

export function membershipOf(facts: MembershipFacts): Membership {
  const { externalId: id, release, at, version, member, decision } = facts;
  const not = (because: MembershipReason, why: string): Membership => ({
    member: false,
    because,
    message: `${id} is not in ${release}: ${why}`,
  });
  if (member) {
    const said = decision ? `; ${spoken(decision)}` : "";
    return {
      member: true,
      because: "MEMBER",
      message: `version ${member.version} of ${id} is in ${release}, in split ${member.split}${said}`,
    };
  }
  if (version === null)
    return not(
      "CREATED_LATER",
      `it was created by activity ${facts.createdBy}, and the release was prepared from activity ${at}`,
    );
  if (decision?.verdict === "WITHDRAW") return not("WITHDRAWN_THEN", `at activity ${at}, ${spoken(decision)}`);
  if (!facts.inPopulation)
    return not(
      "NOT_ACCEPTED_THEN",
      `at activity ${at}, ${decision ? spoken(decision) : `version ${version} was undecided`}`,
    );
  if (!facts.inFilter)
    return not("FILTERED_OUT", `the filter ${JSON.stringify(facts.filter)} left out version ${version}`);
  return not("ERASED_THEN", `version ${version} had no text, or turns that do not make a record`);
}

function spoken({ number, verdict, activity, agent }: NonNullable<MembershipFacts["decision"]>): string {
  return `decision ${number} was ${verdict}, by ${agent} in activity ${activity}`;
}
