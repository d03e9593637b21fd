// Which rows is a new example version?
import type { Plan } from "../activities/plan.js";
import type { Ids } from "../activities/write.js";
import type { Row } from "../platform/insert.js";
import type { Content } from "./exampleContent.js";
import { carriedOver, type LabelInput } from "./labelRules.js";
import type { KnownVersion } from "./importFacts.js";
import { derivations, examples, exampleVersions, labels } from "./tables.js";

export interface NewVersion {
  externalId: string;
  /** The latest version it follows; null for a new example. */
  known: KnownVersion | null;
  content: Content;
  source: number;
  author: number | null;
  batch: number | null;
  language: string | null;
  /** In the dimensions these speak of they stand alone; the others are carried over. */
  labels: readonly LabelInput[];
  /** Versions of other examples it was made from. */
  parents: readonly number[];
}

/** The rows of many new versions, by table. */
export interface VersionRows {
  examples: Row[];
  versions: Row[];
  derivations: Row[];
  labels: Row[];
}

export function noVersions(): VersionRows {
  return { examples: [], versions: [], derivations: [], labels: [] };
}

/** Adds a version's rows, and to the plan its text and what it does to population CURRENT; gives its id. */
export function addVersion(
  plan: Plan,
  rows: VersionRows,
  ids: Ids,
  made: NewVersion,
  current: ReadonlySet<number>,
): number {
  const { known, content, source, author, batch, language } = made;
  const exampleVersion = ids.take("exampleVersion");
  const example = known?.example ?? ids.take("example");
  const { commitment, salt, text, hash, groupKey, turnCount, promptWords, responseWords } = content;
  if (known) follow(plan, rows, known, exampleVersion, current);
  else rows.examples.push({ example, externalId: made.externalId });
  plan.contents.push({ commitment, salt, text, hash, groupKey });
  const version = (known?.version ?? 0) + 1;
  const measures = { turnCount, promptWords, responseWords };
  rows.versions.push({
    exampleVersion,
    example,
    version,
    content: commitment,
    source,
    author,
    batch,
    language,
    ...measures,
  });
  for (const parent of made.parents) rows.derivations.push({ exampleVersion, parent, kind: "DERIVATION" });
  for (const label of carriedOver(made.labels, known?.labels ?? []))
    rows.labels.push(labelRow(ids, exampleVersion, label));
  plan.population.entered.push(exampleVersion);
  return exampleVersion;
}

export function labelRow(ids: Ids, exampleVersion: number, { dimension, value, method, confidence }: LabelInput): Row {
  return { label: ids.take("label"), exampleVersion, dimension, value, method, confidence: confidence ?? null };
}

/** The next version of an example: the one before it is superseded, and leaves CURRENT where it was in it. */
function follow(
  plan: Plan,
  rows: VersionRows,
  known: KnownVersion,
  exampleVersion: number,
  current: ReadonlySet<number>,
): void {
  const parent = known.exampleVersion;
  rows.derivations.push({ exampleVersion, parent, kind: "REVISION" });
  plan.superseded.push({ table: exampleVersions, ids: [parent] });
  if (current.has(parent)) plan.population.left.push(parent);
}

/** Puts the rows into the plan, in the order in which they refer to each other. */
export function planVersions(plan: Plan, rows: VersionRows): void {
  plan.rows.push({ table: examples, rows: rows.examples });
  plan.rows.push({ table: exampleVersions, rows: rows.versions });
  plan.rows.push({ table: derivations, rows: rows.derivations });
  plan.rows.push({ table: labels, rows: rows.labels });
}
