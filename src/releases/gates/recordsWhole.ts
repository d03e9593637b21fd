// Does the standard record hold every selected example whole?
import { observedOf, type Gate } from "../gates.js";

export const recordsWhole: Gate = ({ unrecordable, memberCount }) => ({
  name: "RECORDS_WHOLE",
  level: "BLOCK",
  passed: unrecordable.count === 0,
  observed: observedOf(unrecordable, memberCount + unrecordable.count),
  required: "every example ends in a user turn and one assistant turn",
});
