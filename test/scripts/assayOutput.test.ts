// Is what is printed aligned, harmless to the terminal, and quiet when asked?
import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { assay } from "../../scripts/assay.js";
import { Progress } from "../../scripts/assay/progress.js";
import { tableOf, visible } from "../../scripts/assay/table.js";
import type { World } from "../../scripts/assay/world.js";
import { run } from "./assayWorld.js";

describe("what is printed", () => {
  it("is aligned, numbers to the right, wide characters counted as two", () => {
    expect(
      tableOf(
        ["name", "n"],
        [
          ["日本", 1],
          ["a", 12_345],
          [null, null],
        ],
      ),
    ).toEqual(["name       n", "────  ──────", "日本       1", "a     12,345", "–          –"]);
  });

  it("cannot move the cursor or turn the direction of text", () => {
    expect(visible("a\u001b[2Jb\u202ec\rd\u2028e")).toBe("a\\u001b[2Jb\\u202ec\\u000dd\\u2028e");
    expect(visible("tab\tand\nline, é, 日本")).toBe("tab\tand\nline, é, 日本");
  });
});

describe("progress", () => {
  const shown = (isTTY: boolean, silent: boolean) => {
    let clock = 0;
    let text = "";
    const stderr = Object.assign(
      new Writable({ write: (chunk: Buffer, _, done) => ((text += String(chunk)), done()) }),
      { isTTY },
    );
    const progress = new Progress({ stderr, now: () => clock } as unknown as World, 1000, silent);
    for (let second = 1; second <= 10; second++) {
      clock = second * 1000;
      progress.bytes(second * 50);
      progress.add(1_000);
    }
    return text;
  };

  it("is a bar with rate and time left on a terminal, a line now and then elsewhere, and silent when asked", () => {
    expect(shown(true, false)).toContain(
      "\r\u001b[2K████████████░░░░░░░░░░░░ 50%  10,000 rows  1,000 rows/s  10 s left",
    );
    expect(shown(false, false)).toBe(
      "25%  5,000 rows  1,000 rows/s  15 s left\n50%  10,000 rows  1,000 rows/s  10 s left\n",
    );
    expect(shown(true, true)).toBe("");
  });
});

describe("the program", () => {
  it("lists every command, and the help of each says what it does", async () => {
    const { stdout } = await run(["--help"]);
    for (const name of [
      "import",
      "rate",
      "decide",
      "label",
      "agreement",
      "coverage",
      "release",
      "lineage",
      "log",
      "token",
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
    }
    expect((await run(["import", "--help"])).stdout).toContain("--atomic. All rows are read, mapped and checked");
  });

  it("does not hide a defect behind an exit code", async () => {
    const world = {
      env: {},
      get stdout() {
        throw new Error("defect");
      },
    } as unknown as World;
    await expect(assay(["dataset", "list"], world)).rejects.toThrow();
  });
});
