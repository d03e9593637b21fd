// Which principal does a bearer token stand for?
import { LRUCache } from "lru-cache";
import type { Config } from "../platform/config.js";
import type { Db } from "../platform/db.js";
import { refusal } from "../platform/errors.js";
import type { SignIn, Viewer } from "../platform/viewer.js";
import { isWellFormedToken, looksLikeToken, tokenHash } from "./apiToken.js";
import { makeVerifyJwt, type VerifyJwt } from "./verifyJwt.js";
import { viewerByIdentity, viewerByTokenHash } from "./viewerQueries.js";

/** How long a revoked token or role may still be honoured. */
const TRUST_MILLISECONDS = 2_000;

/** Makes the function from an Authorization header to a viewer: null without one, UNAUTHENTICATED for a bad one. */
export function makeSignIn(db: Db, config: Config): SignIn {
  const viewers = new LRUCache<string, Viewer>({ max: 5_000, ttl: TRUST_MILLISECONDS });
  const verify = makeVerifyJwt(config);
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

async function byJwt(db: Db, verify: VerifyJwt, token: string): Promise<Viewer | null> {
  const identity = await verify(token);
  return identity && viewerByIdentity(db, identity.issuer, identity.subject);
}
