// Does a prompt of one split leak into another? It can where examples of two splits were edited to the same prompt.
import { observedOf, type Gate } from "../gates.js";

export const splitsApart: Gate = ({ crossing, memberCount }) => ({
  name: "SPLITS_APART",
  level: "BLOCK",
  passed: crossing.count === 0,
  observed: observedOf(crossing, memberCount),
  required: "equal prompts are in one split; withdraw or filter out one side",
});
