// Which statement reads what held of an example when a release was prepared?
import { aliveAt, inSnapshot, Population, type SnapshotKey } from "../activities/snapshot.js";
import type { Verdict } from "../decisions/tables.js";
import { filterCondition } from "../examples/exampleFilter.js";
import type { ExampleFilter } from "../examples/types.js";
import type { Db } from "../platform/db.js";
import { withPreparedFilter, type Reach } from "../platform/filters.js";
import { Values } from "../platform/statement.js";
import type { MembershipFacts } from "./membership.js";
import type { ReleaseRow } from "./queries.js";

interface FoundFacts {
  version: number | null;
  inPopulation: boolean | null;
  inFilter: boolean | null;
  memberVersion: number | null;
  split: string | null;
  position: number | null;
  decision: number | null;
  verdict: Verdict | null;
  decisionActivity: number | null;
  agent: string | null;
}

interface OneExample {
  example: number;
  externalId: string;
  activityNumber: number;
}

/** What held of an example at a release's activity, in one statement; what its filter is judged by is computed again if need be. */
export async function membershipFacts(
  reach: Reach,
  release: ReleaseRow,
  example: OneExample,
): Promise<MembershipFacts> {
  const { datasetId, atNumber: activity, selection } = release;
  const snapshot: SnapshotKey = { datasetId, activity, population: Population[selection.population], candidate: null };
  const row = await withPreparedFilter(reach, selection.filter as ExampleFilter | null, snapshot, (filter) =>
    foundFacts(reach.db, snapshot, { filter, example: example.example, candidate: release.candidateId }),
  );
  return factsOf(row, release, example);
}

async function foundFacts(
  db: Db,
  snapshot: SnapshotKey,
  asked: { filter: ExampleFilter | null; example: number; candidate: number },
): Promise<FoundFacts> {
  const values = new Values();
  const inPopulation = inSnapshot(snapshot, "v", values);
  const inFilter = filterCondition(asked.filter, "v", values, snapshot);
  const given = [asked.example, asked.candidate, snapshot.activity];
  const [id, candidate, at] = given.map((value) => `${values.add(value)}::int`) as [string, string, string];
  const rows = await db.rowsOnce<FoundFacts>(
    `/* membershipFacts */ select v.version, (${inPopulation}) as "inPopulation", (${inFilter}) as "inFilter",
       m.version as "memberVersion", m.split, m.position, d.decision, d.verdict, d.activity as "decisionActivity", g.label as agent
     from (select 1) one
     left join example_versions v on v.dataset_id = $1 and v.example = ${id} and ${aliveAt("v", at)}
     left join lateral (select mv.version, m.split, m.position from example_versions mv
       join candidate_members m on m.dataset_id = mv.dataset_id and m.example_version = mv.example_version
       where mv.dataset_id = $1 and mv.example = ${id} and m.candidate = ${candidate}) m on true
     left join decisions d on d.dataset_id = v.dataset_id and d.example_version = v.example_version and ${aliveAt("d", at)}
     left join activities da on da.dataset_id = d.dataset_id and da.activity = d.activity
     left join agents g on g.dataset_id = da.dataset_id and g.agent = da.agent`,
    values.list,
  );
  return rows[0]!;
}

function factsOf(row: FoundFacts, release: ReleaseRow, example: OneExample): MembershipFacts {
  const { memberVersion, split, position, decision, verdict } = row;
  return {
    externalId: example.externalId,
    release: release.version,
    at: release.atNumber,
    createdBy: example.activityNumber,
    version: row.version,
    member: memberVersion === null ? null : { version: memberVersion, split: split!, position: position! },
    decision:
      decision === null
        ? null
        : { number: decision, verdict: verdict!, activity: row.decisionActivity!, agent: row.agent! },
    inPopulation: row.inPopulation === true,
    inFilter: row.inFilter === true,
    filter: release.selection.filter,
  };
}
