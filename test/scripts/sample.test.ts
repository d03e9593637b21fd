/** Does the sample dataset keep what its README promises? Read from the files alone, without a server. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

type Turn = { role: string; content: string };
type Example = {
  id: string;
  source: string;
  batch: string;
  author?: string;
  language: string;
  system?: string;
  context?: Turn[];
  prompt: string;
  response: string;
  labels: { intent?: string; topic?: string; difficulty?: string };
  attributes?: Record<string, string | number>;
};
type Rating = {
  example: string;
  criterion: string;
  annotator: string;
  value: string | number;
  seconds: number;
  batch: string;
  guidelineVersion: string;
  rationale?: string;
};
type Decision = { example: string; verdict: string; reason: string; clauses?: string[] };
type Edit = { id: string; response: string; author: string; note: string };
type Source = { key: string; kind: string; title: string; licence: string } & Record<
  "human" | "filtered" | "model",
  Record<string, unknown>
>;
type Criterion = { key: string; question: string; level: string; categories: (string | number)[] };
type Annotator = { key: string; kind: string; expertise: string[]; languages: string[] };
type Batch = { key: string; title: string; guidelineVersion: string };
type Note = { text: string; note: string };
type Clause = { number: string; title: string; text: string; examples: Note[]; counterexamples: Note[] };
type GuidelineVersion = {
  key: string;
  version: string;
  changeNote: string;
  clauses: Clause[];
  criteria: string[];
};
type Cell = { dimension: string; value: string }[];
type Plan = {
  dimensions: { key: string; multiple: boolean; values: { value: string; description: string }[] }[];
  targets: { cell: Cell; minimumCount?: number; share?: number }[];
};

const text = (name: string): string =>
  readFileSync(new URL(`../../scripts/demo/sample/${name}`, import.meta.url), "utf8");
const json = <T>(name: string): T => JSON.parse(text(name)) as T;
const rawLines = (name: string): string[] => text(name).trimEnd().split("\n");
const lines = <T>(name: string): T[] => rawLines(name).map((line) => JSON.parse(line) as T);

const sources = json<Source[]>("sources.json");
const criteria = json<Criterion[]>("criteria.json");
const annotators = json<Annotator[]>("annotators.json");
const batches = json<Batch[]>("batches.json");
const guideline = { versions: json<GuidelineVersion[]>("guidelines.json") };
const plan = json<Plan>("plan.json");
const examples = lines<Example>("examples.jsonl");
const edits = lines<Edit>("edits.jsonl");
const ratings = lines<Rating>("ratings.jsonl");
const decisions = lines<Decision>("decisions.jsonl");

const keyed = <T>(rows: T[], key: (row: T) => string): Map<string, T> => new Map(rows.map((row) => [key(row), row]));
const exampleOf = keyed(examples, (row) => row.id);
const sourceOf = keyed(sources, (row) => row.key);
const criterionOf = keyed(criteria, (row) => row.key);
const annotatorOf = keyed(annotators, (row) => row.key);
const batchOf = keyed(batches, (row) => row.key);
const versionOf = keyed(guideline.versions, (row) => `${row.key}@${row.version}`);

const grouped = <T>(rows: T[], key: (row: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
};
const counted = <T>(rows: T[], key: (row: T) => string): Record<string, number> =>
  Object.fromEntries([...grouped(rows, key)].map(([name, group]) => [name, group.length]));
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const kindOf = (example: Example): string => sourceOf.get(example.source)!.kind;
const raterCount = (id: string): number =>
  new Set(ratings.filter((row) => row.example === id).map((row) => row.annotator)).size;
const unitOfAnnotator = (row: Rating): string => [row.example, row.criterion, row.annotator].join(" ");
const by = (annotator: string, criterion: string): Rating[] =>
  ratings.filter((row) => row.annotator === annotator && row.criterion === criterion);

/** The share of pairs of raters who gave one unit the same value, from each rater's first word on it. */
function percentAgreement(criterion: string, batch: string): number {
  const first = [...grouped(ratings, unitOfAnnotator).values()].map((rows) => rows[0]!);
  const units = grouped(
    first.filter((row) => row.criterion === criterion && row.batch === batch),
    (row) => row.example,
  );
  const pairs = [...units.values()].flatMap((rows) =>
    rows.flatMap((a, i) => rows.slice(i + 1).map((b) => (a.value === b.value ? 1 : 0))),
  );
  return mean(pairs);
}

const wordTriples = (example: Example): Set<string> => {
  const words = `${example.prompt} ${example.response}`.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
  return new Set(words.slice(2).map((word, i) => `${words[i]} ${words[i + 1]} ${word}`));
};
const likeness = (a: Example, b: Example): number => {
  const [left, right] = [wordTriples(a), wordTriples(b)];
  const common = [...left].filter((triple) => right.has(triple)).length;
  return common / (left.size + right.size - common || 1);
};
const pairsAlike = examples.flatMap((a, i) =>
  examples.slice(i + 1).flatMap((b) => (likeness(a, b) >= 0.3 ? [{ ids: `${a.id} ${b.id}`, a, b }] : [])),
);
const sameText = (a: Example, b: Example): boolean =>
  JSON.stringify([a.system, a.context, a.prompt, a.response]) ===
  JSON.stringify([b.system, b.context, b.prompt, b.response]);

describe("every file", () => {
  const names = [
    ...["sources", "guidelines", "criteria", "annotators", "batches", "plan"].map((name) => `${name}.json`),
    ...["examples", "edits", "ratings", "decisions", "bad-rows"].map((name) => `${name}.jsonl`),
  ];
  test.each(names)("%s has no carriage return, no byte order mark, and ends with one newline", (name) => {
    expect(text(name)).not.toMatch(/[\r\uFEFF]/);
    expect(text(name)).toMatch(/[^\n]\n$/);
  });
  test("texts are in Unicode's composed form, so that they hash the same everywhere", () => {
    for (const name of names) expect(text(name).normalize("NFC")).toBe(text(name));
  });
});

describe("sources, people, rules", () => {
  test("there are five sources, and each of the three kinds occurs", () => {
    expect(counted(sources, (row) => row.kind)).toEqual({
      HUMAN_DEMONSTRATION: 2,
      FILTERED_DATASET: 1,
      MODEL_GENERATED: 2,
    });
  });
  test("each source has a licence and the details of its kind", () => {
    const filtered = ["upstreamName", "upstreamRevision", "filterRule", "filterVersion", "rowsIn", "rowsOut"];
    const details: Record<string, [kind: "human" | "filtered" | "model", fields: string[]]> = {
      HUMAN_DEMONSTRATION: ["human", ["recruitment"]],
      FILTERED_DATASET: ["filtered", filtered],
      MODEL_GENERATED: ["model", ["model", "provider", "promptTemplate", "parameters"]],
    };
    for (const source of sources) {
      expect(source.licence).toMatch(/^(CC-BY-4\.0|CC-BY-SA-4\.0|CC0-1\.0|LicenseRef-[A-Za-z0-9.-]+)$/);
      const [kind, fields] = details[source.kind]!;
      for (const field of fields) expect(source[kind]).toHaveProperty(field);
    }
  });
  test("the filtered source let through as many rows as there are examples from it", () => {
    const filtered = sources.find((row) => row.kind === "FILTERED_DATASET")!;
    expect(filtered.filtered.rowsOut).toBe(examples.filter((row) => row.source === filtered.key).length);
  });
  test("there are six human annotators under pseudonyms", () => {
    expect(annotators.map((row) => row.key)).toEqual(["wren", "lark", "heron", "rook", "plover", "jay"]);
    expect(new Set(annotators.map((row) => row.kind))).toEqual(new Set(["HUMAN"]));
  });
  test("there are three criteria, on nominal and ordinal scales, without a category twice", () => {
    expect(criteria.map((row) => [row.key, row.level])).toEqual([
      ["helpfulness", "ORDINAL"],
      ["correctness", "NOMINAL"],
      ["tone", "ORDINAL"],
    ]);
    for (const { categories } of criteria) expect(new Set(categories).size).toBe(categories.length);
  });
  test("the guideline has two versions, and both batches name one of them", () => {
    expect(guideline.versions.map((row) => row.version)).toEqual(["1.0", "2.0"]);
    expect(batches.map((row) => [row.key, row.guidelineVersion])).toEqual([
      ["pilot", "house-style@1.0"],
      ["round-2", "house-style@2.0"],
    ]);
  });
  test("each clause has a number of its own, a text, an example and a counterexample", () => {
    for (const { clauses } of guideline.versions) {
      expect(new Set(clauses.map((row) => row.number)).size).toBe(clauses.length);
      for (const clause of clauses) {
        expect(clause.text).not.toBe("");
        for (const { text, note } of [...clause.examples, ...clause.counterexamples]) {
          expect([text, note]).not.toContain("");
        }
        expect(Math.min(clause.examples.length, clause.counterexamples.length)).toBeGreaterThan(0);
      }
    }
  });
  test("each guideline version puts all three criteria in force", () => {
    for (const version of guideline.versions) expect(version.criteria).toEqual([...criterionOf.keys()]);
  });
  test("the second version changes exactly the clauses it says it changes", () => {
    const [first, second] = guideline.versions.map((row) => keyed(row.clauses, (clause) => clause.number));
    const changed = [...second!].filter(([number, clause]) => {
      return JSON.stringify(first!.get(number)) !== JSON.stringify(clause);
    });
    const said = /Changed clauses: ([\d., ]+)\. Why:/.exec(guideline.versions[1]!.changeNote)![1]!;
    expect(said.split(", ")).toEqual(changed.map(([number]) => number));
  });
  test("the second version is motivated by a disagreement in the pilot, on examples of the pilot", () => {
    const { changeNote } = guideline.versions[1]!;
    expect(changeNote).toContain("a disagreement in batch pilot");
    const cited = /\(examples ([^)]+)\)/.exec(changeNote)![1]!.split(", ");
    expect(cited.length).toBeGreaterThan(1);
    for (const id of cited) expect(exampleOf.get(id)?.batch).toBe("pilot");
  });
  test("that disagreement is real: helpfulness of one padded answer ran from 1 to 5", () => {
    const said = ratings.filter((row) => row.example === "fd-003" && row.criterion === "helpfulness");
    const values = said.filter((row) => row.batch === "pilot").map((row) => row.value);
    expect(values).toEqual(expect.arrayContaining([1, 5]));
  });
});

describe("examples", () => {
  test("there are 140, each with its own id, 56 of them in the pilot", () => {
    expect(examples).toHaveLength(140);
    expect(exampleOf.size).toBe(140);
    expect(counted(examples, (row) => row.batch)).toEqual({ pilot: 56, "round-2": 84 });
  });
  test("each names a known source, and the first two letters of its id say which", () => {
    const prefix: Record<string, string> = {
      hd: "staff-writers",
      hv: "volunteer-writers",
      fd: "neighbourhood-forum",
      mg: "draft-small",
      mb: "draft-large",
    };
    for (const row of examples) expect(row.source).toBe(prefix[row.id.slice(0, 2)]);
  });
  test("what people wrote has an author who lists the language, and nothing else has an author", () => {
    for (const row of examples) {
      if (kindOf(row) === "HUMAN_DEMONSTRATION") {
        expect(annotatorOf.get(row.author!)?.languages).toContain(row.language);
      } else expect(row.author).toBeUndefined();
    }
  });
  test("most are English; some are German, Spanish and French", () => {
    expect(counted(examples, (row) => row.language)).toEqual({ en: 120, de: 8, es: 6, fr: 6 });
  });
  test("every label is a value of the coverage plan", () => {
    for (const { key, values } of plan.dimensions) {
      for (const row of examples) {
        const label = row.labels[key as keyof Example["labels"]];
        if (label !== undefined) expect(values.map((each) => each.value)).toContain(label);
      }
    }
  });
  test("answers run from a line to several paragraphs", () => {
    const wordCounts = examples.map((row) => row.response.split(/\s+/).length);
    expect(Math.min(...wordCounts)).toBeLessThan(10);
    expect(Math.max(...wordCounts)).toBeGreaterThan(200);
  });
  test("three have earlier turns, which alternate and begin with the user, and three have a system turn", () => {
    const context = examples.filter((row) => row.context);
    expect(context.map((row) => row.id)).toEqual(["hd-014", "hd-026", "mb-010"]);
    for (const row of context) expect(row.context!.map((turn) => turn.role)).toEqual(["user", "assistant"]);
    expect(examples.filter((row) => row.system).map((row) => row.id)).toEqual(["hd-026", "mb-002", "mb-015"]);
  });
  test("exactly three pairs say the same under two ids", () => {
    expect(pairsAlike.filter(({ a, b }) => sameText(a, b)).map(({ ids }) => ids)).toEqual([
      "hd-008 fd-034",
      "fd-005 fd-031",
      "mg-004 mb-003",
    ]);
    for (const { a, b } of pairsAlike.filter((pair) => sameText(pair.a, pair.b))) {
      expect(Math.min(raterCount(a.id), raterCount(b.id))).toBeGreaterThan(0);
    }
  });
  test("exactly three further pairs say nearly the same", () => {
    expect(pairsAlike.filter(({ a, b }) => !sameText(a, b)).map(({ ids }) => ids)).toEqual([
      "hd-002 fd-035",
      "fd-009 fd-027",
      "mg-011 mg-024",
    ]);
  });
  test("people wrote no extraction, though other sources have some", () => {
    const kinds = counted(
      examples.filter((row) => row.labels.intent === "extraction"),
      kindOf,
    );
    expect(kinds).toEqual({ FILTERED_DATASET: 6, MODEL_GENERATED: 3 });
  });
  test("there are three examples of code, and no summarisation in Spanish", () => {
    expect(examples.filter((row) => row.labels.intent === "code")).toHaveLength(3);
    expect(examples.filter((row) => row.labels.intent === "summarisation" && row.language === "es")).toEqual([]);
  });
  test("five lack an intent label; topic and difficulty are always there", () => {
    const missing = examples.filter((row) => row.labels.intent === undefined).map((row) => row.id);
    expect(missing).toEqual(["hd-034", "fd-016", "fd-040", "mg-030", "mb-016"]);
    for (const row of examples) expect(row.labels).toMatchObject({ topic: /./, difficulty: /./ });
  });
});

describe("edits", () => {
  test("six model drafts were edited by a person, with a note, and differ from the draft", () => {
    expect(edits.map((row) => row.id)).toEqual(["mg-017", "mg-018", "mg-019", "mg-022", "mb-013", "mb-002"]);
    for (const edit of edits) {
      const draft = exampleOf.get(edit.id)!;
      expect(kindOf(draft)).toBe("MODEL_GENERATED");
      expect(edit.response).not.toBe(draft.response);
      expect(annotatorOf.has(edit.author)).toBe(true);
      expect(edit.note).not.toBe("");
    }
  });
});

describe("ratings", () => {
  test("there are between 1,000 and 1,300, as many as the README says", () => {
    expect(text("README.md")).toContain(`| ${ratings.length.toLocaleString("en")} `);
    expect(ratings.length).toBeGreaterThanOrEqual(1000);
    expect(ratings.length).toBeLessThanOrEqual(1300);
  });
  test("each names a known example, criterion, annotator and batch, under that batch's guideline version", () => {
    for (const row of ratings) {
      expect(exampleOf.has(row.example)).toBe(true);
      expect(annotatorOf.has(row.annotator)).toBe(true);
      expect(versionOf.get(row.guidelineVersion)!.criteria).toContain(row.criterion);
      expect(row.guidelineVersion).toBe(batchOf.get(row.batch)!.guidelineVersion);
    }
  });
  test("each value is on its criterion's scale, and each took a whole number of seconds", () => {
    for (const row of ratings) {
      expect(criterionOf.get(row.criterion)!.categories).toContain(row.value);
      expect(Number.isInteger(row.seconds) && row.seconds > 0).toBe(true);
    }
  });
  test("nobody rates a text of their own, or in a language they do not list", () => {
    for (const row of ratings) {
      const example = exampleOf.get(row.example)!;
      expect(example.author).not.toBe(row.annotator);
      expect(annotatorOf.get(row.annotator)!.languages).toContain(example.language);
    }
  });
  test("pilot examples have two or three raters, eight of them all six", () => {
    const pilot = examples.filter((row) => row.batch === "pilot");
    expect(counted(pilot, (row) => String(raterCount(row.id)))).toEqual({ 2: 6, 3: 42, 6: 8 });
  });
  test("about 60 % of round 2 has two or three raters; the rest has one or none", () => {
    const round2 = examples.filter((row) => row.batch === "round-2");
    const counts = counted(round2, (row) => String(Math.min(2, raterCount(row.id))));
    expect(counts).toEqual({ 0: 12, 1: 20, 2: 52 });
  });
  test.each(["helpfulness", "correctness", "tone"])("raters agree on %s more often in round 2", (criterion) => {
    expect(percentAgreement(criterion, "round-2")).toBeGreaterThan(percentAgreement(criterion, "pilot") + 0.1);
  });
  test("eleven are second thoughts: another value than before, and after all first ones of the batch", () => {
    const repeats = [...grouped(ratings, unitOfAnnotator).values()].filter((rows) => rows.length > 1);
    expect(repeats).toHaveLength(11);
    for (const [before, after, ...more] of repeats) {
      expect(more).toEqual([]);
      expect(after!.value).not.toBe(before!.value);
      const later = ratings.slice(ratings.indexOf(after!)).filter((row) => row.batch === after!.batch);
      for (const row of later) expect(repeats.some((rows) => rows[1] === row)).toBe(true);
    }
  });
  test("some say why", () => {
    expect(ratings.filter((row) => row.rationale).length).toBeGreaterThan(20);
  });
  test("the poor answers were marked down: nobody but jay gives more than 3, and the mean is below 2.5", () => {
    const poor = "fd-014 fd-038 hv-015 mg-002 mg-009 mg-012 mg-015 mg-022 mg-029 mg-031 mb-004 mb-013".split(" ");
    for (const id of poor) {
      const values = ratings
        .filter((row) => row.example === id && row.criterion === "helpfulness" && row.annotator !== "jay")
        .map((row) => Number(row.value));
      expect(values.length).toBeGreaterThanOrEqual(2);
      expect(Math.max(...values)).toBeLessThanOrEqual(3);
      expect(mean(values)).toBeLessThan(2.5);
    }
  });
});

describe("gold values", () => {
  const gold = lines<{ example: string; criterion: string; value: string; rationale: string }>("gold.jsonl");

  test("are twelve, on rated examples that nobody edited, each on the scale and with a reason", () => {
    expect(gold).toHaveLength(12);
    const edited = new Set(lines<Edit>("edits.jsonl").map(({ id }) => id));
    for (const { example, criterion, value, rationale } of gold) {
      const scale = criteria.find(({ key }) => key === criterion)!.categories;
      const rated = ratings.some((one) => one.example === example && one.criterion === criterion);
      expect([example, rated, edited.has(example), scale.includes(value), rationale.length > 20]).toEqual([
        example,
        true,
        false,
        true,
        true,
      ]);
    }
  });
});

describe("annotators differ", () => {
  test("plover never uses the extremes of helpfulness", () => {
    expect(new Set(by("plover", "helpfulness").map((row) => row.value))).toEqual(new Set([2, 3, 4]));
  });
  test("rook is severe: lower on helpfulness than anybody, and half a point below the careful two", () => {
    const level = (key: string): number => mean(by(key, "helpfulness").map((row) => Number(row.value)));
    for (const { key } of annotators) if (key !== "rook") expect(level(key)).toBeGreaterThan(level("rook"));
    expect(Math.min(level("wren"), level("lark")) - level("rook")).toBeGreaterThan(0.5);
  });
  test("jay is careless: under ten seconds each, and nearly everything is correct", () => {
    expect(Math.max(...ratings.filter((row) => row.annotator === "jay").map((row) => row.seconds))).toBeLessThan(10);
    const correct = by("jay", "correctness").filter((row) => row.value === "correct").length;
    expect(correct / by("jay", "correctness").length).toBeGreaterThan(0.85);
  });
  test("jay likes long answers: a point and a half more for 60 words and over than for fewer than 30", () => {
    const length = (row: Rating): number => exampleOf.get(row.example)!.response.split(/\s+/).length;
    const long = by("jay", "helpfulness").filter((row) => length(row) >= 60);
    const short = by("jay", "helpfulness").filter((row) => length(row) < 30);
    const level = (rows: Rating[]): number => mean(rows.map((row) => Number(row.value)));
    expect(level(long) - level(short)).toBeGreaterThan(1.5);
  });
  test("heron is the slowest on correctness, and calls every plain falsehood wrong", () => {
    const pace = (key: string): number => mean(by(key, "correctness").map((row) => row.seconds));
    for (const { key } of annotators) if (key !== "heron") expect(pace(key)).toBeLessThan(pace("heron"));
    const falsehoods = new Set(["fd-014", "fd-038", "mg-002", "mg-015", "mg-022", "mg-029", "mb-004"]);
    const said = by("heron", "correctness").filter((row) => falsehoods.has(row.example));
    expect(new Set(said.map((row) => row.value))).toEqual(new Set(["wrong"]));
  });
});

describe("decisions", () => {
  test("107 accepted, 10 rejected, 12 need work, one withdrawn, 10 undecided", () => {
    expect(counted(decisions, (row) => row.verdict)).toEqual({ ACCEPT: 107, REJECT: 10, NEEDS_WORK: 12, WITHDRAW: 1 });
    const decided = new Set(decisions.map((row) => row.example));
    expect(decided.size).toBe(decisions.length);
    expect(examples.filter((row) => !decided.has(row.id))).toHaveLength(10);
  });
  test("each is about a known example, has a reason, and cites clauses of that example's guideline version", () => {
    for (const row of decisions) {
      const { guidelineVersion } = batchOf.get(exampleOf.get(row.example)!.batch)!;
      expect(row.reason).not.toBe("");
      const numbers = versionOf.get(guidelineVersion)!.clauses.map((clause) => `${guidelineVersion}#${clause.number}`);
      for (const clause of row.clauses ?? []) expect(numbers).toContain(clause);
    }
  });
  test("those on edited examples come last, and accept the edit", () => {
    const last = decisions.slice(-edits.length);
    expect(new Set(last.map((row) => row.example))).toEqual(new Set(edits.map((row) => row.id)));
    expect(new Set(last.map((row) => row.verdict))).toEqual(new Set(["ACCEPT"]));
  });
});

describe("the coverage plan", () => {
  const withdrawn = new Set(decisions.filter((row) => row.verdict === "WITHDRAW").map((row) => row.example));
  const current = examples.filter((row) => !withdrawn.has(row.id));
  const place = (row: Example, dimension: string): string | undefined => {
    if (dimension === "SOURCE_KIND") return kindOf(row);
    if (dimension === "LANGUAGE") return row.language;
    return row.labels[dimension as keyof Example["labels"]];
  };
  const countIn = (cell: Cell): number =>
    current.filter((row) => cell.every(({ dimension, value }) => place(row, dimension) === value)).length;
  const isMet = ({ cell, minimumCount = 0, share = 0 }: Plan["targets"][number]): boolean =>
    countIn(cell) >= minimumCount && countIn(cell) / current.length >= share;

  test("each target is in a cell that exists and asks for a count or a share", () => {
    const known = new Map(plan.dimensions.map((row) => [row.key, row.values.map((each) => each.value)]));
    known.set("SOURCE_KIND", ["HUMAN_DEMONSTRATION", "FILTERED_DATASET", "MODEL_GENERATED"]);
    known.set("LANGUAGE", ["en", "de", "es", "fr"]);
    for (const { cell, minimumCount, share } of plan.targets) {
      for (const { dimension, value } of cell) expect(known.get(dimension)).toContain(value);
      expect(minimumCount ?? share).toBeGreaterThan(0);
    }
  });
  test("ten targets are met and ten are missed, in one dimension and in two", () => {
    const met = plan.targets.filter(isMet);
    const missed = plan.targets.filter((target) => !isMet(target));
    expect([met.length, missed.length]).toEqual([10, 10]);
    for (const targets of [met, missed]) {
      expect(new Set(targets.map(({ cell }) => cell.length))).toEqual(new Set([1, 2]));
    }
  });
});

describe("bad rows", () => {
  const raw = rawLines("bad-rows.jsonl");
  const rows = raw.slice(0, -1).map((line) => JSON.parse(line) as Partial<Example>);

  test("one sound row comes first, then eight that are wrong", () => {
    expect(raw).toHaveLength(9);
    expect(rows[0]).toMatchObject({ id: "bad-000", source: "staff-writers" });
    expect(rows.filter((row) => exampleOf.has(row.id!))).toEqual([]);
  });
  test("lines 2 to 4: unknown source, empty prompt, lone surrogate", () => {
    expect(sourceOf.has(rows[1]!.source!)).toBe(false);
    expect(rows[2]!.prompt).toBe("");
    expect(raw[3]).toContain("\\ud800");
    expect(rows[3]!.response).toMatch(/\p{Surrogate}/u);
  });
  test("lines 5 to 7: NUL, no response, an unknown role", () => {
    expect(rows[4]!.response).toContain("\u0000");
    expect(rows[5]).not.toHaveProperty("response");
    expect(["user", "assistant"]).not.toContain(rows[6]!.context![0]!.role);
  });
  test("lines 8 and 9: an id that line 1 has used for something else, and a line that is not JSON", () => {
    expect(rows[7]!.id).toBe(rows[0]!.id);
    expect(rows[7]!.prompt).not.toBe(rows[0]!.prompt);
    expect(() => JSON.parse(raw[8]!)).toThrow(SyntaxError);
  });
});
