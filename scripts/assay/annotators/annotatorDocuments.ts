// Which documents ask the server about annotators and feedback?

const VARIABLES = `$slug: String!, $at: SnapshotAt, $population: Population, $criterion: String!, $criterionVersion: Int, $repeats: Repeats,
  $strata: [Stratum!], $annotatorKinds: [AnnotatorKind!], $annotators: [String!], $filter: ExampleFilter,
  $weighting: PairWeighting, $level: Float`;
const QUESTION = `criterion: $criterion, criterionVersion: $criterionVersion, repeats: $repeats, strata: $strata,
  annotatorKinds: $annotatorKinds, annotators: $annotators, filter: $filter, weighting: $weighting, level: $level`;
const INTERVAL = "interval { low high level method }";
const ESTIMATE = `{ value undefinedBecause n ${INTERVAL} }`;
const FULL = `{ value undefinedBecause n standardError ${INTERVAL} shrunken { value ownWeight ${INTERVAL} } }`;
const CITED = "activity { number recordedAt } population methodVersion parameters cache";
const PAGE = "pageInfo { hasNextPage endCursor }";

/** What a line of the table shows. */
export const ANNOTATOR_LIST = `query AnnotatorList(${VARIABLES}, $order: AnnotatorQualityOrder, $first: Int, $after: String) {
  dataset(slug: $slug) { snapshot(at: $at, population: $population) { annotatorQuality(${QUESTION}) {
    ${CITED}
    annotators(first: $first, after: $after, order: $order) { nodes {
      annotator { key kind } volume { ratings units sharedUnits }
      agreementWithOthers ${ESTIMATE} severity ${ESTIMATE} goldAccuracy { hits misses accuracy ${ESTIMATE} }
      intraRater { pairs contradictedPairs percentAgreement ${ESTIMATE} } speed { medianSeconds ${ESTIMATE} }
      drift { difference ${ESTIMATE} ewmaOutsideCount } } ${PAGE} } } } }
}`;

/** All of one annotator. */
export const ANNOTATOR_REPORT = `query AnnotatorReport(${VARIABLES}, $key: String!) {
  dataset(slug: $slug) { snapshot(at: $at, population: $population) { annotatorQuality(${QUESTION}) {
    ${CITED}
    annotator(key: $key) {
      annotator { key kind } volume { ratings units sharedUnits firstAt lastAt }
      agreementWithOthers ${FULL} agreementWithMajority ${FULL} agreementWithWeightedMajority ${FULL}
      severity ${FULL} spreadRatio ${FULL} correlation ${FULL}
      goldAccuracy { hits misses accuracy ${FULL} mean probabilityAbove75 }
      intraRater { pairs contradictedPairs percentAgreement ${FULL} alpha ${FULL} }
      dawidSkene { accuracy ${FULL} confusion { value expectedRatings probabilities } }
      speed { ratings medianSeconds ${FULL} robustZ ${FULL} tooFastShare ${FULL} }
      drift { of ratings recentCount recentMean beforeCount beforeMean difference ${FULL} ewmaOutsideCount ewmaUndefinedBecause } } } } }
}`;

const OUTCOME = "activity { number } replayed userErrors { code message path index }";

export const SEND_FEEDBACK = `mutation SendFeedback($input: SendFeedbackInput!) {
  sendFeedback(input: $input) { ${OUTCOME} feedback { id } }
}`;

export const ACKNOWLEDGE_FEEDBACK = `mutation AcknowledgeFeedback($input: AcknowledgeFeedbackInput!) {
  acknowledgeFeedback(input: $input) { ${OUTCOME} feedback { id } }
}`;

const FEEDBACK = `id annotator { key } criterionVersion { key version } asOf { number recordedAt } report words sentBy { label }
  activity { number recordedAt } acknowledgement { comment activity { number recordedAt } }`;

export const FEEDBACK_LIST = `query FeedbackList($slug: String!, $first: Int, $after: String, $annotator: String) {
  dataset(slug: $slug) { feedback(first: $first, after: $after, annotator: $annotator) { nodes { ${FEEDBACK} } ${PAGE} } }
}`;

export const MY_FEEDBACK = `query MyFeedback($slug: String!, $first: Int, $after: String) {
  dataset(slug: $slug) { myFeedback(first: $first, after: $after) { nodes { ${FEEDBACK} } ${PAGE} } }
}`;
