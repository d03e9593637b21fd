// What do the ratings of a snapshot say together, page by page of its units, and how was that computed?
import canonicalize from "canonicalize";
import type { SnapshotKey } from "../activities/snapshot.js";
import { bad } from "../agreement/question.js";
import { connection, type Connection, type Key, type PageArgs, type Slice } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { sha256 } from "../platform/digest.js";
import { askConsensus, type AskedConsensus, type ConsensusArguments } from "./askConsensus.js";
import { METHOD_VERSION } from "./fitRatings.js";
import { TOLERANCE, type FittedModel } from "./fittedModel.js";
import { findFit } from "./findFit.js";
import type { CertaintySlice } from "./queries.js";
import { fittedUnits, ownUnits, type ConsensusUnitRow, type UnitSource } from "./unitSources.js";

export interface ConsensusReportRow extends AskedConsensus {
  methodVersion: string;
  parameters: object;
  cache: "HIT" | "MISS";
  fitted: FittedModel | null;
}

/** A page of units; throws BAD_USER_INPUT where the question cannot be asked of this snapshot. */
export async function consensusReport(
  context: Context,
  snapshot: SnapshotKey,
  given: ConsensusArguments,
  page: PageArgs,
): Promise<Connection<ConsensusUnitRow> & ConsensusReportRow> {
  const asked = await askConsensus(context.db, snapshot, given);
  const { datasetUid, question, rule } = asked;
  const fit = rule === "DAWID_SKENE" ? await findFit(context, datasetUid, { snapshot, question }) : null;
  const source = fit ? fittedUnits(context, asked, fit.run) : ownUnits(context, asked);
  const report = { methodVersion: METHOD_VERSION, parameters: parametersOf(asked), cache: fit?.cache ?? "MISS" };
  // Assigned to the page: its totalCount is a getter that counts only where it is asked for.
  return Object.assign(await unitsConnection(asked, source, page), asked, report, {
    fitted: fit?.report.model ?? null,
  });
}

function parametersOf({ question, rule }: AskedConsensus): object {
  const { measured, ...counted } = question;
  const fitted = rule === "DAWID_SKENE" ? { tolerance: TOLERANCE } : {};
  return { criterion: measured.key, criterionVersion: measured.version, rule, ...counted, ...fitted };
}

function unitsConnection(asked: AskedConsensus, source: UnitSource, page: PageArgs) {
  const byNumber = asked.order === "NUMBER";
  return connection<ConsensusUnitRow>(page, {
    order: listName(asked),
    keyTypes: byNumber ? ["number"] : ["string", "number"],
    key: ({ exampleVersionId, certainty }): Key =>
      byNumber ? [exampleVersionId] : [String(certainty), exampleVersionId],
    read: (slice) => (byNumber ? source.byNumber(slice) : source.leastCertain(certaintySlice(slice))),
    count: () => source.count(),
  });
}

/** Names a list in its cursors: its order and what is asked. */
function listName({ rule, order, question }: AskedConsensus): string {
  return `consensus ${rule} ${order} ${sha256(canonicalize(question)!).toString("base64url").slice(0, 12)}`;
}

/** A certainty stands in a cursor as text, since it is no whole number. */
function certaintySlice({ after, before, ...slice }: Slice): CertaintySlice {
  return { ...slice, after: certaintyKey(after, "after"), before: certaintyKey(before, "before") };
}

function certaintyKey(key: Key | null, argument: string): CertaintySlice["after"] {
  if (key === null) return null;
  const certainty = Number(key[0]);
  if (Number.isFinite(certainty)) return [certainty, key[1] as number];
  throw bad(argument, `${argument} is not a cursor of this API; cursors come from edges and pageInfo`);
}
