// Who may use the instance and its datasets: datasets, members, principals and tokens?
import type { Command } from "commander";
import { EXIT } from "./failure.js";
import { withoutAbsent } from "./withoutAbsent.js";
import { mutate, mutation, type Payload } from "./mutate.js";
import { list, wholeNumber, word } from "./optionValues.js";
import { allNodes, collected, type ConnectionPage } from "./pages.js";
import { sessionOf } from "./session.js";
import { tableOf } from "./table.js";
import type { World } from "./world.js";

type Done = (exitCode: number) => void;

const ROLES = ["VIEWER", "ANNOTATOR", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER", "NONE"] as const;
const PAGE = "pageInfo { hasNextPage endCursor }";
const CREATE_DATASET = mutation("createDataset", "CreateDatasetInput", "dataset { id slug title uid }");
const CREATE_PRINCIPAL = mutation("createPrincipal", "CreatePrincipalInput", "principal { id key kind }");
const ISSUE_TOKEN = mutation("issueApiToken", "IssueApiTokenInput", "apiToken { id label expiresAt } secret");
const REVOKE_TOKEN = mutation("revokeApiToken", "RevokeApiTokenInput", "apiToken { id label revokedAt }");
const SET_MEMBER = mutation("setMember", "SetMemberInput", "member { role }");
const DATASETS = `query Datasets($first: Int, $after: String) {
  datasets(first: $first, after: $after) { nodes { slug title uid head { activity { number recordedAt } exampleCount } } ${PAGE} }
}`;
const TOKENS = `query Tokens($first: Int, $after: String, $principal: String) {
  apiTokens(first: $first, after: $after, principal: $principal) {
    nodes { id label principal { key } scopes datasets expiresAt revokedAt } ${PAGE} }
}`;

export function addAccess(program: Command, world: World, done: Done): void {
  addDataset(program, world, done);
  addMember(program, world, done);
  addPrincipal(program, world, done);
  const token = program.command("token").description("API tokens");
  addIssue(token, world, done);
  addTokenList(token, world, done);
  addRevoke(token, world, done);
}

interface DatasetRow {
  slug: string;
  title: string;
  head: { activity: { number: number; recordedAt: string }; exampleCount: number };
}

function addDataset(program: Command, world: World, done: Done): void {
  const dataset = program.command("dataset").description("datasets");
  const create = dataset
    .command("create")
    .description("create a dataset; its creator becomes OWNER")
    .argument("<slug>")
    .option("--title <text>", "its title; the slug where absent")
    .option("--message <text>", "a message for the activity log")
    .action(async (slug: string, { title, message }: { title?: string; message?: string }) => {
      const input = withoutAbsent({ slug, title: title ?? slug, message });
      done(await mutate(sessionOf(world, create), "createDataset", CREATE_DATASET, input, () => [`dataset ${slug}`]));
    });
  const all = dataset
    .command("list")
    .description("the datasets that this token may read")
    .action(async () => {
      const session = sessionOf(world, all);
      const pick = (data: { datasets: ConnectionPage<DatasetRow> }) => data.datasets;
      const datasets = await collected(allNodes(session.client(), DATASETS, {}, pick));
      const rows = datasets.map(({ slug, title, head }) => [
        slug,
        title,
        head.exampleCount,
        head.activity.number,
        head.activity.recordedAt,
      ]);
      session.output.answer(datasets, () => tableOf(["dataset", "title", "examples", "activity", "recorded"], rows));
      done(EXIT.ok);
    });
}

function addMember(program: Command, world: World, done: Done): void {
  const command = program.command("member").description("members of a dataset").command("set");
  command
    .description("give a principal a role in the dataset, or none")
    .argument("<principal>", "the principal's key")
    .argument("<role>", "viewer, annotator, reviewer, curator, release-manager, owner, or none", word(ROLES))
    .option("--message <text>", "a message for the activity log")
    .action(async (principal: string, role: string, { message }: { message?: string }) => {
      const session = sessionOf(world, command);
      const fixed = withoutAbsent({ dataset: session.dataset(), principal, message });
      const input = { ...fixed, role: role === "NONE" ? null : role };
      done(await mutate(session, "setMember", SET_MEMBER, input, () => [`${principal}: ${role.toLowerCase()}`]));
    });
}

interface PrincipalOptions {
  kind: string;
  name?: string;
  contact?: string;
  issuer?: string;
  subject?: string;
}

function addPrincipal(program: Command, world: World, done: Done): void {
  const command = program.command("principal").description("people, scripts and models").command("create");
  command
    .description("create a principal")
    .argument("<key>")
    .option("--kind <kind>", "human, script or model", word(["HUMAN", "SCRIPT", "MODEL"] as const), "HUMAN")
    .option("--name <text>", "their name")
    .option("--contact <text>", "how to reach them")
    .option("--issuer <url>", "of the JWTs they sign in with")
    .option("--subject <text>", "of those JWTs")
    .action(async (key: string, options: PrincipalOptions) => {
      const input = withoutAbsent({ key, ...options });
      const session = sessionOf(world, command);
      done(await mutate(session, "createPrincipal", CREATE_PRINCIPAL, input, () => [`principal ${key}`]));
    });
}

interface IssueOptions {
  label?: string;
  principal?: string;
  scopes?: string[];
  datasets?: string[];
  expiresInDays?: number;
}

function addIssue(token: Command, world: World, done: Done): void {
  const command = token
    .command("issue")
    .description("issue an API token; its secret is printed once, and only now")
    .option("--label <text>", "what it is for", "assay")
    .option("--principal <key>", "whose it is; your own where absent")
    .option(
      "--scopes <list>",
      "what it may do, e.g. example:import,rating:submit; all that its principal may where absent",
      list,
    )
    .option("--datasets <list>", "where it may do it; everywhere where absent", list)
    .option("--expires-in-days <n>", "how long it is valid", wholeNumber(1, 3650))
    .action(async (options: IssueOptions) => {
      const session = sessionOf(world, command);
      const input = withoutAbsent({ ...options });
      done(await mutate(session, "issueApiToken", ISSUE_TOKEN, input, tokenLines));
    });
}

function tokenLines(payload: Payload): string[] {
  const token = payload["apiToken"] as { id: string; label: string; expiresAt: string | null } | null;
  if (token === null) return [];
  return [
    `${typeof payload["secret"] === "string" ? payload["secret"] : "the secret was shown when it was issued, and is not kept"}`,
    `token ${token.id} (${token.label}), valid until ${token.expiresAt ?? "revoked"}`,
  ];
}

interface TokenRow {
  id: string;
  label: string;
  principal: { key: string };
  scopes: string[] | null;
  datasets: string[] | null;
  expiresAt: string | null;
  revokedAt: string | null;
}

function addTokenList(token: Command, world: World, done: Done): void {
  const command = token
    .command("list")
    .description("the API tokens: your own, or as an admin everybody's")
    .option("--principal <key>", "of one principal")
    .action(async ({ principal }: { principal?: string }) => {
      const session = sessionOf(world, command);
      const pick = (data: { apiTokens: ConnectionPage<TokenRow> }) => data.apiTokens;
      const tokens = await collected(allNodes(session.client(), TOKENS, withoutAbsent({ principal }), pick));
      const rows = tokens.map((each) => [
        each.id,
        each.label,
        each.principal.key,
        each.scopes?.join(",") ?? "all",
        each.datasets?.join(",") ?? "all",
        each.expiresAt,
        each.revokedAt,
      ]);
      session.output.answer(tokens, () =>
        tableOf(["id", "label", "principal", "scopes", "datasets", "expires", "revoked"], rows),
      );
      done(EXIT.ok);
    });
}

function addRevoke(token: Command, world: World, done: Done): void {
  const command = token
    .command("revoke")
    .description("revoke an API token")
    .argument("<id>")
    .action(async (tokenId: string) => {
      const session = sessionOf(world, command);
      done(await mutate(session, "revokeApiToken", REVOKE_TOKEN, { tokenId }, () => [`token ${tokenId} is revoked`]));
    });
}
