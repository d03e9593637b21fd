// Is any member withdrawn? Asked again when the release is cut.
import { observedOf, type Gate } from "../gates.js";

export const noneWithdrawn: Gate = ({ withdrawn, memberCount }) => ({
  name: "NONE_WITHDRAWN",
  level: "BLOCK",
  passed: withdrawn.count === 0,
  observed: observedOf(withdrawn, memberCount),
  required: "no member is withdrawn",
});
