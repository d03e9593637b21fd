// Do eight clients on one dataset get on as well as eight clients on eight datasets?
import type { BenchWorld } from "./benchWorld.js";
import { loadedDataset } from "./loadedDataset.js";
import { alternate, milliseconds, type Bench } from "./measure.js";

const SUBMIT = `mutation ($input: SubmitRatingsInput!) { submitRatings(input: $input) { acceptedCount userErrors { message } } }`;
const CLIENTS = 8;
const PER_CLIENT = 60;
const UNITS = 5_000;

let next = 1;

export const contendedBench = (world: BenchWorld): Bench => ({
  name: "ratings.single.contended",
  unit: "ratings/s",
  better: "higher",
  goal: 0.9,
  against: "8 clients on 8 datasets",
  async run() {
    const datasets: string[] = [];
    for (let i = 0; i < CLIENTS; i++)
      datasets.push((await loadedDataset(world, `bench-small-${i}`, { units: UNITS })).slug);
    const rate = async (slugOf: (client: number) => string) => {
      const first = next;
      next += CLIENTS * PER_CLIENT;
      const client = async (c: number) => {
        for (let i = 0; i < PER_CLIENT; i++) {
          const n = first + c * PER_CLIENT + i;
          const rating = {
            externalId: `ex-${(n % UNITS) + 1}`,
            criterion: "helpfulness",
            annotator: `a${6 + (Math.floor(n / UNITS) % 5)}`,
            value: (n % 5) + 1,
          };
          await world.ask(SUBMIT, {
            input: {
              dataset: slugOf(c),
              guidelineVersion: "rules@1.0",
              mode: "ATOMIC",
              requestKey: `single-${n}`,
              ratings: [rating],
            },
          });
        }
      };
      const time = await milliseconds(() => Promise.all(Array.from({ length: CLIENTS }, (_, c) => client(c))));
      return (CLIENTS * PER_CLIENT * 1000) / time;
    };
    return alternate(
      7,
      () => rate(() => datasets[0]!),
      () => rate((client) => datasets[client]!),
    );
  },
});
