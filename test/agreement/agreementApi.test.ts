// How does the API answer questions about agreement?
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agreementWorld, byWeighting, EVERY_COEFFICIENT, ROW, type AgreementWorld } from "./agreementWorld.js";

const HELP = { key: "help", level: "ORDINAL", categories: [1, 2, 3, 4, 5] };
const ALL_KINDS = `filter: { sourceKinds: [HUMAN_DEMONSTRATION, FILTERED_DATASET, MODEL_GENERATED] }`;

describe("agreement through the API", () => {
  let house: AgreementWorld;
  beforeAll(async () => {
    house = await agreementWorld();
    await house.registerSources(["people"]);
    await house.publish("1.0", [
      HELP,
      { key: "tone", level: "NOMINAL", categories: ["warm", "cold"] },
      { key: "crowd", level: "NOMINAL", categories: [0, 1, 2, 3, 4, 5] },
    ]);
    await house.importExamples(
      Array.from({ length: 4 }, (_, i) => ({ externalId: `x${i}` })),
      "people",
    );
    const rate = (externalId: string, annotator: string, value: number) => ({ externalId, annotator, value });
    await house.rate("help", [
      rate("x0", "ann", 1),
      rate("x0", "bob", 1),
      rate("x1", "ann", 5),
      rate("x1", "bob", 4),
      rate("x2", "ann", 2),
    ]);
  });
  afterAll(() => house.world.stop());

  const refusal = async (args: string) => {
    const { errors, data } = await house.world.send(
      `{ dataset(slug: "house") { head { agreement(${args}) { methodVersion } } } }`,
    );
    expect(data).toEqual({ dataset: { head: { agreement: null } } });
    expect(errors![0]!.extensions.code).toBe("BAD_USER_INPUT");
    return errors![0]!.message;
  };

  it("says with each number what it rests on and how to cite it", async () => {
    const fields = `activity { number } population methodVersion parameters criterionVersion { version question scale { level categories } }
      overall { ...Row coefficients { unitCount raterCount pairableValueCount } } groupings { by }`;
    const report = await house.agreement(`criterion: "help"`, fields);
    expect(report).toMatchObject({
      activity: { number: 6 },
      population: "CURRENT",
      methodVersion: "agreement/2",
      criterionVersion: { version: 1, scale: { level: "ORDINAL", categories: [1, 2, 3, 4, 5] } },
      overall: { unitCount: 3, raterCount: 2, pairableValueCount: 4 },
      groupings: [],
    });
    expect(report.parameters).toEqual({
      criterion: "help",
      criterionVersion: 1,
      coefficients: [
        { coefficient: "PERCENT_AGREEMENT", weighting: "UNWEIGHTED" },
        { coefficient: "KRIPPENDORFF_ALPHA", weighting: "ORDINAL" },
        { coefficient: "GWET_AC2", weighting: "QUADRATIC" },
      ],
      inference: { kinds: [], level: 0.95, seed: 0, resamples: 0 },
      groupBy: [],
      repeats: "LATEST",
      strata: ["OPEN", "RANDOM"],
      annotatorKinds: ["HUMAN"],
      annotators: null,
      filter: null,
    });
    const [share, alpha] = report.overall.coefficients;
    expect(share).toEqual({
      coefficient: "PERCENT_AGREEMENT",
      weighting: "UNWEIGHTED",
      value: 0.5,
      undefinedBecause: null,
      unitCount: 3,
      raterCount: 2,
      pairableValueCount: 4,
    });
    expect(alpha.value).toBeGreaterThan(0.7);
  });

  it("names the reason where there is no number", async () => {
    expect(byWeighting((await house.agreement(`criterion: "tone", ${EVERY_COEFFICIENT}`)).overall)).toMatchObject({
      UNWEIGHTED: "NO_RATINGS",
      NOMINAL: "NO_RATINGS",
    });
    await house.rate("tone", [
      { externalId: "x0", annotator: "ann", value: "warm" },
      { externalId: "x1", annotator: "ann", value: "cold" },
    ]);
    expect(byWeighting((await house.agreement(`criterion: "tone", ${EVERY_COEFFICIENT}`)).overall)).toMatchObject({
      NOMINAL: "NO_PAIRABLE_UNITS",
    });
    await house.rate("tone", [{ externalId: "x0", annotator: "bob", value: "warm" }]);
    expect(byWeighting((await house.agreement(`criterion: "tone", ${EVERY_COEFFICIENT}`)).overall)).toEqual({
      UNWEIGHTED: 1,
      NOMINAL: "NO_VARIATION",
      ORDINAL: "NO_VARIATION",
      INTERVAL: "VALUES_NOT_NUMERIC",
      RATIO: "VALUES_NOT_NUMERIC",
    });
  });

  it("refuses what cannot be asked, and says what can", async () => {
    expect(await refusal(`criterion: "hlep"`)).toMatch(
      /"hlep" does not exist at activity \d+; there are crowd@1, help@1, tone@1/,
    );
    expect(await refusal(`criterion: "help", criterionVersion: 2`)).toMatch(/"help" version 2 does not exist/);
    expect(await refusal(`criterion: "help", groupBy: [{ by: LABEL }]`)).toMatch(/needs a dimension/);
    expect(await refusal(`criterion: "help", strata: []`)).toMatch(/strata is empty/);
    const early = `snapshot(at: { activity: 2 }) { agreement(criterion: "help") { methodVersion } }`;
    const { errors } = await house.world.send(`{ dataset(slug: "house") { ${early} } }`);
    expect(errors![0]!.message).toMatch(/no criterion was published by then/);
  });

  it("is not for those without agreement:read", async () => {
    const { world } = house;
    await world.ask(`mutation { createPrincipal(input: { key: "ann", kind: HUMAN }) { principal { key } } }`);
    await world.ask(
      `mutation { setMember(input: { dataset: "house", principal: "ann", role: ANNOTATOR }) { userErrors { message } } }`,
    );
    const { issueApiToken } = await world.ask(
      `mutation { issueApiToken(input: { principal: "ann", label: "t" }) { secret } }`,
    );
    const { errors } = await world.send(
      `{ dataset(slug: "house") { head { agreement(criterion: "help") { methodVersion } } } }`,
      {},
      issueApiToken.secret,
    );
    expect(errors![0]!.extensions.code).toBe("FORBIDDEN");
  });

  it("computes a question on a snapshot once, in few statements, whoever asks and however it is written", async () => {
    const { world } = house;
    const ask = async (args: string) => {
      const before = world.db.statementCount;
      const { cache } = await house.agreement(args, "cache");
      return [cache, world.db.statementCount - before];
    };
    const [miss] = await ask(`criterion: "help", filter: { sources: ["people"] }, strata: [RANDOM, OPEN]`);
    expect(miss).toBe("MISS");
    expect(
      await ask(`criterion: "help", criterionVersion: 1, filter: { sources: ["people"] }, strata: [OPEN, RANDOM]`),
    ).toEqual(["HIT", 2]);
    await house.rate("help", [{ externalId: "x3", annotator: "ann", value: 2 }]);
    expect((await ask(`criterion: "help", filter: { sources: ["people"] }`))[0]).toBe("MISS");
    expect(await ask(`criterion: "help"`)).toEqual(["MISS", 2]);
    const both = `{ dataset(slug: "house") { head { a: agreement(criterion: "tone") { cache } b: agreement(criterion: "tone") { cache } } } }`;
    const { a, b } = (await world.ask(both)).dataset.head;
    expect([a.cache, b.cache].sort()).toEqual(["HIT", "MISS"]);
  });

  it("counts more ratings of one value than a packed vector holds", async () => {
    const crowd = Array.from({ length: 1100 }, (_, i) => ({ annotator: `crowd/${i}`, value: i === 7 ? 5 : 0 }));
    await house.rate("crowd", [
      ...crowd.map((one) => ({ ...one, externalId: "x0" })),
      ...crowd.slice(0, 9).map((one) => ({ ...one, externalId: "x1", value: 3 })),
    ]);
    const kept = await house.agreement(`criterion: "crowd", ${EVERY_COEFFICIENT}`);
    const facts = await house.agreement(`criterion: "crowd", ${EVERY_COEFFICIENT}, ${ALL_KINDS}`);
    expect(facts).toEqual(kept);
    expect(kept.overall).toMatchObject({ unitCount: 2, raterCount: 1100, pairableValueCount: 1109 });
  });

  it("slices by several groupings at once, a unit with two labels in both, the unlabelled last", async () => {
    const labelled = [
      { externalId: "x0", dimension: "intent", values: ["write", "ask"] },
      { externalId: "x1", dimension: "intent", values: ["write"] },
    ];
    await house.call("labelExamples", "LabelExamplesInput", { labels: labelled });
    const fields = "groupings { by dimension groups { __typename key ...Row } }";
    const args = `criterion: "help", groupBy: [{ by: LABEL, dimension: "intent" }, { by: GUIDELINE_VERSION }, { by: BATCH }, { by: SOURCE_KIND }]`;
    const { groupings } = await house.agreement(args, fields);
    const units = groupings.map((one: any) => one.groups.map((group: any) => [group.key, group.unitCount]));
    expect(units).toEqual([
      [
        ["ask", 1],
        ["write", 2],
        [null, 2],
      ],
      [["rules@1.0", 4]],
      [[null, 4]],
      [["HUMAN_DEMONSTRATION", 4]],
    ]);
    expect(groupings[0].groups[0].__typename).toBe("AgreementGroup");
    const narrow = `criterion: "help", filter: { labels: [{ dimension: "intent", values: ["ask"] }] }`;
    const asked = await house.agreement(narrow, "parameters overall { unitCount }");
    expect(asked.parameters.filter).toEqual({ labels: [{ dimension: "intent", values: ["ask"] }] });
    expect(asked.overall.unitCount).toBe(1);
    const any = await house.agreement(
      `criterion: "help", filter: { labels: [{ dimension: "intent" }] }`,
      "overall { unitCount }",
    );
    expect(any.overall.unitCount).toBe(2);
  });

  it("sends one fragment over the whole and its groups, as a dashboard would", async () => {
    const query = `query Quality($slug: String!) { dataset(slug: $slug) { head { activity { number recordedAt }
      agreement(criterion: "help", groupBy: [{ by: BATCH }, { by: LABEL, dimension: "intent" }]) {
        criterionVersion { question scale { level categories } } overall { ...Row } groupings { by groups { key ...Row } } } } } } ${ROW}`;
    const { dataset } = await house.world.ask(query, { slug: "house" });
    expect(dataset.head.agreement.groupings).toHaveLength(2);
  });
});
