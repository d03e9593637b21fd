// What do mutations of the instance take and answer?
import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import type { Role } from "../policy.js";
import { AgentKindEnum, ApiToken, Dataset, MutationInput, MutationPayload, Principal, RoleEnum } from "./types.js";

@InputType({ description: "A new dataset; you become its owner." })
export class CreateDatasetInput extends MutationInput {
  @Field(() => String, { description: "1 to 63 of a–z, 0–9 and -." })
  slug!: string;
  @Field(() => String, { description: "What it is called." })
  title!: string;
}
@ObjectType({ implements: MutationPayload, description: "The new dataset." })
export class CreateDatasetPayload extends MutationPayload {
  @Field(() => Dataset, { nullable: true, description: "The dataset; null where refused." })
  dataset!: Dataset | null;
}
@InputType({ description: "Somebody or something new that can sign in." })
export class CreatePrincipalInput extends MutationInput {
  @Field(() => String, { description: "What scripts call it." })
  key!: string;
  @Field(() => AgentKindEnum, { description: "Human, script or model." })
  kind!: "HUMAN" | "SCRIPT" | "MODEL";
  @Field(() => String, { nullable: true, description: "The iss of its JWTs." })
  issuer?: string | null;
  @Field(() => String, { nullable: true, description: "The sub of its JWTs." })
  subject?: string | null;
}
@ObjectType({ implements: MutationPayload, description: "The new principal." })
export class CreatePrincipalPayload extends MutationPayload {
  @Field(() => Principal, { nullable: true, description: "The principal; null where refused." })
  principal!: Principal | null;
}
@InputType({ description: "Personal data of a principal, kept apart from the facts; null erases." })
export class SetPersonInput extends MutationInput {
  @Field(() => String, { description: "The principal's key." })
  principal!: string;
  @Field(() => String, { nullable: true, description: "The person's name." })
  name?: string | null;
  @Field(() => String, { nullable: true, description: "How to reach the person." })
  contact?: string | null;
}
@ObjectType({ implements: MutationPayload, description: "Whose personal data it is." })
export class SetPersonPayload extends MutationPayload {
  @Field(() => Principal, { nullable: true, description: "The principal; null where refused." })
  principal!: Principal | null;
}
@InputType({ description: "A new API token." })
export class IssueApiTokenInput extends MutationInput {
  @Field(() => String, { nullable: true, description: "Whose; your own where not said. Another's needs an admin." })
  principal?: string | null;
  @Field(() => String, { description: "What it is for." })
  label!: string;
  @Field(() => [String], { nullable: true, description: "Permissions to limit it to." })
  scopes?: string[] | null;
  @Field(() => [String], { nullable: true, description: "Slugs of the datasets to limit it to." })
  datasets?: string[] | null;
  @Field(() => Int, { defaultValue: 90, description: "1 to 366." })
  expiresInDays!: number;
}
@ObjectType({ implements: MutationPayload, description: "The new token." })
export class IssueApiTokenPayload extends MutationPayload {
  @Field(() => ApiToken, { nullable: true, description: "The token; null where refused." })
  apiToken!: ApiToken | null;
  @Field(() => String, { nullable: true, description: "The secret, shown this once; null where refused or replayed." })
  secret!: string | null;
}
@InputType({ description: "A token to end." })
export class RevokeApiTokenInput extends MutationInput {
  @Field(() => ID, { description: "Its id." })
  tokenId!: string;
}
@ObjectType({ implements: MutationPayload, description: "The revoked token." })
export class RevokeApiTokenPayload extends MutationPayload {
  @Field(() => ApiToken, { nullable: true, description: "The token; null where refused." })
  apiToken!: ApiToken | null;
}
@InputType({ description: "A role to give, change or take." })
export class SetMemberInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => String, { description: "The principal's key." })
  principal!: string;
  @Field(() => RoleEnum, { nullable: true, description: "Null takes the role away." })
  role?: Role | null;
}
@ObjectType({ implements: MutationPayload, description: "The member." })
export class SetMemberPayload extends MutationPayload {
  @Field(() => Principal, { nullable: true, description: "Whose role it is; null where refused." })
  principal!: Principal | null;
}
