import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getNamedType, isInputObjectType, type GraphQLInputObjectType, type GraphQLSchema } from "graphql";
import { anyoneHas, PERMISSIONS, roleHas, ROLES, type Permission, type Role } from "../../src/policy.js";
import { assaySchema } from "../../src/schema.js";
import { makeFullDataset, type FullDataset } from "../support/fullDataset.js";
import { makePrincipal } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";
import { documentOf, permissionsOf, placesOf, type Place, type Stride } from "./schemaWalk.js";

let world: World;
let schema: GraphQLSchema;
let dataset: FullDataset;
let places: Place[];
/** Tokens of somebody with each role, of somebody signed in without any, and none. */
const tokens = new Map<Role | "NOBODY", string>();
beforeAll(async () => {
  world = await startWorld();
  schema = await assaySchema();
  dataset = await makeFullDataset(world, "house");
  for (const role of ROLES) tokens.set(role, await makePrincipal(world, `member-${role}`, { house: role }));
  tokens.set("NOBODY", await makePrincipal(world, "nobody"));
  places = placesOf(schema, dataset);
});
afterAll(() => world.stop());

const has = (role: Role | "NOBODY", permission: Permission) =>
  anyoneHas(permission) || (role !== "NOBODY" && roleHas(role, permission));
const mayFollow = (role: Role | "NOBODY", path: Stride[]) =>
  path.every((stride) => stride.permissions.every((one) => has(role, one)));

it("the matrix of roles and permissions is the one on file", async () => {
  const lines = PERMISSIONS.map((permission) => {
    const roles = ROLES.map((role) => (roleHas(role, permission) ? role : "·".padEnd(role.length)).padEnd(role.length));
    return `${permission.padEnd(24)} ${roles.join(" ")} ${anyoneHas(permission) ? "anyone signed in" : ""}`.trimEnd();
  });
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("policy.txt");
});

it("every root field asks for exactly one permission of the policy", () => {
  const roots = [schema.getQueryType()!, schema.getMutationType()!];
  const fields = roots.flatMap((type) =>
    Object.keys(type.getFields()).map((field) => ({ field, asked: permissionsOf(type.name, field) })),
  );
  expect(fields.length).toBeGreaterThan(25);
  expect(fields.filter(({ asked }) => asked.length !== 1 || !PERMISSIONS.includes(asked[0]!))).toEqual([]);
});

it("every permission is asked for somewhere", () => {
  const folder = new URL("../../src/", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && name !== "policy.ts",
  );
  const text = files.map((name) => readFileSync(new URL(name, folder), "utf8")).join("\n");
  expect(PERMISSIONS.filter((permission) => !text.includes(`"${permission}"`))).toEqual([]);
});

async function codeOf(query: string, token: string | null, variables = {}): Promise<string | null> {
  const { errors } = await world.send(query, variables, token);
  return errors?.[0]?.extensions.code ?? null;
}

describe("who is not signed in", () => {
  it("is answered UNAUTHENTICATED at every root field", async () => {
    for (const { text, isLeaf } of places[0]!.fields)
      expect([text, await codeOf(`{ ${text}${isLeaf ? "" : " { __typename }"} }`, null)]).toEqual([
        text,
        "UNAUTHENTICATED",
      ]);
    for (const id of [dataset.ids.Source![0], "nonsense"])
      expect(await codeOf(`{ node(id: "${id}") { id } }`, null)).toBe("UNAUTHENTICATED");
    for (const mutation of Object.values(schema.getMutationType()!.getFields())) {
      const type = getNamedType(mutation.args[0]!.type) as GraphQLInputObjectType;
      const input = minimalInput(type, "house");
      expect([
        mutation.name,
        await codeOf(`mutation ($input: ${type.name}!) { ${mutation.name}(input: $input) { replayed } }`, null, {
          input,
        }),
      ]).toEqual([mutation.name, "UNAUTHENTICATED"]);
    }
  });
});

describe("with each role", () => {
  it("every field of every type answers those who have the permissions on the way, and no others", async () => {
    expect(places.length).toBeGreaterThan(50);
    const wrong: string[] = [];
    for (const [role, token] of tokens)
      for (const place of places) {
        const asking = place.fields.filter((field) => field.permissions.length > 0);
        for (const field of asking) {
          const code = await codeOf(
            documentOf(place.path, `${field.text}${field.isLeaf ? "" : " { __typename }"}`),
            token,
          );
          const expected = mayFollow(role, [...place.path, field]) ? null : "FORBIDDEN";
          if (code !== expected) wrong.push(`${role} ${place.type}.${field.field}: ${code}, not ${expected}`);
        }
      }
    expect(wrong).toEqual([]);
  });

  it("the fields that ask for nothing answer whoever came so far", async () => {
    const wrong: string[] = [];
    for (const [role, token] of tokens)
      for (const place of places) {
        const open = place.fields.filter((field) => field.permissions.length === 0).slice(0, 25);
        if (open.length === 0 || !mayFollow(role, place.path)) continue;
        const selection = open.map((field) => `${field.text}${field.isLeaf ? "" : " { __typename }"}`).join(" ");
        const { errors } = await world.send(documentOf(place.path, selection), {}, token);
        const unexpected = errors?.filter(
          (error) => error.extensions.code !== "FORBIDDEN" && error.extensions.code !== "CONTENT_ERASED",
        );
        if (unexpected?.length) wrong.push(`${role} ${place.type}: ${JSON.stringify(unexpected)}`);
        if (errors?.some((error) => error.extensions.code === "FORBIDDEN"))
          wrong.push(`${role} ${place.type} is forbidden`);
      }
    expect(wrong).toEqual([]);
  });

  it("every mutation is refused to those whose role lacks its permission, and to no others", async () => {
    const wrong: string[] = [];
    for (const [role, token] of tokens)
      for (const mutation of Object.values(schema.getMutationType()!.getFields())) {
        const type = getNamedType(mutation.args[0]!.type) as GraphQLInputObjectType;
        const input = minimalInput(type, "house");
        const code = await codeOf(
          `mutation ($input: ${type.name}!) { ${mutation.name}(input: $input) { replayed } }`,
          token,
          { input },
        );
        const permitted = permissionsOf("Mutation", mutation.name).every((permission) => has(role, permission));
        if ((code === "FORBIDDEN") === permitted) wrong.push(`${role} ${mutation.name}: ${code}`);
        if (code === "INTERNAL_SERVER_ERROR") wrong.push(`${role} ${mutation.name} failed`);
      }
    expect(wrong).toEqual([]);
  });
});

/** Required fields only, with something of their type; bulk lists empty. */
function minimalInput(type: GraphQLInputObjectType, slug: string): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const field of Object.values(type.getFields())) {
    if (!String(field.type).endsWith("!") || field.defaultValue !== undefined) continue;
    const named = getNamedType(field.type);
    if (field.name === "dataset") input[field.name] = slug;
    else if (String(field.type).startsWith("[")) input[field.name] = [];
    else if (isInputObjectType(named)) input[field.name] = minimalInput(named, slug);
    else if ("getValues" in named) input[field.name] = named.getValues()[0]!.name;
    else input[field.name] = { Int: 1, JSONObject: {} }[named.name] ?? "absent";
  }
  return input;
}
