// How severe is a finding, and which of them stand in the way of a release?

/** The verdicts that make a finding, the most severe first. PASS makes none. */
export const SEVERITIES = ["HIGH", "MEDIUM", "LOW", "INCONCLUSIVE"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What has to be settled before a release that asks for an audit. LOW and INCONCLUSIVE are told and do not block. */
export const BLOCKING: readonly Severity[] = ["HIGH", "MEDIUM"];
