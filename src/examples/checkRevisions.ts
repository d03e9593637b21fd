// Which edits can be taken, and what becomes of them? Pure.
import type { UserProblem } from "../platform/errors.js";
import { ERASED, faultOfNewAuthor, problemOf, UNKNOWN_EXAMPLE } from "./checkImport.js";
import { fault, isFault, type Content, type Fault } from "./exampleContent.js";
import type { KnownVersion } from "./importFacts.js";
import { agreeWith } from "./labelRules.js";
import type { PreparedRevision } from "./prepareRevisions.js";

export interface RevisionFacts {
  annotators: ReadonlyMap<string, number>;
  latest: ReadonlyMap<string, KnownVersion>;
}

/** An edit that becomes a version. */
export interface TakenRevision {
  item: PreparedRevision & { content: Content };
  known: KnownVersion;
}

export interface CheckedRevisions {
  taken: TakenRevision[];
  unchanged: number;
  problems: UserProblem[];
}

export function checkRevisions(
  items: readonly PreparedRevision[],
  facts: RevisionFacts,
  enrol: boolean,
): CheckedRevisions {
  const result: CheckedRevisions = { taken: [], unchanged: 0, problems: [] };
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const fate = seen.has(item.externalId) ? DUPLICATE : fateOf(item, facts, enrol);
    if (fate !== "UNCHANGED" && isFault(fate)) result.problems.push(problemOf(fate, "revisions", index));
    else {
      seen.add(item.externalId);
      if (fate === "UNCHANGED") result.unchanged++;
      else result.taken.push(fate);
    }
  }
  return result;
}

const DUPLICATE = fault(
  ["externalId"],
  "DUPLICATE_IN_BATCH",
  "this example is edited in the batch already; send one edit each",
);

function fateOf(item: PreparedRevision, facts: RevisionFacts, enrol: boolean): TakenRevision | "UNCHANGED" | Fault {
  const { content, author, expectedVersion } = item;
  if (isFault(content)) return content;
  const known = facts.latest.get(item.externalId);
  if (!known) return UNKNOWN_EXAMPLE;
  if (known.hash === null) return ERASED;
  if (expectedVersion !== null && expectedVersion !== known.version) return stale(expectedVersion, known);
  if (item.base !== known.exampleVersion) return overtaken(known);
  const nameless = author === null || facts.annotators.has(author) ? null : faultOfNewAuthor(author, enrol);
  if (nameless) return nameless;
  const isSame =
    content.hash.toString("hex") === known.hash &&
    (author === null || facts.annotators.get(author) === known.author) &&
    (item.language === null || item.language === known.language) &&
    agreeWith(item.labels, known.labels);
  return isSame ? "UNCHANGED" : { item: { ...item, content }, known };
}

function stale(expected: number, { version }: KnownVersion): Fault {
  const message = `the latest version is ${version}, not ${expected}; read it, make the edit again and send expectedVersion: ${version}`;
  return fault(["expectedVersion"], "STALE_VERSION", message);
}

function overtaken({ version }: KnownVersion): Fault {
  return fault(
    ["externalId"],
    "STALE_VERSION",
    `version ${version} came while this edit was taken in; read it and edit again`,
  );
}
