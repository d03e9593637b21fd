import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import canonicalize from "canonicalize";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadedLexicons } from "../../src/lexicons/queries.js";
import { matchLexicon } from "../../src/lexicons/matchLexicon.js";
import { fileOf, run, type Ran } from "../scripts/assayWorld.js";
import { makePrincipal } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.ask(`mutation { createDataset(input: { slug: "house", title: "House" }) { activity { number } } }`);
});
afterAll(() => world.stop());

const LOAD = `mutation ($input: LoadLexiconInput!) { loadLexicon(input: $input) { activity { number kind } replayed acceptedCount unchangedCount
  lexiconVersion { key version title language licence checksum entryCount kinds { kind count } attribution url shareAlike
    supersededBy { number } entries(first: 5) { nodes { term kind axis group } totalCount { value } } }
  userErrors { code message path index } } }`;
const pack = {
  key: "ages",
  title: "Ages",
  language: "en",
  licence: "CC-BY-4.0",
  attribution: "Some people",
  url: "https://example.org/ages",
  entries: [
    { term: "old", kind: "DESCRIPTOR", axis: "age", group: "old" },
    { term: "woman", kind: "PERSON_NOUN" },
  ],
};
const load = async (change: object = {}, token?: string) =>
  (await world.ask(LOAD, { input: { dataset: "house", ...pack, ...change } }, token)).loadLexicon;
const datasetId = async () =>
  (await world.db.rowsOnce<{ id: number }>(`select dataset_id as id from datasets where slug = 'house'`, []))[0]!.id;

describe("a lexicon", () => {
  it("is loaded with licence, credit and a checksum that anyone can recompute from the pack", async () => {
    const answer = await load({ requestKey: "lexicon-1" });
    expect(answer).toEqual({
      activity: { number: 2, kind: "LEXICON" },
      replayed: false,
      acceptedCount: 2,
      unchangedCount: 0,
      lexiconVersion: {
        key: "ages",
        version: 1,
        title: "Ages",
        language: "en",
        licence: "CC-BY-4.0",
        entryCount: 2,
        checksum: createHash("sha256").update(canonicalize(pack)!).digest("hex"),
        kinds: [
          {
            kind: "DESCRIPTOR",
            count: 1,
          },
          {
            kind: "PERSON_NOUN",
            count: 1,
          },
        ],
        attribution: "Some people",
        url: "https://example.org/ages",
        shareAlike: null,
        supersededBy: null,
        entries: {
          nodes: [
            pack.entries[0],
            {
              ...pack.entries[1],
              axis: "",
              group: "",
            },
          ],
          totalCount: { value: 2 },
        },
      },
      userErrors: [],
    });
    expect(await load({ requestKey: "lexicon-1" })).toEqual({ ...answer, replayed: true });
    expect(await load()).toMatchObject({ activity: null, unchangedCount: 2, lexiconVersion: { version: 1 } });
  });

  it("is a new version with any other content, and the old one stays", async () => {
    const entries = [...pack.entries, { term: "young", kind: "DESCRIPTOR", axis: "age", group: "young" }];
    const second = await load({ entries });
    expect(second).toMatchObject({ activity: { number: 3 }, acceptedCount: 3, lexiconVersion: { version: 2 } });
    const others = [{ title: "Age" }, { licence: "MIT" }, { attribution: "Others" }, { shareAlike: "Same terms." }];
    for (const [i, other] of others.entries())
      expect(await load({ entries, ...other })).toMatchObject({ lexiconVersion: { version: 3 + i } });
    const { dataset } = await world.ask(`{ dataset(slug: "house") {
      lexicons(first: 10) { nodes { key version } totalCount { value } } verifyLog { verified }
      latest: lexicon(name: "ages") { version } first: lexicon(name: "ages@1") { version entryCount supersededBy { number } }
      none: lexicon(name: "ages@9") { version } other: lexicon(name: "ages@x") { version } } }`);
    expect(dataset).toEqual({
      lexicons: { nodes: [{ key: "ages", version: 6 }], totalCount: { value: 1 } },
      verifyLog: { verified: true },
      latest: { version: 6 },
      first: { version: 1, entryCount: 2, supersededBy: { number: 3 } },
      none: null,
      other: null,
    });
  });

  it("is found with its entries by what counts with it", async () => {
    const names = ["ages", "ages@1", "none"];
    const [latest, first, none] = await loadedLexicons(world.db, await datasetId(), names);
    expect([latest?.name, first?.name, none]).toEqual(["ages@6", "ages@1", null]);
    const count = matchLexicon(first!.entries!)("An old woman. An old house, far away");
    expect(count.matches.map(({ entry, count: n }) => [entry.term, n])).toEqual([
      ["old", 1],
      ["woman", 1],
    ]);
  });

  it("is refused whole, with what is wrong and where", async () => {
    const bad = [
      { term: "old", kind: "DESCRIPTOR", axis: "age", group: "old" },
      { term: "OLD", kind: "DESCRIPTOR", axis: "age", group: "old" },
      { term: "old", kind: "WORD" },
      { term: "…", kind: "WORD" },
      { term: "a\0", kind: "WORD" },
      { term: "b\ud800", kind: "WORD" },
      { term: "x".repeat(201), kind: "WORD" },
      { term: "blind", kind: "DESCRIPTOR", axis: "ability" },
    ];
    const refused = await load({ key: "bad", entries: bad });
    expect(refused).toMatchObject({ activity: null, lexiconVersion: null });
    expect(refused.userErrors.map((one: any) => [one.code, one.path.join("."), one.index])).toEqual([
      ["DUPLICATE_IN_BATCH", "entries.1.term", 1],
      ["INVALID_VALUE", "entries.3.term", 3],
      ["INVALID_TEXT", "entries.4.term", 4],
      ["INVALID_TEXT", "entries.5.term", 5],
      ["INVALID_VALUE", "entries.6.term", 6],
      ["INVALID_VALUE", "entries.7.group", 7],
    ]);
    expect(refused.userErrors[0].message).toBe(
      'term "OLD" is entry 0 already, with the same kind, axis and group; give it once',
    );
    const heads = { key: "no key", title: " ", language: "English!", licence: "mine", url: "nowhere", entries: [] };
    for (const [field, value] of Object.entries(heads))
      expect((await load({ [field]: value })).userErrors).toMatchObject([{ code: "INVALID_VALUE", path: [field] }]);
    const owner = await makePrincipal(world, "rater", { house: "ANNOTATOR" });
    const asked = `{ dataset(slug: "house") { lexicons(first: 1) { nodes { key } } } }`;
    expect((await world.send(asked, {}, owner)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
});

const assay = (...args: string[]): Promise<Ran> =>
  run(["lexicon", ...args], {
    env: { ASSAY_URL: `${world.url}/graphql`, ASSAY_TOKEN: world.adminToken, ASSAY_DATASET: "house" },
  });
const path = (name: string) => new URL(`../../${name}`, import.meta.url).pathname;

describe("assay lexicon", () => {
  it("loads our packs", async () => {
    for (const name of ["descriptors", "gendered-nouns", "person-nouns", "style-phrases"]) {
      const ran = await assay("load", path(`scripts/lexicons/${name}.json`));
      expect([ran.stderr, ran.exitCode, ran.stdout]).toEqual([
        "",
        0,
        expect.stringMatching(/@1: \d+ entries; activity \d+\n$/),
      ]);
    }
    const again = await assay("load", path("scripts/lexicons/descriptors.json"));
    expect(again.stdout).toBe("descriptors@1 has this content already; nothing changed\n");
    const shown = await assay("show", "gendered-nouns", "--first", "2");
    expect(shown.stdout).toMatch(/Apache-2\.0; The Assay authors[^]*woman +GENDERED_NOUN +gender +female/);
    expect((await assay("list")).stdout).toMatch(/descriptors@1 +en +\d+ +\d+ descriptor +Apache-2\.0/);
  });

  it("maps the rows of a file, takes those that are wanted, and says which line is wrong", async () => {
    const rows = [
      { lang: "en", word: "bad", why: "insult" },
      { lang: "de", word: "schlecht", why: "insult" },
      { lang: "en", word: "Bad", why: "insult" },
    ];
    const file = await fileOf("words.jsonl", rows.map((row) => JSON.stringify(row)).join("\n"));
    const head = ["--key", "words", "--title", "Words", "--language", "en", "--licence", "MIT", "--attribution", "Us"];
    const mapped = [
      "load",
      file,
      "--map",
      "term=word",
      "--map",
      "group=why",
      "--set",
      "kind=word",
      "--where",
      "lang=en",
    ];
    const refused = await assay(...mapped, ...head);
    expect([refused.exitCode, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/words\.jsonl:3 term: .*"Bad" is entry 0/),
    ]);
    const ran = await assay(...mapped, ...head, "--skip-duplicates");
    expect([ran.stderr, ran.stdout]).toEqual([
      "",
      expect.stringMatching(/^words@1: 1 entry, 1 duplicate skipped; activity/),
    ]);
    const missing = await assay(...mapped, "--key", "words");
    expect([missing.exitCode, missing.stderr]).toEqual([
      2,
      expect.stringContaining("does not say its title; give --title"),
    ]);
  });

  const shared = path("../shared/data/bias/");
  it.runIf(existsSync(shared))("loads HolisticBias and every language of LDNOOBW", async () => {
    const head = (key: string, licence: string) => [
      "--key",
      key,
      "--title",
      key,
      "--licence",
      licence,
      "--attribution",
      key,
    ];
    const holistic = [
      "--map",
      "term=descriptor",
      "--map",
      "group=bucket",
      "--set",
      "kind=descriptor",
      "--language",
      "en",
    ];
    const ran = await assay(
      "load",
      `${shared}holisticbias_descriptors.jsonl`,
      ...holistic,
      ...head("holistic", "CC-BY-SA-4.0"),
    );
    expect([ran.stderr, ran.stdout]).toEqual(["", expect.stringMatching(/^holistic@1: 583 entries;/)]);
    const words = ["--map", "group=lang", "--set", "kind=word", "--skip-duplicates", "--language", "und"];
    const all = await assay("load", `${shared}ldnoobw_words.jsonl`, ...words, ...head("ldnoobw", "CC-BY-4.0"));
    expect([all.stderr, all.stdout]).toEqual([
      "",
      expect.stringMatching(/^ldnoobw@1: 2,663 entries, 3 duplicates skipped;/),
    ]);
    const lines = readFileSync(`${shared}ldnoobw_words.jsonl`, "utf8").trim().split("\n").length;
    expect(lines).toBe(2_666);
  });
});
