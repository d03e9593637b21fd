// Which documents about check results does the command line send?

export const SUBMIT_CHECK_RESULTS = `mutation SubmitCheckResults($input: SubmitCheckResultsInput!) {
  submitCheckResults(input: $input) { activity { number } replayed userErrors { code message path index } acceptedCount unchangedCount }
}`;

const AT = "snapshot(at: $at, population: $population)";

export const CHECK_COUNTS = `query CheckCounts($slug: String!, $at: SnapshotAt, $population: Population, $filter: CheckResultFilter) {
  dataset(slug: $slug) { ${AT} { checkCounts(filter: $filter) { check checkVersion status level count } } }
}`;

export const CHECK_RESULTS = `query CheckResults($slug: String!, $at: SnapshotAt, $population: Population, $filter: CheckResultFilter,
    $first: Int, $after: String) {
  dataset(slug: $slug) { ${AT} { checkResults(filter: $filter, first: $first, after: $after) {
    nodes { check checkVersion parameters status level score message spans { turn start end label }
      activity { number recordedAt } exampleVersion { id version example { externalId } } }
    pageInfo { hasNextPage endCursor } } } }
}`;
