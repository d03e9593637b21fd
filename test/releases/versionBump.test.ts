import { describe, expect, it } from "vitest";
import { minimumBump, minimumVersion, versionProblem } from "../../src/releases/versionBump.js";

const same = { addedCount: 0, removedCount: 0, revisedCount: 0, movedSplitCount: 0, restatedCount: 0 };

describe("the version of a release", () => {
  it("is MAJOR where a record is gone, edited, moved or restated, MINOR where there are only new ones, else PATCH", () => {
    expect(minimumBump(same)).toBe("PATCH");
    expect(minimumBump({ ...same, addedCount: 1 })).toBe("MINOR");
    for (const change of ["removedCount", "revisedCount", "movedSplitCount", "restatedCount"] as const)
      expect(minimumBump({ ...same, addedCount: 5, [change]: 1 })).toBe("MAJOR");
  });

  it.each([
    ["1.0.0", [], null, "PATCH", null],
    ["0.1.0", [], null, "MINOR", null],
    ["1.0.1", ["1.0.0"], "1.0.0", "PATCH", null],
    ["1.0.1", ["1.0.0"], "1.0.0", "MINOR", "VERSION_TOO_SMALL"],
    ["1.1.0", ["1.0.0"], "1.0.0", "MINOR", null],
    ["1.9.0", ["1.0.0"], "1.0.0", "MAJOR", "VERSION_TOO_SMALL"],
    ["2.0.0", ["1.0.0"], "1.0.0", "MAJOR", null],
    ["3.0.0", ["1.0.0"], "1.0.0", "PATCH", null],
    ["1.0.0", ["1.0.0"], "1.0.0", "PATCH", "ALREADY_EXISTS"],
    ["1.5.0", ["1.0.0", "2.0.0"], "2.0.0", "PATCH", "VERSION_TOO_SMALL"],
    ["2.0.0-rc.1", ["1.0.0"], "1.0.0", "MAJOR", null],
    ["2.0.0-rc.2", ["1.0.0", "2.0.0-rc.1"], "1.0.0", "MAJOR", null],
    ["2.0.0", ["1.0.0", "2.0.0-rc.1"], "1.0.0", "MAJOR", null],
    ["1.1.0-rc.1", ["1.0.0"], "1.0.0", "MAJOR", "VERSION_TOO_SMALL"],
    ["v1.0.0", [], null, "PATCH", "INVALID_VALUE"],
    ["1.0", [], null, "PATCH", "INVALID_VALUE"],
    ["1.0.0+build", [], null, "PATCH", "INVALID_VALUE"],
    ["9007199254740991.0.0", [], null, "PATCH", "INVALID_VALUE"],
    ["20261122153045.0.0", [], null, "PATCH", null],
    ["", [], null, "PATCH", "INVALID_VALUE"],
  ] as const)("%s after %j (%s, %s) gives %s", (version, earlier, stable, bump, code) => {
    expect(versionProblem(version, [...earlier], stable, bump)?.code ?? null).toBe(code);
  });

  it("names the smallest version that would do", () => {
    expect(minimumVersion("1.2.3", "MINOR")).toBe("1.3.0");
    expect(versionProblem("1.2.4", ["1.2.3"], "1.2.3", "MINOR")?.message).toContain("at least 1.3.0");
  });
});
