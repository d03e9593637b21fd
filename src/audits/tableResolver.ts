// How does the API give ratings out with the groups of their raters?
import { Arg, Args, Authorized, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import { textsByCommitment } from "../activities/queries.js";
import { activitiesByNumber, datasetRowsById } from "../activities/readQueries.js";
import { snapshotAt } from "../activities/snapshotAt.js";
import { Activity, Dataset, Snapshot } from "../activities/types.js";
import { findMeasured } from "../agreement/agreementReport.js";
import { exampleVersionsById } from "../examples/queries.js";
import { ExampleVersion } from "../examples/types.js";
import { CategoryValueScalar } from "../guidelines/categoryValue.js";
import { criterionVersionsById } from "../guidelines/queries.js";
import { CriterionVersion } from "../guidelines/types.js";
import { connection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { scopeFor } from "../platform/viewer.js";
import type { Permission } from "../policy.js";
import { exportLongTable } from "./exportLongTable.js";
import * as read from "./longTableQueries.js";
import {
  ExportLongTableInput,
  ExportLongTablePayload,
  LongTableExport,
  LongTableExportConnection,
  LongTableRow,
  LongTableRowConnection,
} from "./tableTypes.js";

@Resolver(() => Dataset)
export class LongTableResolver {
  @FieldResolver(() => LongTableExportConnection, {
    description: "When ratings were given out with the groups of their raters, in order.",
  })
  @Authorized<Permission>("audit:export")
  longTableExports(@Root() { datasetId }: Dataset, @Args(() => PageArgs) page: PageArgs, @Ctx() { db }: Context) {
    return connection<read.LongTableExportRow>(page, {
      order: "longTableExport",
      keyTypes: ["number"],
      key: (row) => [row.longTableExport],
      read: (slice) => read.exportsPage(db, datasetId, slice),
      count: () => read.exportCount(db, datasetId),
    });
  }

  @FieldResolver(() => LongTableExport, { nullable: true, description: "One of them, by its number." })
  @Authorized<Permission>("audit:export")
  longTableExport(
    @Root() { datasetId }: Dataset,
    @Arg("number", () => Int, { description: "The number people say aloud." }) number: number,
    @Ctx() { load }: Context,
  ) {
    return load(read.exportsById, datasetId, number);
  }

  @Mutation(() => ExportLongTablePayload, {
    nullable: true,
    description:
      "Gives ratings out with the groups of their raters, under pseudonyms of this export alone, and records that. Groups of fewer than 5 raters are left out.",
  })
  @Authorized<Permission>("audit:export")
  async exportLongTable(
    @Arg("input", () => ExportLongTableInput) input: ExportLongTableInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "audit:export");
    scopeFor(context.viewer, dataset, "rating:read");
    const [row] = await datasetRowsById(context.db, 0, [dataset.datasetId]);
    const snapshot = await snapshotAt(context, row!, input.at ?? null, input.population ?? null);
    if (!snapshot) throw refusal("NOT_FOUND", "there is no such snapshot", { argument: "at" });
    const { measured } = await findMeasured(context.db, snapshot, input);
    const { criterionVersion } = measured;
    const asked = { snapshot, criterionVersion, attribute: input.attribute };
    const answer = await exportLongTable(context.db, scope, asked, input);
    const made = answer.activity && (await read.exportOfActivity(context.db, dataset.datasetId, answer.activity));
    return { ...(await payloadOf(context, dataset.datasetId, answer)), export: made };
  }
}

@Resolver(() => LongTableExport)
export class LongTableExportResolver {
  @FieldResolver(() => LongTableRowConnection, { description: "Its rows, by item, then by pseudonym." })
  @Authorized<Permission>("audit:export")
  async rows(@Root() root: LongTableExport, @Args(() => PageArgs) page: PageArgs, @Ctx() { db, load }: Context) {
    const { datasetId, longTableExport, asOf, population, candidate, criterionVersion, attribute } = root;
    const key = await load(textsByCommitment, datasetId, root.keyKey);
    if (key === null)
      throw refusal("CONTENT_ERASED", `the key of export ${longTableExport} was erased; make another export`);
    const snapshot = { datasetId, activity: asOf, population, candidate };
    const asked = { snapshot, criterionVersion, attribute };
    return connection<read.LongTableRow>(page, {
      order: `longTable ${longTableExport}`,
      keyTypes: ["number", "string"],
      key: (row) => [row.exampleVersionId, row.rater],
      read: (slice) => read.longTablePage(db, asked, Buffer.from(key, "hex"), slice),
      count: async () => (await read.longTableCounts(db, asked)).rowCount,
    });
  }

  @FieldResolver(() => Snapshot, { description: "Of which example versions and moment." })
  snapshot(@Root() { datasetId, asOf, population, candidate }: LongTableExport): Partial<Snapshot> {
    return { datasetId, activityNumber: asOf, population, candidate };
  }

  @FieldResolver(() => CriterionVersion, { description: "The question that was put and its scale." })
  criterionVersion(@Root() { datasetId, criterionVersion }: LongTableExport, @Ctx() { load }: Context) {
    return load(criterionVersionsById, datasetId, criterionVersion);
  }

  @FieldResolver(() => Activity, { description: "The activity that records it." })
  activity(@Root() { datasetId, activityNumber }: LongTableExport, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }
}

@Resolver(() => LongTableRow)
export class LongTableRowResolver {
  @FieldResolver(() => ExampleVersion, { description: "The item: what was rated." })
  async item(@Root() { datasetId, exampleVersionId, asOf }: LongTableRow, @Ctx() { load }: Context) {
    return { ...(await load(exampleVersionsById, datasetId, exampleVersionId)), asOf };
  }

  @FieldResolver(() => CategoryValueScalar, { description: "The value, as the criterion declares it." })
  async value(@Root() { datasetId, criterionVersion, category, score }: LongTableRow, @Ctx() { load }: Context) {
    if (category === null) return score;
    return (await load(criterionVersionsById, datasetId, criterionVersion))!.categories![category];
  }
}
