// What does a JWT say, if it can be believed?
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import type { Config } from "../platform/config.js";
import { refusal } from "../platform/errors.js";

/** A JWT that lives longer than this is refused. */
const LONGEST_LIFE_SECONDS = 24 * 3600;
/** Keys that were fetched once go on verifying for so long while the identity provider is away. */
const STALE_MILLISECONDS = 24 * 3_600_000;
const ASYMMETRIC = ["RS256", "ES256", "EdDSA", "PS256", "RS384", "RS512", "ES384", "ES512"];

export interface Identity {
  issuer: string;
  subject: string;
}

/** The identity in a token; null for one that is not valid. Throws UNAVAILABLE where that cannot be found out. */
export type VerifyJwt = (token: string) => Promise<Identity | null>;

/** HS256 with a local secret, or the asymmetric keys of one issuer; whatever goes wrong in verifying is no sign-in. */
export function makeVerifyJwt(
  config: Pick<Config, "JWT_SECRET" | "JWT_ISSUER" | "JWT_AUDIENCE" | "JWKS_URL">,
): VerifyJwt {
  const options = {
    issuer: config.JWT_ISSUER,
    audience: config.JWT_AUDIENCE,
    requiredClaims: ["sub", "exp", "iat"],
    maxTokenAge: LONGEST_LIFE_SECONDS,
    clockTolerance: 5,
  };
  let check: (token: string) => Promise<JWTPayload>;
  if (config.JWT_SECRET) {
    const secret = new TextEncoder().encode(config.JWT_SECRET);
    check = async (token) => (await jwtVerify(token, secret, { ...options, algorithms: ["HS256"] })).payload;
  } else if (config.JWKS_URL) {
    const keys = keysOf(new URL(config.JWKS_URL));
    check = async (token) => (await jwtVerify(token, keys, { ...options, algorithms: ASYMMETRIC })).payload;
  } else return async () => null;
  return async (token) => {
    try {
      return identityOf(await check(token));
    } catch (error) {
      if (error instanceof KeysUnreachable) throw refusal("UNAVAILABLE", error.message);
      return null;
    }
  };
}

function identityOf({ iss, sub, exp, iat }: JWTPayload): Identity | null {
  if (typeof sub !== "string" || sub === "" || exp === undefined || iat === undefined) return null;
  return exp - iat <= LONGEST_LIFE_SECONDS ? { issuer: iss ?? "", subject: sub } : null;
}

class KeysUnreachable extends Error {}

/** The issuer's keys; the last ones known while it cannot be reached. */
function keysOf(url: URL): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(url, { timeoutDuration: 5_000 });
  let reached = 0;
  return async (header, token) => {
    try {
      const key = await remote(header, token);
      if (remote.fresh) reached = Date.now();
      return key;
    } catch (error) {
      if (!isOutage(error)) throw error;
      const known = Date.now() - reached < STALE_MILLISECONDS ? remote.jwks() : undefined;
      if (!known) throw new KeysUnreachable("The identity provider's keys cannot be fetched; try again.");
      return createLocalJWKSet(known)(header, token);
    }
  };
}

/** Whether fetching failed, rather than the token. */
function isOutage(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout) return true;
  return error instanceof errors.JOSEError
    ? error.code === "ERR_JOSE_GENERIC"
    : (error as Error).message === "fetch failed";
}
