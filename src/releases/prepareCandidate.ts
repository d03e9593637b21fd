// What would be released, and what stands in its way? Everything heavy, before the dataset is locked.
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import { standingOfScope } from "../audits/auditStanding.js";
import { scopeDigestOf, snapshotIds } from "../examples/snapshotQueries.js";
import type { ExampleFilter } from "../examples/types.js";
import type { Db } from "../platform/db.js";
import { withPreparedFilter, type Reach } from "../platform/filters.js";
import { find, nothingFound, type GateFacts, type GateResult } from "./gates.js";
import { categoriesAt, earlierSplits, selectedRows, type CriterionAt, type SelectedRow } from "./memberQueries.js";
import { merkleRoot } from "./merkleTree.js";
import { qualityReader, type QualityRating, type QualityReader } from "./qualityRatings.js";
import { runGates } from "./runGates.js";
import type { Selection } from "./selection.js";
import { stickySplit, type EarlierSplits, type Split } from "./splitOf.js";
import { isWhole, messagesOf, recordLeaf, standardRecord, type RecordFacets } from "./standardRecord.js";

export interface PreparedMember {
  exampleVersion: number;
  split: Split;
  leaf: Buffer;
  facets: RecordFacets;
}

export interface PreparedCandidate {
  at: number;
  selection: Selection;
  criterionVersion: number | null;
  /** In the order of the tree's leaves. */
  members: PreparedMember[];
  scopeDigest: Buffer;
  root: Buffer;
  gates: GateResult[];
}

/** Texts held in memory at a time are those of one page: a content has at most 1 MiB. */
const PAGE = 250;

/** What is gathered over the pages: members without their text, and what the gates look at. */
interface Gathered {
  members: PreparedMember[];
  facts: GateFacts;
  hashes: Set<string>;
  splitOfGroup: Map<string, Split>;
}

/** What is looked up for all members at once, before their texts are read. */
interface Known {
  earlier: EarlierSplits;
  /** By example version; null where no dimension was asked for. */
  categories: ReadonlyMap<number, string> | null;
  quality: QualityReader;
}

/**
 * Selects as of an activity, makes every record's leaf, and runs the gates. Facts are only added, so pages agree. Whether a
 * waiver has expired is judged by `now`.
 */
export async function prepareCandidate(
  reach: Reach,
  { datasetId, uid, at, now }: { datasetId: number; uid: string; at: number; now: Date },
  selection: Selection,
  criterion: CriterionAt | null,
): Promise<PreparedCandidate> {
  const { db } = reach;
  const population = Population[selection.population];
  const snapshot: SnapshotKey = { datasetId, activity: at, population, candidate: null };
  const { categoryDimension: dimension } = selection;
  const categories = dimension === null ? null : await categoriesAt(db, datasetId, dimension, at);
  const quality = await qualityReader(reach, snapshot, selection, criterion);
  const known: Known = { earlier: await earlierSplits(db, datasetId, at), categories, quality };
  const gathered = gatherNothing(selection);
  const ids = await selectedIds(reach, snapshot, selection);
  for (let i = 0; i < ids.length; i += PAGE) await gatherPage(db, snapshot, known, ids.slice(i, i + PAGE), gathered);
  const members = inLeafOrder(gathered.members);
  const versions = members.map((member) => member.exampleVersion).sort((a, b) => a - b);
  const scopeDigest = await scopeDigestOf(uid, [versions]);
  const asksForAudit = selection.requiredGates?.includes("BIAS_AUDIT") ?? false;
  const audits = asksForAudit ? await standingOfScope(db, datasetId, scopeDigest.toString("hex"), now) : [];
  return {
    at,
    selection,
    criterionVersion: criterion?.criterionVersion ?? null,
    members,
    scopeDigest,
    root: merkleRoot(members.map((member) => member.leaf)),
    gates: runGates({ ...gathered.facts, memberCount: members.length, audits }),
  };
}

/** All at once: what the filter is judged by need not be there any more when the last record is made. */
function selectedIds(reach: Reach, snapshot: SnapshotKey, { filter: given }: Selection): Promise<number[]> {
  return withPreparedFilter(reach, given as ExampleFilter | null, snapshot, async (filter) => {
    const ids: number[] = [];
    for await (const portion of snapshotIds(reach.db, snapshot, filter)) for (const id of portion) ids.push(id);
    return ids;
  });
}

function gatherNothing(selection: Selection): Gathered {
  const facts: GateFacts = {
    selection,
    memberCount: 0,
    erased: nothingFound(),
    unrecordable: nothingFound(),
    undecided: nothingFound(),
    rejected: nothingFound(),
    withdrawn: nothingFound(),
    unlicensed: nothingFound(),
    duplicates: nothingFound(),
    crossing: nothingFound(),
    unrated: nothingFound(),
    uncategorised: nothingFound(),
    splitCounts: { train: 0, validation: 0, test: 0 },
    audits: [],
  };
  return { members: [], facts, hashes: new Set(), splitOfGroup: new Map() };
}

async function gatherPage(
  db: Db,
  { datasetId, activity: at }: SnapshotKey,
  { earlier, categories, quality }: Known,
  exampleVersions: readonly number[],
  gathered: Gathered,
): Promise<void> {
  const { splitSeed, splits } = gathered.facts.selection;
  const rows = await selectedRows(db, datasetId, at, exampleVersions);
  const ratings = await quality(exampleVersions);
  for (const row of rows) {
    const group = row.groupKey?.toString("hex") ?? `example ${row.externalId}`;
    const split = stickySplit({ example: row.example, group }, earlier, splitSeed, splits);
    const category = categories?.get(row.exampleVersion) ?? null;
    const rating = ratings.get(row.exampleVersion) ?? null;
    gather(row, { group, facets: facetsOf(row, split, rating, category) }, gathered);
  }
}

function facetsOf(row: SelectedRow, split: Split, quality: QualityRating, category: string | null): RecordFacets {
  return {
    id: row.externalId,
    source: row.source,
    annotator_id: row.annotator,
    quality_rating: quality,
    category,
    split,
    licence: row.licence,
    version: row.version,
  };
}

/** Takes one example in, or notes why it has no record. */
function gather(
  row: SelectedRow,
  { group, facets }: { group: string; facets: RecordFacets },
  gathered: Gathered,
): void {
  const { facts, members } = gathered;
  if (row.text === null || row.salt === null) return find(facts.erased, row.externalId);
  const messages = messagesOf(row.text);
  if (!isWhole(messages)) return find(facts.unrecordable, row.externalId);
  const leaf = recordLeaf(row.salt, standardRecord(facets, row.language, messages));
  members.push({ exampleVersion: row.exampleVersion, split: facets.split, leaf, facets });
  facts.splitCounts[facets.split]++;
  note(row, group, facets, gathered);
}

function note(row: SelectedRow, group: string, facets: RecordFacets, { facts, hashes, splitOfGroup }: Gathered): void {
  const id = row.externalId;
  if (row.verdict === null) find(facts.undecided, id);
  if (row.verdict === "REJECT" || row.verdict === "NEEDS_WORK") find(facts.rejected, id);
  if (row.verdict === "WITHDRAW") find(facts.withdrawn, id);
  if (facets.licence === null) find(facts.unlicensed, id);
  if (facets.quality_rating === null) find(facts.unrated, id);
  if (facets.category === null) find(facts.uncategorised, id);
  const hash = row.hash?.toString("base64");
  if (hash !== undefined && hashes.has(hash)) find(facts.duplicates, id);
  else if (hash !== undefined) hashes.add(hash);
  const other = splitOfGroup.get(group);
  if (other === undefined) splitOfGroup.set(group, facets.split);
  else if (other !== facets.split) find(facts.crossing, id);
}

/** By split, then external id, both bytewise in UTF-8. */
function inLeafOrder(members: PreparedMember[]): PreparedMember[] {
  const keyed = members.map((member) => ({ member, key: Buffer.from(`${member.split}\0${member.facets.id}`, "utf8") }));
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ member }) => member);
}
