// What does the API show of coverage over releases?
import { Field, ObjectType } from "type-graphql";
import { CoverageDimensionDrift } from "../coverage/driftTypes.js";
import { CoverageReport } from "../coverage/reportTypes.js";
import { Release } from "./types.js";

@ObjectType({ description: "What a release, or the head, covers over one dimension." })
export class CoverageTrendPoint {
  @Field(() => Release, { nullable: true, description: "The release; null for the head, which comes last." })
  release!: Release | null;
  @Field(() => CoverageReport, { description: "Shares and attainment." })
  coverage!: CoverageReport;
  @Field(() => CoverageDimensionDrift, {
    nullable: true,
    description: "How it moved since the one before; null for the first.",
  })
  drift!: CoverageDimensionDrift | null;
}
