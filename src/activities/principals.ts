// How do principals, tokens and members come and go? All of them are rows of the instance.
import { randomUUID } from "node:crypto";
import type { Database } from "../platform/db.js";
import { problem, type UserProblem } from "../platform/errors.js";
import { instanceScope, may, type Scope, type Viewer } from "../platform/viewer.js";
import { PERMISSIONS, type Role } from "../policy.js";
import { newTokenSecret, tokenHash, tokenPrefix } from "./apiToken.js";
import { emptyPlan, type Decision, type Plan } from "./plan.js";
import {
  apiTokensById,
  membersInForce,
  principalsByKey,
  type ApiTokenRow,
  type MemberRow,
  type PrincipalRow,
} from "./readQueries.js";
import { apiTokens, members, principals } from "./tables.js";
import { viewerByIdentity } from "./viewerQueries.js";
import { write, type Answer, type RequestFields, type Verb } from "./write.js";

export const KEY = /^[A-Za-z0-9][A-Za-z0-9._:@/+-]{0,127}$/;
export const KEY_RULE = "use 1 to 128 of A–Z, a–z, 0–9 and . _ : @ / + -, beginning with a letter or digit";

export interface CreatePrincipalInput extends RequestFields {
  key: string;
  kind: "HUMAN" | "SCRIPT" | "MODEL";
  issuer?: string | null;
  subject?: string | null;
}

interface KnownPrincipals {
  byKey: PrincipalRow | null;
  byIdentity: { key: string } | null;
}

const createPrincipalVerb: Verb<CreatePrincipalInput, KnownPrincipals> = {
  kind: "PRINCIPAL_CREATION",
  async facts(tx, _instance, commands) {
    const { key, issuer, subject } = commands[0]!.input;
    const byKey = (await principalsByKey(tx, 0, [key]))[0]!;
    return { byKey, byIdentity: subject == null ? null : await viewerByIdentity(tx, issuer ?? "", subject) };
  },
  plan({ input }, { byKey, byIdentity }, ids) {
    const problems: UserProblem[] = [];
    if (!KEY.test(input.key))
      problems.push(problem("INVALID_VALUE", `key ${JSON.stringify(input.key)} is not taken; ${KEY_RULE}`, "key"));
    if (byKey) problems.push(problem("ALREADY_EXISTS", `principal ${input.key} exists`, "key"));
    if (byIdentity)
      problems.push(problem("ALREADY_EXISTS", `this issuer and subject are principal ${byIdentity.key}'s`, "subject"));
    if (problems.length > 0) return { kind: "refused", problems };
    const plan = emptyPlan();
    const { key, kind, issuer = null, subject = null } = input;
    const principal = ids.take("principal");
    plan.rows.push({ table: principals, rows: [{ principal, uid: randomUUID(), key, kind, issuer, subject }] });
    return accept(plan, { principal });
  },
};

export function createPrincipal(db: Database, instance: Scope, input: CreatePrincipalInput): Promise<Answer> {
  return write(db, instance, createPrincipalVerb, input);
}

function accept(plan: Plan, more: Record<string, unknown>): Decision {
  plan.outcome = { accepted: 1, unchanged: 0, problems: [], more };
  return { kind: "plan", plan };
}

export interface IssueTokenInput extends RequestFields {
  /** Null: the viewer's own. */
  principal?: string | null;
  label: string;
  scopes?: string[] | null;
  datasets?: string[] | null;
  expiresInDays: number;
}

interface IssuedToken {
  answer: Answer;
  /** Null where the request was refused or is a replay: a secret is shown once. */
  secret: string | null;
}

/** Issues a token for oneself, or as an admin for anyone. A token never gives more than the token that asks for it has. */
export async function issueApiToken(db: Database, viewerScope: Scope, input: IssueTokenInput): Promise<IssuedToken> {
  const secret = newTokenSecret();
  const answer = await write(db, viewerScope, issueTokenVerb(secret), input);
  return { answer, secret: answer.activity !== null && !answer.replayed ? secret : null };
}

function issueTokenVerb(secret: string): Verb<IssueTokenInput, PrincipalRow | null> {
  return {
    kind: "TOKEN_ISSUE",
    async facts(tx, _instance, commands) {
      const { input, scope } = commands[0]!;
      return (await principalsByKey(tx, 0, [input.principal ?? scope.viewer.key]))[0]!;
    },
    plan({ input, scope }, principal, ids) {
      const problems = tokenProblems(input, scope, principal);
      if (problems.length > 0) return { kind: "refused", problems };
      const plan = emptyPlan();
      const token = ids.take("token");
      const own = scope.viewer.token;
      plan.rows.push({
        table: apiTokens,
        rows: [
          {
            token,
            principal: principal!.principal,
            label: input.label,
            prefix: tokenPrefix(secret),
            hash: tokenHash(secret),
            scopes: input.scopes ?? own?.scopes ?? null,
            datasetSlugs: input.datasets ?? own?.datasetSlugs ?? null,
            expiresAt: new Date(Date.now() + input.expiresInDays * 86_400_000),
          },
        ],
      });
      return accept(plan, { token });
    },
  };
}

/** Whether others' tokens are the viewer's to issue and revoke: an admin's, where the token that asks is not limited to less. */
function administers(viewer: Viewer): boolean {
  return may(viewer, 0, "principal:create");
}

function tokenProblems(input: IssueTokenInput, scope: Scope, principal: PrincipalRow | null): UserProblem[] {
  const problems: UserProblem[] = [];
  const { viewer } = scope;
  if (!principal || (principal.principal !== viewer.principal && !administers(viewer)))
    problems.push(problem("UNKNOWN_PRINCIPAL", `principal ${input.principal} is not known, or not yours`, "principal"));
  if (input.expiresInDays < 1 || input.expiresInDays > 366)
    problems.push(problem("INVALID_VALUE", `expiresInDays is ${input.expiresInDays}; use 1 to 366`, "expiresInDays"));
  if (input.label.trim() === "" || input.label.length > 200)
    problems.push(problem("INVALID_VALUE", "label must have 1 to 200 characters; say what the token is for", "label"));
  const known = new Set<string>(PERMISSIONS);
  for (const name of input.scopes ?? []) {
    const beyond = viewer.token?.scopes && !viewer.token.scopes.includes(name);
    if (!known.has(name) || beyond)
      problems.push(
        problem(
          "INVALID_VALUE",
          `scope ${name} is ${beyond ? "more than your own token has" : "no permission; Dataset.permissions names yours"}`,
          "scopes",
        ),
      );
  }
  for (const slug of input.datasets ?? [])
    if (viewer.token?.datasetSlugs && !viewer.token.datasetSlugs.includes(slug))
      problems.push(problem("INVALID_VALUE", `dataset ${slug} is more than your own token has`, "datasets"));
  return problems;
}

export interface RevokeTokenInput extends RequestFields {
  token: number;
}

const revokeTokenVerb: Verb<RevokeTokenInput, ApiTokenRow | null> = {
  kind: "TOKEN_REVOCATION",
  facts: async (tx, _instance, commands) => (await apiTokensById(tx, 0, [commands[0]!.input.token]))[0]!,
  plan({ input, scope }, token) {
    if (!token || (token.principalId !== scope.viewer.principal && !administers(scope.viewer)))
      return {
        kind: "refused",
        problems: [problem("UNKNOWN_TOKEN", "this token is not known, or not yours", "tokenId")],
      };
    if (token.revoked) return { kind: "nothing", outcome: { accepted: 0, unchanged: 1, problems: [] } };
    const plan = emptyPlan();
    plan.superseded.push({ table: apiTokens, ids: [input.token] });
    return accept(plan, { token: input.token });
  },
};

export function revokeApiToken(db: Database, viewerScope: Scope, input: RevokeTokenInput): Promise<Answer> {
  return write(db, viewerScope, revokeTokenVerb, input);
}

export interface SetMemberInput extends RequestFields {
  /** The dataset's id. */
  registration: number;
  principal: string;
  /** Null removes. */
  role: Role | null;
}

interface MemberFacts {
  principal: PrincipalRow | null;
  inForce: MemberRow[];
}

const setMemberVerb: Verb<SetMemberInput, MemberFacts> = {
  kind: "MEMBERSHIP",
  async facts(tx, _instance, commands) {
    const { principal, registration } = commands[0]!.input;
    return {
      principal: (await principalsByKey(tx, 0, [principal]))[0]!,
      inForce: await membersInForce(tx, registration),
    };
  },
  plan({ input }, { principal, inForce }, ids) {
    if (!principal)
      return {
        kind: "refused",
        problems: [
          problem(
            "UNKNOWN_PRINCIPAL",
            `principal ${input.principal} is not known; an admin makes it with createPrincipal`,
            "principal",
          ),
        ],
      };
    const current = inForce.find((member) => member.principalId === principal.principal);
    if ((current?.role ?? null) === input.role)
      return { kind: "nothing", outcome: { accepted: 0, unchanged: 1, problems: [] } };
    const owners = inForce.filter((member) => member.role === "OWNER");
    if (current?.role === "OWNER" && owners.length === 1)
      return {
        kind: "refused",
        problems: [problem("LAST_OWNER", "this is the last owner; make another one first", "role")],
      };
    const plan = emptyPlan();
    if (current) plan.superseded.push({ table: members, ids: [current.member] });
    if (input.role !== null)
      plan.rows.push({
        table: members,
        rows: [
          {
            member: ids.take("member"),
            registration: input.registration,
            principal: principal.principal,
            role: input.role,
          },
        ],
      });
    return accept(plan, { principal: principal.principal });
  },
};

/** Gives, changes or (role null) takes a role; the caller has checked member:set in that dataset. */
export function setMember(db: Database, ownerScope: Scope, input: SetMemberInput): Promise<Answer> {
  return write(db, instanceScope(ownerScope), setMemberVerb, input);
}
