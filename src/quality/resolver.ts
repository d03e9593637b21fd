// How does the API reach annotator quality?
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { activitiesByNumber, datasetRowsById } from "../activities/readQueries.js";
import { keyOf } from "../activities/snapshot.js";
import { snapshotAt } from "../activities/snapshotAt.js";
import { Activity, Snapshot } from "../activities/types.js";
import { annotatorsById } from "../annotators/queries.js";
import { Annotator } from "../annotators/types.js";
import { criterionVersionsById } from "../guidelines/queries.js";
import { CriterionVersion } from "../guidelines/types.js";
import { listConnection } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { sha256 } from "../platform/digest.js";
import { refusal } from "../platform/errors.js";
import { scopeFor } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import { startJob } from "../reports/startJob.js";
import { StartJobPayload } from "../reports/types.js";
import { ComputeAnnotatorQualityInput, QualityArgs, QualityPageArgs } from "./inputTypes.js";
import { askedFor, inOrder } from "./order.js";
import { computedQuestion } from "./question.js";
import { METHOD_VERSION, parametersOf, qualityAskedOf, qualityKind, qualityNumbers } from "./qualityReport.js";
import { AnnotatorQuality, AnnotatorQualityConnection, AnnotatorQualityReport } from "./types.js";

@Resolver(() => Snapshot)
export class QualityResolver {
  @FieldResolver(() => AnnotatorQualityReport, {
    nullable: true,
    description:
      "What each annotator's work is like on a criterion: agreement, severity, accuracy on gold, repeats, confusions, speed and drift, each with its uncertainty. Evidence, and no verdict.",
  })
  @Authorized<Permission>("quality:read")
  async annotatorQuality(
    @Root() root: Snapshot,
    @Args(() => QualityArgs) given: QualityArgs,
    @Ctx() context: Context,
  ): Promise<AnnotatorQualityReport> {
    scopeFor(context.viewer, root, "quality:read");
    const snapshot = keyOf(root);
    const asked = await qualityAskedOf(context.db, snapshot, given);
    const { question } = asked;
    const { report, ...found } = await qualityNumbers(context, snapshot, asked);
    const { annotators, ...shown } = report;
    const { datasetId, population } = snapshot;
    const rows = askedFor(annotators, question);
    const cited = { population, methodVersion: METHOD_VERSION, parameters: parametersOf(question) };
    return { datasetId, snapshot, question, rows, ...cited, ...found, ...shown };
  }

  @Mutation(() => StartJobPayload, {
    nullable: true,
    description:
      "Computes a report on annotators apart from this request, as a job. Once it is done, Snapshot.annotatorQuality with the same arguments answers at once.",
  })
  @Authorized<Permission>("job:start")
  async computeAnnotatorQuality(
    @Arg("input", () => ComputeAnnotatorQualityInput)
    { dataset: slug, at, population, question: given }: ComputeAnnotatorQualityInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, slug, "job:start");
    scopeFor(context.viewer, dataset, "quality:read");
    const [row] = await datasetRowsById(context.db, 0, [dataset.datasetId]);
    const snapshot = await snapshotAt(context, row!, at ?? null, population ?? null);
    if (!snapshot) throw refusal("NOT_FOUND", "there is no such snapshot", { argument: "at" });
    const { question, datasetUid } = await qualityAskedOf(context.db, snapshot, given);
    const computed = { snapshot, question: computedQuestion(question) };
    return startJob(context, scope, qualityKind, datasetUid, computed);
  }
}

@Resolver(() => AnnotatorQualityReport)
export class QualityReportResolver {
  @FieldResolver(() => Activity, { description: "The last activity that counts." })
  activity(@Root() { datasetId, snapshot }: AnnotatorQualityReport, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, snapshot.activity);
  }

  @FieldResolver(() => CriterionVersion, { description: "The question that was put and its scale." })
  criterionVersion(@Root() { datasetId, question }: AnnotatorQualityReport, @Ctx() { load }: Context) {
    return load(criterionVersionsById, datasetId, question.measured.criterionVersion);
  }

  @FieldResolver(() => AnnotatorQualityConnection, {
    description: "Those asked for who rated on the criterion: what counts, gold, or the same again.",
  })
  annotators(
    @Root() { datasetId, question, rows, key }: AnnotatorQualityReport,
    @Args(() => QualityPageArgs) { order, ...page }: QualityPageArgs,
  ) {
    const shown = inOrder(rows, order).map((row) => ({ ...row, datasetId }));
    const { annotatorKinds, annotators } = question;
    const who = sha256(JSON.stringify([annotatorKinds, annotators])).toString("base64url");
    return listConnection<AnnotatorQuality>(page, { order: `quality ${key} ${order} ${who}`, rows: shown });
  }

  @FieldResolver(() => AnnotatorQuality, {
    nullable: true,
    description: "One annotator; null where it is none of those asked for, or has rated nothing on the criterion.",
  })
  annotator(
    @Root() { datasetId, rows }: AnnotatorQualityReport,
    @Arg("key", () => String, { description: "The pseudonym." }) key: string,
  ): AnnotatorQuality | null {
    const row = rows.find((one) => one.key === key);
    return row ? { ...row, datasetId } : null;
  }
}

@Resolver(() => AnnotatorQuality)
export class AnnotatorQualityFieldsResolver {
  @FieldResolver(() => Annotator, { description: "Who." })
  annotator(@Root() { datasetId, annotatorId }: AnnotatorQuality, @Ctx() { load }: Context) {
    return load(annotatorsById, datasetId, annotatorId);
  }
}
