// What does the API show of all gaps of a plan together?
import { Field, Float, ObjectType } from "type-graphql";
import { CoverageCell, CoverageReport } from "./reportTypes.js";

@ObjectType({ simpleResolvers: true, description: "A cell of a plan, with the dimensions it is of." })
export class CoveragePlanGap {
  @Field(() => [String], { description: "What the plan calls them, in the order of the cell's keys." })
  dimensions!: string[];
  @Field(() => CoverageCell, { description: "The cell." })
  cell!: CoverageCell;
}

@ObjectType({ description: "How far a snapshot is from all that a plan asks for. The same for ever." })
export class CoveragePlanStatus {
  datasetId!: number;
  planVersionId!: number;
  @Field(() => Float, {
    nullable: true,
    description: "The least of all cells that have a target; null where none has.",
  })
  attainment!: number | null;
  @Field(() => [CoveragePlanGap], { description: "What to write next: largest weighted deficit first." })
  gaps!: CoveragePlanGap[];
  @Field(() => [CoveragePlanGap], { description: "Cells over their maximum share, largest weighted excess first." })
  excesses!: CoveragePlanGap[];
  @Field(() => [CoverageReport], {
    description: "A report over each dimension, or pair of them, that the plan has targets over.",
  })
  reports!: CoverageReport[];
}
