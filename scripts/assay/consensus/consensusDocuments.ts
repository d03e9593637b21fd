// Which documents ask the server about consensus?

export const CONSENSUS = `query Consensus($slug: String!, $at: SnapshotAt, $population: Population, $criterion: String!, $criterionVersion: Int,
    $repeats: Repeats, $strata: [Stratum!], $annotatorKinds: [AnnotatorKind!], $annotators: [String!], $filter: ExampleFilter, $rule: ConsensusRule, $order: ConsensusOrder,
    $first: Int!, $after: String, $raters: Boolean!) {
  dataset(slug: $slug) { snapshot(at: $at, population: $population) {
    consensus(criterion: $criterion, criterionVersion: $criterionVersion, repeats: $repeats, strata: $strata,
        annotatorKinds: $annotatorKinds, annotators: $annotators, filter: $filter, rule: $rule, order: $order, first: $first, after: $after) {
      rule population methodVersion parameters cache
      activity { number recordedAt } criterionVersion { key version }
      model { classPriors { value prior } logLikelihood steps converged
        raters @include(if: $raters) { annotator { key } ratingCount accuracy confusion { value expectedRatings probabilities } } }
      nodes { value certainty ratingCount values { value count } exampleVersion { version example { externalId } } }
      pageInfo { hasNextPage endCursor } } } }
}`;
