// Which example version does an item of a submission name? Pure.
import { decodeGlobalId } from "../platform/nodes.js";
import type { KnownVersion, RatingInput, SubmissionFacts } from "./submission.js";

/** The dataset-local id in a global id of an example version; null where it is none, or of another dataset. */
export function localVersionId(globalId: string, datasetUid: string): number | null {
  const decoded = decodeGlobalId(globalId);
  return decoded?.node.type === "ExampleVersion" && decoded.datasetUid === datasetUid ? decoded.id : null;
}

/** By external id its latest version, by version id that very one; null where there is none in this dataset. */
export function resolveVersion(
  { externalId, exampleVersionId }: Pick<RatingInput, "externalId" | "exampleVersionId">,
  facts: Pick<SubmissionFacts, "datasetUid" | "byExternalId" | "byVersionId">,
): KnownVersion | null {
  if (externalId != null) return facts.byExternalId.get(externalId) ?? null;
  const id = exampleVersionId == null ? null : localVersionId(exampleVersionId, facts.datasetUid);
  return id === null ? null : (facts.byVersionId.get(id) ?? null);
}
