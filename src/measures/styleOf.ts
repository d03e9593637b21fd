// How is a response written: which marks, and which turns of phrase?
import { BOLD, BULLET, HEADING } from "./formatsOf.js";
import { proseOf } from "./proseOf.js";
import { APOLOGIES, HEDGES, REFUSALS, SYCOPHANTIC_OPENINGS } from "./styleWords.js";

export interface Style {
  sentences: number;
  bullets: number;
  headings: number;
  bold: number;
  hedges: number;
  sycophanticOpenings: number;
  apologies: number;
  refusals: number;
  exclamationMarks: number;
  questionMarks: number;
  emoji: number;
  emDashes: number;
}

/** Marks that end a sentence before a space, a closing sign or the end; those of Chinese and Japanese end it anywhere. */
const SENTENCE_END = /[.!?…]+(?=["'”’)\]*]?(?:\s|$))|[。！？]+/g;
const EMOJI =
  /(?:\p{RI}\p{RI}|\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)(?:\p{EMod}|\uFE0F|\u200D\p{Extended_Pictographic})*/gu;

/**
 * Counts in a response, fenced code left out. Sentences are ends of sentences, so that "e.g. this" is one too many, and 1
 * where there is text without an end. Bullets and headings are lines, bold is **spans**, an emoji with its joiners is one.
 * Hedges, apologies and refusals are occurrences of our own English phrases as whole words, the longest at each place;
 * an opening is 0 or 1. Linear in the text.
 */
export function styleOf(response: string): Style {
  const { lines } = proseOf(response);
  const prose = lines.join("\n");
  const phrases = prose.replaceAll("’", "'").toLowerCase();
  const linesLike = (sign: RegExp) => lines.filter((line) => sign.test(line)).length;
  return {
    sentences: Math.max(countOf(prose, SENTENCE_END), prose.trim() === "" ? 0 : 1),
    bullets: linesLike(BULLET),
    headings: linesLike(HEADING),
    bold: countOf(prose, BOLD),
    hedges: countOf(phrases, anyOf(HEDGES)),
    sycophanticOpenings: opensWithPraise(phrases) ? 1 : 0,
    apologies: countOf(phrases, anyOf(APOLOGIES)),
    refusals: countOf(phrases, anyOf(REFUSALS)),
    exclamationMarks: countOf(prose, /[!！]/g),
    questionMarks: countOf(prose, /[?？]/g),
    emoji: countOf(prose, EMOJI),
    emDashes: countOf(prose, /—/g),
  };
}

function countOf(text: string, sign: RegExp): number {
  return text.match(sign)?.length ?? 0;
}

const patterns = new Map<readonly string[], RegExp>();

/** Any of the phrases, as whole words, the longest first. */
function anyOf(phrases: readonly string[]): RegExp {
  let pattern = patterns.get(phrases);
  if (!pattern) {
    const longestFirst = [...phrases].sort((a, b) => b.length - a.length).map((one) => one.replaceAll(" ", "\\s"));
    patterns.set(
      phrases,
      (pattern = new RegExp(`(?<![\\p{L}\\p{N}'])(?:${longestFirst.join("|")})(?![\\p{L}\\p{N}'])`, "gu")),
    );
  }
  return pattern;
}

/** The first words, after signs such as quotes, stars and spaces. */
function opensWithPraise(phrases: string): boolean {
  const start = phrases.slice(0, 200).replace(/^[^\p{L}]+/u, "");
  const first = anyOf(SYCOPHANTIC_OPENINGS);
  first.lastIndex = 0;
  return first.exec(start)?.index === 0;
}
