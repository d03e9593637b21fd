// Are ratings given out with the groups of their raters only where a group is large enough, and under names of one export?
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run, scratch } from "../scripts/assayWorld.js";
import { startRecordWorld, type Person, type RecordWorld } from "./recordWorld.js";

const GROUPS: Record<string, string[]> = {
  woman: ["w1", "w2", "w3", "w4", "w5", "w6"],
  man: ["m1", "m2", "m3", "m4", "m5"],
  other: ["o1", "o2"],
};
const RATERS = Object.values(GROUPS).flat();
/** What each of them says of the first four examples; u1 said nothing about themselves. */
const valueOf = (rater: string, item: number) => 1 + ((RATERS.indexOf(rater) + 2 + item) % 5);

let world: RecordWorld;
beforeAll(async () => {
  world = await startRecordWorld();
  const { full } = world;
  const annotators = [...RATERS, "u1"].map((key) => ({ key }));
  await world.call("carla", "enrolAnnotators", { annotators });
  const ratings = [...RATERS, "u1"].flatMap((annotator) =>
    full.examples.slice(0, 4).map((externalId, item) => ({
      externalId,
      criterion: full.criterion,
      annotator,
      value: valueOf(annotator, item),
    })),
  );
  await world.call("carla", "submitRatings", { guidelineVersion: full.guidelineVersion, ratings });
  for (const [group, keys] of Object.entries(GROUPS)) await know(keys, group);
});
afterAll(() => world?.stop());

async function know(keys: string[], value: string): Promise<void> {
  await world.db.rowsOnce(
    `insert into annotator_attributes (dataset_id, annotator, attribute, value, consent, granted_at, activity)
     select t.dataset_id, t.annotator, 'gender', $2, 'research@1', now(), t.activity from annotators t where t.key = any($1)`,
    [keys, value],
  );
}

const EXPORT = `export { number attribute rowCount raterCount leftOutRowCount leftOutRaterCount criterionVersion { key }
  snapshot { population } activity { number kind } }`;
const give = (fields: object = {}, person: Person = "olga") =>
  world.call(person, "exportLongTable", { criterion: world.full.criterion, attribute: "gender", ...fields }, EXPORT);

interface Row {
  rater: string;
  group: string;
  value: number;
  item: { example: { externalId: string } };
}

/** All rows, three at a time. */
async function rowsOf(number: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | null = null; ;) {
    const { dataset }: any = await world.ask(
      `query ($number: Int!, $after: String) { dataset(slug: "house") { longTableExport(number: $number) {
        rows(first: 7, after: $after) { nodes { rater group value item { example { externalId } } } totalCount { value }
          pageInfo { hasNextPage endCursor } } } } }`,
      { number, after },
      world.tokens.olga,
    );
    const { nodes, pageInfo, totalCount } = dataset.longTableExport.rows;
    rows.push(...nodes);
    if (!pageInfo.hasNextPage) {
      expect(totalCount.value).toBe(rows.length);
      return rows;
    }
    after = pageInfo.endCursor;
  }
}

/** A table without the names of raters: each group's raters by what they said of each item, in some order. */
const asSaid = (rows: Row[]) => {
  const said = new Map<string, string[]>();
  for (const { rater, group, value, item } of rows)
    said.set(rater, [...(said.get(rater) ?? [group]), `${item.example.externalId}=${value}`]);
  return [...said.values()].map(([group, ...values]) => [group, ...values.sort()].join(" ")).sort();
};
const expected = (groups: string[]) =>
  groups
    .flatMap((group) => GROUPS[group]!.map((rater) => [group, rater] as const))
    .map(([group, rater]) =>
      [
        group,
        ...world.full.examples
          .slice(0, 4)
          .map((one, item) => `${one}=${valueOf(rater, item)}`)
          .sort(),
      ].join(" "),
    )
    .sort();

describe("the long table", () => {
  it("is written as CSV by the command line", async () => {
    const out = join(await scratch(), "ratings.csv");
    const ran = await run(
      ["audit", "export", "--criterion", world.full.criterion, "--attribute", "gender", "--out", out],
      { env: { ASSAY_URL: `${world.url}/graphql`, ASSAY_TOKEN: world.tokens.olga, ASSAY_DATASET: "house" } },
    );
    expect(ran).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr:
        "export 1: 44 ratings of 11 raters; left out: 48 ratings of 6 raters whose group is not known or has fewer than 5\n",
    });
    const [header, ...lines] = (await readFile(out, "utf8")).trimEnd().split("\n");
    expect(header).toBe("item,version,rater,group,value");
    const rows = lines.map((line) => line.split(","));
    const table = rows.map(([externalId, , rater, group, value]) => ({
      rater: rater!,
      group: group!,
      value: Number(value),
      item: { example: { externalId: externalId! } },
    }));
    expect(asSaid(table)).toEqual(expected(["man", "woman"]));
  });

  it("holds each rating of groups of 5 or more, and says how much was left out", async () => {
    const made = await give({ requestKey: "long-table-1" });
    expect(made).toMatchObject({ userErrors: [], activity: { kind: "LONG_TABLE_EXPORT" } });
    // Left out: o1, o2 and u1 with 4 ratings each, and the three of the dataset with 12 each.
    expect(made.export).toMatchObject({
      number: 2,
      attribute: "gender",
      rowCount: 44,
      raterCount: 11,
      leftOutRowCount: 48,
      leftOutRaterCount: 6,
      criterionVersion: { key: world.full.criterion },
      snapshot: { population: "CURRENT" },
    });
    expect(await give({ requestKey: "long-table-1" })).toMatchObject({ replayed: true, export: made.export });
    expect(asSaid(await rowsOf(2))).toEqual(expected(["man", "woman"]));
  });

  it("names raters by HMAC-SHA256 under a key of the export, so that two exports share no name", async () => {
    await give();
    const [first, second] = [await rowsOf(1), await rowsOf(2)].map((rows) => new Set(rows.map((row) => row.rater)));
    expect([first!.size, second!.size, [...first!].filter((name) => second!.has(name))]).toEqual([11, 11, []]);
    const [kept] = await world.db.rowsOnce<{ key: string }>(
      `select c.text as key from long_table_exports x join contents c on c.dataset_id = x.dataset_id and c.commitment = x.key
       where x.long_table_export = 1`,
    );
    const people = await world.db.rowsOnce<{ annotator: number }>(
      `select annotator from annotators where key = any($1)`,
      [[...GROUPS.woman!, ...GROUPS.man!]],
    );
    const names = people.map(({ annotator }) => {
      const bytes = Buffer.alloc(4);
      bytes.writeInt32BE(annotator);
      return createHmac("sha256", Buffer.from(kept!.key, "hex")).update(bytes).digest("hex").slice(0, 16);
    });
    expect(new Set(names)).toEqual(first);
  });

  it("loses a group that falls below 5 when somebody withdraws, also from an export that was made", async () => {
    await world.db.rowsOnce(
      `delete from annotator_attributes where annotator = (select annotator from annotators where key = 'm1')`,
    );
    expect(asSaid(await rowsOf(1))).toEqual(expected(["woman"]));
    await world.db.rowsOnce(
      `delete from annotator_attributes where annotator in (select annotator from annotators where key in ('w1', 'w2'))`,
    );
    expect(await rowsOf(1)).toEqual([]);
    expect(await give()).toMatchObject({ export: null, userErrors: [{ code: "INVALID_VALUE", path: ["attribute"] }] });
    const never = await give({ attribute: "height" });
    expect(never.userErrors[0].message).toContain(`no group of "height" has 5 raters`);
    expect(await world.verified()).toBe(true);
  });

  it("is for owners only, and no list of exports is for others either", async () => {
    for (const person of ["mona", "carla", "rita", "vera"] as const) {
      const input = { dataset: "house", criterion: world.full.criterion, attribute: "gender" };
      const made = await world.send(
        `mutation ($input: ExportLongTableInput!) { exportLongTable(input: $input) { replayed } }`,
        { input },
        world.tokens[person],
      );
      expect(made.errors![0]!.extensions.code).toBe("FORBIDDEN");
      const read = await world.send(
        `{ dataset(slug: "house") { longTableExport(number: 1) { rowCount } } }`,
        {},
        world.tokens[person],
      );
      expect([read.data.dataset, read.errors![0]!.extensions.code]).toEqual([{ longTableExport: null }, "FORBIDDEN"]);
    }
  });
});
