// Which snapshot of a dataset does a command ask about?
import type { Command } from "commander";
import { noDataset, serverFailure, usage } from "./failure.js";
import { word } from "./optionValues.js";
import type { Fields } from "./rows.js";
import { withoutAbsent } from "./withoutAbsent.js";

export interface SnapshotOptions {
  at?: string;
  population?: string;
}

export const POPULATIONS = ["CURRENT", "ACCEPTED", "RELEASE", "ALL_VERSIONS"] as const;

export function addSnapshotOptions(command: Command): Command {
  return command
    .option("--at <point>", "an activity's number, a time, a release, or candidate:NUMBER")
    .option("--population <population>", "current, accepted, release, all-versions", word(POPULATIONS));
}

/** As variables of a document; `at` may be a moment that is known better than by the option. */
export function snapshotVariables(slug: string, { at, population }: SnapshotOptions, moment?: Fields | null): Fields {
  return { slug, ...withoutAbsent({ at: moment ?? snapshotAt(at) ?? undefined, population }) };
}

/** A number is an activity, a date a time, candidate:3 a candidate, anything else a release: `880`, `2026-05-01`, `2.1.0`. */
export function snapshotAt(at: string | undefined): Fields | null {
  if (at === undefined) return null;
  if (/^\d+$/.test(at)) return { activity: Number(at) };
  if (/^\d{4}-\d\d-\d\d/.test(at)) {
    const time = new Date(at);
    if (Number.isNaN(time.getTime())) throw usage(`--at ${at} is not a time; write 2026-05-01 or 2026-05-01T12:00:00Z`);
    return { time: time.toISOString() };
  }
  const candidate = /^candidate:(\d+)$/.exec(at);
  return candidate ? { candidate: Number(candidate[1]) } : { release: at };
}

/** The snapshot of an answer; refuses where there is no such dataset, or none of its releases is the one of `--at`. */
export function snapshotOf<T>(dataset: { snapshot: T | null } | null, slug: string, at: string | undefined): T {
  if (dataset === null) throw noDataset(slug);
  if (dataset.snapshot !== null) return dataset.snapshot;
  if (at?.startsWith("candidate:")) throw serverFailure(`NOT_FOUND: ${slug} has no ${at.replace(":", " ")}`);
  throw serverFailure(`NOT_FOUND: ${slug} has no release ${at}; --at takes an activity's number, a time, or a release`);
}

/** How a report says on what it was computed. */
export function computedOn(
  dataset: string,
  activity: { number: number; recordedAt: string },
  population: string,
): string {
  return `${dataset} at activity ${activity.number} (${activity.recordedAt}), population ${population.toLowerCase()}`;
}
