// What does the API take for preparing, cutting and downloading releases?
import { Field, Float, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { MutationInput, MutationPayload } from "../activities/types.js";
import { Population } from "../activities/snapshot.js";
import { CONSENSUS_RULES, type ConsensusRule } from "../consensus/consensusOf.js";
import { ExampleFilter } from "../examples/types.js";
import type { ExportFormat } from "./exportFormats.js";
import type { OptionalGate } from "./selection.js";
import type { SplitShares } from "./splitOf.js";
import { ExportFormatEnum, Release, ReleaseCandidate, ReleaseDownload, ReleaseStatusEnum } from "./types.js";

export const QualityRuleEnum = Object.fromEntries(CONSENSUS_RULES.map((rule) => [rule, rule])) as {
  [R in ConsensusRule]: R;
};
registerEnumType(QualityRuleEnum, {
  name: "QualityRule",
  description: "How several ratings of an example become its quality_rating.",
  valuesConfig: {
    MEAN: { description: "The arithmetic mean of numbers." },
    MEDIAN: {
      description: "The middle one; of two middle ones that differ, their mean, or null where they are no numbers.",
    },
    MAJORITY: { description: "The most frequent one; null on a tie." },
    DAWID_SKENE: {
      description:
        "The most probable category by Dawid and Skene's model of all ratings that count of population CURRENT; null on a tie.",
    },
  },
});

export const OptionalGateEnum: Record<OptionalGate, OptionalGate> = { BIAS_AUDIT: "BIAS_AUDIT" };
registerEnumType(OptionalGateEnum, {
  name: "OptionalGate",
  description: "A gate that is looked at only where a release asks for it.",
  valuesConfig: {
    BIAS_AUDIT: {
      description:
        "A bias audit of exactly these example versions, signed off, and no HIGH or MEDIUM finding that is open or whose waiver has expired. It is looked at again when the candidate is cut.",
    },
  },
});

@InputType({ description: "Shares of the splits; they sum to 1." })
export class SplitSharesInput implements SplitShares {
  @Field(() => Float, { defaultValue: 0, description: "From 0 to 1." })
  train!: number;
  @Field(() => Float, { defaultValue: 0, description: "From 0 to 1." })
  validation!: number;
  @Field(() => Float, { defaultValue: 0, description: "From 0 to 1." })
  test!: number;
}

@InputType({ description: "What to release, as of now." })
export class PrepareReleaseInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => Population, {
    defaultValue: Population.ACCEPTED,
    description: "ACCEPTED, or CURRENT for undecided examples too.",
  })
  population!: Population;
  @Field(() => ExampleFilter, { nullable: true, description: "Only these of the population." })
  filter?: ExampleFilter | null;
  @Field(() => String, {
    nullable: true,
    description: "The label dimension whose value becomes category; of several values, the first by code points.",
  })
  categoryDimension?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The criterion whose ratings by people (strata OPEN and RANDOM, in force) become quality_rating: helpfulness, or helpfulness@2.",
  })
  qualityCriterion?: string | null;
  @Field(() => QualityRuleEnum, { nullable: true, description: "How; where not said, MEAN of numbers, else MAJORITY." })
  qualityRule?: ConsensusRule | null;
  @Field(() => String, {
    nullable: true,
    description: "Enters the hash that draws splits; the dataset's uid where not said.",
  })
  splitSeed?: string | null;
  @Field(() => SplitSharesInput, {
    nullable: true,
    description:
      "Shares of examples that were in no release yet; 0.9, 0.05, 0.05 where not said. Equal prompts stay together.",
  })
  splits?: SplitSharesInput | null;
  @Field(() => [OptionalGateEnum], {
    nullable: true,
    description: "Gates that block besides those that always do; none where not said. Enters the release's digest.",
  })
  requiredGates?: OptionalGate[] | null;
}
@ObjectType({ implements: MutationPayload, description: "The candidate." })
export class PrepareReleasePayload extends MutationPayload {
  @Field(() => ReleaseCandidate, { nullable: true, description: "The candidate; null where refused." })
  candidate!: ReleaseCandidate | null;
}

@InputType({ description: "Which candidate becomes which version." })
export class CutReleaseInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => ID, { description: "The candidate's id." })
  candidateId!: string;
  @Field(() => String, {
    description: "Semantic version; ReleaseCandidate.minimumVersion is the smallest that is taken.",
  })
  version!: string;
  @Field(() => String, { nullable: true, description: "Release notes." })
  notes?: string | null;
}
@ObjectType({ implements: MutationPayload, description: "The release." })
export class CutReleasePayload extends MutationPayload {
  @Field(() => Release, { nullable: true, description: "The release; null where refused." })
  release!: Release | null;
}

@InputType({ description: "A release's new standing." })
export class SetReleaseStatusInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => String, { description: "The release's version." })
  version!: string;
  @Field(() => ReleaseStatusEnum, { description: "DEPRECATED or REVOKED." })
  status!: "DEPRECATED" | "REVOKED";
  @Field(() => String, { description: "Why; kept in the log for good, so name nobody." })
  reason!: string;
}
@ObjectType({ implements: MutationPayload, description: "The release." })
export class SetReleaseStatusPayload extends MutationPayload {
  @Field(() => Release, { nullable: true, description: "The release; null where refused." })
  release!: Release | null;
}

@InputType({ description: "What to download." })
export class CreateDownloadInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => String, { description: "The release's version." })
  release!: string;
  @Field(() => ExportFormatEnum, { defaultValue: "RECORDS", description: "In which format." })
  format!: ExportFormat;
}
@ObjectType({
  implements: MutationPayload,
  description: "Where to download it. Nothing is recorded: activity is null.",
})
export class CreateDownloadPayload extends MutationPayload {
  @Field(() => ReleaseDownload, { nullable: true, description: "The download; null where refused." })
  download!: ReleaseDownload | null;
}
