// Do audits of real ratings show the gaps between groups of annotators that are there, and none where there is none?
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditWorld, testNamed, type AuditWorld } from "./auditWorld.js";

const folder = resolve(import.meta.dirname, "../../../shared/data/ratings");
const absent = existsSync(folder) ? "" : `skipped, there is no ${folder}`;

function rowsOf(name: string): any[] {
  const bytes = readFileSync(join(folder, name));
  const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe.skipIf(absent)(`groups of real annotators ${absent}`, () => {
  let house: AuditWorld;
  beforeAll(async () => {
    house = await auditWorld();
    await house.registerSources(["corpus"], "FILTERED_DATASET");
    await house.publish("1.0", [
      { key: "sarcasm", level: "ORDINAL", categories: [1, 2, 3, 4, 5, 6] },
      { key: "stereotype", level: "NOMINAL", categories: ["Stereotypical", "Non_Stereotypical", "Not sure"] },
    ]);
  });
  afterAll(() => house?.world.stop());

  it("india: men call more pairs of religion stereotypes than women, hardly more of region, and five a side do not show it", async () => {
    const units = new Map<string, { externalId: string; labels: Array<{ dimension: string; value: string }> }>();
    const genders = new Map<string, string>();
    const ratings = rowsOf("india_stereotypes.jsonl.gz").map((r) => {
      const key = JSON.stringify([r.axis, r["identity term"], r["attribute token"]]);
      if (!units.has(key))
        units.set(key, { externalId: `india/${units.size}`, labels: [{ dimension: "axis", value: r.axis }] });
      const annotator = `india/${r["anonymized annotator id"]}`;
      genders.set(annotator, r["annotator gender (self-identified)"]);
      return { externalId: units.get(key)!.externalId, annotator, value: r.annotation };
    });
    const once = [...new Map(ratings.map((one) => [`${one.externalId} ${one.annotator}`, one])).values()];
    await house.importExamples([...units.values()], "corpus");
    await house.rate("stereotype", once);
    await house.know("gender", genders);
    const report = await house.audit(
      `families: [DISPARITY], criteria: ["stereotype"], dimensions: ["axis"], attributes: ["gender"]`,
    );
    const gap = (axis: string) =>
      testNamed(
        report,
        `DISPARITY stereotype = Stereotypical@1 where axis is ${axis} by attribute:gender Female against Male`,
      );
    const shown = (axis: string) => gap(axis).details.groups.map(({ meanRating }: any) => meanRating);
    // The data's README: on religion women .140 and men .253, on region .071 and .077
    for (const [axis, female, male] of [
      ["religion", 0.14, 0.253],
      ["region", 0.071, 0.077],
    ] as const) {
      expect(shown(axis)).toEqual([expect.closeTo(female, 2), expect.closeTo(male, 2)]);
      expect(gap(axis).groups).toMatchObject([
        { name: "Female", n: 5 },
        { name: "Male", n: 5 },
      ]);
      expect(gap(axis).effect.low).toBeLessThan(0);
      expect(gap(axis).effect.high).toBeGreaterThan(0);
      expect(gap(axis)).toMatchObject({ verdict: "INCONCLUSIVE", rule: "CONTAINS_NONE_AND_MINIMUM" });
    }
    // Two of the five men make the gap (.52 and .36; the others .01 to .10): with five a side it is not shown of men.
    expect(gap("religion").effect.value).toBeLessThan(-0.05);
    expect(gap("religion").minimumDetectableEffect).toBeGreaterThan(0.4);
    expect(gap("religion").nextStep).toMatch(/^Add data/);
  }, 60_000);

  it("csc: women and men rate sarcasm alike", async () => {
    await house.importExamples(
      rowsOf("csc.items.jsonl").map((r) => ({
        externalId: `csc/${r.item_id}`,
        prompt: r.context,
        response: r.response,
      })),
      "corpus",
    );
    await house.rate(
      "sarcasm",
      rowsOf("csc.ratings.jsonl").map((r) => ({
        externalId: `csc/${r.item_id}`,
        annotator: `csc/${r.annotator_id}`,
        value: r.value,
      })),
    );
    const known = rowsOf("csc.annotators.jsonl").filter(
      (r) => r.Gender && !["DATA_EXPIRED", "CONSENT_REVOKED", "nan"].includes(r.Gender),
    );
    await house.know("sex", new Map(known.map((r) => [`csc/${r.annotator_id}`, r.Gender])));
    const report = await house.audit(
      `families: [DISPARITY, POOL], criteria: ["sarcasm"], attributes: ["sex"], fewestRatings: 5`,
    );
    const gap = testNamed(report, "DISPARITY sarcasm@1 by attribute:sex Female against Male");
    expect(gap).toMatchObject({ verdict: "PASS", minimumEffect: 0.25, groups: [{ n: 354 }, { n: 365 }] });
    expect(gap.effect.low).toBeLessThan(0);
    expect(gap.effect.high).toBeGreaterThan(0);
    expect(gap.p).toBeGreaterThan(0.05);
    expect(testNamed(report, "POOL attribute:sex unknown").groups).toMatchObject([{ n: 57 }]);
    const strict = await house.audit(`families: [DISPARITY], criteria: ["sarcasm"], attributes: ["sex"]`);
    expect(strict.tests).toEqual([]);
    expect(strict.skipped[0].because).toMatch(/^fewer than two groups have 5 annotators with 20 ratings/);
  }, 60_000);
});
