// What do guidelines, criteria and clauses lead to?
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { textsByCommitment } from "../activities/queries.js";
import { activitiesByNumber } from "../activities/readQueries.js";
import { Activity } from "../activities/types.js";
import { connection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import * as keys from "./keyQueries.js";
import * as read from "./queries.js";
import {
  Clause,
  Criterion,
  CriterionScale,
  CriterionVersion,
  CriterionVersionConnection,
  Guideline,
  GuidelineVersion,
  GuidelineVersionConnection,
  Illustration,
} from "./types.js";

@Resolver(() => Guideline)
export class GuidelineFieldsResolver {
  @FieldResolver(() => GuidelineVersion, { description: "The version published last." })
  latest(@Root() { datasetId, guideline }: Guideline, @Ctx() { load }: Context) {
    return load(read.latestGuidelineVersions, datasetId, guideline);
  }

  @FieldResolver(() => GuidelineVersionConnection, {
    description: "All versions, in the order they were published in.",
  })
  versions(@Root() { datasetId, guideline }: Guideline, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return connection<read.GuidelineVersionRow>(args, {
      order: `guideline ${guideline}`,
      keyTypes: ["number"],
      key: (row) => [row.guidelineVersion],
      read: (slice) => read.guidelineVersionsPage(db, datasetId, guideline, slice),
      count: () => read.countOf(db, "guideline_versions", datasetId, guideline),
    });
  }
}

@Resolver(() => GuidelineVersion)
export class GuidelineVersionFieldsResolver {
  @FieldResolver(() => Guideline, { description: "Of which guideline." })
  guideline(@Root() { datasetId, guideline }: GuidelineVersion, @Ctx() { load }: Context) {
    return load(keys.guidelinesById, datasetId, guideline);
  }

  @FieldResolver(() => String, { nullable: true, description: "What changed and why, in Markdown." })
  changeNote(@Root() { datasetId, changeNoteKey }: GuidelineVersion, @Ctx() { load }: Context) {
    return changeNoteKey === null ? null : load(textsByCommitment, datasetId, changeNoteKey);
  }

  @FieldResolver(() => [Clause], { description: "The rules, in order." })
  clauses(@Root() { datasetId, guidelineVersion }: GuidelineVersion, @Ctx() { load }: Context) {
    return load(keys.clausesOfVersions, datasetId, guidelineVersion);
  }

  @FieldResolver(() => [CriterionVersion], {
    description: "The criterion versions in force under it, by key; a rating on any other is refused.",
  })
  criteria(@Root() { datasetId, guidelineVersion }: GuidelineVersion, @Ctx() { load }: Context) {
    return load(read.criteriaOfGuidelineVersions, datasetId, guidelineVersion);
  }

  @FieldResolver(() => Activity, { description: "The activity that published it." })
  activity(@Root() { datasetId, activityNumber }: GuidelineVersion, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => Activity, {
    nullable: true,
    description: "The activity that published the next version; null for the latest.",
  })
  supersededBy(@Root() { datasetId, supersededByNumber }: GuidelineVersion, @Ctx() { load }: Context) {
    return supersededByNumber === null ? null : load(activitiesByNumber, datasetId, supersededByNumber);
  }
}

@Resolver(() => Clause)
export class ClauseFieldsResolver {
  @FieldResolver(() => String, { nullable: true, description: "The rule, in Markdown; null where it was erased." })
  text(@Root() { datasetId, textKey }: Clause, @Ctx() { load }: Context) {
    return load(textsByCommitment, datasetId, textKey);
  }

  @FieldResolver(() => GuidelineVersion, { description: "In which guideline version it stands." })
  guidelineVersion(@Root() { datasetId, guidelineVersionId }: Clause, @Ctx() { load }: Context) {
    return load(read.guidelineVersionsById, datasetId, guidelineVersionId);
  }

  @FieldResolver(() => [Illustration], { description: "What it asks for." })
  examples(@Root() clause: Clause, @Ctx() context: Context) {
    return illustrationsOf(clause, context, "EXAMPLE");
  }

  @FieldResolver(() => [Illustration], { description: "What it does not." })
  counterexamples(@Root() clause: Clause, @Ctx() context: Context) {
    return illustrationsOf(clause, context, "COUNTEREXAMPLE");
  }
}

async function illustrationsOf({ datasetId, clause }: Clause, { load }: Context, kind: keys.IllustrationRow["kind"]) {
  const found = await load(keys.illustrationsOfClauses, datasetId, clause);
  return found!.filter((one) => one.kind === kind);
}

@Resolver(() => Illustration)
export class IllustrationFieldsResolver {
  @FieldResolver(() => String, { nullable: true, description: "In Markdown; null where it was erased." })
  text(@Root() { datasetId, textKey }: Illustration, @Ctx() { load }: Context) {
    return load(textsByCommitment, datasetId, textKey);
  }

  @FieldResolver(() => String, { nullable: true, description: "What it shows." })
  note(@Root() { datasetId, noteKey }: Illustration, @Ctx() { load }: Context) {
    return noteKey === null ? null : load(textsByCommitment, datasetId, noteKey);
  }
}

@Resolver(() => Criterion)
export class CriterionFieldsResolver {
  @FieldResolver(() => CriterionVersion, { description: "The version published last." })
  latest(@Root() { datasetId, criterion }: Criterion, @Ctx() { load }: Context) {
    return load(read.latestCriterionVersions, datasetId, criterion);
  }

  @FieldResolver(() => CriterionVersionConnection, { description: "All versions, in order." })
  versions(@Root() { datasetId, criterion }: Criterion, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return connection<read.CriterionVersionRow>(args, {
      order: `criterion ${criterion}`,
      keyTypes: ["number"],
      key: (row) => [row.criterionVersion],
      read: (slice) => read.criterionVersionsPage(db, datasetId, criterion, slice),
      count: () => read.countOf(db, "criterion_versions", datasetId, criterion),
    });
  }
}

@Resolver(() => CriterionVersion)
export class CriterionVersionFieldsResolver {
  @FieldResolver(() => Criterion, { description: "Of which criterion." })
  criterion(@Root() { datasetId, criterion }: CriterionVersion, @Ctx() { load }: Context) {
    return load(keys.criteriaById, datasetId, criterion);
  }

  @FieldResolver(() => String, { nullable: true, description: "What raters are asked; null where it was erased." })
  question(@Root() { datasetId, questionKey }: CriterionVersion, @Ctx() { load }: Context) {
    return load(textsByCommitment, datasetId, questionKey);
  }

  @FieldResolver(() => CriterionScale, { description: "What values it takes." })
  scale(@Root() { level, categories, minimum, maximum }: CriterionVersion): CriterionScale {
    return { level, categories, minimum, maximum };
  }

  @FieldResolver(() => Activity, { description: "The activity that published it." })
  activity(@Root() { datasetId, activityNumber }: CriterionVersion, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => Activity, {
    nullable: true,
    description: "The activity that published the next version; null for the latest.",
  })
  supersededBy(@Root() { datasetId, supersededByNumber }: CriterionVersion, @Ctx() { load }: Context) {
    return supersededByNumber === null ? null : load(activitiesByNumber, datasetId, supersededByNumber);
  }
}
