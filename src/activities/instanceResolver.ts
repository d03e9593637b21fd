// How does the API manage principals, tokens, members and datasets?
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { connection, PageArgs } from "../platform/connections.js";
import type { Context } from "../platform/context.js";
import { problem } from "../platform/errors.js";
import { decodeGlobalId, registerNode } from "../platform/nodes.js";
import { may, scopeFor } from "../platform/viewer.js";
import { PERMISSIONS, type Permission } from "../policy.js";
import { datasetFor } from "./access.js";
import { createDataset } from "./createDataset.js";
import {
  CreateDatasetInput,
  CreateDatasetPayload,
  CreatePrincipalInput,
  CreatePrincipalPayload,
  SetPersonInput,
  SetPersonPayload,
  IssueApiTokenInput,
  IssueApiTokenPayload,
  RevokeApiTokenInput,
  RevokeApiTokenPayload,
  SetMemberInput,
  SetMemberPayload,
} from "./instanceTypes.js";
import { payloadOf } from "./payload.js";
import { setPerson } from "./setPerson.js";
import { createPrincipal, issueApiToken, revokeApiToken, setMember } from "./principals.js";
import * as read from "./readQueries.js";
import {
  ApiToken,
  ApiTokenConnection,
  Dataset,
  Member,
  MemberConnection,
  Principal,
  PrincipalConnection,
  ViewerType,
} from "./types.js";

registerNode({ type: "Principal", code: 4, id: "principal", permission: "principal:read", read: read.principalsById });
registerNode({ type: "ApiToken", code: 5, id: "token", permission: "instance:read", read: read.apiTokensById });

const INSTANCE = { datasetId: 0 };

@Resolver(() => Principal)
export class InstanceResolver {
  @Query(() => ViewerType, { description: "Who is signed in." })
  @Authorized<Permission>("viewer:read")
  viewer(@Ctx() { viewer }: Context) {
    return viewer;
  }

  @Query(() => PrincipalConnection, { description: "Everyone who can sign in." })
  @Authorized<Permission>("principal:read")
  principals(@Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return connection<read.PrincipalRow>(args, {
      order: "principal",
      keyTypes: ["number"],
      key: (row) => [row.principal],
      read: (slice) => read.principalsPage(db, slice),
      count: () => read.rowCount(db, "principals", 0),
    });
  }

  @Query(() => ApiTokenConnection, { description: "Your API tokens; an admin's answer holds everybody's." })
  @Authorized<Permission>("token:read")
  apiTokens(@Args(() => PageArgs) args: PageArgs, @Ctx() { db, viewer }: Context) {
    const whose = may(viewer, 0, "instance:read") ? null : viewer!.principal;
    return connection<read.ApiTokenRow>(args, {
      order: "token",
      keyTypes: ["number"],
      key: (row) => [row.token],
      read: (slice) => read.apiTokensPage(db, whose, slice),
      count: () => read.apiTokenCount(db, whose),
    });
  }

  @Mutation(() => CreateDatasetPayload, { nullable: true, description: "Makes a dataset." })
  @Authorized<Permission>("dataset:create")
  async createDataset(@Arg("input", () => CreateDatasetInput) input: CreateDatasetInput, @Ctx() context: Context) {
    const answer = await createDataset(context.db, scopeFor(context.viewer, INSTANCE, "dataset:create"), input);
    const id = answer.outcome.more?.datasetId as number | undefined;
    const dataset = id === undefined ? null : (await read.datasetRowsById(context.db, 0, [id]))[0];
    return { ...(await payloadOf(context, 0, answer)), dataset };
  }

  @Mutation(() => CreatePrincipalPayload, { nullable: true, description: "Makes a principal." })
  @Authorized<Permission>("principal:create")
  async createPrincipal(
    @Arg("input", () => CreatePrincipalInput) input: CreatePrincipalInput,
    @Ctx() context: Context,
  ) {
    const answer = await createPrincipal(context.db, scopeFor(context.viewer, INSTANCE, "principal:create"), input);
    return {
      ...(await payloadOf(context, 0, answer)),
      principal: await principalOf(context, answer.outcome.more?.principal),
    };
  }

  @Mutation(() => SetPersonPayload, {
    nullable: true,
    description: "Sets, changes or erases a principal's personal data.",
  })
  @Authorized<Permission>("person:set")
  async setPerson(@Arg("input", () => SetPersonInput) input: SetPersonInput, @Ctx() context: Context) {
    const { principal, name = null, contact = null, requestKey, message } = input;
    const scope = scopeFor(context.viewer, INSTANCE, "person:set");
    const answer = await setPerson(context.db, scope, { principal, name, contact, requestKey, message });
    return {
      ...(await payloadOf(context, 0, answer)),
      principal: await principalOf(context, answer.outcome.more?.principal),
    };
  }

  @FieldResolver(() => String, { nullable: true, description: "The person's name; null where none is kept." })
  @Authorized<Permission>("person:read")
  async name(@Root() { principal }: Principal, @Ctx() { load }: Context) {
    return (await load(read.peopleById, 0, principal))?.name ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: "How to reach the person; null where nothing is kept." })
  @Authorized<Permission>("person:read")
  async contact(@Root() { principal }: Principal, @Ctx() { load }: Context) {
    return (await load(read.peopleById, 0, principal))?.contact ?? null;
  }

  @Mutation(() => IssueApiTokenPayload, {
    nullable: true,
    description: "Issues an API token. Its secret is shown once.",
  })
  @Authorized<Permission>("token:issue")
  async issueApiToken(@Arg("input", () => IssueApiTokenInput) input: IssueApiTokenInput, @Ctx() context: Context) {
    const { answer, secret } = await issueApiToken(
      context.db,
      scopeFor(context.viewer, INSTANCE, "token:issue"),
      input,
    );
    const id = answer.outcome.more?.token as number | undefined;
    const apiToken = id === undefined ? null : (await read.apiTokensById(context.db, 0, [id]))[0];
    return { ...(await payloadOf(context, 0, answer)), apiToken, secret };
  }

  @Mutation(() => RevokeApiTokenPayload, { nullable: true, description: "Ends an API token." })
  @Authorized<Permission>("token:revoke")
  async revokeApiToken(@Arg("input", () => RevokeApiTokenInput) input: RevokeApiTokenInput, @Ctx() context: Context) {
    const scope = scopeFor(context.viewer, INSTANCE, "token:revoke");
    const decoded = decodeGlobalId(input.tokenId);
    if (decoded?.node.type !== "ApiToken") {
      const problems = [problem("UNKNOWN_TOKEN", "tokenId is not the id of an API token", "tokenId")];
      return payloadOf(context, 0, {
        activity: null,
        replayed: false,
        outcome: { accepted: 0, unchanged: 0, problems },
      });
    }
    const { requestKey, message } = input;
    const answer = await revokeApiToken(context.db, scope, { token: decoded.id, requestKey, message });
    const revoked = answer.outcome.problems.length === 0;
    const apiToken = revoked ? (await read.apiTokensById(context.db, 0, [decoded.id]))[0] : null;
    return { ...(await payloadOf(context, 0, answer)), apiToken };
  }

  @Mutation(() => SetMemberPayload, {
    nullable: true,
    description: "Gives, changes or takes a principal's role in a dataset.",
  })
  @Authorized<Permission>("member:set")
  async setMember(@Arg("input", () => SetMemberInput) input: SetMemberInput, @Ctx() context: Context) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "member:set");
    const { principal, requestKey, message, role = null } = input;
    const answer = await setMember(context.db, scope, {
      registration: dataset.datasetId,
      principal,
      role,
      requestKey,
      message,
    });
    return {
      ...(await payloadOf(context, 0, answer)),
      principal: await principalOf(context, answer.outcome.more?.principal),
    };
  }
}

async function principalOf({ db }: Context, id: unknown) {
  return typeof id === "number" ? (await read.principalsById(db, 0, [id]))[0]! : null;
}

@Resolver(() => Dataset)
export class MembersResolver {
  @FieldResolver(() => MemberConnection, { description: "Who has which role in it." })
  @Authorized<Permission>("member:read")
  members(@Root() { datasetId }: Dataset, @Args(() => PageArgs) args: PageArgs, @Ctx() { db }: Context) {
    return connection<read.MemberRow>(args, {
      order: "member",
      keyTypes: ["number"],
      key: (row) => [row.member],
      read: (slice) => read.membersPage(db, datasetId, slice),
      count: async () => (await read.membersInForce(db, datasetId)).length,
    });
  }

  @FieldResolver(() => [String], { description: "What you may do in it." })
  permissions(@Root() row: Dataset, @Ctx() { viewer }: Context): string[] {
    return PERMISSIONS.filter((permission) => may(viewer, row.datasetId, permission));
  }
}

@Resolver(() => Member)
export class MemberResolver {
  @FieldResolver(() => String, { description: "The principal's key." })
  async principal(@Root() { principalId }: Member, @Ctx() { load }: Context): Promise<string> {
    return (await load(read.principalsById, 0, principalId))!.key;
  }
}

@Resolver(() => ApiToken)
export class ApiTokenResolver {
  @FieldResolver(() => String, { description: "The key of the principal it signs in." })
  async principal(@Root() { principalId }: ApiToken, @Ctx() { load }: Context): Promise<string> {
    return (await load(read.principalsById, 0, principalId))!.key;
  }
}
