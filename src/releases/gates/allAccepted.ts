// Did a reviewer accept every member? Where population CURRENT was asked for, undecided ones are that choice: a warning.
import { observedOf, type Gate } from "../gates.js";

export const allAccepted: Gate = ({ undecided, rejected, selection, memberCount }) => ({
  name: "ALL_ACCEPTED",
  level: selection.population === "ACCEPTED" ? "BLOCK" : "WARN",
  passed: undecided.count + rejected.count === 0,
  observed: `${memberCount - undecided.count - rejected.count} of ${memberCount} accepted; undecided: ${observedOf(undecided, memberCount)}`,
  required: "every member is accepted",
});
