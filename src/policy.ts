// Who may do what?

export const ROLES = ["VIEWER", "ANNOTATOR", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"] as const;
export type Role = (typeof ROLES)[number];

/** Every permission, and the roles that have it in their dataset. An ADMIN of the instance has all of them everywhere. */
const POLICY = {
  "dataset:read": ["VIEWER", "ANNOTATOR", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "activity:read": ["VIEWER", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "log:verify": ["VIEWER", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "member:read": ["REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "member:set": ["OWNER"],
  "source:register": ["CURATOR", "OWNER"],
  "criterion:publish": ["CURATOR", "OWNER"],
  "guideline:publish": ["CURATOR", "OWNER"],
  "annotator:read": ["VIEWER", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "annotator:enrol": ["CURATOR", "OWNER"],
  "batch:open": ["CURATOR", "OWNER"],
  "example:read": ["VIEWER", "ANNOTATOR", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "example:import": ["CURATOR", "OWNER"],
  "example:revise": ["REVIEWER", "CURATOR", "OWNER"],
  "example:label": ["REVIEWER", "CURATOR", "OWNER"],
  "example:erase": ["OWNER"],
  "rating:submit": ["ANNOTATOR", "REVIEWER", "CURATOR", "OWNER"],
  /** Submit as any annotator, not only one's own. */
  "rating:submitForOthers": ["CURATOR", "OWNER"],
  "rating:read": ["VIEWER", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "decision:read": ["VIEWER", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "decision:make": ["REVIEWER", "CURATOR", "OWNER"],
  "agreement:read": ["VIEWER", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "coverage:read": ["VIEWER", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "plan:publish": ["CURATOR", "OWNER"],
  "release:read": ["VIEWER", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "release:prepare": ["RELEASE_MANAGER", "OWNER"],
  "release:cut": ["RELEASE_MANAGER", "OWNER"],
  "release:download": ["VIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "job:read": ["VIEWER", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "job:start": ["REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  /** Cancel a job that somebody else started. */
  "job:cancelOthers": ["OWNER"],
  "gold:read": ["REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "gold:set": ["REVIEWER", "CURATOR", "OWNER"],
  "quality:read": ["REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "feedback:send": ["CURATOR", "OWNER"],
  "feedback:read": ["CURATOR", "OWNER"],
  /** Read and acknowledge what was sent to annotators that are oneself. */
  "feedback:receive": ["ANNOTATOR", "REVIEWER", "CURATOR", "OWNER"],
  "audit:read": ["VIEWER", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "audit:record": ["REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "audit:signOff": ["REVIEWER", "RELEASE_MANAGER", "OWNER"],
  /** Waive a finding for a time, or accept it for good. */
  "audit:waive": ["RELEASE_MANAGER", "OWNER"],
  /** Give ratings out with the groups of their raters, under pseudonyms. */
  "audit:export": ["OWNER"],
  "lexicon:read": ["VIEWER", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "lexicon:load": ["CURATOR", "OWNER"],
  /** Counts of annotators by group; never who is in which. */
  "attribute:read": ["REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "attribute:set": ["OWNER"],
  /** Read and withdraw what is known of annotators that are oneself. */
  "attribute:own": ["ANNOTATOR", "REVIEWER", "CURATOR", "OWNER"],
  "check:read": ["VIEWER", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  "check:submit": ["REVIEWER", "CURATOR", "OWNER"],
  "lineage:read": ["VIEWER", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER"],
  // Of the instance: only its ADMINs, and where noted anyone who is signed in.
  "dataset:create": [],
  "principal:read": [],
  "principal:create": [],
  "person:read": [],
  "person:set": [],
  "instance:read": [],
  // Anyone who is signed in; the verb itself limits it to one's own.
  "viewer:read": "ANYONE",
  "schema:read": "ANYONE",
  "limits:read": "ANYONE",
  "token:issue": "ANYONE",
  "token:revoke": "ANYONE",
  "token:read": "ANYONE",
} as const satisfies Record<string, readonly Role[] | "ANYONE">;

export type Permission = keyof typeof POLICY;
export const PERMISSIONS = Object.keys(POLICY) as Permission[];

/** Whether a role has a permission in its dataset. */
export function roleHas(role: Role, permission: Permission): boolean {
  const roles: readonly Role[] | "ANYONE" = POLICY[permission];
  return roles === "ANYONE" || roles.includes(role);
}

/** Whether it is a permission of the instance, which no role in a dataset gives. */
export function isOfInstance(permission: Permission): boolean {
  return POLICY[permission].length === 0;
}

/** Whether being signed in is enough. */
export function anyoneHas(permission: Permission): boolean {
  return (POLICY[permission] as unknown) === "ANYONE";
}
