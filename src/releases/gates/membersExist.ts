// Is there anything to release?
import type { Gate } from "../gates.js";

export const membersExist: Gate = ({ memberCount }) => ({
  name: "MEMBERS_EXIST",
  level: "BLOCK",
  passed: memberCount > 0,
  observed: `${memberCount} members`,
  required: "at least 1 member",
});
