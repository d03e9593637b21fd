// How does the API reach agreement?
import { Arg, Authorized, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { activitiesByNumber } from "../activities/readQueries.js";
import { Activity, Snapshot } from "../activities/types.js";
import { AnnotatorKindEnum } from "../annotators/types.js";
import { ExampleFilter } from "../examples/types.js";
import { criterionVersionsById } from "../guidelines/queries.js";
import { CriterionVersion } from "../guidelines/types.js";
import type { Context } from "../platform/context.js";
import { scopeFor } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import type { Stratum } from "../ratings/tables.js";
import { StratumEnum } from "../ratings/types.js";
import { agreementReport } from "./agreementReport.js";
import type { RaterKind, Repeats } from "./question.js";
import { AgreementCoefficientInput, AgreementGrouping, AgreementReport, RepeatsEnum } from "./types.js";

@Resolver(() => Snapshot)
export class AgreementResolver {
  @FieldResolver(() => AgreementReport, {
    nullable: true,
    description:
      "How far annotators agree on a criterion. The same question on the same snapshot has the same answer for ever.",
  })
  @Authorized<Permission>("agreement:read")
  agreement(
    @Root() { datasetId, activityNumber, population, candidate }: Snapshot,
    @Arg("criterion", () => String, { description: "The criterion's key." }) criterion: string,
    @Arg("criterionVersion", () => Int, {
      nullable: true,
      description:
        "Which version; the latest as of the snapshot where not said. Values of two versions are never pooled.",
    })
    criterionVersion: number | null,
    @Arg("coefficients", () => [AgreementCoefficientInput], {
      nullable: true,
      description: "Percent agreement, and Krippendorff's alpha at the scale's level, where not said.",
    })
    coefficients: AgreementCoefficientInput[] | null,
    @Arg("groupBy", () => [AgreementGrouping], {
      nullable: true,
      description: "Up to 5 slices beside the whole, each by itself.",
    })
    groupBy: AgreementGrouping[] | null,
    @Arg("repeats", () => RepeatsEnum, {
      defaultValue: "LATEST",
      description: "Which values count where an annotator rated a unit more than once.",
    })
    repeats: Repeats,
    @Arg("strata", () => [StratumEnum], {
      defaultValue: ["OPEN", "RANDOM"],
      description: "Only ratings given for these reasons.",
    })
    strata: Stratum[],
    @Arg("annotatorKinds", () => [AnnotatorKindEnum], {
      defaultValue: ["HUMAN"],
      description: "Only ratings by these.",
    })
    annotatorKinds: RaterKind[],
    @Arg("filter", () => ExampleFilter, { nullable: true, description: "Only these example versions." })
    filter: ExampleFilter | null,
    @Ctx() { db, viewer }: Context,
  ) {
    const scope = scopeFor(viewer, { datasetId }, "agreement:read");
    const snapshot = { datasetId, activity: activityNumber, population, candidate };
    const given = { criterion, criterionVersion, coefficients, groupBy, repeats, strata, annotatorKinds, filter };
    return agreementReport(db, scope, snapshot, given);
  }
}

@Resolver(() => AgreementReport)
export class AgreementReportResolver {
  @FieldResolver(() => Activity, { description: "The last activity that counts." })
  activity(@Root() { datasetId, activityNumber }: AgreementReport, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => CriterionVersion, { description: "The question that was put and its scale." })
  criterionVersion(@Root() { datasetId, criterionVersionId }: AgreementReport, @Ctx() { load }: Context) {
    return load(criterionVersionsById, datasetId, criterionVersionId);
  }
}
