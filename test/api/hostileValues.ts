// Which values does no honest client send?
import fc from "fast-check";

/** A text that stands for JSON that JSON.stringify does not write: see jsonOf. */
const raw = (json: string): string => `@raw ${json} raw@`;

/** JSON as it goes over the wire, with what only a hostile client writes. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value).replace(/"@raw (.*?) raw@"/g, (_, json: string) => JSON.parse(`"${json}"`) as string);
}

const TEXTS = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\udc00\ud800",
  "\uffff",
  "\u202egnitar",
  "مرحبا بالعالم",
  "👩‍👩‍👧‍👦".repeat(40),
  "e\u0301",
  "\r\n\t\v\x1b[31m",
  "__proto__",
  "constructor",
  "toString",
  "null",
  "NaN",
  "-1",
  "'; drop table ratings; --",
  `x" or 1 = 1`,
  "' %_\\",
  "\\",
  "{}",
  '{"a":1}',
  "$1",
  "{1,2,NULL}",
  '{"',
  "../../etc/passwd",
  "a@b#c@d",
  "house-style@",
  "@1.0",
  "x@1.0#",
  "#",
  "1.0.0-",
  "01.0.0",
  "99999999999999999999.0.0",
  "1.0.0-alpha.0+build",
  "v1.0.0",
  "((((a+)+)+)+b)",
  "a".repeat(256),
  "x".repeat(70_000),
  "é".repeat(5_000),
];

const NUMBERS = [
  0,
  raw("-0"),
  -1,
  1,
  0.1,
  1e-320,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  -(2 ** 31) - 1,
  2 ** 53,
  1e15,
  1e21,
  1e308,
  -1e308,
  raw("1e400"),
  raw("12345678901234567890"),
  "1",
];

const TIMES = [
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999Z",
  "1969-12-31T23:59:59.999Z",
  "2016-12-31T23:59:60Z",
  "2026-02-30T00:00:00Z",
  "2026-11-22T10:00:00+14:00",
  "2026-11-22T10:00:00.123456789Z",
  "+275760-09-13T00:00:00.000Z",
  "infinity",
  "2026-11-22",
  0,
];

function deep(levels: number): unknown {
  return levels === 0 ? "end" : { a: deep(levels - 1) };
}

const OBJECTS = [
  {},
  JSON.parse(`{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`) as object,
  { a: 1, A: 2, "a ": 3, "": 4 },
  { "\0": 1 },
  { "\ud800": 1 },
  { text: "a\0b" },
  { n: raw("1e400") },
  { n: raw("-0"), m: raw("12345678901234567890"), k: 1e-320 },
  deep(40),
  { list: Array.from({ length: 2_000 }, (_, i) => i) },
  raw(`{"a":1,"a":2}`),
  [],
  "{}",
];

const text = fc.oneof(
  { arbitrary: fc.constantFrom(...TEXTS), weight: 300 },
  { arbitrary: fc.string({ unit: "binary", maxLength: 40 }), weight: 100 },
  { arbitrary: fc.constant("m".repeat(1_048_577)), weight: 1 },
);

/** Hostile values by scalar type; texts among them what names a thing elsewhere or in another way. */
export function hostileLeaf(type: string, names: readonly string[]): fc.Arbitrary<unknown> {
  const number = fc.oneof(fc.constantFrom(...NUMBERS), fc.integer(), fc.double());
  const byType: Record<string, fc.Arbitrary<unknown>> = {
    Int: number,
    Float: number,
    Boolean: fc.constantFrom("true", 1, null),
    DateTime: fc.oneof(fc.constantFrom(...TIMES), text),
    JSONObject: fc.oneof(fc.constantFrom(...OBJECTS), fc.object({ maxDepth: 6 })),
    CategoryValue: fc.oneof(number, text),
  };
  const named = [
    { arbitrary: fc.constantFrom(...names), weight: 8 },
    { arbitrary: tampered(names), weight: 8 },
  ];
  const ofOtherType = { arbitrary: fc.constantFrom(1, false, []), weight: 1 };
  return byType[type] ?? fc.oneof({ arbitrary: text, weight: 16 }, ...named, ofOtherType);
}

/** An id or cursor with one bit turned, one character lost, or something after it. */
export function tampered(names: readonly string[]): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...names), fc.nat(), fc.nat({ max: 9 })).map(([name, at, way]) => {
    const bytes = Buffer.from(name, "base64url");
    if (way === 0) return name.slice(0, -1);
    if (way === 1) return `${name}=`;
    if (way === 2) return name.toUpperCase();
    const i = at % (bytes.length || 1);
    bytes[i] = (bytes[i] ?? 0) ^ (1 << (at % 8));
    return bytes.toString("base64url");
  });
}

/** The cursor's list, with another place in it. */
export function tamperedCursor(cursors: readonly string[]): fc.Arbitrary<string> {
  const part = fc.oneof(
    fc.constantFrom(...TEXTS.slice(0, 20)),
    fc.double(),
    fc.constantFrom(2 ** 31, -1, null, {}, []),
  );
  return fc.tuple(fc.constantFrom(...cursors), fc.array(part, { maxLength: 3 })).map(([cursor, parts]) => {
    const [format, order, ...key] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
    const other = key.map((one, i) => (i < parts.length ? parts[i] : one));
    return Buffer.from(JSON.stringify([format, order, ...other])).toString("base64url");
  });
}
