import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signDownload } from "../../src/releases/downloadToken.js";
import { tokenWithRole } from "../guidelines/tokenWithRole.js";
import { startWorld, type World } from "../support/world.js";
import {
  createDownload,
  decide,
  download,
  idOf,
  importInto,
  linesOf,
  logOf,
  prepare,
  recordsOf,
  release,
  SLUG,
  startReleaseWorld,
} from "./releaseWorld.js";

describe("downloading a release", () => {
  let world: World;
  beforeAll(async () => {
    world = await startReleaseWorld(5);
    const long = "word ".repeat(20_000);
    const many = Array.from({ length: 60 }, (_, i) => ({
      externalId: `long-${i}`,
      prompt: `Long ${i}\u2028\u2029`,
      response: `${long}${i}`,
    }));
    for (let i = 0; i < many.length; i += 20) await importInto(world, many.slice(i, i + 20));
    await decide(world, "ACCEPT", [...many.map((one) => one.externalId), idOf(1)]);
    await release(world, "1.0.0");
  });
  afterAll(() => world.stop());

  it("gives a URL for ten minutes, and records nothing", async () => {
    const head = async () =>
      (
        await world.ask(`query ($slug: String!) { dataset(slug: $slug) { head { activity { number } } } }`, {
          slug: SLUG,
        })
      ).dataset.head.activity.number;
    const before = await head();
    const { activity, download: made } = await createDownload(world, "1.0.0");
    expect(activity).toBeNull();
    expect(made).toMatchObject({
      format: "RECORDS",
      memberCount: 61,
      url: expect.stringContaining(`${world.url}/downloads/`),
    });
    const minutes = (new Date(made.expiresAt).getTime() - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(9);
    expect(minutes).toBeLessThanOrEqual(10);
    expect(await head()).toBe(before);
  });

  it("streams it with a safe name, one record a line whatever is inside", async () => {
    const { download: made } = await createDownload(world, "1.0.0");
    const response = await fetch(made.url);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/x-ndjson");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="house-1.0.0.records.jsonl"');
    expect(response.headers.get("transfer-encoding")).toBe("chunked");
    const text = await response.text();
    expect(linesOf(text)).toHaveLength(61);
    expect(text).toContain("\u2028");
  });

  it("keeps system and earlier turns as context, the language, and order and text of messages", async () => {
    const turns = [
      { role: "SYSTEM", content: "Be brief." },
      { role: "USER", content: "Hé?" },
      { role: "ASSISTANT", content: "Yes." },
      { role: "USER", content: "Why? \u{1F600}" },
      { role: "ASSISTANT", content: "Because." },
    ];
    await importInto(world, [{ externalId: "talk", turns, language: "en-GB", source: "people" }]);
    await decide(world, "ACCEPT", ["talk"]);
    await release(world, "2.0.0", { filter: { externalIds: ["talk", idOf(1)] } });
    const { dataset } = await world.ask(
      `{ dataset(slug: "house") { example(externalId: "long-0") { membership(release: "2.0.0") { because } } } }`,
    );
    expect(dataset.example.membership.because).toBe("FILTERED_OUT");
    const spoken = turns.map(({ role, content }) => ({ role: role.toLowerCase(), content }));
    const record = recordsOf(await download(world, "2.0.0")).find(({ id }) => id === "talk");
    expect(record).toMatchObject({
      prompt: "Why? \u{1F600}",
      response: "Because.",
      context: spoken.slice(0, 3),
      language: "en-GB",
      licence: "CC0-1.0",
      annotator_id: null,
    });
    const messages = recordsOf(await download(world, "2.0.0", "MESSAGES")).find(({ id }) => id === "talk");
    expect(messages).toEqual({ id: "talk", messages: spoken, split: record.split });
  });

  it("ends when the client goes away, and serves the next one", async () => {
    for (let i = 0; i < 5; i++) {
      const { download: made } = await createDownload(world, "1.0.0");
      const leaving = new AbortController();
      const response = await fetch(made.url, { signal: leaving.signal });
      await response.body!.getReader().read();
      leaving.abort();
    }
    expect(linesOf(await download(world, "1.0.0"))).toHaveLength(61);
  });

  it("answers 404 to what is no download", async () => {
    const { download: made } = await createDownload(world, "1.0.0");
    const [start, token] = [
      made.url.slice(0, made.url.lastIndexOf("/") + 1),
      made.url.slice(made.url.lastIndexOf("/") + 1),
    ];
    const bent = token.slice(0, -3) + (token.at(-3) === "A" ? "B" : "A") + token.slice(-2);
    const forged = await signDownload(
      { datasetUid: (await logOf(world)).uid, candidate: 1, format: "RECORDS" },
      Buffer.alloc(32),
      new Date(),
    );
    for (const wrong of ["", "x", bent, forged.token, world.adminToken, "..%2f..%2fetc%2fpasswd", "%00", "%"])
      expect((await fetch(start + wrong)).status, wrong).toBe(404);
    expect((await fetch(made.url, { method: "POST" })).status).toBe(404);
  });

  it("answers 410 when the time is over, and 404 to a token for what is not there", async () => {
    const secret = "a secret that is long enough for HS256";
    const other = await startWorld({ ASSAY_SECRET: secret });
    try {
      await other.ask(
        `mutation { createDataset(input: { slug: "house", title: "House" }) { userErrors { message } } }`,
      );
      const key = new TextEncoder().encode(secret);
      const { dataset } = await other.ask(`{ dataset(slug: "house") { uid } }`);
      const named = { datasetUid: dataset.uid, candidate: 1, format: "RECORDS" as const };
      const statusOf = async (token: string) => (await fetch(`${other.url}/downloads/${token}`)).status;
      expect(await statusOf((await signDownload(named, key, new Date(Date.now() - 700_000))).token)).toBe(410);
      expect(await statusOf((await signDownload(named, key, new Date())).token)).toBe(404);
      expect(
        await statusOf((await signDownload({ ...named, format: "toString" as never }, key, new Date())).token),
      ).toBe(404);
    } finally {
      await other.stop();
    }
  });

  it("is for those who may: each role has what the policy says, and no more", async () => {
    const { candidate } = await prepare(world);
    const allowed: Record<string, string> = {};
    for (const role of ["VIEWER", "ANNOTATOR", "REVIEWER", "CURATOR", "RELEASE_MANAGER"]) {
      const token = await tokenWithRole(world, SLUG, role);
      const may = async (document: string, field: string) => {
        const { data, errors } = await world.send(document, { slug: SLUG, id: candidate.id }, token);
        if (errors?.some((error) => error.extensions.code !== "FORBIDDEN")) throw new Error(JSON.stringify(errors));
        return !errors && (data.dataset?.[field] !== null || data[field] !== null) ? "yes" : "no";
      };
      allowed[role] = [
        await may(
          `query ($slug: String!) { dataset(slug: $slug) { release(version: "1.0.0") { version } } }`,
          "release",
        ),
        await may(
          `mutation ($slug: String!) { createDownload(input: { dataset: $slug, release: "1.0.0" }) { download { url } } }`,
          "createDownload",
        ),
        await may(
          `mutation ($slug: String!) { prepareRelease(input: { dataset: $slug }) { candidate { id } } }`,
          "prepareRelease",
        ),
        await may(
          `mutation ($slug: String!, $id: ID!) { cutRelease(input: { dataset: $slug, candidateId: $id, version: "0.0.1" }) { release { id } } }`,
          "cutRelease",
        ),
      ].join(" ");
    }
    expect(allowed).toEqual({
      VIEWER: "yes yes no no",
      ANNOTATOR: "no no no no",
      REVIEWER: "yes no no no",
      CURATOR: "yes yes no no",
      RELEASE_MANAGER: "yes yes yes yes",
    });
    await world.ask(`mutation { createPrincipal(input: { key: "stranger", kind: SCRIPT }) { principal { key } } }`);
    const { issueApiToken } = await world.ask(
      `mutation { issueApiToken(input: { principal: "stranger", label: "test" }) { secret } }`,
    );
    const { node } = await world.ask(
      `query ($id: ID!) { node(id: $id) { id } }`,
      { id: candidate.id },
      issueApiToken.secret,
    );
    expect(node).toBeNull();
  });
});
