// Where do two texts part?

/** The first line that differs, or null where the texts are the same. */
export function firstDifference(expected: string, found: string): string | null {
  if (expected === found) return null;
  const [before, after] = [expected.split("\n"), found.split("\n")];
  const line = before.findIndex((text, i) => text !== after[i]);
  const at = line === -1 ? before.length : line;
  return `line ${at + 1} is ${JSON.stringify(before[at] ?? "(nothing)")}, should be ${JSON.stringify(after[at] ?? "(nothing)")}`;
}
