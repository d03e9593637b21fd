// What does the API show and take of ratings that are given out with the groups of their raters?
import { Field, InputType, Int, ObjectType } from "type-graphql";
import { Population } from "../activities/snapshot.js";
import { MutationInput, MutationPayload, SnapshotAt } from "../activities/types.js";
import { connectionType } from "../platform/connections.js";

@ObjectType({
  description:
    "That ratings were given out with the groups of their raters, for a model that is fitted elsewhere. Pseudonyms hold within one export only. Raters whose group is not known, or has fewer than 5 raters, are left out: as of when rows are read, so that who withdraws an attribute is gone from then on.",
})
export class LongTableExport {
  datasetId!: number;
  longTableExport!: number;
  asOf!: number;
  population!: Population;
  candidate!: number | null;
  criterionVersion!: number;
  keyKey!: string;
  activityNumber!: number;
  @Field(() => Int, { description: "1, 2, 3 … within the dataset." })
  number!: number;
  @Field(() => String, { description: "The attribute by which raters are grouped." })
  attribute!: string;
  @Field(() => Int, { description: "Ratings in it when it was made." })
  rowCount!: number;
  @Field(() => Int, { description: "Raters in it when it was made." })
  raterCount!: number;
  @Field(() => Int, { description: "Ratings of raters that were left out." })
  leftOutRowCount!: number;
  @Field(() => Int, { description: "Raters that were left out: their group is not known, or too small." })
  leftOutRaterCount!: number;
}

@ObjectType({ description: "A rating, with the group of its rater." })
export class LongTableRow {
  datasetId!: number;
  exampleVersionId!: number;
  criterionVersion!: number;
  asOf!: number;
  category!: number | null;
  score!: number | null;
  @Field(() => String, { description: "The rater's pseudonym in this export: 16 hexadecimal digits." })
  rater!: string;
  @Field(() => String, { description: "The rater's group." })
  group!: string;
}

export const LongTableExportConnection = connectionType("LongTableExport", LongTableExport);
export const LongTableRowConnection = connectionType("LongTableRow", LongTableRow);

@InputType({ description: "Which ratings, and by what their raters are grouped." })
export class ExportLongTableInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => SnapshotAt, { nullable: true, description: "Which moment; now where not said." })
  at?: SnapshotAt | null;
  @Field(() => Population, { nullable: true, description: "Which example versions, as in Dataset.snapshot." })
  population?: Population | null;
  @Field(() => String, { description: "The criterion, by key." })
  criterion!: string;
  @Field(() => Int, { nullable: true, description: "Its version; the latest then where not said." })
  criterionVersion?: number | null;
  @Field(() => String, { description: "The attribute of annotators." })
  attribute!: string;
}

@ObjectType({ implements: MutationPayload, description: "The export; its rows are read in pages." })
export class ExportLongTablePayload extends MutationPayload {
  @Field(() => LongTableExport, { nullable: true, description: "The export; null where it was refused." })
  export!: LongTableExport | null;
}
