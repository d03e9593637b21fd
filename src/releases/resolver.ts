// How does the API prepare, cut and hand out releases?
import { Arg, Authorized, Ctx, Mutation, Resolver } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import type { Context } from "../platform/context.js";
import { localId, registerNode } from "../platform/nodes.js";
import type { Permission } from "../policy.js";
import { createDownload } from "./createDownload.js";
import { cutRelease } from "./cutRelease.js";
import {
  CreateDownloadInput,
  CreateDownloadPayload,
  CutReleaseInput,
  CutReleasePayload,
  PrepareReleaseInput,
  PrepareReleasePayload,
  SetReleaseStatusInput,
  SetReleaseStatusPayload,
} from "./inputTypes.js";
import { prepareRelease } from "./prepareRelease.js";
import { candidateOfActivity, candidatesById, releasesById, releasesByVersion } from "./queries.js";
import "./releasePopulation.js";
import { setReleaseStatus } from "./setReleaseStatus.js";

registerNode({ type: "ReleaseCandidate", code: 22, id: "candidate", permission: "release:read", read: candidatesById });
registerNode({ type: "Release", code: 23, id: "release", permission: "release:read", read: releasesById });

@Resolver()
export class ReleaseMutationsResolver {
  @Mutation(() => PrepareReleasePayload, {
    nullable: true,
    description: "Fixes what a release would hold, as of now, and says what stands in its way.",
  })
  @Authorized<Permission>("release:prepare")
  async prepareRelease(@Arg("input", () => PrepareReleaseInput) input: PrepareReleaseInput, @Ctx() context: Context) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "release:prepare");
    const answer = await prepareRelease(context, scope, dataset, input);
    const payload = await payloadOf(context, dataset.datasetId, answer);
    const candidate = answer.activity && (await candidateOfActivity(context.db, dataset.datasetId, answer.activity));
    return { ...payload, candidate };
  }

  @Mutation(() => CutReleasePayload, {
    nullable: true,
    description: "Publishes a candidate under a version, for good.",
  })
  @Authorized<Permission>("release:cut")
  async cutRelease(@Arg("input", () => CutReleaseInput) input: CutReleaseInput, @Ctx() context: Context) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "release:cut");
    const candidate = localId(input.candidateId, "ReleaseCandidate", dataset, "candidateId");
    const { version, notes, requestKey, message } = input;
    const answer = await cutRelease(context.db, scope, dataset, { candidate, version, notes, requestKey, message });
    const release = answer.activity && (await releasesByVersion(context.db, dataset.datasetId, [version]))[0];
    return { ...(await payloadOf(context, dataset.datasetId, answer)), release };
  }

  @Mutation(() => SetReleaseStatusPayload, {
    nullable: true,
    description: "Deprecates or revokes a release, with the reason.",
  })
  @Authorized<Permission>("release:cut")
  async setReleaseStatus(
    @Arg("input", () => SetReleaseStatusInput) input: SetReleaseStatusInput,
    @Ctx() context: Context,
  ) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "release:cut");
    const { version, status, reason, requestKey, message } = input;
    const answer = await setReleaseStatus(context.db, scope, { version, status, reason, requestKey, message });
    const [release] = await releasesByVersion(context.db, dataset.datasetId, [version]);
    return { ...(await payloadOf(context, dataset.datasetId, answer)), release };
  }

  @Mutation(() => CreateDownloadPayload, {
    nullable: true,
    description: "Makes a URL by which a release can be downloaded for ten minutes.",
  })
  @Authorized<Permission>("release:download")
  async createDownload(@Arg("input", () => CreateDownloadInput) input: CreateDownloadInput, @Ctx() context: Context) {
    const { dataset } = await datasetFor(context, input.dataset, "release:download");
    const made = await createDownload(context, dataset, input);
    const refused = "code" in made;
    return { activity: null, replayed: false, userErrors: refused ? [made] : [], download: refused ? null : made };
  }
}
