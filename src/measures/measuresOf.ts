// What can be counted of the text of one example version?
import type { StoredContent } from "../examples/exampleContent.js";
import { comparedText } from "./comparedText.js";
import { formatsOf, type Format } from "./formatsOf.js";
import { styleOf, type Style } from "./styleOf.js";

/** Changes whenever the same text could get other measures: rows of an older one are then counted again. */
export const METHOD = 1;

export interface Measures extends Style {
  /** Code points of the response. */
  characters: number;
  format: Format[];
  bandKeys: bigint[];
  shingles: number;
  wordsKey: bigint;
}

/** The last user turn and the assistant turn after it, of canonical content as it stands in `contents`. */
export function promptAndResponse(content: string): { prompt: string; response: string } {
  const { turns } = JSON.parse(content) as StoredContent;
  return { prompt: turns.at(-2)!.content, response: turns.at(-1)!.content };
}

/** Of the text of an example version of a dataset, as it stands in `contents`. Pure. */
export function measuresOf(datasetId: number, content: string): Measures {
  const { prompt, response } = promptAndResponse(content);
  const { shingles, ...keys } = comparedText(datasetId, prompt, response);
  let characters = 0;
  for (const _ of response) characters++;
  return { characters, format: formatsOf(response), shingles: shingles.length, ...keys, ...styleOf(response) };
}
