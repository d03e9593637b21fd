import { describe, expect, it } from "vitest";
import { find, nothingFound, type GateFacts } from "../../src/releases/gates.js";
import { blocking, runGates } from "../../src/releases/runGates.js";

const selection: GateFacts["selection"] = {
  population: "ACCEPTED",
  filter: null,
  categoryDimension: "intent",
  qualityCriterion: "helpfulness@1",
  qualityRule: "MEAN",
  splitSeed: "seed",
  splits: { train: 0.9, validation: 0.05, test: 0.05 },
};
function sound(): GateFacts {
  return {
    selection,
    memberCount: 100,
    erased: nothingFound(),
    unrecordable: nothingFound(),
    undecided: nothingFound(),
    rejected: nothingFound(),
    withdrawn: nothingFound(),
    unlicensed: nothingFound(),
    duplicates: nothingFound(),
    crossing: nothingFound(),
    unrated: nothingFound(),
    uncategorised: nothingFound(),
    splitCounts: { train: 90, validation: 5, test: 5 },
    audits: [],
  };
}
const failing = (facts: GateFacts) =>
  runGates(facts)
    .filter((gate) => !gate.passed)
    .map((gate) => `${gate.name} ${gate.level}`);

describe("the gates of a release", () => {
  it("all pass on a sound selection", () => {
    expect(failing(sound())).toEqual([]);
  });

  it.each([
    ["erased", ["CONTENT_PRESENT BLOCK"]],
    ["unrecordable", ["RECORDS_WHOLE BLOCK"]],
    ["undecided", ["ALL_ACCEPTED BLOCK"]],
    ["rejected", ["NONE_REJECTED BLOCK", "ALL_ACCEPTED BLOCK"]],
    ["withdrawn", ["NONE_WITHDRAWN BLOCK"]],
    ["unlicensed", ["LICENCES_STATED BLOCK"]],
    ["crossing", ["SPLITS_APART BLOCK"]],
    ["duplicates", ["EXACT_DUPLICATES WARN"]],
  ] as const)("one example that is %s fails %j", (finding, names) => {
    const facts = sound();
    find(facts[finding], "ext-7");
    expect(failing(facts)).toEqual(names);
    expect(runGates(facts).filter((gate) => !gate.passed)[0]!.observed).toContain(
      finding === "rejected" ? "1 of" : "ext-7",
    );
  });

  it("warn of undecided members where population CURRENT was asked for, and still block rejected ones", () => {
    const facts = { ...sound(), selection: { ...selection, population: "CURRENT" as const } };
    find(facts.undecided, "ext-7");
    expect(failing(facts)).toEqual(["ALL_ACCEPTED WARN"]);
    find(facts.rejected, "ext-8");
    expect(blocking(runGates(facts)).map((gate) => gate.name)).toEqual(["NONE_REJECTED"]);
  });

  it("block an empty release and warn of an empty split", () => {
    expect(failing({ ...sound(), memberCount: 0, splitCounts: { train: 0, validation: 0, test: 0 } })).toEqual([
      "MEMBERS_EXIST BLOCK",
      "SPLITS_FILLED WARN",
    ]);
    const noTest = { ...selection, splits: { train: 0.5, validation: 0.5, test: 0 } };
    expect(failing({ ...sound(), selection: noTest, splitCounts: { train: 50, validation: 50, test: 0 } })).toEqual([]);
  });

  it("warn when more than a tenth has no rating or no category, where one was asked for", () => {
    const facts = sound();
    for (let i = 0; i < 11; i++) for (const found of [facts.unrated, facts.uncategorised]) find(found, `ext-${i}`);
    expect(failing(facts)).toEqual(["RATED_SHARE WARN", "CATEGORISED_SHARE WARN"]);
    expect(failing({ ...facts, selection: { ...selection, qualityCriterion: null, categoryDimension: null } })).toEqual(
      [],
    );
  });
});
