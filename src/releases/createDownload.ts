// Where can a release be downloaded?
import type { Context } from "../platform/context.js";
import { problem, type UserProblem } from "../platform/errors.js";
import { DOWNLOADS } from "./downloadRoute.js";
import { signDownload } from "./downloadToken.js";
import type { ExportFormat } from "./exportFormats.js";
import { releasesByVersion } from "./queries.js";

export interface MadeDownload {
  url: string;
  expiresAt: Date;
  format: ExportFormat;
  memberCount: number;
}

/** A signed URL; refused for a release that is not there or was revoked. The permission is the caller's to check. */
export async function createDownload(
  { db, config }: Pick<Context, "db" | "config">,
  dataset: { datasetId: number; uid: string },
  { release: version, format }: { release: string; format: ExportFormat },
): Promise<MadeDownload | UserProblem> {
  const [release] = await releasesByVersion(db, dataset.datasetId, [version]);
  if (!release) return problem("UNKNOWN_RELEASE", `there is no release ${JSON.stringify(version)}`, "release");
  if (release.status === "REVOKED")
    return problem(
      "STATUS_NOT_ALLOWED",
      `release ${version} was revoked: ${release.statusReason}; use another`,
      "release",
    );
  const download = { datasetUid: dataset.uid, candidate: release.candidateId, format };
  const { token, expiresAt } = await signDownload(download, config.downloadSecret, new Date());
  const base = config.PUBLIC_URL!.replace(/\/+$/, "");
  return { url: `${base}${DOWNLOADS}${token}`, expiresAt, format, memberCount: release.memberCount };
}
