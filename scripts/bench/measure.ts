// How is a figure taken so that it holds on a noisy machine?

/** One line of the benchmark: ours, what it is measured against, and their ratio, taken in one run. */
export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  limit: number;
  ratio: number;
  better: "higher" | "lower";
  goal: number;
}

export interface Bench {
  name: string;
  unit: string;
  better: "higher" | "lower";
  goal: number;
  /** What the limit is, in words. */
  against: string;
  run(): Promise<{ value: number; limit: number; ratio: number }>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The p-th quantile (nearest rank), p from 0 to 1. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)]!;
}

export async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Runs ours and the limit in turn, after a warm-up of each; medians, and the median of the ratios pair by pair. */
export async function alternate(
  repeats: number,
  ours: (round: number) => Promise<number>,
  limit: (round: number) => Promise<number>,
): Promise<{ value: number; limit: number; ratio: number }> {
  await ours(-1);
  await limit(-1);
  const pairs: Array<[number, number]> = [];
  for (let round = 0; round < repeats; round++)
    pairs.push(
      round % 2 === 0 ? [await ours(round), await limit(round)] : swap([await limit(round), await ours(round)]),
    );
  return {
    value: median(pairs.map(([a]) => a)),
    limit: median(pairs.map(([, b]) => b)),
    ratio: median(pairs.map(([a, b]) => a / b)),
  };
}

function swap([a, b]: [number, number]): [number, number] {
  return [b, a];
}
