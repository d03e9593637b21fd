// How does a resolver come from a name to a dataset and a scope?
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { scopeFor, scopeIf, type Scope } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import { datasetBySlug, type DatasetRow } from "./queries.js";

/**
 * The dataset a mutation names and the scope to write to it. A dataset the viewer cannot read is NOT_FOUND, as if it were
 * not there; one it can read but not write is FORBIDDEN.
 */
export async function datasetFor(
  { db, viewer }: Context,
  slug: string,
  permission: Permission,
): Promise<{ dataset: DatasetRow; scope: Scope }> {
  const dataset = slug === "instance" ? null : await datasetBySlug(db, slug);
  if (!dataset || !scopeIf(viewer, dataset, "dataset:read"))
    throw refusal(
      "NOT_FOUND",
      `dataset ${JSON.stringify(slug)} was not found; the datasets field lists those you can read`,
    );
  return { dataset, scope: scopeFor(viewer, dataset, permission) };
}
