// Which numbers come from a seed?

/** A stream of numbers that depends on its seed alone. */
export interface RandomNumbers {
  /** Evenly from 0 up to, not including, 1, in steps of 2⁻⁵³. */
  next: () => number;
}

/**
 * xoshiro128**, its 128 bits of state filled from `seed` by splitmix32; two draws make one number.
 * Only the seed's whole number from 0 to 2³² − 1 counts; others are taken modulo 2³².
 * Source: Blackman and Vigna, Scrambled linear pseudorandom number generators (2021).
 */
export function randomNumbers(seed: number): RandomNumbers {
  const s = new Uint32Array(4);
  let filling = seed >>> 0;
  for (let i = 0; i < 4; i++) {
    filling = (filling + 0x9e3779b9) >>> 0;
    s[i] = mixed(filling);
  }
  const draw = () => drawn(s);
  return { next: () => ((draw() >>> 5) * 67108864 + (draw() >>> 6)) / 9007199254740992 };
}

/** One step of xoshiro128** on its state. Exported for the test against the authors' numbers. */
export function drawn(s: Uint32Array): number {
  const result = Math.imul(rotated(Math.imul(s[1]!, 5), 7), 9) >>> 0;
  const t = s[1]! << 9;
  s[2]! ^= s[0]!;
  s[3]! ^= s[1]!;
  s[1]! ^= s[2]!;
  s[0]! ^= s[3]!;
  s[2]! ^= t;
  s[3] = rotated(s[3]!, 11);
  return result;
}

function rotated(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

function mixed(x: number): number {
  let z = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}
