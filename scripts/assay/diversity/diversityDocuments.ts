// Which document asks the server about diversity?

export const DIVERSITY = `query Diversity($slug: String!, $at: SnapshotAt, $population: Population, $dimensions: [DiversityDimensionInput!],
    $sampleSize: Int, $tokenCount: Int, $seed: Float, $threshold: Float, $filter: ExampleFilter) {
  dataset(slug: $slug) { snapshot(at: $at, population: $population) {
    diversity(dimensions: $dimensions, sampleSize: $sampleSize, tokenCount: $tokenCount, seed: $seed, threshold: $threshold, filter: $filter) {
      activity { number recordedAt } population methodVersion parameters cache
      exampleVersionCount erasedCount distinctCount nearDuplicateMass
      spreads { by dimension countedCount unassignedCount q0 q1 q2 evenness topShare topKey gini undefinedBecause }
      sample { seed drawnCount erasedCount textCount }
      texts { part metrics { metric value undefinedBecause method textCount tokenCount } } } } }
}`;
