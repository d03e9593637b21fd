// Does every selected example still have its text?
import { observedOf, type Gate } from "../gates.js";

export const contentPresent: Gate = ({ erased, memberCount }) => ({
  name: "CONTENT_PRESENT",
  level: "BLOCK",
  passed: erased.count === 0,
  observed: observedOf(erased, memberCount + erased.count),
  required: "no selected example is erased; withdraw those that are",
});
