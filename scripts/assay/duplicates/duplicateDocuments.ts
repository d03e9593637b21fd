// Which documents ask the server about near-duplicates?

const VERSION = "exampleVersion { version example { externalId } }";

/** A cluster shows so many of its members. */
export const MEMBERS_SHOWN = 10;

export const DUPLICATES = `query Duplicates($slug: String!, $at: SnapshotAt, $population: Population, $threshold: Float, $filter: ExampleFilter,
    $first: Int!, $after: String) {
  dataset(slug: $slug) { snapshot(at: $at, population: $population) {
    duplicates(threshold: $threshold, filter: $filter) {
      activity { number recordedAt } population methodVersion parameters cache
      exampleVersionCount erasedCount comparedCount clusterCount distinctCount nearDuplicateMass
      findingProbabilities { similarity probability }
      clusters(first: $first, after: $after) {
        nodes { size members(first: ${MEMBERS_SHOWN}) { nodes { similarity ${VERSION} } } }
        pageInfo { hasNextPage endCursor } } } } }
}`;

export const NEAR_DUPLICATES_OF = `query NearDuplicatesOf($slug: String!, $at: SnapshotAt, $population: Population, $threshold: Float, $filter: ExampleFilter,
    $exampleVersionId: ID, $prompt: String, $response: String, $first: Int!) {
  dataset(slug: $slug) { snapshot(at: $at, population: $population) {
    nearDuplicatesOf(threshold: $threshold, filter: $filter, exampleVersionId: $exampleVersionId, prompt: $prompt, response: $response) {
      methodVersion threshold candidateCount comparedCount
      matches(first: $first) { nodes { similarity ${VERSION} } totalCount { value } } } } }
}`;

export const LATEST_VERSION = `query LatestVersion($slug: String!, $externalId: String!) {
  dataset(slug: $slug) { example(externalId: $externalId) { latest { id } } }
}`;
