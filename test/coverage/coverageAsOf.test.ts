import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeDataset } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";

/** Several reports of one snapshot: r0, r1 … */
const documentOf = (
  questions: Array<typeof DIMENSIONS>,
) => `query ($slug: String!, $activity: Int!, $population: Population!) {
  dataset(slug: $slug) { snapshot(at: { activity: $activity }, population: $population) {
    ${questions.map((asked, i) => `r${i}: coverage(dimensions: [${asked.map(literal).join(", ")}]) { ...Numbers }`).join("\n")}
  } }
}
fragment Numbers on CoverageReport { exampleCount unassignedCount dimensions { unassignedCount multiple } cells { keys count } }`;
const literal = ({ by, dimension }: { by: string; dimension?: string }) =>
  `{ by: ${by}${dimension ? `, dimension: "${dimension}"` : ""} }`;
const DIMENSIONS: Array<{ by: string; dimension?: string }> = [
  { by: "LABEL", dimension: "intent" },
  { by: "LABEL", dimension: "edge" },
  { by: "SOURCE_KIND" },
  { by: "SOURCE" },
  { by: "LENGTH" },
  { by: "LANGUAGE" },
  { by: "LICENCE" },
  { by: "BATCH" },
  { by: "PROMPT_LENGTH" },
  { by: "TURNS" },
];
const SOURCES = { people: "HUMAN_DEMONSTRATION", web: "FILTERED_DATASET", bot: "MODEL_GENERATED" } as const;
const VALUES = { intent: ["qa", "code"], edge: ["typos", "long", "none"] };

type Step =
  | { do: "write"; example: number; words: number; source: string; language: string | null }
  | { do: "label"; example: number; dimension: "intent" | "edge"; values: string[] }
  | { do: "decide"; example: number; verdict: string }
  | { do: "license"; source: string; licence: string | null };

const example = fc.integer({ min: 0, max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant("write" as const),
    example,
    words: fc.constantFrom(1, 24, 25, 74, 75, 199, 200, 499, 500),
    source: fc.constantFrom(...Object.keys(SOURCES)),
    language: fc.constantFrom(null, "en", "pt-br", "pt-BR"),
  }),
  fc.constantFrom("intent" as const, "edge" as const).chain((dimension) =>
    fc.record({
      do: fc.constant("label" as const),
      example,
      dimension: fc.constant(dimension),
      values: fc.subarray(VALUES[dimension]),
    }),
  ),
  fc.record({
    do: fc.constant("decide" as const),
    example,
    verdict: fc.constantFrom("ACCEPT", "REJECT", "WITHDRAW", "NEEDS_WORK"),
  }),
  fc.record({
    do: fc.constant("license" as const),
    source: fc.constantFrom(...Object.keys(SOURCES)),
    licence: fc.constantFrom(null, "MIT", "CC0-1.0"),
  }),
);

interface Row {
  activity: number;
  superseded_by: number | null;
  [column: string]: unknown;
}

describe("coverage as of any activity of a random history", () => {
  let world: World;
  let histories = 0;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.stop());

  async function send(mutation: string, input: object): Promise<void> {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    await world.ask(`mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`, { input });
  }

  function apply(dataset: string, step: Step): Promise<void> {
    const externalId = "example" in step ? `e${step.example}` : "";
    if (step.do === "decide")
      return send("decideExamples", { dataset, decisions: [{ externalId, verdict: step.verdict }] });
    if (step.do === "label")
      return send("labelExamples", {
        dataset,
        labels: [{ externalId, dimension: step.dimension, values: step.values }],
      });
    if (step.do === "license") {
      const { source: key, licence } = step;
      const known = { key, kind: SOURCES[key as keyof typeof SOURCES], title: key, licence };
      return send("registerSources", { dataset, onConflict: "NEW_VERSION", sources: [known] });
    }
    const { source, language, words } = step;
    const response = Array.from({ length: words }, (_, i) => `w${i}`).join(" ");
    return send("importExamples", {
      dataset,
      onConflict: "NEW_VERSION",
      examples: [
        {
          externalId,
          source,
          language,
          response,
          prompt: words % 2 === 0 ? "Why?" : "Why ".repeat(30),
          batch: words > 100 ? "late" : null,
          system: words > 200 ? "Be brief." : null,
        },
      ],
    });
  }

  /** Every fact of a dataset, as the tables have it. */
  async function factsOf(slug: string) {
    const read = (table: string) =>
      world.db.rowsOnce<Row>(`select t.* from ${table} t join datasets d using (dataset_id) where d.slug = $1`, [slug]);
    const [versions, labels, decisions, sources, licences, batches] = await Promise.all(
      ["example_versions", "labels", "decisions", "sources", "source_versions", "batches"].map(read),
    );
    return {
      versions: versions!,
      labels: labels!,
      decisions: decisions!,
      sources: sources!,
      licences: licences!,
      batches: batches!,
    };
  }

  const aliveAt = (n: number) => (row: Row) =>
    row.activity <= n && (row.superseded_by === null || row.superseded_by > n);

  function valuesOf(
    { by, dimension }: (typeof DIMENSIONS)[number],
    version: Row,
    facts: Awaited<ReturnType<typeof factsOf>>,
    n: number,
  ): string[] {
    const source = facts.sources.find((row) => row.source === version.source)!;
    const words = version.response_words as number;
    if (by === "SOURCE") return [source.key as string];
    if (by === "SOURCE_KIND") return [source.kind as string];
    if (by === "LICENCE")
      return facts.licences
        .filter((row) => row.source === version.source && row.licence !== null && aliveAt(n)(row))
        .map((row) => row.licence as string);
    if (by === "BATCH")
      return facts.batches.filter((row) => row.batch === version.batch).map((row) => row.key as string);
    if (by === "PROMPT_LENGTH") return [version.prompt_words === 1 ? "0-24" : "25-74"];
    if (by === "TURNS") return [version.turn_count === 2 ? "1-2" : "3-4"];
    if (by === "LENGTH")
      return [words < 25 ? "0-24" : words < 75 ? "25-74" : words < 200 ? "75-199" : words < 500 ? "200-499" : "500+"];
    if (by === "LANGUAGE") return version.language === null ? [] : Intl.getCanonicalLocales(version.language as string);
    const ofVersion = facts.labels.filter(
      (row) => row.example_version === version.example_version && row.dimension === dimension,
    );
    return ofVersion.filter(aliveAt(n)).map((row) => row.value as string);
  }

  function plainly(
    facts: Awaited<ReturnType<typeof factsOf>>,
    n: number,
    population: string,
    asked: typeof DIMENSIONS,
  ) {
    const decided = (version: Row, verdict: string) =>
      facts.decisions.some(
        (row) => row.example_version === version.example_version && row.verdict === verdict && aliveAt(n)(row),
      );
    const members = facts.versions.filter((version) => {
      if (population === "ALL_VERSIONS") return version.activity <= n;
      return (
        aliveAt(n)(version) && (population === "ACCEPTED" ? decided(version, "ACCEPT") : !decided(version, "WITHDRAW"))
      );
    });
    const placed = members.map((version) => asked.map((one) => valuesOf(one, version, facts, n)));
    const cells = new Map<string, number>();
    for (const values of placed) {
      const [first, second = ["-"]] = values.map((list): Array<string | null> => (list.length === 0 ? [null] : list));
      for (const a of first!)
        for (const b of second) {
          const key = JSON.stringify(asked.length === 1 ? [a] : [a, b]);
          cells.set(key, (cells.get(key) ?? 0) + 1);
        }
    }
    return {
      exampleCount: members.length,
      unassignedCount: placed.filter((values) => values.some((list) => list.length === 0)).length,
      dimensions: asked.map((_, i) => ({
        unassignedCount: placed.filter((values) => values[i]!.length === 0).length,
        multiple: placed.some((values) => values[i]!.length > 1),
      })),
      cells: [...cells].sort(),
    };
  }

  /** Half of the dimensions alone, and three pairs: others from one activity to the next. */
  function questionsAt(activity: number): Array<typeof DIMENSIONS> {
    const pairs = DIMENSIONS.flatMap((a) => DIMENSIONS.filter((b) => b !== a).map((b) => [a, b]));
    return [
      ...DIMENSIONS.filter((_, i) => (i + activity) % 2 === 0).map((one) => [one]),
      ...[0, 7, 17].map((i) => pairs[(activity + i) % pairs.length]!),
    ];
  }

  async function checkHistory(steps: Step[]): Promise<void> {
    const slug = `h${histories++}`;
    await makeDataset(world, slug);
    const sources = Object.entries(SOURCES).map(([key, kind]) => ({ key, kind, title: key }));
    await send("registerSources", { dataset: slug, sources });
    await send("openBatches", { dataset: slug, batches: [{ key: "late", title: "Late" }] });
    const first = { do: "write", words: 1, source: "web", language: null } as const;
    for (const one of [{ ...first, example: 0 }, { ...first, example: 1 }, ...steps]) await apply(slug, one);
    const facts = await factsOf(slug);
    const { dataset } = await world.ask(
      `query ($slug: String!) { dataset(slug: $slug) { head { activity { number } } } }`,
      { slug },
    );
    for (let activity = 2; activity <= dataset.head.activity.number; activity++)
      for (const population of ["CURRENT", "ACCEPTED", "ALL_VERSIONS"]) {
        const questions = questionsAt(activity);
        const answer = await world.ask(documentOf(questions), { slug, activity, population });
        for (const [i, asked] of questions.entries()) {
          const report = answer.dataset.snapshot[`r${i}`];
          const counted = report.cells.filter(({ count }: any) => count > 0);
          const cells = counted.map(({ keys, count }: any) => [JSON.stringify(keys), count]).sort();
          expect({ ...report, cells }).toEqual(plainly(facts, activity, population, asked));
        }
      }
  }

  it("equals a plain recomputation over the rows alive then", async () => {
    const history = fc.array(step, { minLength: 6, maxLength: 14 });
    await fc.assert(fc.asyncProperty(history, checkHistory), { numRuns: 12 });
  }, 180_000);
});
