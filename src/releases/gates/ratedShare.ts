// Do most members have the quality_rating that was asked for?
import { observedOf, type Gate } from "../gates.js";

const REQUIRED_SHARE = 0.9;

export const ratedShare: Gate = ({ selection, unrated, memberCount }) => ({
  name: "RATED_SHARE",
  level: "WARN",
  passed: selection.qualityCriterion === null || unrated.count <= memberCount * (1 - REQUIRED_SHARE),
  observed:
    selection.qualityCriterion === null ? "no criterion was asked for" : `without: ${observedOf(unrated, memberCount)}`,
  required: `a quality_rating for at least ${REQUIRED_SHARE} of the members, where a criterion is named`,
});
