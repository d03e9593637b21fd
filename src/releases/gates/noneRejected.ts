// Did a reviewer refuse any member?
import { observedOf, type Gate } from "../gates.js";

export const noneRejected: Gate = ({ rejected, memberCount }) => ({
  name: "NONE_REJECTED",
  level: "BLOCK",
  passed: rejected.count === 0,
  observed: observedOf(rejected, memberCount),
  required: "no member was decided REJECT or NEEDS_WORK",
});
