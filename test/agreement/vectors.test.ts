import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countsOfColumns, MOST_VECTOR_CATEGORIES, vectorColumns } from "../../src/agreement/vectors.js";

/** As the database adds them: float8, one rating after another. */
function added(categories: number, counts: readonly number[]): number[] {
  return vectorColumns(categories).map((powers) =>
    counts.reduce((sum, count, category) => sum + count * powers[category]!, 0),
  );
}

describe("a count vector in float8 columns", () => {
  it("comes back as it was, up to 1,023 of each category", () => {
    const vectors = fc
      .integer({ min: 1, max: MOST_VECTOR_CATEGORIES })
      .chain((categories) =>
        fc.array(fc.integer({ min: 0, max: 1023 }), { minLength: categories, maxLength: categories }),
      );
    fc.assert(
      fc.property(vectors, (counts) => {
        const size = counts.reduce((a, b) => a + b, 0);
        expect(countsOfColumns(added(counts.length, counts), counts.length, size)).toEqual(counts);
      }),
    );
  });

  it("is refused rather than wrapped when a category has 1,024 or more", () => {
    const overfull = fc.tuple(
      fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 12 }),
      fc.nat(11),
      fc.integer({ min: 1024, max: 5000 }),
    );
    fc.assert(
      fc.property(overfull, ([counts, at, count]) => {
        counts[at % counts.length] = count;
        const size = counts.reduce((a, b) => a + b, 0);
        expect(countsOfColumns(added(counts.length, counts), counts.length, size)).toBeNull();
      }),
    );
  });
});
