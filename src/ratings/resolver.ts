// How does the API reach ratings, and take them?
import type { GraphQLResolveInfo } from "graphql";
import {
  Arg,
  Args,
  ArgsType,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  Info,
  Int,
  Mutation,
  Resolver,
  Root,
  UseMiddleware,
  type MiddlewareFn,
} from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import { Dataset } from "../activities/types.js";
import { registerErasable } from "../examples/eraseExample.js";
import { ExampleVersion } from "../examples/types.js";
import { connection, PageArgs, type Slice } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { registerNode } from "../platform/nodes.js";
import type { Permission } from "../policy.js";
import "./projectTallies.js";
import {
  ratingCounts,
  ratingPages,
  ratingsById,
  rationalesOf,
  ratingsOfActivity,
  type RatingRow,
  type RatingsAsked,
} from "./queries.js";
import { submitRatings } from "./submitRatings.js";
import { Rating, RatingConnection, type RatingInput, SubmitRatingsInput, SubmitRatingsPayload } from "./types.js";

registerNode({ type: "Rating", code: 19, id: "rating", permission: "rating:read", read: ratingsById });
registerErasable(rationalesOf);

@ArgsType()
export class RatingsArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: "Only on this criterion, in any of its versions." })
  criterion?: string;
  @Field(() => Boolean, { defaultValue: false, description: "Whether superseded ones are shown, too." })
  all!: boolean;
}

const itemsOf = new WeakMap<GraphQLResolveInfo, RatingInput[]>();

/**
 * Keeps a submission's items as GraphQL coerced them. type-graphql would make an instance of a class of each, and lists the
 * class's fields anew for every one: of 5,000 ratings that took 19 ms of 400, and much of the garbage.
 */
const keepItems: MiddlewareFn<Context> = ({ args, info }, next) => {
  const input = args.input as SubmitRatingsInput;
  itemsOf.set(info, input.ratings);
  args.input = { ...input, ratings: [] };
  return next();
};

@Resolver(() => Dataset)
export class RatingsResolver {
  @FieldResolver(() => Rating, { nullable: true, description: "A rating by its number." })
  @Authorized<Permission>("rating:read")
  rating(
    @Root() { datasetId }: Dataset,
    @Arg("number", () => Int, { description: "The number people say aloud." }) number: number,
    @Ctx() { load }: Context,
  ) {
    return load(ratingsById, datasetId, number);
  }

  @Mutation(() => SubmitRatingsPayload, {
    nullable: true,
    description: "Submits ratings: each supersedes what its annotator said of the same version and criterion before.",
  })
  @Authorized<Permission>("rating:submit")
  @UseMiddleware(keepItems)
  async submitRatings(
    @Arg("input", () => SubmitRatingsInput) given: SubmitRatingsInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    const { dataset, scope } = await datasetFor(context, given.dataset, "rating:submit");
    const input = { ...given, ratings: itemsOf.get(info)! };
    const answer = await submitRatings(context.db, scope, input);
    const { datasetId } = dataset;
    const payload = await payloadOf(context, datasetId, answer);
    return { ...payload, datasetId, activityNumber: answer.activity, itemCount: input.ratings.length };
  }
}

@Resolver(() => SubmitRatingsPayload)
export class SubmitRatingsPayloadResolver {
  @FieldResolver(() => [Rating], {
    nullable: "items",
    description: "The ratings, one for each item in the items' order; null for an item that was not taken.",
  })
  async ratings(
    @Root() { datasetId, activityNumber, itemCount, userErrors }: SubmitRatingsPayload,
    @Ctx() { db }: Context,
  ): Promise<Array<RatingRow | null>> {
    if (activityNumber === null) return [];
    const rows = await ratingsOfActivity(db, datasetId, activityNumber);
    const refused = new Set(userErrors.map((problem) => problem.index));
    let next = 0;
    return Array.from({ length: itemCount }, (_, index) => (refused.has(index) ? null : rows[next++]!));
  }
}

@Resolver(() => ExampleVersion)
export class ExampleVersionRatingsResolver {
  @FieldResolver(() => RatingConnection, {
    description:
      "Its ratings in force, in the order they came in; as of the snapshot it was reached through, else now.",
  })
  @Authorized<Permission>("rating:read")
  ratings(@Root() version: ExampleVersion, @Args(() => RatingsArgs) args: RatingsArgs, @Ctx() context: Context) {
    return ratingsConnection(version, args, null, context);
  }

  @FieldResolver(() => RatingConnection, { description: "The same, but only by annotators that you act as." })
  @Authorized<Permission>("rating:submit")
  myRatings(@Root() version: ExampleVersion, @Args(() => RatingsArgs) args: RatingsArgs, @Ctx() context: Context) {
    return ratingsConnection(version, args, context.viewer!.principalUid, context);
  }
}

function ratingsConnection(
  { datasetId, exampleVersion, asOf = null }: ExampleVersion,
  { criterion = undefined, all, ...page }: RatingsArgs,
  principalUid: string | null,
  { load }: Context,
) {
  const asked: RatingsAsked = { exampleVersion, criterion: criterion ?? null, all, principalUid, asOf };
  return connection<RatingRow>(page, {
    order: `ratings ${exampleVersion}`,
    keyTypes: ["number"],
    key: (row) => [row.rating],
    read: async (slice: Slice) => (await load(ratingPages, datasetId, JSON.stringify([asked, slice])))!,
    count: async () => (await load(ratingCounts, datasetId, JSON.stringify([asked, null])))!,
  });
}
