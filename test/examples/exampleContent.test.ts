import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commit } from "../../src/platform/digest.js";
import {
  contentOf,
  isFault,
  isVisible,
  looselyNormalised,
  MAX_TURNS,
  merged,
  type Content,
  type ContentInput,
} from "../../src/examples/exampleContent.js";

const sound = (input: ContentInput): Content => {
  const content = contentOf(input);
  if (isFault(content)) throw new Error(content.message);
  return content;
};
const wrong = (input: ContentInput): string | null => {
  const content = contentOf(input);
  return isFault(content) ? content.field.join(".") : null;
};
const user = (content: string) => ({ role: "USER" as const, content });
const assistant = (content: string) => ({ role: "ASSISTANT" as const, content });
const system = (content: string) => ({ role: "SYSTEM" as const, content });

describe("the content of an example", () => {
  it("is the canonical JSON of attributes and turns", () => {
    const { text, hash, turnCount, salt, commitment } = sound({
      turns: [user('ü\u2028"\n'), assistant("b")],
      attributes: { b: [1.5, null], a: { y: 1e2, x: true } },
    });
    expect(text).toBe(
      '{"attributes":{"a":{"x":true,"y":100},"b":[1.5,null]},"turns":[{"content":"ü\u2028\\"\\n","role":"user"},{"content":"b","role":"assistant"}]}',
    );
    expect(hash.toString("hex")).toBe(createHash("sha256").update(text, "utf8").digest("hex"));
    expect(commit(text, salt).commitment.equals(commitment)).toBe(true);
    expect(turnCount).toBe(2);
  });

  it("is the same whether it comes as turns or as prompt and response", () => {
    const apart = sound({ system: "s", context: [user("a"), assistant("b")], prompt: "c", response: "d" });
    const turns = sound({ turns: [system("s"), user("a"), assistant("b"), user("c"), assistant("d")] });
    expect(apart.text).toBe(turns.text);
    expect(apart.commitment.equals(turns.commitment)).toBe(false);
  });

  it("holds every text as it was sent", () => {
    const visible = fc
      .string({ unit: "binary", minLength: 1 })
      .filter((text) => text.isWellFormed() && !text.includes("\0") && isVisible(text));
    const attributes = fc
      .dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue({ maxDepth: 3 }))
      .map((value) => JSON.parse(JSON.stringify(value), (_, v) => (typeof v === "number" ? Math.fround(v % 1000) : v)));
    fc.assert(
      fc.property(visible, visible, attributes, (prompt, response, given) => {
        const { text, hash } = sound({ prompt, response, attributes: given });
        const stored = JSON.parse(text);
        expect(stored.turns).toEqual([
          { role: "user", content: prompt },
          { role: "assistant", content: response },
        ]);
        expect(stored.attributes).toEqual(JSON.parse(JSON.stringify(given)));
        expect(hash.equals(createHash("sha256").update(text).digest())).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it("takes turns in turn, user first and assistant last, and nothing that is empty", () => {
    expect(wrong({ turns: [] })).toBe("turns");
    expect(wrong({ turns: [system("s")] })).toBe("turns");
    expect(wrong({ turns: [user("a"), user("b"), assistant("c")] })).toBe("turns.1.role");
    expect(wrong({ turns: [user("a"), system("b"), assistant("c")] })).toBe("turns.1.role");
    expect(wrong({ turns: [assistant("a"), user("b"), assistant("c")] })).toBe("turns.0.role");
    expect(wrong({ turns: [user("a"), assistant("b"), user("c")] })).toBe("turns");
    expect(wrong({ turns: [user("\u200b"), assistant("b")] })).toBe("turns.0.content");
    expect(wrong({ system: "", prompt: "a", response: "b" })).toBe("system");
    expect(wrong({ context: [user("x"), assistant("\u00a0")], prompt: "a", response: "b" })).toBe("context.1.content");
    expect(wrong({ context: [user("x")], prompt: "a", response: "b" })).toBe("prompt");
    expect(wrong({ response: "b" })).toBe("prompt");
    expect(wrong({})).toBe("prompt");
    const many = Array.from({ length: MAX_TURNS + 2 }, (_, i) => (i % 2 === 0 ? user("a") : assistant("b")));
    expect(wrong({ turns: many })).toBe("turns");
    expect(wrong({ turns: many.slice(2) })).toBeNull();
  });

  it("refuses attributes that are too deep or hold numbers JSON may have rounded", () => {
    const nested = (depth: number): object => (depth === 0 ? {} : { a: nested(depth - 1) });
    expect(wrong({ prompt: "a", response: "b", attributes: nested(31) as never })).toBeNull();
    expect(wrong({ prompt: "a", response: "b", attributes: nested(32) as never })).toMatch(/^attributes\.a/);
    expect(wrong({ prompt: "a", response: "b", attributes: { n: [9007199254740991] } })).toBeNull();
    expect(wrong({ prompt: "a", response: "b", attributes: { n: [9007199254740992] } })).toBe("attributes.n.0");
  });

  it("groups prompts that differ in case, width, spaces and punctuation only", () => {
    expect(looselyNormalised("  What's\tＵＰ, Doc?! ")).toBe("what s up doc");
    expect(looselyNormalised("हिन्दी")).not.toBe(looselyNormalised("हन्द"));
    expect(looselyNormalised("???")).toBe("???");
    expect(sound({ prompt: "A b", response: "x" }).groupKey).toEqual(
      sound({ prompt: "a  B!", response: "y" }).groupKey,
    );
    expect(sound({ prompt: "+", response: "x" }).groupKey).not.toEqual(sound({ prompt: "-", response: "y" }).groupKey);
  });

  it("after an edit has the parts that were given and keeps the others", () => {
    const stored = {
      attributes: { k: 1 },
      turns: [
        { role: "system" as const, content: "s" },
        { role: "user" as const, content: "p" },
        { role: "assistant" as const, content: "r" },
      ],
    };
    const text = (edit: ContentInput): unknown => JSON.parse(sound(merged(edit, stored)).text);
    expect(text({})).toEqual(stored);
    expect(text({ response: "R" })).toEqual({
      ...stored,
      turns: [...stored.turns.slice(0, 2), { role: "assistant", content: "R" }],
    });
    expect(text({ attributes: {} })).toEqual({ ...stored, attributes: {} });
    expect(text({ turns: [user("a"), assistant("b")] })).toEqual({
      attributes: { k: 1 },
      turns: [
        { role: "user", content: "a" },
        { role: "assistant", content: "b" },
      ],
    });
  });
});
