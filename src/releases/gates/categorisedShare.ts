// Do most members have the category that was asked for?
import { observedOf, type Gate } from "../gates.js";

const REQUIRED_SHARE = 0.9;

export const categorisedShare: Gate = ({ selection, uncategorised, memberCount }) => ({
  name: "CATEGORISED_SHARE",
  level: "WARN",
  passed: selection.categoryDimension === null || uncategorised.count <= memberCount * (1 - REQUIRED_SHARE),
  observed:
    selection.categoryDimension === null
      ? "no dimension was asked for"
      : `without: ${observedOf(uncategorised, memberCount)}`,
  required: `a category for at least ${REQUIRED_SHARE} of the members, where a dimension is named`,
});
