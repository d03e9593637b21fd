// Which 32 bits stand for a text, or for a list of whole numbers?

/**
 * MurmurHash3 (x86, 32 bits) of the text's UTF-16 code units as little-endian bytes. A whole number from 0 to 2³² − 1;
 * the same text and seed give the same everywhere. Not for secrets: who wants two texts of one hash can make them.
 * Source: Appleby, MurmurHash3.cpp (public domain).
 */
export function hashOfText(text: string, seed = 0): number {
  let h = seed | 0;
  const even = text.length & ~1;
  for (let i = 0; i < even; i += 2) h = withBlock(h, text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16));
  if (even < text.length) h ^= scrambled(text.charCodeAt(even));
  return finished(h ^ (text.length * 2)) >>> 0;
}

/**
 * The same of whole numbers from `from` up to, not including, `to`, four bytes each, little-endian; only 32 bits count.
 */
export function hashOfNumbers(numbers: ArrayLike<number>, from = 0, to = numbers.length, seed = 0): number {
  let h = seed | 0;
  for (let i = from; i < to; i++) h = withBlock(h, numbers[i]!);
  return finished(h ^ ((to - from) * 4)) >>> 0;
}

/** MurmurHash3's last step: one number to another and back, so that no two of 2³² become one; as signed 32 bits. */
export function finished(x: number): number {
  let h = x ^ (x >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function withBlock(h: number, block: number): number {
  const mixed = h ^ scrambled(block);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function scrambled(block: number): number {
  const k = Math.imul(block, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}
