// How does a release travel as a file?
import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { datasetByUid } from "../activities/queries.js";
import type { Db } from "../platform/db.js";
import type { HttpRoute } from "../platform/httpRoute.js";
import { readDownload, type Download } from "./downloadToken.js";
import { linesOf, type ExportFormat } from "./exportFormats.js";
import { exportRows } from "./exportQueries.js";
import { releasesByCandidate } from "./queries.js";

export const DOWNLOADS = "/downloads/";

/** Streams the lines of a release. A client that goes away ends the reading; one that is slow slows it. */
export const downloadRoute: HttpRoute = {
  method: "GET",
  prefix: DOWNLOADS,
  async answer(request, response, { db, config, log }) {
    const token = new URL(request.url!, "http://localhost").pathname.slice(DOWNLOADS.length);
    const download = await readDownload(token, config.downloadSecret);
    if (download === "EXPIRED") return refuse(response, 410, "this download is over; createDownload gives another URL");
    const found = download === "UNKNOWN" ? null : await findRelease(db, download);
    if (download === "UNKNOWN" || !found)
      return refuse(response, 404, "this is no download; createDownload gives a URL");
    if (found.release.status === "REVOKED")
      return refuse(response, 410, `release ${found.release.version} was revoked`);
    response.writeHead(200, headersOf(found.slug, found.release.version, found.release.digest, download.format));
    const text = textOf(db, found.release.datasetId, download);
    await pipeline(Readable.from(text), response).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ERR_STREAM_PREMATURE_CLOSE") log.warn({ err: error }, "a download broke off");
    });
  },
};

async function findRelease(db: Db, { datasetUid, candidate }: Download) {
  const dataset = await datasetByUid(db, datasetUid);
  const [release] = dataset ? await releasesByCandidate(db, dataset.datasetId, [candidate]) : [];
  return dataset && release ? { slug: dataset.slug, release } : null;
}

async function* textOf(db: Db, datasetId: number, { candidate, format }: Download): AsyncGenerator<Buffer> {
  for await (const rows of exportRows(db, datasetId, candidate)) {
    const text = linesOf(format, rows);
    if (text !== "") yield Buffer.from(text, "utf8");
  }
}

/** Slugs and versions hold only letters, digits, dots and hyphens: the name is safe in a header and on a disk. */
function headersOf(slug: string, version: string, digest: string, format: ExportFormat): Record<string, string> {
  const name = `${slug}-${version}.${format.toLowerCase()}.jsonl`.replaceAll(/[^A-Za-z0-9._-]/g, "-");
  return {
    "content-type": "application/x-ndjson",
    "content-disposition": `attachment; filename="${name}"`,
    "cache-control": "private, no-store",
    "x-content-type-options": "nosniff",
    "x-release-digest": digest,
  };
}

function refuse(response: ServerResponse, status: number, message: string): void {
  const code = "NOT_FOUND";
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}
