// How does a test sign in with a role?
import type { World } from "../support/world.js";

/** The token of a new principal (its key: the role in lower case) that is a member of the dataset with this role. */
export async function tokenWithRole(world: World, dataset: string, role: string): Promise<string> {
  const principal = role.toLowerCase();
  const { issueApiToken } = await world.ask(
    `mutation ($principal: String!, $dataset: String!, $role: Role!) {
       createPrincipal(input: { key: $principal, kind: HUMAN }) { userErrors { message } }
       setMember(input: { dataset: $dataset, principal: $principal, role: $role }) { userErrors { message } }
       issueApiToken(input: { principal: $principal, label: "test" }) { secret userErrors { message } }
     }`,
    { principal, dataset, role },
  );
  return issueApiToken.secret;
}
