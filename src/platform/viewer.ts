// Who is asking, and what may they do?
import { anyoneHas, isOfInstance, roleHas, type Permission, type Role } from "../policy.js";
import { refusal } from "./errors.js";

export interface Membership {
  datasetId: number;
  slug: string;
  role: Role;
}

/** What a token is limited to; null for all of its principal's. */
export interface ViewerToken {
  id: number;
  scopes: readonly string[] | null;
  datasetSlugs: readonly string[] | null;
  /** Of those that exist. */
  datasetIds: readonly number[] | null;
}

/** A signed-in principal with its roles, as of the request. */
export interface Viewer {
  /** Id and uid of the principal in the instance. */
  principal: number;
  principalUid: string;
  kind: "HUMAN" | "SCRIPT" | "MODEL";
  key: string;
  isAdmin: boolean;
  memberships: ReadonlyMap<number, Membership>;
  /** The API token signed in with; null for a JWT. */
  token: ViewerToken | null;
}

/** From an Authorization header to a viewer: null without one; throws UNAUTHENTICATED for one that is not valid. */
export type SignIn = (authorization: string | undefined) => Promise<Viewer | null>;

declare const granted: unique symbol;

/** Proof that a viewer may do something in a dataset. Every read and write asks for one; only scopeFor makes it. */
export interface Scope {
  readonly [granted]: true;
  readonly datasetId: number;
  readonly viewer: Viewer;
}

/** Whether the viewer has the permission in the dataset (0: the instance). The default is no. */
export function may(viewer: Viewer | null, datasetId: number, permission: Permission): boolean {
  if (!viewer || !tokenAllows(viewer, datasetId, permission)) return false;
  if (viewer.isAdmin || anyoneHas(permission)) return true;
  const membership = viewer.memberships.get(datasetId);
  return membership !== undefined && roleHas(membership.role, permission);
}

/** Whether the viewer has the permission anywhere: the coarse gate before a root field runs. */
export function mayAnywhere(viewer: Viewer | null, permission: Permission): boolean {
  if (!viewer || !scopeAllows(viewer, permission)) return false;
  if (isOfInstance(permission)) return may(viewer, 0, permission);
  if (viewer.isAdmin || anyoneHas(permission)) return true;
  return [...viewer.memberships.keys()].some((datasetId) => may(viewer, datasetId, permission));
}

function scopeAllows(viewer: Viewer, permission: Permission): boolean {
  const scopes = viewer.token?.scopes;
  return !scopes || scopes.includes(permission) || anyoneHas(permission);
}

function tokenAllows(viewer: Viewer, datasetId: number, permission: Permission): boolean {
  if (!scopeAllows(viewer, permission)) return false;
  const allowed = viewer.token?.datasetIds;
  return !allowed || anyoneHas(permission) || allowed.includes(datasetId);
}

/** The scope, or null where the viewer may not: for reads, where missing and forbidden look the same. */
export function scopeIf(viewer: Viewer | null, dataset: { datasetId: number }, permission: Permission): Scope | null {
  if (!may(viewer, dataset.datasetId, permission)) return null;
  return { datasetId: dataset.datasetId, viewer: viewer! } as Scope;
}

/** The scope, or a refusal that names what is missing: for writes to a dataset the viewer can see. */
export function scopeFor(viewer: Viewer | null, dataset: { datasetId: number }, permission: Permission): Scope {
  const scope = scopeIf(viewer, dataset, permission);
  if (scope) return scope;
  if (!viewer) throw refusal("UNAUTHENTICATED", "Sign in: send Authorization: Bearer with a JWT or an API token.");
  throw refusal(
    "FORBIDDEN",
    `This needs the permission ${permission}; ask an owner of the dataset for a role that has it.`,
  );
}

/** The instance's log, for a verb that has checked its permission in the dataset the rows are about. */
export function instanceScope(scope: Scope): Scope {
  return { datasetId: 0, viewer: scope.viewer } as Scope;
}

/** The server's own hand: for what it does before anyone can sign in. */
export function serverScope(viewer: Viewer, datasetId: number): Scope {
  return { datasetId, viewer } as Scope;
}
