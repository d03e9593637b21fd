// Which unit, an example version on a criterion version, does an item of a submission name? Pure.
import type { CriterionVersionRow } from "../guidelines/queries.js";
import { itemProblem, type UserErrorCode, type UserProblem } from "../platform/errors.js";
import { decodeGlobalId } from "../platform/nodes.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import { resolveVersion } from "../ratings/resolveNames.js";
import type { KnownVersion } from "../ratings/submission.js";
import type { GoldInForce } from "./queries.js";

export interface GoldUnitInput {
  externalId?: string | null;
  /** A global id. */
  exampleVersionId?: string | null;
  /** "helpfulness" is the latest version, "helpfulness@2" that one. */
  criterion: string;
  clientRef?: string | null;
}

export interface GoldFacts {
  datasetUid: string;
  byExternalId: Map<string, KnownVersion>;
  byVersionId: Map<number, KnownVersion>;
  /** By the names that items use. */
  criteria: ReadonlyMap<string, CriterionVersionRow>;
  /** By goldKey. */
  inForce: ReadonlyMap<string, GoldInForce>;
}

export interface GoldUnit {
  version: KnownVersion;
  criterion: CriterionVersionRow;
  inForce: GoldInForce | null;
}

/** What names one unit in a map. */
export function goldKey(exampleVersion: number, criterionVersion: number): string {
  return `${exampleVersion} ${criterionVersion}`;
}

/** What the items before said: which item has a clientRef, and which names a unit. */
export interface Seen {
  refs: Map<string, number>;
  units: Map<string, number>;
}

export type Bad = (field: string, code: UserErrorCode, message: string) => UserProblem;

/** Makes the problems of one item of a list. */
export function badItem(list: string, index: number): Bad {
  return (field, code, message) => itemProblem(list, index, field, code, message);
}

export function isProblem(found: object): found is UserProblem {
  return "code" in found;
}

/** By which field an item names its example version, and what stands there. */
export function nameOf({ externalId, exampleVersionId }: GoldUnitInput): { field: string; text: string } {
  return externalId == null
    ? { field: "exampleVersionId", text: exampleVersionId ?? "" }
    : { field: "externalId", text: externalId };
}

/** The unit of an item, or the first thing that is wrong with it, whatever value it is about. */
export function unitOf(
  item: GoldUnitInput,
  index: number,
  facts: GoldFacts,
  seen: Seen,
  bad: Bad,
): GoldUnit | UserProblem {
  const unfit = textProblem(item, bad) ?? refProblem(item, index, seen, bad) ?? versionProblem(item, facts, bad);
  if (unfit) return unfit;
  const version = resolveVersion(item, facts)!;
  const criterion = facts.criteria.get(item.criterion);
  if (!criterion) return bad("criterion", "UNKNOWN_CRITERION", unknownCriterion(item.criterion));
  const key = goldKey(version.exampleVersion, criterion.criterionVersion);
  if (seen.units.has(key))
    return bad(
      "criterion",
      "DUPLICATE_IN_BATCH",
      `item ${seen.units.get(key)} names this example version on this criterion version already; give each unit once`,
    );
  seen.units.set(key, index);
  return { version, criterion, inForce: facts.inForce.get(key) ?? null };
}

function unknownCriterion(name: string): string {
  return `criterion ${JSON.stringify(name)} is not in this dataset; name one by its key, or a version of it as helpfulness@2`;
}

function textProblem(item: GoldUnitInput, bad: Bad): UserProblem | null {
  const unsound = unsoundPath(item);
  return unsound && bad(unsound[0]!, "INVALID_TEXT", `${unsound.join(".")} ${UNSOUND}`);
}

const LONGEST_REF = 255;

function refProblem({ clientRef }: GoldUnitInput, index: number, { refs }: Seen, bad: Bad): UserProblem | null {
  if (clientRef == null) return null;
  if (clientRef === "" || clientRef.length > LONGEST_REF)
    return bad("clientRef", "INVALID_VALUE", `clientRef has ${clientRef.length} characters; use 1 to ${LONGEST_REF}`);
  const earlier = refs.get(clientRef);
  if (earlier === undefined) refs.set(clientRef, index);
  return earlier === undefined
    ? null
    : bad(
        "clientRef",
        "DUPLICATE_CLIENT_REF",
        `clientRef ${clientRef} is that of item ${earlier} already; give each item its own`,
      );
}

function versionProblem(item: GoldUnitInput, facts: GoldFacts, bad: Bad): UserProblem | null {
  const { externalId, exampleVersionId } = item;
  if ((externalId == null) === (exampleVersionId == null))
    return bad("externalId", "INVALID_VALUE", "give exactly one of externalId and exampleVersionId");
  const { field, text } = nameOf(item);
  if (exampleVersionId != null && decodeGlobalId(exampleVersionId)?.node.type !== "ExampleVersion")
    return bad(field, "INVALID_VALUE", `${text} is not the id of an ExampleVersion; ids come from the id field`);
  return resolveVersion(item, facts)
    ? null
    : bad(
        field,
        "UNKNOWN_EXAMPLE",
        `${field} ${JSON.stringify(text)} names no example of this dataset; import it first`,
      );
}
