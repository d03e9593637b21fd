// What does the API show and take of near-duplicates?
import { GraphQLJSONObject } from "graphql-scalars";
import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import { SnapshotAt } from "../activities/types.js";
import { CacheOutcomeEnum } from "../agreement/enumTypes.js";
import { ExampleFilter } from "../examples/types.js";
import { connectionType } from "../platform/connections.js";
import type { Cluster } from "./findClusters.js";
import type { NearDuplicate as NearDuplicateRow } from "./nearDuplicatesOf.js";

@ArgsType()
@InputType("DuplicateQuestionInput", {
  description: "Which texts count as near-duplicates, as Snapshot.duplicates takes it.",
})
export class DuplicateArgs {
  @Field(() => Float, {
    nullable: true,
    description: "The Jaccard index from which two texts are near-duplicates, 0.5 to 1; 0.8 where not said.",
  })
  threshold?: number | null;
  @Field(() => ExampleFilter, { nullable: true, description: "Only these examples." })
  filter?: ExampleFilter | null;
}

@InputType({ description: "Near-duplicates to find apart from this request." })
export class ComputeDuplicatesInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => SnapshotAt, { nullable: true, description: "Which moment; now where not said." })
  at?: SnapshotAt | null;
  @Field(() => Population, { nullable: true, description: "Which example versions, as in Dataset.snapshot." })
  population?: Population | null;
  @Field(() => DuplicateArgs, { nullable: true, description: "Which texts count as near-duplicates." })
  question?: DuplicateArgs | null;
}

@ObjectType({ description: "An example version and how alike it is to another text." })
export class NearDuplicate implements NearDuplicateRow {
  datasetId!: number;
  asOf!: number;
  exampleVersion!: number;
  @Field(() => Float, { description: "The Jaccard index of their runs of five words, 0 to 1." })
  similarity!: number;
}
export const NearDuplicateConnection = connectionType("NearDuplicate", NearDuplicate);

@ObjectType({ description: "Two members of a cluster that are near-duplicates." })
export class DuplicatePair {
  datasetId!: number;
  asOf!: number;
  firstVersion!: number;
  secondVersion!: number;
  @Field(() => Float, { description: "Their Jaccard index, 0 to 1." })
  similarity!: number;
}

@ObjectType({
  description:
    "Example versions that are connected by near-duplicates, from one to the next: two of them may be less alike.",
})
export class DuplicateCluster {
  datasetId!: number;
  asOf!: number;
  /** Names its lists in their cursors. */
  listName!: string;
  cluster!: Cluster;
  @Field(() => Int, { description: "How many example versions, two or more." })
  size!: number;
}
export const DuplicateClusterConnection = connectionType("DuplicateCluster", DuplicateCluster);

@ObjectType({ description: "How probably a pair of near-duplicates is found." })
export class FindingProbability {
  @Field(() => Float, { description: "The Jaccard index of the pair." })
  similarity!: number;
  @Field(() => Float, { description: "1 − (1 − J⁵)²⁵: that they share one of 25 keys of 5 MinHash values." })
  probability!: number;
}

@ObjectType({
  description:
    "Near-duplicates among the example versions of a snapshot: by prompt and response, by runs of five words. The same for ever.",
})
export class DuplicateReport {
  snapshot!: SnapshotKey;
  key!: string;
  allClusters!: Cluster[];
  @Field(() => Population, { description: "Which example versions were compared." })
  population!: Population;
  @Field(() => String, { description: "How they are found." })
  methodVersion!: string;
  @Field(() => GraphQLJSONObject, { description: "All that was asked, defaults included." })
  parameters!: object;
  @Field(() => CacheOutcomeEnum, { description: "Whether they had been found before." })
  cache!: "HIT" | "MISS";
  @Field(() => Int, { description: "Example versions in the snapshot." })
  exampleVersionCount!: number;
  @Field(() => Int, { description: "How many of them had their text erased before they were compared." })
  erasedCount!: number;
  @Field(() => Int, { description: "How many were compared." })
  comparedCount!: number;
  @Field(() => Int, { description: "Clusters of two or more." })
  clusterCount!: number;
  @Field(() => Int, { description: "Clusters, and texts that are alone: what is left when each cluster counts once." })
  distinctCount!: number;
  @Field(() => Float, {
    nullable: true,
    description:
      "1 − distinct/compared: the share that says what another says already; null where nothing was compared.",
  })
  nearDuplicateMass!: number | null;
  @Field(() => Float, { description: "How many pairs of texts were compared exactly." })
  comparisonCount!: number;
  @Field(() => [FindingProbability], { description: "How probably a pair is found, by how alike it is." })
  findingProbabilities!: FindingProbability[];
}

@ArgsType()
export class NearDuplicateArgs extends DuplicateArgs {
  @Field(() => ID, { nullable: true, description: "An example version of the dataset; or give prompt and response." })
  exampleVersionId?: string | null;
  @Field(() => String, { nullable: true, description: "The prompt of a text that may be no example yet." })
  prompt?: string | null;
  @Field(() => String, { nullable: true, description: "Its response." })
  response?: string | null;
}

@ObjectType({ description: "The near-duplicates of one text in a snapshot." })
export class NearDuplicates {
  snapshot!: SnapshotKey;
  listName!: string;
  found!: NearDuplicateRow[];
  @Field(() => String, { description: "How they are found." })
  methodVersion!: string;
  @Field(() => Float, { description: "The Jaccard index from which two texts are near-duplicates." })
  threshold!: number;
  @Field(() => Int, { description: "How many share a key with the text." })
  candidateCount!: number;
  @Field(() => Int, {
    description:
      "How many of them were compared exactly: the 500 at most that share most keys. Fewer than candidateCount: some may be missing.",
  })
  comparedCount!: number;
}
