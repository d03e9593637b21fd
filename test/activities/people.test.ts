import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../support/world.js";

describe("personal data", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
    await world.ask(`mutation { createPrincipal(input: { key: "ada", kind: HUMAN }) { principal { key } } }`);
  });
  afterAll(() => world.stop());

  const set = (fields: string) =>
    world.ask(
      `mutation { setPerson(input: { principal: "ada", ${fields} }) { activity { number } principal { name contact } userErrors { code } } }`,
    );

  it("is set, changed and erased, and the log keeps none of it", async () => {
    expect((await set(`name: "Ada", contact: "ada@example.org"`)).setPerson.principal).toEqual({
      name: "Ada",
      contact: "ada@example.org",
    });
    expect((await set(`name: "Ada L."`)).setPerson.principal).toEqual({ name: "Ada L.", contact: null });
    expect((await set(`name: null`)).setPerson.principal).toEqual({ name: null, contact: null });
    const { instance } = await world.ask(
      `{ instance { verifyLog { verified } activities(last: 3) { nodes { kind outcome } } } }`,
    );
    expect(instance.verifyLog.verified).toBe(true);
    expect(JSON.stringify(instance.activities)).not.toContain("Ada");
  });

  it("leaves no digest of a request behind by which it could be guessed, and repeats are answered as before", async () => {
    const digests = async () =>
      (
        await world.db.rowsOnce<{ n: number }>(
          `select count(*)::int as n from activities a join contents c on c.dataset_id = 0 and c.commitment = a.request_digest
           where a.dataset_id = 0 and a.kind = 'PERSONAL_DATA'`,
        )
      )[0]!.n;
    const first = await set(`name: "Ada", requestKey: "person-1"`);
    await set(`name: "Ada L.", requestKey: "person-2"`);
    expect(await digests()).toBe(1);
    await set(`name: null`);
    expect(await digests()).toBe(0);
    const again = await set(`name: "Ada", requestKey: "person-1"`);
    expect(again.setPerson.activity).toEqual(first.setPerson.activity);
    expect(again.setPerson.principal).toEqual({ name: null, contact: null });
    const other = await world.ask(
      `mutation { createPrincipal(input: { key: "else", kind: SCRIPT, requestKey: "person-1" }) { principal { key } userErrors { code } } }`,
    );
    expect(other.createPrincipal).toEqual({ principal: null, userErrors: [{ code: "REQUEST_KEY_REUSED" }] });
    expect((await world.ask(`{ instance { verifyLog { verified } } }`)).instance.verifyLog.verified).toBe(true);
  });

  it("is refused to those who are no admins", async () => {
    const { issueApiToken } = await world.ask(
      `mutation { issueApiToken(input: { principal: "ada", label: "own" }) { secret } }`,
    );
    const answer = await world.send(
      `mutation { setPerson(input: { principal: "ada", name: "X" }) { replayed } }`,
      {},
      issueApiToken.secret,
    );
    expect(answer.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});
