// Which documents ask the server about agreement?

const ROW = `fragment Row on AgreementRow {
  unitCount raterCount pairableValueCount warnings
  coefficients { coefficient weighting value undefinedBecause standardError interval { low high level method }
    intervals { kind low high level method standardError undefinedResamples } benchmarks { scale rule reading probability } }
}`;

const VARIABLES = `$slug: String!, $at: SnapshotAt, $population: Population, $criterion: String!, $criterionVersion: Int, $repeats: Repeats,
  $strata: [Stratum!], $annotatorKinds: [AnnotatorKind!], $annotators: [String!], $filter: ExampleFilter`;
const COUNTED = `criterion: $criterion, criterionVersion: $criterionVersion, repeats: $repeats, strata: $strata,
  annotatorKinds: $annotatorKinds, annotators: $annotators, filter: $filter`;

/** A report with the parts that are asked for, which cost nothing where they are left out. */
export const AGREEMENT = `query Agreement(${VARIABLES}, $offer: AgreementOffer, $coefficients: [AgreementCoefficientInput!],
    $inference: AgreementInference, $groupBy: [AgreementGrouping!], $pairs: Boolean!, $confusions: Boolean!,
    $disagreements: Int!, $showDisagreements: Boolean!, $trend: Int!, $showTrend: Boolean!) {
  dataset(slug: $slug) { snapshot(at: $at, population: $population) {
    agreement(${COUNTED}, offer: $offer, coefficients: $coefficients, inference: $inference, groupBy: $groupBy) {
      activity { number recordedAt } population methodVersion parameters cache
      overall { ...Row }
      groupings { by dimension period groups { key ...Row } }
      pairs @include(if: $pairs) { weighting summaries { between pairCount unitCount meanPercentAgreement meanKappa }
        list(first: 100) { nodes { firstAnnotator secondAnnotator between unitCount percentAgreement kappa undefinedBecause
          interval { low high level method } } totalCount { value } } }
      coincidences @include(if: $confusions) { undefinedBecause values observed expected
        confusions { first second observed expected ratio share } }
      disagreements(first: $disagreements) @include(if: $showDisagreements) { nodes { disagreement ratingCount
        values { value count } exampleVersion { example { externalId } version } } }
      trend(points: $trend) @include(if: $showTrend) { activity { number recordedAt } overall { ...Row } }
    } } }
}
${ROW}`;

export const PLAN = `query AgreementPlan(${VARIABLES}, $halfWidth: Float!, $level: Float, $mostRaters: Int, $seed: Int) {
  dataset(slug: $slug) { snapshot(at: $at, population: $population) {
    agreementPlan(${COUNTED}, halfWidth: $halfWidth, level: $level, mostRaters: $mostRaters, seed: $seed) {
      undefinedBecause rows { raters units ratings perUnitVariance extrapolated fewestRatings } } } }
}`;
