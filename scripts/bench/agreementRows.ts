// What does agreement cost at 100 thousand, a million and ten million ratings?
import type { BenchWorld } from "./benchWorld.js";
import { loadedDataset, type LoadedDataset } from "./loadedDataset.js";
import { alternate, median, milliseconds, type Bench } from "./measure.js";

const COEFFICIENT = `coefficient weighting value undefinedBecause standardError interval { low high } intervals { kind low high }`;
const ROW = `unitCount raterCount pairableValueCount coefficients { ${COEFFICIENT} }`;
const AGREEMENT = (at: string, args: string) => `query ($slug: String!) { dataset(slug: $slug) { ${at} {
  agreement(criterion: "helpfulness", ${args}) { cache overall { ${ROW} } } } } }`;
const MOVE_HEAD = `mutation ($input: OpenBatchesInput!) { openBatches(input: $input) { userErrors { message } } }`;

const EVERY_COUNTED = "offer: FROM_COUNTS, inference: { kinds: [ANALYTIC, JACKKNIFE] }";
const RESAMPLED = "inference: { kinds: [BOOTSTRAP_PERCENTILE], resamples: 1000 }";
const ONE_TOPIC = `filter: { labels: [{ dimension: "topic", values: ["topic-3"] }] }`;

const SIZES = { "100k": 20_000, "1m": 200_000, "10m": 2_000_000 } as const;
const ACTIVITIES = 1_000;

const dataset = (world: BenchWorld, size: keyof typeof SIZES) =>
  loadedDataset(world, `agree-${size}`, { units: SIZES[size], activities: ACTIVITIES });

let moves = 0;

/** Any write: the head moves, so that no answer kept from before can be given. */
function moveHead(world: BenchWorld, { slug }: LoadedDataset) {
  return world.ask(MOVE_HEAD, {
    input: { dataset: slug, batches: [{ key: `moved-${++moves}`, title: "Move the head" }] },
  });
}

/** Asks once; throws when the answer was kept from before, or is not over the units that it should be over. */
async function cold(world: BenchWorld, { slug }: LoadedDataset, document: string, units?: number): Promise<number> {
  return milliseconds(async () => {
    const answer = (await world.ask(document, { slug })).dataset;
    const { cache, overall } = (answer.head ?? answer.snapshot).agreement;
    if (cache !== "MISS") throw new Error("the answer had been computed before");
    if (units !== undefined && overall.unitCount !== units) throw new Error(`${overall.unitCount} units, not ${units}`);
  });
}

const countAll = (world: BenchWorld, { datasetId }: LoadedDataset) =>
  milliseconds(() => world.sql.query("select count(*) from ratings where dataset_id = $1", [datasetId]));

/** What any way from the ratings would need; only counted, so that nothing is sent. */
const groupAll = (world: BenchWorld, { datasetId }: LoadedDataset, upTo: number | null = null) =>
  milliseconds(() =>
    world.sql.query(
      `select count(*) from (select example_version, category, count(*) from ratings
       where dataset_id = $1 and criterion_version = 1 and ($2::int is null or activity <= $2) group by 1, 2) x`,
      [datasetId, upTo],
    ),
  );

const lower = { unit: "ms", better: "lower" } as const;

/** The times on the head by size, for the row that divides them. */
const onHead = new Map<keyof typeof SIZES, number>();

function headBench(world: BenchWorld, size: keyof typeof SIZES, goal: number): Bench {
  return {
    ...lower,
    name: `agreement.head.${size}`,
    goal,
    against: "select count(*) over the same ratings",
    async run() {
      const loaded = await dataset(world, size);
      await timeOnHead(world, size); // the code is compiled then, as in a server that has been up for a minute
      const found = await alternate(
        9,
        async () => {
          await moveHead(world, loaded);
          return cold(world, loaded, AGREEMENT("head", EVERY_COUNTED), loaded.units);
        },
        () => countAll(world, loaded),
      );
      onHead.set(size, found.value);
      return found;
    },
  };
}

function growthBench(world: BenchWorld): Bench {
  return {
    ...lower,
    name: "agreement.growth",
    goal: 1.5,
    against: "agreement.head.100k",
    async run() {
      const [value, limit] = [await timeOnHead(world, "10m"), await timeOnHead(world, "100k")];
      return { value, limit, ratio: value / limit };
    },
  };
}

/** As measured for its own row, or now. */
async function timeOnHead(world: BenchWorld, size: keyof typeof SIZES): Promise<number> {
  const known = onHead.get(size);
  if (known !== undefined) return known;
  const loaded = await dataset(world, size);
  const times: number[] = [];
  for (let i = 0; i < 30; i++) {
    await moveHead(world, loaded);
    times.push(await cold(world, loaded, AGREEMENT("head", EVERY_COUNTED)));
  }
  return median(times.slice(-9));
}

function largeBench(
  world: BenchWorld,
  name: string,
  goal: number,
  ask: (loaded: LoadedDataset, round: number) => Promise<number>,
  limit: (loaded: LoadedDataset) => Promise<number>,
  against: string,
): Bench {
  return {
    ...lower,
    name,
    goal,
    against,
    async run() {
      const loaded = await dataset(world, "10m");
      return alternate(
        3,
        (round) => ask(loaded, round),
        () => limit(loaded),
      );
    },
  };
}

function pairsBench(world: BenchWorld): Bench {
  const document = `query ($slug: String!) { dataset(slug: $slug) { head { agreement(criterion: "helpfulness") {
    pairs { matrix { annotators kappa unitCounts } } } } } }`;
  return {
    ...lower,
    name: "agreement.pairs",
    goal: 1.5,
    against: "its bare self-join statement",
    async run() {
      const loaded = await loadedDataset(world, "pairs-1m", { units: SIZES["1m"], annotators: 100 });
      return alternate(
        5,
        async () => {
          await moveHead(world, loaded);
          return milliseconds(async () => {
            const { matrix } = (await world.ask(document, { slug: loaded.slug })).dataset.head.agreement.pairs;
            if (matrix.annotators.length !== 100) throw new Error("the matrix is not of 100 annotators");
          });
        },
        () =>
          milliseconds(() =>
            world.sql.query(
              `select a.annotator, b.annotator, a.category, b.category, count(*) from ratings a
               join ratings b on b.dataset_id = a.dataset_id and b.criterion_version = a.criterion_version
                 and b.example_version = a.example_version and b.annotator > a.annotator
               where a.dataset_id = $1 and a.criterion_version = 1 group by 1, 2, 3, 4`,
              [loaded.datasetId],
            ),
          ),
      );
    },
  };
}

/** An answer that is kept, against the same computed: as of an activity, over ten million ratings. */
function keptBench(world: BenchWorld): Bench {
  return {
    ...lower,
    name: "agreement.hit.10m",
    goal: 0.01,
    against: "the same question the first time (MISS)",
    async run() {
      const loaded = await dataset(world, "10m");
      const document = AGREEMENT(`snapshot(at: { activity: ${Math.round(loaded.head / 4)} })`, "offer: RECOMMENDED");
      const limit = await cold(world, loaded, document);
      const times: number[] = [];
      for (let i = 0; i < 9; i++)
        times.push(
          await milliseconds(async () => {
            const { cache } = (await world.ask(document, { slug: loaded.slug })).dataset.snapshot.agreement;
            if (cache !== "HIT") throw new Error("the answer was not kept");
          }),
        );
      return { value: median(times), limit, ratio: median(times) / limit };
    },
  };
}

const GROUP_BY = "the plain GROUP BY unit, value";

export function agreementBenches(world: BenchWorld): Bench[] {
  const half = (loaded: LoadedDataset) => Math.floor(loaded.head / 2);
  return [
    headBench(world, "100k", 2),
    headBench(world, "1m", 0.15),
    headBench(world, "10m", 0.015),
    growthBench(world),
    largeBench(
      world,
      "agreement.bootstrap.10m",
      0.03,
      async (loaded) => {
        await moveHead(world, loaded);
        return cold(world, loaded, AGREEMENT("head", RESAMPLED), loaded.units);
      },
      (loaded) => groupAll(world, loaded),
      GROUP_BY,
    ),
    largeBench(
      world,
      "agreement.sliced.10m",
      0.2,
      async (loaded) => {
        await moveHead(world, loaded);
        return cold(world, loaded, AGREEMENT("head", ONE_TOPIC));
      },
      (loaded) => groupAll(world, loaded),
      GROUP_BY,
    ),
    largeBench(
      world,
      "agreement.asof.10m",
      1.2,
      (loaded, round) => {
        const document = AGREEMENT(`snapshot(at: { activity: ${half(loaded) + round} })`, "offer: RECOMMENDED");
        return cold(world, loaded, document);
      },
      (loaded) => groupAll(world, loaded, half(loaded)),
      `${GROUP_BY}, of what was said by then`,
    ),
    keptBench(world),
    pairsBench(world),
  ];
}
