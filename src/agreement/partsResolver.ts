// How does the API reach pairs, confusions, disagreements, trends and plans?
import { Arg, Args, Authorized, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { activitiesByNumber } from "../activities/readQueries.js";
import { keyOf } from "../activities/snapshot.js";
import { Activity, Snapshot } from "../activities/types.js";
import { exampleVersionsById } from "../examples/queries.js";
import { ExampleVersion } from "../examples/types.js";
import { listConnection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { scopeFor } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import { findReport } from "../reports/findReport.js";
import { findMeasured } from "./agreementReport.js";
import { BetweenEnum, PairWeightingEnum } from "./enumTypes.js";
import { AgreementPlanArgs } from "./inputTypes.js";
import { matrixOf, rowsOf } from "./pairRows.js";
import { usualPairWeighting, type PairWeighting } from "./pairs.js";
import { pairSummaries, type Between } from "./pairSummaries.js";
import { coincidencesKind, disagreementsKind, pairsKind, planKind } from "./partReports.js";
import {
  AgreementPairConnection,
  AgreementPairMatrix,
  AgreementPairs,
  AgreementPlan,
  AgreementTrendPoint,
  Coincidences,
  Disagreement,
  DisagreementConnection,
} from "./partTypes.js";
import { planQuestionOf } from "./plan.js";
import { countedOf, type CountedRatings } from "./question.js";
import { agreementTrend } from "./trend.js";
import { AgreementReport } from "./types.js";

/** Which ratings count for a report: what its parts are about, too. */
function countedBy({ question }: AgreementReport): CountedRatings {
  const { measured, repeats, strata, annotatorKinds, annotators, filter } = question;
  return { measured, repeats, strata, annotatorKinds, annotators, filter };
}

@Resolver(() => AgreementReport)
export class AgreementPartsResolver {
  @FieldResolver(() => AgreementPairs, {
    description:
      "How well each annotator agrees with each other one, over the units that both rated. With annotatorKinds [HUMAN, MODEL] models stand against people.",
  })
  async pairs(
    @Root() root: AgreementReport,
    @Arg("weighting", () => PairWeightingEnum, {
      nullable: true,
      description: "UNWEIGHTED on nominal scales and QUADRATIC on others where not said.",
    })
    weighting: PairWeighting | null,
    @Ctx() context: Context,
  ): Promise<AgreementPairs> {
    const counted = countedBy(root);
    const { level } = root.question.inference;
    const question = { ...counted, weighting: weighting ?? usualPairWeighting(counted), level };
    const asked = { snapshot: root.snapshot, question };
    const { report, key } = await findReport(context, pairsKind, root.datasetUid, asked);
    return { report, key, weighting: question.weighting, summaries: pairSummaries(report) };
  }

  @FieldResolver(() => Coincidences, { description: "Which two values are mistaken for each other." })
  async coincidences(@Root() root: AgreementReport, @Ctx() context: Context): Promise<Coincidences> {
    const asked = { snapshot: root.snapshot, question: countedBy(root) };
    return (await findReport(context, coincidencesKind, root.datasetUid, asked)).report;
  }

  @FieldResolver(() => DisagreementConnection, {
    description: "The units on which annotators disagree most, most first; the first 10,000 of them.",
  })
  async disagreements(@Root() root: AgreementReport, @Args(() => PageArgs) args: PageArgs, @Ctx() context: Context) {
    const asked = { snapshot: root.snapshot, question: countedBy(root) };
    const { report, key } = await findReport(context, disagreementsKind, root.datasetUid, asked);
    const { datasetId } = root.snapshot;
    const rows = report.units.map(({ exampleVersion, ...row }) => ({
      ...row,
      datasetId,
      exampleVersionId: exampleVersion,
    }));
    return listConnection<Disagreement>(args, { order: `disagreements ${key}`, rows });
  }

  @FieldResolver(() => [AgreementTrendPoint], {
    description:
      "The same question, slices apart, as of activities evenly from the first that rated on the criterion to the last that counts.",
  })
  trend(
    @Root() root: AgreementReport,
    @Arg("points", () => Int, { defaultValue: 12, description: "How many activities, 2 to 50." }) points: number,
    @Ctx() context: Context,
  ): Promise<AgreementTrendPoint[]> {
    return agreementTrend(context, root as never, points) as never;
  }
}

@Resolver(() => AgreementPairs)
export class AgreementPairsResolver {
  @FieldResolver(() => AgreementPairConnection, { description: "The pairs that share units, lowest kappa first." })
  list(
    @Root() { report, key }: AgreementPairs,
    @Args(() => PageArgs) args: PageArgs,
    @Arg("leastUnits", () => Int, { defaultValue: 1, description: "Only pairs that share so many." })
    leastUnits: number,
    @Arg("between", () => BetweenEnum, { nullable: true, description: "Only pairs of these kinds." })
    given: Between | null | undefined,
  ) {
    const between = given ?? null;
    const order = `pairs ${key} ${leastUnits} ${between}`;
    return listConnection(args, { order, rows: rowsOf(report, leastUnits, between) });
  }

  @FieldResolver(() => AgreementPairMatrix, { description: "All pairs as a square, of at most 200 annotators." })
  matrix(@Root() { report }: AgreementPairs): AgreementPairMatrix {
    return matrixOf(report);
  }
}

@Resolver(() => Disagreement)
export class DisagreementResolver {
  @FieldResolver(() => ExampleVersion, { description: "The example version that was rated." })
  exampleVersion(@Root() { datasetId, exampleVersionId }: Disagreement, @Ctx() { load }: Context) {
    return load(exampleVersionsById, datasetId, exampleVersionId);
  }
}

@Resolver(() => AgreementTrendPoint)
export class AgreementTrendPointResolver {
  @FieldResolver(() => Activity, { description: "The last activity that counts." })
  activity(@Root() { datasetId, activityNumber }: AgreementTrendPoint, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }
}

@Resolver(() => Snapshot)
export class AgreementPlanResolver {
  @FieldResolver(() => AgreementPlan, {
    nullable: true,
    description: "How many raters on how many units give an interval as narrow as wanted, by the ratings at hand.",
  })
  @Authorized<Permission>("agreement:read")
  async agreementPlan(
    @Root() root: Snapshot,
    @Args(() => AgreementPlanArgs) given: AgreementPlanArgs,
    @Ctx() context: Context,
  ): Promise<AgreementPlan> {
    scopeFor(context.viewer, root, "agreement:read");
    const snapshot = keyOf(root);
    const { datasetUid, measured } = await findMeasured(context.db, snapshot, given);
    const question = planQuestionOf(countedOf(given, measured), given);
    return (await findReport(context, planKind, datasetUid, { snapshot, question })).report;
  }
}
