// Has every split that was asked for a member?
import type { Gate } from "../gates.js";
import { SPLITS } from "../splitOf.js";

export const splitsFilled: Gate = ({ selection, splitCounts }) => ({
  name: "SPLITS_FILLED",
  level: "WARN",
  passed: SPLITS.every((split) => selection.splits[split] === 0 || splitCounts[split] > 0),
  observed: SPLITS.map((split) => `${split} ${splitCounts[split]}`).join(", "),
  required: "at least 1 member in every split with a share",
});
