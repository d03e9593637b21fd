// How does the API reach agreement?
import { Args, Authorized, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { activitiesByNumber } from "../activities/readQueries.js";
import { Activity, Snapshot } from "../activities/types.js";
import { criterionVersionsById } from "../guidelines/queries.js";
import { CriterionVersion } from "../guidelines/types.js";
import type { Context } from "../platform/context.js";
import { scopeFor } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import { agreementReport } from "./agreementReport.js";
import { AgreementArgs, AgreementReport } from "./types.js";

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
    @Args(() => AgreementArgs) given: AgreementArgs,
    @Ctx() { db, viewer }: Context,
  ) {
    const scope = scopeFor(viewer, { datasetId }, "agreement:read");
    return agreementReport(db, scope, { datasetId, activity: activityNumber, population, candidate }, given);
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
