// May a viewer know what a filter tells apart?
import type { ExampleFilter } from "../examples/types.js";
import { scopeFor, type Viewer } from "../platform/viewer.js";

/** Throws FORBIDDEN where a field of the filter rests on what the viewer may not read. */
export function filterScope(
  viewer: Viewer | null,
  dataset: { datasetId: number },
  filter: ExampleFilter | null | undefined,
): void {
  if (filter?.authors) scopeFor(viewer, dataset, "annotator:read");
  if (filter?.verdicts) scopeFor(viewer, dataset, "decision:read");
  if (filter?.consensus) scopeFor(viewer, dataset, "agreement:read");
}
