// Who may use the instance and its datasets: datasets, members, principals and tokens?
import type { Command } from "commander";
import * as documents from "./documents.js";
import { EXIT } from "./failure.js";
import { withoutAbsent } from "./withoutAbsent.js";
import { mutate, type Payload } from "./mutate.js";
import { list, wholeNumber, word } from "./optionValues.js";
import { allNodes, collected, type ConnectionPage } from "./pages.js";
import { sessionOf, type Session } from "./session.js";
import { tableOf } from "./table.js";
import type { World } from "./world.js";

type Done = (exitCode: number) => void;

const ROLES = ["VIEWER", "ANNOTATOR", "REVIEWER", "CURATOR", "RELEASE_MANAGER", "OWNER", "NONE"] as const;
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
  head: { activity: { number: number; recordedAt: string } };
}

function addDataset(program: Command, world: World, done: Done): void {
  const dataset = program.command("dataset").description("datasets");
  const create = dataset.command("create");
  create
    .description("create a dataset; its creator becomes OWNER")
    .argument("<slug>")
    .option("--title <text>", "its title; the slug where absent")
    .option("--message <text>", "a message for the activity log")
    .action(async (slug: string, { title, message }: { title?: string; message?: string }) => {
      const input = withoutAbsent({ slug, title: title ?? slug, message });
      const session = sessionOf(world, create);
      done(await mutate(session, "createDataset", documents.CREATE_DATASET, input, () => [`dataset ${slug}`]));
    });
  const all = dataset.command("list").description("the datasets that this token may read");
  all.action(async () => done(await listDatasets(sessionOf(world, all))));
}

async function listDatasets(session: Session): Promise<number> {
  const pick = (data: { datasets: ConnectionPage<DatasetRow> }) => data.datasets;
  const datasets = await collected(allNodes(session.client(), documents.DATASETS, {}, pick));
  const rows = datasets.map(({ slug, title, head }) => [slug, title, head.activity.number, head.activity.recordedAt]);
  session.output.answer(datasets, () => tableOf(["dataset", "title", "activity", "recorded"], rows));
  return EXIT.ok;
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
      done(
        await mutate(session, "setMember", documents.SET_MEMBER, input, () => [`${principal}: ${role.toLowerCase()}`]),
      );
    });
}

interface PrincipalOptions {
  kind: string;
  issuer?: string;
  subject?: string;
}

function addPrincipal(program: Command, world: World, done: Done): void {
  const group = program.command("principal").description("people, scripts and models");
  addPerson(group, world, done);
  const command = group.command("create");
  command
    .description("create a principal")
    .argument("<key>")
    .option("--kind <kind>", "human, script or model", word(["HUMAN", "SCRIPT", "MODEL"] as const), "HUMAN")
    .option("--issuer <url>", "of the JWTs they sign in with")
    .option("--subject <text>", "of those JWTs")
    .action(async (key: string, options: PrincipalOptions) => {
      const input = withoutAbsent({ key, ...options });
      const session = sessionOf(world, command);
      done(await mutate(session, "createPrincipal", documents.CREATE_PRINCIPAL, input, () => [`principal ${key}`]));
    });
}

function addPerson(group: Command, world: World, done: Done): void {
  const command = group.command("person");
  command
    .description("keep a person's name and contact, apart from the log; without either both are erased")
    .argument("<key>", "the principal's key")
    .option("--name <text>", "their name")
    .option("--contact <text>", "how to reach them")
    .action(async (principal: string, { name, contact }: { name?: string; contact?: string }) => {
      const input = { principal, name: name ?? null, contact: contact ?? null };
      const kept = name === undefined && contact === undefined ? "personal data erased" : "personal data kept";
      const session = sessionOf(world, command);
      done(await mutate(session, "setPerson", documents.SET_PERSON, input, () => [`${principal}: ${kept}`]));
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
    .option("--expires-in-days <n>", "how long it is valid", wholeNumber(1, 366))
    .action(async (options: IssueOptions) => {
      const session = sessionOf(world, command);
      const input = withoutAbsent({ ...options });
      done(await mutate(session, "issueApiToken", documents.ISSUE_TOKEN, input, tokenLines));
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
  prefix: string;
  principal: string;
  scopes: string[] | null;
  datasetSlugs: string[] | null;
  expiresAt: string | null;
  revoked: boolean;
}

function addTokenList(token: Command, world: World, done: Done): void {
  const command = token
    .command("list")
    .description("the API tokens: your own, or as an admin everybody's")
    .action(async () => {
      const session = sessionOf(world, command);
      const pick = (data: { apiTokens: ConnectionPage<TokenRow> }) => data.apiTokens;
      const tokens = await collected(allNodes(session.client(), documents.TOKENS, {}, pick));
      const rows = tokens.map((each) => [
        each.id,
        each.prefix,
        each.label,
        each.principal,
        each.scopes?.join(",") ?? "all",
        each.datasetSlugs?.join(",") ?? "all",
        each.expiresAt,
        each.revoked ? "yes" : "no",
      ]);
      session.output.answer(tokens, () =>
        tableOf(["id", "begins", "label", "principal", "scopes", "datasets", "expires", "revoked"], rows),
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
      done(
        await mutate(session, "revokeApiToken", documents.REVOKE_TOKEN, { tokenId }, () => [
          `token ${tokenId} is revoked; a server may honour it for some seconds more`,
        ]),
      );
    });
}
