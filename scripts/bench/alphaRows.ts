// What does α on the head cost, against counting the ratings it is about?
import type { BenchWorld } from "./benchWorld.js";
import { loadedDataset } from "./loadedDataset.js";
import { alternate, milliseconds, type Bench } from "./measure.js";

const ALPHA = `query ($slug: String!) { dataset(slug: $slug) { head { agreement(criterion: "helpfulness") {
  overall { unitCount raterCount pairableValueCount coefficients { coefficient weighting value undefinedBecause } } } } } }`;
/** Any write: the head moves, so that no answer kept from before can be given. */
const MOVE_HEAD = `mutation ($input: OpenBatchesInput!) { openBatches(input: $input) { userErrors { message } } }`;

let moves = 0;

function alphaBench(world: BenchWorld, name: string, slug: string, units: number, goal: number): Bench {
  return {
    name,
    unit: "ms",
    better: "lower",
    goal,
    against: "select count(*) over the same ratings",
    async run() {
      const dataset = await loadedDataset(world, slug, { units });
      const moveHead = () =>
        world.ask(MOVE_HEAD, {
          input: { dataset: slug, batches: [{ key: `move-${++moves}`, title: "Move the head" }] },
        });
      return alternate(
        15,
        async () => {
          await moveHead();
          return milliseconds(async () => {
            const { dataset: answer } = await world.ask(ALPHA, { slug });
            if (answer.head.agreement.overall.unitCount !== units) throw new Error("α is not over all units");
          });
        },
        () =>
          milliseconds(() =>
            world.sql.query("select count(*) from ratings where dataset_id = $1", [dataset.datasetId]),
          ),
      );
    },
  };
}

export const alphaBenches = (world: BenchWorld): Bench[] => [
  alphaBench(world, "alpha.head.100k", "bench-100k", 20_000, 1),
  alphaBench(world, "alpha.head.1m", "bench-1m", 200_000, 0.1),
];
