// How long does a step of the EM algorithm take, rating by rating?
import { dawidSkene } from "../../src/statistics/dawidSkene.js";
import { matrixOfColumns, RatingColumns } from "../../src/statistics/ratingColumns.js";
import { median, milliseconds, type Bench } from "./measure.js";

const [UNITS, RATERS, ANNOTATORS, CATEGORIES] = [200_000, 5, 100, 5];
const MOST_STEPS = 10;

/** A million ratings around a truth, by annotators of different care. */
function ratings() {
  const columns = new RatingColumns();
  for (let unit = 1; unit <= UNITS; unit++)
    for (let a = 0; a < RATERS; a++) {
      const annotator = 1 + ((unit * 7 + a * 19) % ANNOTATORS);
      const slips = (unit * 31 + annotator * 17) % 100 < 10 + (annotator % 30);
      columns.add(unit, annotator, slips ? (unit + annotator) % CATEGORIES : unit % CATEGORIES);
    }
  return matrixOfColumns(columns, [1, 2, 3, 4, 5]);
}

export const dawidSkeneBench: Bench = {
  name: "dawidSkene.1m",
  unit: "µs/rating",
  better: "lower",
  goal: 1,
  against: "a microsecond a rating a step",
  async run() {
    const matrix = ratings();
    const fit = async () => {
      let steps = 0;
      const time = await milliseconds(async () => {
        const found = dawidSkene(matrix, { mostSteps: MOST_STEPS });
        if (found.kind === "defined") steps = found.steps;
      });
      return (time * 1000) / (UNITS * RATERS * steps);
    };
    await fit();
    const value = median([await fit(), await fit(), await fit()]);
    return { value, limit: 1, ratio: value };
  },
};
