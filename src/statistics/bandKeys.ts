// Which sets are worth comparing, because a part of their signatures is one?
import { hashOfNumbers } from "./murmurHash.js";

/** A signature in `bands` parts of `rows` numbers each. */
export interface Banding {
  bands: number;
  rows: number;
}

/**
 * A 64-bit key, as a signed one, for each band of a signature: two sets share one exactly if they agree in that whole
 * band, but for one pair in 10¹⁹. The band's place is in its key, so keys of different bands do not meet.
 * Throws a RangeError on bands and rows that are no whole numbers from 1 up or need a longer signature.
 * Source: Leskovec, Rajaraman and Ullman, Mining of massive datasets, 3rd ed. (2020), 3.4.
 */
export function bandKeys(signature: Uint32Array, { bands, rows }: Banding): BigInt64Array {
  refuseWrongBanding({ bands, rows });
  if (bands * rows > signature.length)
    throw new RangeError(
      `${bands} bands of ${rows} rows need ${bands * rows} numbers, the signature has ${signature.length}`,
    );
  return BigInt64Array.from({ length: bands }, (_, band) => {
    const half = (seed: number) => hashOfNumbers(signature, band * rows, (band + 1) * rows, seed);
    return BigInt.asIntN(64, (BigInt(half(2 * band)) << 32n) | BigInt(half(2 * band + 1)));
  });
}

/**
 * 1 − (1 − J^rows)^bands: how probably two sets with Jaccard index J share a key, 0 at J = 0 and 1 at J = 1, an S
 * between.
 * Source: the same, 3.4.2.
 */
export function candidateProbability(J: number, { bands, rows }: Banding): number {
  refuseWrongBanding({ bands, rows });
  return -Math.expm1(bands * Math.log1p(-(J ** rows)));
}

/** (1/bands)^(1/rows): about the Jaccard index at which the S is steepest. Source: the same, 3.4.2. */
export function bandThreshold({ bands, rows }: Banding): number {
  refuseWrongBanding({ bands, rows });
  return (1 / bands) ** (1 / rows);
}

function refuseWrongBanding({ bands, rows }: Banding): void {
  const isCount = (count: number) => Number.isSafeInteger(count) && count >= 1;
  if (!isCount(bands) || !isCount(rows))
    throw new RangeError(`${bands} bands of ${rows} rows were given; expected whole numbers from 1 up`);
}
