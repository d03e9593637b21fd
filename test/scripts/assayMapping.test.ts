// Does a row become the item that its mapping says, and never anything else?
import { describe, expect, it } from "vitest";
import { exampleMapper, type ExampleOptions } from "../../scripts/assay/exampleOfRow.js";
import { judgementMapper, DECISION, LABELLING, RATING } from "../../scripts/assay/judgementOfRow.js";
import { readRecords, type Format } from "../../scripts/assay/readRecords.js";
import type { Fields } from "../../scripts/assay/rows.js";
import { ABSENT, hasRealData, realData } from "./assayRealData.js";

const GPTEACHER = {
  id: "{subset}-{index}",
  map: ["prompt={instruction}{?\\n\\n{input}}", "response=response"],
  set: ["source=gpteacher"],
};

const map = (options: ExampleOptions, fields: Fields, format: Format = "jsonl") =>
  exampleMapper(options, format).exampleOf(fields).item;

describe("a template", () => {
  const prompt = (template: string, fields: Fields) =>
    map({ id: "i", map: [`prompt=${template}`, "response=i"] }, { i: "x", ...fields })["prompt"];

  it("puts fields into text, with the usual escapes", () => {
    expect(prompt("{a}\\n\\t{{{b}}}\\\\", { a: "A", b: 7 })).toBe("A\n\t{7}\\");
  });

  it("does not look for fields inside the values it puts in", () => {
    expect(prompt("{a}", { a: "{b} \\n ${c}", b: "no" })).toBe("{b} \\n ${c}");
  });

  it("writes a field as JSON where asked: control characters become escapes, objects text", () => {
    expect(prompt("{a|json}-{b?|json}", { a: "\u001bx", b: { c: [1] } })).toBe('"\\u001bx"-{"c":[1]}');
  });

  it("leaves a section out when its field is empty, null or absent", () => {
    const template = "{a}{?\\nInput: {b}}";
    expect(prompt(template, { a: "A", b: "B" })).toBe("A\nInput: B");
    for (const b of ["", null, undefined]) expect(prompt(template, { a: "A", b })).toBe("A");
    expect(prompt(template, { a: "A" })).toBe("A");
  });

  it("that is not well formed is refused before any row is read", () => {
    for (const bad of ["{a", "{a}}", "{}", "{?x}", "{? {a}"]) {
      expect(() => exampleMapper({ id: "i", map: [`prompt=${bad}`, "response=i"] }, "jsonl")).toThrow();
    }
  });
});

describe("a path", () => {
  const value = (path: string, fields: Fields) =>
    map({ id: "i", map: [`prompt=${path}`, "response=i"] }, { i: "x", ...fields })["prompt"];

  it("goes into objects and arrays, and finds names that contain dots first", () => {
    expect(value("a.0.b", { a: [{ b: "deep" }] })).toBe("deep");
    expect(value("is_abuse.1", { "is_abuse.1": "flat", is_abuse: { 1: "deep" } })).toBe("flat");
    expect(value("x.y.z", { "x.y": { z: "mixed" } })).toBe("mixed");
  });

  it("does not find what objects inherit", () => {
    expect(() => value("constructor.name", {})).toThrow("constructor.name: is missing");
  });

  it("that a row lacks is the row's problem, unless the mapping says that it may be absent", () => {
    const options = { id: "i", map: ["prompt=i", "response=i", "language=lang"] };
    expect(() => map(options, { i: "x" })).toThrow("lang: is missing");
    expect(() => map(options, { i: "x", lang: null })).toThrow("lang: is null where text is needed");
    const optional = { ...options, map: ["prompt=i", "response=i", "language=lang?"] };
    expect(map(optional, { i: "x", lang: null })).toEqual({ externalId: "x", prompt: "x", response: "x" });
  });

  it("with ? takes an empty CSV cell as absent, since CSV has no other way to say so", () => {
    const options = { id: "i", map: ["prompt=i", "response=i", "language=lang?"] };
    expect(map(options, { i: "x", lang: "" }, "csv")).not.toHaveProperty("language");
  });
});

describe("values", () => {
  const options = { id: "id", map: ["prompt=p", "response=r"] };

  it("are never made into text where their spelling would be guessed", () => {
    expect(() => map(options, { id: 1, p: 2.5, r: "x" })).toThrow("p: is a number where text is needed");
    expect(() => map(options, { id: 1, p: "x", r: ["y"] })).toThrow("r: is an array where text is needed");
    expect(map(options, { id: 17, p: "x", r: "" })).toEqual({ externalId: "17", prompt: "x", response: "" });
    expect(() => map(options, { id: "", p: "x", r: "y" })).toThrow("id: is empty");
  });

  it("become labels and attributes, attributes with their JSON type", () => {
    const all = {
      ...options,
      label: ["intent=t", "flag=f", "topic=many"],
      attribute: ["rank=k", "gone=x?"],
      labelMethod: "RULE",
    };
    const fields = { id: "a", p: "x", r: "y", t: "ask", f: true, many: ["one", "two"], k: null, other: [1] };
    expect(map(all, fields)).toEqual({
      externalId: "a",
      prompt: "x",
      response: "y",
      labels: [
        { dimension: "intent", value: "ask", method: "RULE" },
        { dimension: "flag", value: "true", method: "RULE" },
        { dimension: "topic", value: "one", method: "RULE" },
        { dimension: "topic", value: "two", method: "RULE" },
      ],
      attributes: { rank: null },
    });
  });

  it("that nothing reads are named, and kept with --keep-rest", () => {
    const fields = { id: "a", p: "x", r: "y", k: null, other: [1] };
    expect(exampleMapper(options, "jsonl").exampleOf(fields).left).toEqual(["k", "other"]);
    const kept = exampleMapper({ ...options, keepRest: true }, "jsonl").exampleOf(fields);
    expect(kept).toEqual({
      item: { externalId: "a", prompt: "x", response: "y", attributes: { k: null, other: [1] } },
      left: [],
    });
  });

  it("of conversations may be called role, from, content, text or value", () => {
    const turns = [
      { role: "system", content: "s" },
      { from: "human", value: "h" },
      { role: "assistant", text: "a" },
    ];
    expect(map({ id: "id", map: ["turns=messages"] }, { id: "a", messages: turns })["turns"]).toEqual([
      { role: "SYSTEM", content: "s" },
      { role: "USER", content: "h" },
      { role: "ASSISTANT", content: "a" },
    ]);
    const tool = { id: "a", messages: [{ role: "tool", content: "x" }] };
    expect(() => map({ id: "id", map: ["turns=messages"] }, tool)).toThrow(
      'messages.0.role: is "tool"; known roles are',
    );
  });
});

describe("without a mapping", () => {
  it("rows have the API's own names", () => {
    const row = {
      id: "a",
      prompt: "p",
      response: "r",
      labels: { intent: "ask", topic: ["x", "y"] },
      attributes: { n: 1 },
      x: 1,
    };
    expect(exampleMapper({}, "jsonl").exampleOf(row)).toEqual({
      item: {
        externalId: "a",
        prompt: "p",
        response: "r",
        labels: [
          { dimension: "intent", value: "ask" },
          { dimension: "topic", value: "x" },
          { dimension: "topic", value: "y" },
        ],
        attributes: { n: 1 },
      },
      left: ["x"],
    });
    expect(() => map({}, { id: "a", prompt: "p" })).toThrow("response: is missing");
    expect(() => map({}, { prompt: "p", response: "r" })).toThrow("id: is missing");
  });
});

describe("a mapping", () => {
  it("that cannot work is refused before any row is read", () => {
    const refused = (options: ExampleOptions) => (why: string) =>
      expect(() => exampleMapper(options, "jsonl")).toThrow(why);
    refused({ map: ["prompt=p", "response=r"] })("no id is mapped");
    refused({ id: "i", map: ["prompt=p"] })("no response is mapped");
    refused({ id: "i", map: ["promt=p", "response=r"] })('"promt" is not something to map to');
    refused({ id: "i", map: ["prompt=p", "prompt=q", "response=r"] })('"prompt" is mapped twice');
    refused({ id: "i", map: ["prompt"] })("write it as name=field");
  });
});

describe("ratings, decisions and labels", () => {
  it("take targets from columns of the same name, or where they are mapped", () => {
    const mapper = judgementMapper(
      RATING,
      { map: ["example=item_id", "annotator=who"], set: ["criterion=h"] },
      "jsonl",
    );
    expect(mapper.itemsOf({ item_id: "i", who: "ann", value: 4, stratum: "OPEN", other: 1 })).toEqual([
      { externalId: "i", annotator: "ann", criterion: "h", value: 4, stratum: "OPEN" },
    ]);
    expect(() => mapper.itemsOf({ who: "ann", value: 4 })).toThrow("item_id: is missing");
    expect(() => mapper.itemsOf({ item_id: "i", who: "ann", value: null })).toThrow("value: is missing");
  });

  it("send a CSV value as a number only where JSON would call it one", () => {
    const mapper = judgementMapper(RATING, { set: ["criterion=h", "annotator=a"] }, "csv");
    const value = (text: string) => mapper.itemsOf({ example: "e", value: text })[0]!["value"];
    expect(["4", "-1", "2.5", "007", "4 ", "+1", "yes", "1e3", "NaN"].map(value)).toEqual([
      4,
      -1,
      2.5,
      "007",
      "4 ",
      "+1",
      "yes",
      1000,
      "NaN",
    ]);
    expect(
      judgementMapper(RATING, { set: ["criterion=h", "annotator=a"] }, "jsonl").itemsOf({
        example: "e",
        value: "4",
      })[0]!["value"],
    ).toBe("4");
  });

  it("of a row with several label dimensions are several items", () => {
    const mapper = judgementMapper(LABELLING, { label: ["intent=a", "topic=b?"] }, "jsonl");
    expect(mapper.itemsOf({ example: "e", a: "ask", b: ["x", "y"] })).toEqual([
      { externalId: "e", dimension: "intent", values: ["ask"] },
      { externalId: "e", dimension: "topic", values: ["x", "y"] },
    ]);
    expect(mapper.itemsOf({ example: "e", a: "ask" })).toHaveLength(1);
  });

  it("read lists from CSV with semicolons", () => {
    const mapper = judgementMapper(DECISION, {}, "csv");
    expect(mapper.itemsOf({ example: "e", verdict: "ACCEPT", clauses: "g@1#1; g@1#2", reason: "" })).toEqual([
      { externalId: "e", verdict: "ACCEPT", clauses: ["g@1#1", "g@1#2"] },
    ]);
  });
});

describe.skipIf(!hasRealData)(`the real sets ${hasRealData ? "" : ABSENT}`, () => {
  async function mapAll(path: string, format: Format, options: ExampleOptions): Promise<Fields[]> {
    const mapper = exampleMapper(options, format);
    const items: Fields[] = [];
    for await (const row of readRecords(realData(path), { format })) {
      if ("fields" in row) items.push(mapper.exampleOf(row.fields).item);
    }
    expect(new Set(items.map(({ externalId }) => externalId)).size).toBe(items.length);
    return items;
  }

  it("gpteacher: id from subset and index, an empty input leaves no trace in the prompt", async () => {
    const items = await mapAll("sft/gpteacher.jsonl.gz", "jsonl", GPTEACHER);
    expect(items).toHaveLength(14_131);
    expect(items[0]).toMatchObject({ externalId: "roleplay-0", source: "gpteacher" });
    expect(items[0]!["prompt"]).toMatch(/your plan to investigate the case\.$/);
  });

  it("flan_cot: explanation and answer make the response, U+2028 included", async () => {
    const options = { id: "id", map: ["prompt=question", "response={explanation}\\n{answer}", "source=task"] };
    const items = await mapAll("sft/flan_cot.jsonl.gz", "jsonl", options);
    expect(items).toHaveLength(33_443);
    expect(items[0]).toMatchObject({ externalId: "aqua-0", source: "aqua" });
    expect(items[0]!["response"]).toMatch(/= 1120\n\(C\)$/);
    const separated = items.find(({ externalId }) => externalId === "gsm8k-2381")!;
    expect(JSON.stringify(separated)).toContain("\u2028");
  });

  it("self-instruct seeds: fields inside instances", async () => {
    const options = {
      id: "id",
      map: ["prompt={instruction}{?\\n\\n{instances.0.input}}", "response=instances.0.output"],
      label: ["task=is_classification"],
    };
    const items = await mapAll("sft/self_instruct_seed_tasks.jsonl", "jsonl", options);
    expect(items).toHaveLength(175);
    expect(items[0]!["labels"]).toEqual([{ dimension: "task", value: "false" }]);
  });

  it("oasst pairs and trees: the same examples, with the earlier turns as context", async () => {
    const options = {
      id: "message_id",
      map: ["prompt=prompt", "response=response", "context=context", "language=lang"],
      attribute: ["rank=rank?"],
    };
    const pairs = await mapAll("sft/oasst_en100.pairs.jsonl", "jsonl", options);
    const trees = await mapAll("sft/oasst_en100.trees.jsonl", "oasst-trees", { attribute: ["rank=rank?"] });
    const byId = new Map(pairs.map((item) => [item["externalId"], item]));
    expect(trees).toHaveLength(687);
    for (const tree of trees) expect(tree).toEqual(byId.get(tree["externalId"]));
    expect(pairs.some(({ context }) => (context as Fields[])[1]?.["role"] === "ASSISTANT")).toBe(true);
  });
});
