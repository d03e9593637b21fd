// Which principal does a bearer token stand for?
import { createRemoteJWKSet, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import { LRUCache } from "lru-cache";
import type { Config } from "../platform/config.js";
import type { Db } from "../platform/db.js";
import { refusal } from "../platform/errors.js";
import type { SignIn, Viewer } from "../platform/viewer.js";
import { isWellFormedToken, looksLikeToken, tokenHash } from "./apiToken.js";
import { viewerByIdentity, viewerByTokenHash } from "./viewerQueries.js";

/** How long a revoked token or role may still be honoured. */
const TRUST_MILLISECONDS = 2_000;
/** A JWT that lives longer than this is refused. */
const LONGEST_LIFE_SECONDS = 24 * 3600;

/** Makes the function from an Authorization header to a viewer: null without one, UNAUTHENTICATED for a bad one. */
export function makeSignIn(db: Db, config: Config): SignIn {
  const viewers = new LRUCache<string, Viewer>({ max: 5_000, ttl: TRUST_MILLISECONDS });
  const verify = jwtVerifier(config);
  return async (authorization) => {
    if (authorization === undefined) return null;
    const bearer = /^Bearer ([\x21-\x7e]{1,16384})$/i.exec(authorization)?.[1];
    if (!bearer) throw invalidToken();
    const known = viewers.get(bearer);
    if (known) return known;
    const viewer = looksLikeToken(bearer) ? await byToken(db, bearer) : await byJwt(db, verify, bearer);
    if (!viewer) throw invalidToken();
    viewers.set(bearer, viewer);
    return viewer;
  };
}

function invalidToken() {
  return refusal("UNAUTHENTICATED", "The bearer token is not valid: not known, expired or revoked.");
}

async function byToken(db: Db, secret: string): Promise<Viewer | null> {
  return isWellFormedToken(secret) ? viewerByTokenHash(db, tokenHash(secret)) : null;
}

type Verify = (token: string) => Promise<JWTPayload | null>;

async function byJwt(db: Db, verify: Verify, token: string): Promise<Viewer | null> {
  const claims = await verify(token);
  if (!claims?.sub || claims.exp === undefined || claims.iat === undefined) return null;
  if (!(claims.exp - claims.iat <= LONGEST_LIFE_SECONDS)) return null;
  return viewerByIdentity(db, claims.iss ?? "", claims.sub);
}

/** HS256 with a local secret, or the asymmetric keys of one issuer; whatever goes wrong in verifying is no sign-in. */
function jwtVerifier(config: Config): Verify {
  const options = {
    issuer: config.JWT_ISSUER,
    audience: config.JWT_AUDIENCE,
    requiredClaims: ["sub", "exp", "iat"],
    clockTolerance: 5,
  };
  let check: (token: string) => Promise<JWTPayload>;
  if (config.JWT_SECRET) {
    const secret = new TextEncoder().encode(config.JWT_SECRET);
    check = async (token) => (await jwtVerify(token, secret, { ...options, algorithms: ["HS256"] })).payload;
  } else if (config.JWKS_URL) {
    const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(config.JWKS_URL), { timeoutDuration: 5_000 });
    const algorithms = ["RS256", "ES256", "EdDSA", "PS256", "RS384", "RS512", "ES384", "ES512"];
    check = async (token) => (await jwtVerify(token, keys, { ...options, algorithms })).payload;
  } else return async () => null;
  return async (token) => {
    try {
      return await check(token);
    } catch {
      return null;
    }
  };
}
