// In which length bucket is an example version?

/** By words of the response, or of the prompt, as Unicode segments them; the last has no end. */
export const LENGTH_BUCKETS = ["0-24", "25-74", "75-199", "200-499", "500+"] as const;
export type LengthBucket = (typeof LENGTH_BUCKETS)[number];

/** The bucket of a column of words, as SQL. */
export function lengthBucketOf(words: string): string {
  return `case when ${words} < 25 then '0-24' when ${words} < 75 then '25-74' when ${words} < 200 then '75-199'
    when ${words} < 500 then '200-499' else '500+' end`;
}
