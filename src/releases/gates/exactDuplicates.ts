// Does any text stand in the release twice?
import { observedOf, type Gate } from "../gates.js";

export const exactDuplicates: Gate = ({ duplicates, memberCount }) => ({
  name: "EXACT_DUPLICATES",
  level: "WARN",
  passed: duplicates.count === 0,
  observed: observedOf(duplicates, memberCount),
  required: "no member has the content of another",
});
