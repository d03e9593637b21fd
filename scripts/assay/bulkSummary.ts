// What happened to a file, in a few lines?
import type { BulkResult } from "./bulkRun.js";
import type { Fields } from "./rows.js";
import { count, several, visible } from "./table.js";

const DONE: Record<string, string> = {
  import: "example",
  rate: "rating",
  decide: "decision",
  label: "labelling",
  "gold-set": "gold value",
  "gold-retract": "retraction",
  "attributes-set": "annotator",
  "check-submit": "check result",
};

export function resultLines(verb: string, result: BulkResult & { first?: Fields | null }): string[] {
  const noun = DONE[verb] ?? "item";
  const lines = result.first === undefined ? sentLines(noun, result) : rehearsalLines(noun, result, result.first);
  return [...lines, ...leftLines(result)];
}

function sentLines(noun: string, result: BulkResult): string[] {
  const { rows, accepted, unchanged, refused, seconds, stopped, replayedCalls, skippedCalls } = result;
  const rate = count(Math.round((accepted + unchanged) / seconds));
  const lines = [
    `${several(rows, "row")} read: ${several(accepted, noun)} in, ${count(unchanged)} unchanged, ${count(refused)} refused` +
      `${activitiesOf(result)}, ${seconds.toFixed(1)} s (${rate}/s)`,
  ];
  if (skippedCalls > 0) lines.push(`${several(skippedCalls, "call")} skipped: an earlier run had them acknowledged`);
  if (replayedCalls > 0) {
    lines.push(
      `${several(replayedCalls, "call")} answered from an earlier run, nothing was added twice` +
        (refused > 0 ? "; to try refused rows again: --errors FILE, then --only FILE" : ""),
    );
  }
  if (stopped !== null) lines.push(stoppedLine(noun, stopped));
  return lines;
}

function stoppedLine(noun: string, { lastLineIn }: { lastLineIn: number | null }): string {
  if (lastLineIn === null) return `nothing is in: --atomic takes no ${noun} from a file with a refused row`;
  return (
    `stopped: the file needs several calls, and those up to line ${lastLineIn} were in before the server refused a row; ` +
    "repair the server's side and give the same command to go on"
  );
}

function activitiesOf({ activities }: BulkResult): string {
  if (activities.length === 0) return "";
  const sorted = [...activities].sort((a, b) => a - b);
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  return first === last ? `; activity ${first}` : `; activities ${first} to ${last}`;
}

function rehearsalLines(noun: string, { rows, items, refused, calls }: BulkResult, first: Fields | null): string[] {
  return [
    `dry run: ${several(rows, "row")} read, ${several(items, noun)} would be sent in ${several(calls, "call")}, ` +
      `${several(refused, "row")} cannot be taken; nothing was sent`,
    ...(first === null ? [] : ["the first:", ...JSON.stringify(first, null, 2).split("\n").map(visible)]),
  ];
}

function leftLines({ left }: BulkResult): string[] {
  const names = Object.entries(left);
  if (names.length === 0) return [];
  const shown = names.slice(0, 12).map(([name, rows]) => `${visible(name)} (${count(rows)})`);
  const more = names.length > 12 ? `, and ${names.length - 12} more` : "";
  return [`fields not taken, and in how many rows: ${shown.join(", ")}${more}; --keep-rest keeps them as attributes`];
}
