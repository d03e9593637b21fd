// How does a client learn what one request may ask for?
import { Authorized, Field, Int, ObjectType, Query, Resolver } from "type-graphql";
import { BULK_ITEMS, LIMITS } from "../platform/requestLimits.js";
import type { Permission } from "../policy.js";

@ObjectType({ description: "How many items one call of a bulk mutation takes." })
export class BulkLimit {
  @Field(() => String, { description: "The mutation." })
  mutation!: string;
  @Field(() => Int, { description: "Items a call." })
  items!: number;
}

@ObjectType({
  description:
    "What one request may ask for. One that asks for more is refused before anything runs, with the numbers.",
})
export class ApiLimits {
  @Field(() => Int, { description: "Lexical tokens of a document." })
  tokens!: number;
  @Field(() => Int, { description: "Operations in a document." })
  operations!: number;
  @Field(() => Int, { description: "Levels of fields, fragments written out." })
  depth!: number;
  @Field(() => Int, { description: "Aliases in a document." })
  aliases!: number;
  @Field(() => Int, { description: "Fields at the root of a query." })
  rootFields!: number;
  @Field(() => Int, { description: "Fields at the root of a mutation." })
  rootMutations!: number;
  @Field(() => Int, { description: "Directives in a document." })
  directives!: number;
  @Field(() => Int, { description: "Directives on one field, fragment or operation." })
  directivesOnOne!: number;
  @Field(() => Int, { description: "Fields and spreads, fragments written out." })
  selections!: number;
  @Field(() => Int, {
    description:
      "Points: one for each object that may be answered, through first and last; extensions.cost of an answer says what it was.",
  })
  cost!: number;
  @Field(() => Int, { description: "Items on a page: the largest first or last." })
  page!: number;
  @Field(() => Int, { description: "Ids that nodes(ids:) takes." })
  nodes!: number;
  @Field(() => Int, { description: "Bytes of a body." })
  bodyBytes!: number;
  @Field(() => Int, { description: "Bytes of a body that holds nothing but bulk mutations." })
  bulkBodyBytes!: number;
  @Field(() => Int, { description: "Levels of arrays and objects in a body." })
  bodyDepth!: number;
  @Field(() => Int, { description: "Bytes of the texts that a page shows." })
  textBytes!: number;
  @Field(() => [BulkLimit], { description: "The bulk mutations." })
  bulkItems!: BulkLimit[];
}

@Resolver()
export class ApiLimitsResolver {
  @Query(() => ApiLimits, { description: "What one request may ask for." })
  @Authorized<Permission>("limits:read")
  apiLimits(): ApiLimits {
    return { ...LIMITS, bulkItems: Object.entries(BULK_ITEMS).map(([mutation, items]) => ({ mutation, items })) };
  }
}
