// Which exact set of example versions is it? Pure.
import { digestOf } from "../platform/digest.js";

export function scopeDigestOf(exampleVersions: readonly number[]): Buffer {
  return digestOf("assay.scope.v1", [[...exampleVersions].sort((a, b) => a - b).join("\n")]);
}
