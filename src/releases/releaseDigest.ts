// By which bytes is a release known everywhere? Pure.
import canonicalize from "canonicalize";
import { digestOf } from "../platform/digest.js";

/** SHA-256 over the tag assay.release.v1, the root, the dataset's uid and RFC 8785 of the selection, each length-prefixed. */
export function releaseDigest(root: Buffer, datasetUid: string, selection: object): Buffer {
  return digestOf("assay.release.v1", [root, datasetUid, canonicalize(selection)!]);
}
