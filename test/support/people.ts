// How does a test get people with roles?
import type { Role } from "../../src/policy.js";
import type { World } from "./world.js";

/** Makes a dataset; the admin owns it. */
export async function makeDataset(world: World, slug: string): Promise<void> {
  const { createDataset } = await world.ask(
    `mutation ($slug: String!) { createDataset(input: { slug: $slug, title: $slug }) { dataset { id } userErrors { message } } }`,
    { slug },
  );
  if (!createDataset.dataset) throw new Error(JSON.stringify(createDataset.userErrors));
}

/** Makes a principal, with a role in each of some datasets, and gives a token of its own. */
export async function makePrincipal(world: World, key: string, roles: Record<string, Role> = {}): Promise<string> {
  await world.ask(
    `mutation ($key: String!) { createPrincipal(input: { key: $key, kind: SCRIPT }) { principal { key } } }`,
    { key },
  );
  for (const [dataset, role] of Object.entries(roles))
    await world.ask(
      `mutation ($dataset: String!, $key: String!, $role: Role) { setMember(input: { dataset: $dataset, principal: $key, role: $role }) { userErrors { message } } }`,
      { dataset, key, role },
    );
  return issueToken(world, { principal: key });
}

/** Issues a token as the admin, or with another token. */
export async function issueToken(world: World, input: object, token?: string): Promise<string> {
  const { issueApiToken } = await world.ask(
    `mutation ($input: IssueApiTokenInput!) { issueApiToken(input: $input) { secret userErrors { message } } }`,
    { input: { label: "test", ...input } },
    token,
  );
  if (!issueApiToken.secret) throw new Error(JSON.stringify(issueApiToken.userErrors));
  return issueApiToken.secret;
}
