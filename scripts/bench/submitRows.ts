// How fast do ratings go in through HTTP, against a bare insert of the same rows?
import { ratings } from "../../src/ratings/tables.js";
import type { Row } from "../../src/platform/insert.js";
import type { BenchWorld } from "./benchWorld.js";
import { bareInsert, copyTable } from "./copyTable.js";
import { loadedDataset, RATERS, type LoadedDataset } from "./loadedDataset.js";
import { alternate, milliseconds, type Bench } from "./measure.js";

const SUBMIT = `mutation ($input: SubmitRatingsInput!) { submitRatings(input: $input) { acceptedCount userErrors { message } } }`;
const UNITS = 200_000;

let nextUnit = 1;
let copied = false;

/** A call's items (five further raters on the next units), and the same as rows of the table. */
function nextBatch(dataset: LoadedDataset, size: number): { items: unknown[]; rows: Row[] } {
  const items: unknown[] = [];
  const rows: Row[] = [];
  for (let i = 0; i < size; i++) {
    const unit = nextUnit + Math.floor(i / RATERS);
    const annotator = RATERS + 1 + (i % RATERS);
    const category = (unit + annotator) % 5;
    items.push({ externalId: `ex-${unit}`, criterion: "helpfulness", annotator: `a${annotator}`, value: category + 1 });
    const rating = 10_000_000 + unit * 10 + annotator;
    const fixed = {
      datasetId: dataset.datasetId,
      criterionVersion: 1,
      guidelineVersion: 1,
      stratum: "OPEN",
      repeat: 0,
      activity: 1,
    };
    rows.push({ ...fixed, rating, exampleVersion: unit, annotator, category });
  }
  nextUnit += size / RATERS;
  return { items, rows };
}

function submitBench(world: BenchWorld, name: string, size: number, repeats: number, goal: number): Bench {
  return {
    name,
    unit: "ratings/s",
    better: "higher",
    goal,
    against: `a bare insert of the same ${size} rows into a like table with 1,000,000`,
    async run() {
      const dataset = await loadedDataset(world, "bench-1m", { units: UNITS });
      if (!copied) await copyTable(world.sql, ratings, dataset.datasetId);
      copied = true;
      const batches = Array.from({ length: repeats + 1 }, () => nextBatch(dataset, size));
      const perSecond = async (work: () => Promise<unknown>) => (size * 1000) / (await milliseconds(work));
      return alternate(
        repeats,
        (round) => {
          const input = {
            dataset: dataset.slug,
            guidelineVersion: "rules@1.0",
            mode: "ATOMIC",
            requestKey: `${name}-${round}-bench`,
            ratings: batches[round + 1]!.items,
          };
          return perSecond(() => world.ask(SUBMIT, { input }));
        },
        (round) => perSecond(bareInsert(world.sql, ratings, batches[round + 1]!.rows)),
      );
    },
  };
}

export const submitBenches = (world: BenchWorld): Bench[] => [
  submitBench(world, "ratings.submit", 5_000, 9, 0.6),
  submitBench(world, "ratings.submit.500", 500, 31, 0.5),
];
