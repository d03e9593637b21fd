// Which example versions have these verdicts, or none?
import { aliveAt } from "../activities/snapshot.js";
import { registerFilter } from "../platform/filters.js";
import type { Verdict } from "./tables.js";

/** As of the snapshot's activity. UNDECIDED: no decision in force. */
registerFilter<ReadonlyArray<Verdict | "UNDECIDED">>("verdicts", (wanted, alias, values, { datasetId, activity }) => {
  if (wanted.length === 0) return "false";
  const at = values.add(activity);
  const decided = (condition: string) =>
    `exists (select from decisions fd where fd.dataset_id = ${values.add(datasetId)}
       and fd.example_version = ${alias}.example_version and ${condition} and ${aliveAt("fd", at)})`;
  const verdicts = wanted.filter((verdict) => verdict !== "UNDECIDED");
  const parts = verdicts.length > 0 ? [decided(`fd.verdict = any(${values.add(verdicts)}::text[])`)] : [];
  if (verdicts.length < wanted.length) parts.push(`not ${decided("true")}`);
  return parts.join(" or ");
});
