// What do ratings lead to?
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { textsByCommitment } from "../activities/queries.js";
import { activitiesByNumber } from "../activities/readQueries.js";
import { Activity } from "../activities/types.js";
import { annotatorsById } from "../annotators/queries.js";
import { Annotator } from "../annotators/types.js";
import { batchesById } from "../examples/batchQueries.js";
import { Batch } from "../examples/batchTypes.js";
import { exampleVersionsById } from "../examples/queries.js";
import { ExampleVersion } from "../examples/types.js";
import { CategoryValueScalar } from "../guidelines/categoryValue.js";
import { criterionVersionsById, guidelineVersionsById } from "../guidelines/queries.js";
import { CriterionVersion, GuidelineVersion } from "../guidelines/types.js";
import type { Context } from "../platform/context.js";
import { Rating } from "./types.js";

@Resolver(() => Rating)
export class RatingFieldsResolver {
  @FieldResolver(() => CategoryValueScalar, { description: "The value, as the criterion declares it." })
  async value(@Root() { datasetId, criterionVersion, category, score }: Rating, @Ctx() { load }: Context) {
    if (category === null) return score;
    return (await load(criterionVersionsById, datasetId, criterionVersion))!.categories![category];
  }

  @FieldResolver(() => CriterionVersion, { description: "What was asked." })
  criterionVersion(@Root() { datasetId, criterionVersion }: Rating, @Ctx() { load }: Context) {
    return load(criterionVersionsById, datasetId, criterionVersion);
  }

  @FieldResolver(() => ExampleVersion, { description: "What was rated." })
  exampleVersion(@Root() { datasetId, exampleVersion }: Rating, @Ctx() { load }: Context) {
    return load(exampleVersionsById, datasetId, exampleVersion);
  }

  @FieldResolver(() => Annotator, { description: "Who rated it." })
  annotator(@Root() { datasetId, annotator }: Rating, @Ctx() { load }: Context) {
    return load(annotatorsById, datasetId, annotator);
  }

  @FieldResolver(() => GuidelineVersion, { description: "The rules it was given under." })
  guidelineVersion(@Root() { datasetId, guidelineVersion }: Rating, @Ctx() { load }: Context) {
    return load(guidelineVersionsById, datasetId, guidelineVersion);
  }

  @FieldResolver(() => Batch, { nullable: true, description: "The round of work it belongs to." })
  batch(@Root() { datasetId, batch }: Rating, @Ctx() { load }: Context) {
    return batch === null ? null : load(batchesById, datasetId, batch);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Why this value; null where it was not said, or erased.",
  })
  rationale(@Root() { datasetId, rationaleKey }: Rating, @Ctx() { load }: Context) {
    return rationaleKey === null ? null : load(textsByCommitment, datasetId, rationaleKey);
  }

  @FieldResolver(() => Activity, { description: "The activity that recorded it." })
  activity(@Root() { datasetId, activityNumber }: Rating, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => Activity, {
    nullable: true,
    description: "The activity that superseded it; null while in force.",
  })
  supersededBy(@Root() { datasetId, supersededByNumber }: Rating, @Ctx() { load }: Context) {
    return supersededByNumber === null ? null : load(activitiesByNumber, datasetId, supersededByNumber);
  }
}
