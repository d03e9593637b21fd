// What stands in a download's URL?
import { errors, jwtVerify, SignJWT } from "jose";
import { EXPORT_FORMATS, type ExportFormat } from "./exportFormats.js";

/** What a download gives, and for how long anyone with the URL can have it. */
export interface Download {
  datasetUid: string;
  candidate: number;
  format: ExportFormat;
}

const AUDIENCE = "download";
const LIFETIME_SECONDS = 600;

/** Signs a download; gives the token and when it ends. */
export async function signDownload(
  download: Download,
  secret: Uint8Array,
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const end = Math.floor(now.getTime() / 1000) + LIFETIME_SECONDS;
  const token = await new SignJWT({ ...download })
    .setProtectedHeader({ alg: "HS256" })
    .setAudience(AUDIENCE)
    .setExpirationTime(end)
    .sign(secret);
  return { token, expiresAt: new Date(end * 1000) };
}

/** The download a token names; EXPIRED where it is over, UNKNOWN where it is none of ours. */
export async function readDownload(token: string, secret: Uint8Array): Promise<Download | "EXPIRED" | "UNKNOWN"> {
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ["HS256"],
      audience: AUDIENCE,
      requiredClaims: ["exp"],
    });
    const { datasetUid, candidate, format } = payload;
    const sound =
      typeof datasetUid === "string" &&
      typeof candidate === "number" &&
      typeof format === "string" &&
      Object.hasOwn(EXPORT_FORMATS, format);
    return sound ? { datasetUid, candidate, format: format as ExportFormat } : "UNKNOWN";
  } catch (error) {
    if (error instanceof errors.JWTExpired) return "EXPIRED";
    if (error instanceof errors.JOSEError) return "UNKNOWN";
    throw error;
  }
}
