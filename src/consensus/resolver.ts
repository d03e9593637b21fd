// How does the API reach consensus?
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { activitiesByNumber, datasetRowsById } from "../activities/readQueries.js";
import { keyOf } from "../activities/snapshot.js";
import { snapshotAt } from "../activities/snapshotAt.js";
import { Activity, Snapshot } from "../activities/types.js";
import { annotatorsById } from "../annotators/queries.js";
import { Annotator } from "../annotators/types.js";
import { exampleVersionsById } from "../examples/queries.js";
import { ExampleVersion } from "../examples/types.js";
import { criterionVersionsById } from "../guidelines/queries.js";
import { CriterionVersion } from "../guidelines/types.js";
import { PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { scopeFor } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import { startJob } from "../reports/startJob.js";
import { StartJobPayload } from "../reports/types.js";
import { askConsensus } from "./askConsensus.js";
import "./consensusFilter.js";
import { consensusReport, type ConsensusReportRow } from "./consensusReport.js";
import { fitKind } from "./fitRatings.js";
import {
  ComputeConsensusInput,
  Consensus,
  ConsensusArgs,
  ConsensusModel,
  ConsensusRater,
  ConsensusUnit,
} from "./types.js";

@Resolver(() => Snapshot)
export class ConsensusResolver {
  @FieldResolver(() => Consensus, {
    nullable: true,
    description:
      "What annotators say together of each example version on a criterion, and how certain that is: those with a rating that counts.",
  })
  @Authorized<Permission>("agreement:read")
  async consensus(
    @Root() snapshot: Snapshot,
    @Args(() => ConsensusArgs) given: ConsensusArgs,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: Context,
  ) {
    scopeFor(context.viewer, snapshot, "agreement:read");
    const report = await consensusReport(context, keyOf(snapshot), given, page);
    return Object.assign(report, { population: snapshot.population, model: modelOf(report) });
  }

  @Mutation(() => StartJobPayload, {
    nullable: true,
    description:
      "Fits Dawid and Skene's model apart from this request, as a job: for many ratings. Once it is done, Snapshot.consensus with rule DAWID_SKENE and the same arguments answers at once, and so does a filter by it.",
  })
  @Authorized<Permission>("job:start")
  async computeConsensus(
    @Arg("input", () => ComputeConsensusInput)
    { dataset: slug, at, population, question: given }: ComputeConsensusInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, slug, "job:start");
    scopeFor(context.viewer, dataset, "agreement:read");
    const [row] = await datasetRowsById(context.db, 0, [dataset.datasetId]);
    const snapshot = await snapshotAt(context, row!, at ?? null, population ?? null);
    if (!snapshot) throw refusal("NOT_FOUND", "there is no such snapshot", { argument: "at" });
    const asked = await askConsensus(context.db, snapshot, { ...given, rule: "DAWID_SKENE", order: "NUMBER" });
    return startJob(context, scope, fitKind, asked.datasetUid, { snapshot, question: asked.question });
  }
}

function modelOf({ fitted, criterion, snapshot }: ConsensusReportRow): ConsensusModel | null {
  if (!fitted) return null;
  const { datasetId } = snapshot;
  const categories = criterion.categories!;
  const allRaters = fitted.raters.map(({ annotator, ratings, accuracy, rows }) => ({
    datasetId,
    annotatorId: annotator,
    ratingCount: ratings,
    accuracy,
    confusion: rows.map((row, k) => ({
      value: categories[k]!,
      expectedRatings: row.ratings,
      probabilities: row.probabilities,
    })),
  }));
  const classPriors = fitted.priors.map((prior, k) => ({ value: categories[k]!, prior }));
  const { logLikelihood, steps, mostSteps, converged } = fitted;
  return { classPriors, logLikelihood, steps, mostSteps, converged, allRaters };
}

@Resolver(() => Consensus)
export class ConsensusFieldsResolver {
  @FieldResolver(() => Activity, { description: "The last activity that counts." })
  activity(@Root() { snapshot }: Consensus, @Ctx() { load }: Context) {
    return load(activitiesByNumber, snapshot.datasetId, snapshot.activity);
  }

  @FieldResolver(() => CriterionVersion, { description: "The question that was put and its scale." })
  criterionVersion(@Root() { snapshot, criterion }: Consensus, @Ctx() { load }: Context) {
    return load(criterionVersionsById, snapshot.datasetId, criterion.criterionVersion);
  }
}

@Resolver(() => ConsensusUnit)
export class ConsensusUnitResolver {
  @FieldResolver(() => ExampleVersion, { description: "What was rated, with labels as of the snapshot." })
  async exampleVersion(@Root() { datasetId, exampleVersionId, asOf }: ConsensusUnit, @Ctx() { load }: Context) {
    return { ...(await load(exampleVersionsById, datasetId, exampleVersionId)), asOf };
  }
}

@Resolver(() => ConsensusModel)
export class ConsensusModelResolver {
  @FieldResolver(() => [ConsensusRater], {
    description: "How each annotator confuses the values, in order of enrolment.",
  })
  @Authorized<Permission>("quality:read")
  raters(@Root() { allRaters }: ConsensusModel): ConsensusRater[] {
    return allRaters;
  }
}

@Resolver(() => ConsensusRater)
export class ConsensusRaterResolver {
  @FieldResolver(() => Annotator, { description: "Whose ratings." })
  annotator(@Root() { datasetId, annotatorId }: ConsensusRater, @Ctx() { load }: Context) {
    return load(annotatorsById, datasetId, annotatorId);
  }
}
