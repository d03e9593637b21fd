import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ERROR_CODES, USER_ERROR_CODES } from "../../src/platform/errors.js";

/** The codes of a document: each has a line of a table that begins with it. */
function codesIn(document: string, heading: string): string[] {
  const section = document.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  return [...section.matchAll(/^\| `([A-Z_]+)` \| \S.* \| \S.* \|$/gm)].map((match) => match[1]!);
}

const document = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");

it("docs/errors.md lists exactly the codes of the code, each with what it means and what to do", () => {
  expect(codesIn(document, "Errors").sort()).toEqual([...ERROR_CODES].sort());
  expect(codesIn(document, "User errors").sort()).toEqual([...USER_ERROR_CODES].sort());
});

it("a code that is not listed, or has no advice, is noticed", () => {
  const unlisted = document.replace(/^\| `STALE_VERSION`.*\n/m, "");
  expect(codesIn(unlisted, "User errors")).not.toContain("STALE_VERSION");
  const withoutAdvice = document.replace(/^(\| `STALE_VERSION` \|[^|]*\|).*$/m, "$1  |");
  expect(codesIn(withoutAdvice, "User errors")).not.toContain("STALE_VERSION");
});
