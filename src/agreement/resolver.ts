// How does the API reach agreement?
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { activitiesByNumber, datasetRowsById } from "../activities/readQueries.js";
import { keyOf } from "../activities/snapshot.js";
import { snapshotAt } from "../activities/snapshotAt.js";
import { Activity, Snapshot } from "../activities/types.js";
import { criterionVersionsById } from "../guidelines/queries.js";
import { CriterionVersion } from "../guidelines/types.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { scopeFor } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import { startJob } from "../reports/startJob.js";
import { StartJobPayload } from "../reports/types.js";
import { agreementKind, agreementReport, askedOf, METHOD_VERSION, type AgreementReportRow } from "./agreementReport.js";
import { benchmarksOf } from "../statistics/benchmarksOf.js";
import { AgreementArgs, ComputeAgreementInput } from "./inputTypes.js";
import { Benchmark } from "./partTypes.js";
import { AgreementCoefficient, AgreementReport } from "./types.js";

@Resolver(() => Snapshot)
export class AgreementResolver {
  @FieldResolver(() => AgreementReport, {
    nullable: true,
    description:
      "How far annotators agree on a criterion. The same question on the same snapshot has the same answer for ever.",
  })
  @Authorized<Permission>("agreement:read")
  async agreement(
    @Root() snapshot: Snapshot,
    @Args(() => AgreementArgs) given: AgreementArgs,
    @Ctx() context: Context,
  ): Promise<Omit<AgreementReport, "overall" | "groupings"> & AgreementReportRow> {
    scopeFor(context.viewer, snapshot, "agreement:read");
    const report = await agreementReport(context, keyOf(snapshot), given);
    const { measured, ...asked } = report.question;
    const parameters = { criterion: measured.key, criterionVersion: measured.version, ...asked };
    return { ...report, population: snapshot.population, methodVersion: METHOD_VERSION, parameters };
  }

  @Mutation(() => StartJobPayload, {
    nullable: true,
    description:
      "Computes a report apart from this request, as a job: for what takes long. Once it is done, Snapshot.agreement with the same arguments answers at once.",
  })
  @Authorized<Permission>("job:start")
  async computeAgreement(
    @Arg("input", () => ComputeAgreementInput)
    { dataset: slug, at, population, question: given }: ComputeAgreementInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, slug, "job:start");
    scopeFor(context.viewer, dataset, "agreement:read");
    const [row] = await datasetRowsById(context.db, 0, [dataset.datasetId]);
    const snapshot = await snapshotAt(context, row!, at ?? null, population ?? null);
    if (!snapshot) throw refusal("NOT_FOUND", "there is no such snapshot", { argument: "at" });
    const { question, datasetUid } = await askedOf(context.db, snapshot, given);
    return startJob(context, scope, agreementKind, datasetUid, { snapshot, question });
  }
}

@Resolver(() => AgreementReport)
export class AgreementReportResolver {
  @FieldResolver(() => Activity, { description: "The last activity that counts." })
  activity(@Root() { datasetId, snapshot }: AgreementReport, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, snapshot.activity);
  }

  @FieldResolver(() => CriterionVersion, { description: "The question that was put and its scale." })
  criterionVersion(@Root() { datasetId, question }: AgreementReport, @Ctx() { load }: Context) {
    return load(criterionVersionsById, datasetId, question.measured.criterionVersion);
  }
}

@Resolver(() => AgreementCoefficient)
export class AgreementCoefficientResolver {
  @FieldResolver(() => [Benchmark], {
    description:
      "What conventions call it, by the lower limit of its interval or by probability; empty without either.",
  })
  benchmarks(@Root() coefficient: AgreementCoefficient): Benchmark[] {
    return benchmarksOf(coefficient);
  }
}
