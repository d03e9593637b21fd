// How does the API reach diversity?
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { activitiesByNumber, datasetRowsById } from "../activities/readQueries.js";
import { keyOf } from "../activities/snapshot.js";
import { snapshotAt } from "../activities/snapshotAt.js";
import { Activity, Snapshot } from "../activities/types.js";
import { duplicateQuestion } from "../duplicates/duplicateReport.js";
import { filterScope } from "../duplicates/filterScope.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { scopeFor } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import { startJob } from "../reports/startJob.js";
import { StartJobPayload } from "../reports/types.js";
import type { SpreadNumbers } from "./diversityNumbers.js";
import { diversityKind, diversityReport, METHOD_VERSION } from "./diversityReport.js";
import { diversityQuestion, type DiversityQuestion } from "./question.js";
import {
  ComputeDiversityInput,
  DiversityArgs,
  DiversityReport,
  DiversitySpread,
  TextDiversity,
  TextMetricValue,
} from "./types.js";

@Resolver(() => Snapshot)
export class DiversityResolver {
  @FieldResolver(() => DiversityReport, {
    nullable: true,
    description:
      "How varied its examples are: spread over kinds, near-duplicates, and measures of a seeded sample of texts. Of many examples better by computeDiversity first.",
  })
  @Authorized<Permission>("coverage:read")
  async diversity(
    @Root() root: Snapshot,
    @Args(() => DiversityArgs) given: DiversityArgs,
    @Ctx() context: Context,
  ): Promise<DiversityReport> {
    filterScope(context.viewer, root, given.filter);
    const snapshot = keyOf(root);
    const question = questionOf(given);
    const { report, cache } = await diversityReport(context, snapshot, question);
    const { drawn, erased, texts } = report.sample;
    return {
      snapshot,
      cache,
      population: root.population,
      methodVersion: METHOD_VERSION,
      parameters: question,
      exampleVersionCount: report.versions,
      erasedCount: report.erased,
      spreads: report.spreads.map(shownSpread),
      distinctCount: report.duplicates.distinct,
      nearDuplicateMass: report.duplicates.mass,
      sample: { seed: question.seed, drawnCount: drawn, erasedCount: erased, textCount: texts },
      texts: report.texts,
    };
  }

  @Mutation(() => StartJobPayload, {
    nullable: true,
    description:
      "Measures diversity apart from this request, as a job: of many examples. Once it is done, Snapshot.diversity with the same arguments answers at once.",
  })
  @Authorized<Permission>("job:start")
  async computeDiversity(
    @Arg("input", () => ComputeDiversityInput)
    { dataset: slug, at, population, question: given }: ComputeDiversityInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, slug, "job:start");
    scopeFor(context.viewer, dataset, "coverage:read");
    filterScope(context.viewer, dataset, given?.filter);
    const [row] = await datasetRowsById(context.db, 0, [dataset.datasetId]);
    const snapshot = await snapshotAt(context, row!, at ?? null, population ?? null);
    if (!snapshot) throw refusal("NOT_FOUND", "there is no such snapshot", { argument: "at" });
    return startJob(context, scope, diversityKind, dataset.uid, { snapshot, question: questionOf(given ?? {}) });
  }
}

function questionOf(given: DiversityArgs): DiversityQuestion {
  const question = diversityQuestion(given);
  duplicateQuestion(question.threshold, null); // refuses a threshold that near-duplicates are not found by
  return question;
}

function shownSpread({ by, dimension, counted, unassigned, spread }: SpreadNumbers): DiversitySpread {
  const numbers = spread ?? { q0: null, q1: null, q2: null, evenness: null, topShare: null, topKey: null, gini: null };
  const undefinedBecause = spread ? null : "NO_COUNTS";
  return { by, dimension, countedCount: counted, unassignedCount: unassigned, ...numbers, undefinedBecause };
}

@Resolver(() => DiversityReport)
export class DiversityReportResolver {
  @FieldResolver(() => Activity, { description: "The last activity that counts." })
  activity(@Root() { snapshot }: DiversityReport, @Ctx() { load }: Context) {
    return load(activitiesByNumber, snapshot.datasetId, snapshot.activity);
  }
}

@Resolver(() => TextDiversity)
export class TextDiversityResolver {
  @FieldResolver(() => [TextMetricValue], { description: "Each with its method and what it was taken of." })
  metrics(@Root() { metrics }: TextDiversity): TextMetricValue[] {
    return metrics.map(({ metric, value, undefinedBecause, method, texts, tokens }) => {
      return { metric, value, undefinedBecause, method, textCount: texts, tokenCount: tokens };
    });
  }
}
