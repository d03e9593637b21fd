// How does the API reach lexicons, and load them?
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import { textsByCommitment } from "../activities/queries.js";
import { activitiesByNumber } from "../activities/readQueries.js";
import { Activity, Dataset } from "../activities/types.js";
import { connection, listConnection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { registerNode } from "../platform/nodes.js";
import type { Permission } from "../policy.js";
import { entriesOf, type Credit, type LexiconEntry, type LexiconKind } from "./lexiconPack.js";
import { lexiconOfAnswer, loadLexicon } from "./loadLexicon.js";
import { lexiconCount, lexiconsById, lexiconsByName, lexiconsPage, type LexiconRow } from "./queries.js";
import {
  LexiconEntryConnection,
  LexiconKindCount,
  LexiconVersion,
  LexiconVersionConnection,
  LoadLexiconInput,
  LoadLexiconPayload,
} from "./types.js";

registerNode({
  type: "LexiconVersion",
  code: 29,
  id: "lexiconVersion",
  permission: "lexicon:read",
  read: lexiconsById,
});

@Resolver(() => Dataset)
export class LexiconsResolver {
  @FieldResolver(() => LexiconVersionConnection, {
    description: "The latest version of each lexicon, in the order these were loaded in.",
  })
  @Authorized<Permission>("lexicon:read")
  lexicons(@Root() { datasetId }: Dataset, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return connection<LexiconRow>(args, {
      order: "lexicons",
      keyTypes: ["number"],
      key: (row) => [row.lexiconVersion],
      read: (slice) => lexiconsPage(db, datasetId, slice),
      count: () => lexiconCount(db, datasetId),
    });
  }

  @FieldResolver(() => LexiconVersion, { nullable: true, description: "A lexicon by name." })
  @Authorized<Permission>("lexicon:read")
  lexicon(
    @Root() { datasetId }: Dataset,
    @Arg("name", () => String, { description: "Its key for the latest version, or key@2." }) name: string,
    @Ctx() { load }: Context,
  ) {
    return load(lexiconsByName, datasetId, name);
  }

  @Mutation(() => LoadLexiconPayload, {
    nullable: true,
    description: "Loads a list of terms, whole or not at all, as the next version of its key.",
  })
  @Authorized<Permission>("lexicon:load")
  async loadLexicon(@Arg("input", () => LoadLexiconInput) input: LoadLexiconInput, @Ctx() context: Context) {
    const { dataset: slug, url = null, shareAlike = null, ...given } = input;
    const { dataset, scope } = await datasetFor(context, slug, "lexicon:load");
    const answer = await loadLexicon(context.db, scope, { ...given, url, shareAlike }, input);
    return {
      ...(await payloadOf(context, dataset.datasetId, answer)),
      lexiconVersion: await lexiconOfAnswer(context.db, dataset.datasetId, given.key, answer),
    };
  }
}

async function creditOf({ datasetId, creditKey }: LexiconVersion, { load }: Context): Promise<Credit | null> {
  const text = await load(textsByCommitment, datasetId, creditKey);
  return text === null ? null : (JSON.parse(text) as Credit);
}

@Resolver(() => LexiconVersion)
export class LexiconFieldsResolver {
  @FieldResolver(() => String, { nullable: true, description: "Who made it, as they are to be named." })
  async attribution(@Root() root: LexiconVersion, @Ctx() context: Context) {
    return (await creditOf(root, context))?.attribution ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: "Where it is from; null where that was not said." })
  async url(@Root() root: LexiconVersion, @Ctx() context: Context) {
    return (await creditOf(root, context))?.url ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "What whoever changes or passes on the list has to do; null where that was not said.",
  })
  async shareAlike(@Root() root: LexiconVersion, @Ctx() context: Context) {
    return (await creditOf(root, context))?.shareAlike ?? null;
  }

  @FieldResolver(() => [LexiconKindCount], { description: "How many entries it has of each kind that it has." })
  kinds(@Root() { kinds }: LexiconVersion) {
    return Object.entries(kinds).map(([kind, count]) => ({ kind: kind as LexiconKind, count }));
  }

  @FieldResolver(() => LexiconEntryConnection, { description: "Its terms, in the order they came in." })
  async entries(
    @Root() { datasetId, lexiconVersion, packKey }: LexiconVersion,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { load }: Context,
  ) {
    const text = await load(textsByCommitment, datasetId, packKey);
    if (text === null) throw refusal("CONTENT_ERASED", "the entries of this lexicon were erased; load it again");
    return listConnection<LexiconEntry>(args, { order: `entries ${lexiconVersion}`, rows: entriesOf(text) });
  }

  @FieldResolver(() => Activity, { description: "The activity that loaded it." })
  activity(@Root() { datasetId, activityNumber }: LexiconVersion, @Ctx() { load }: Context) {
    return load(activitiesByNumber, datasetId, activityNumber);
  }

  @FieldResolver(() => Activity, {
    nullable: true,
    description: "The activity that loaded the next version; null for the latest.",
  })
  supersededBy(@Root() { datasetId, supersededByNumber }: LexiconVersion, @Ctx() { load }: Context) {
    return supersededByNumber === null ? null : load(activitiesByNumber, datasetId, supersededByNumber);
  }
}
