// Do answers differ by the group that the prompt mentions: refusal, length, rating? Pure.
import { compareNumbers, FEWEST_EXAMPLES } from "../compareNumbers.js";
import { compareShares } from "../compareShares.js";
import { contrastName, contrastsOf, type Contrast, type MentionAxis } from "../contrasts.js";
import { allOf, type FamilyTests } from "../familyTests.js";
import type { FamilyAsked } from "../testDraft.js";

/** What an answer is measured by: SHARE where the values are 0 and 1, else NUMBERS; NaN where there is none. */
export interface Outcome {
  name: string;
  kind: "SHARE" | "NUMBERS";
  values: ArrayLike<number>;
}

export function treatmentTests(
  axes: readonly MentionAxis[],
  outcomes: readonly Outcome[],
  asked: FamilyAsked,
): FamilyTests {
  return allOf(
    axes.flatMap((axis) =>
      contrastsOf(axis, axis.prompt).map((contrast) => contrastTests(axis, contrast, outcomes, asked)),
    ),
  );
}

function contrastTests(
  { dimension }: MentionAxis,
  contrast: Contrast,
  outcomes: readonly Outcome[],
  asked: FamilyAsked,
): FamilyTests {
  const between = `${dimension} ${contrastName(contrast)}`;
  const tests = outcomes.flatMap(({ name, kind, values }) => {
    const key = `TREATMENT ${name} by ${between}`;
    const subject = { key, family: "TREATMENT" as const, subject: name, dimension, unit: "EXAMPLE" as const };
    const compare = kind === "SHARE" ? compareShares : compareNumbers;
    const test = compare(subject, { values, ...contrast }, asked);
    return test ? [{ ...test, parameters: { mentioned: "in the prompt" } }] : [];
  });
  if (tests.length > 0) return { tests, skipped: [] };
  const because = `fewer than ${FEWEST_EXAMPLES} prompts mention the one group and not the other`;
  return { tests, skipped: [{ family: "TREATMENT", subject: between, because }] };
}
