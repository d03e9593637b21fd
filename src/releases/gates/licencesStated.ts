// May every member be passed on?
import { observedOf, type Gate } from "../gates.js";

export const licencesStated: Gate = ({ unlicensed, memberCount }) => ({
  name: "LICENCES_STATED",
  level: "BLOCK",
  passed: unlicensed.count === 0,
  observed: observedOf(unlicensed, memberCount),
  required: "every source of a member states its licence",
});
