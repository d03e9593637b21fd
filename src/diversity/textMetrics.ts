// How varied is what some texts say? Pure.
import { gzipSync } from "node:zlib";
import { distinctN } from "../statistics/distinctN.js";
import type { Tokens } from "../statistics/ngrams.js";
import { selfBleu } from "../statistics/selfBleu.js";
import { selfRepetitions } from "../statistics/selfRepetition.js";
import { tokenSample } from "../statistics/tokenSample.js";
import type { TextMetric, TextMetricNumbers } from "./diversityNumbers.js";
import type { SampledText } from "./sampleTexts.js";

/** Self-BLEU grows with the number of texts: of the first so many. */
export const BLEU_TEXTS = 200;
const REPETITION_ORDERS = [4, 5, 6, 7, 8] as const;

/**
 * In the order of TEXT_METRICS. Distinct-n is taken of `tokenCount` tokens drawn from the texts, or of all where they have
 * fewer; self-repetition and the compression ratio of all texts, Self-BLEU of the first 200.
 */
export function textMetrics(texts: readonly SampledText[], tokenCount: number, seed: number): TextMetricNumbers[] {
  const documents = texts.map(({ tokens }) => tokens);
  const drawn = tokenSample(documents, tokenCount, seed);
  const sample = drawn.kind === "defined" ? drawn.documents : documents;
  const few = documents.slice(0, BLEU_TEXTS);
  return [
    ...([1, 2, 3] as const).map((n) => metric(`DISTINCT_${n}`, "distinct-n/1", sample, distinctN(sample, n))),
    ...selfRepetitions(documents, 4, 8).map((outcome, i) =>
      metric(`SELF_REPETITION_${REPETITION_ORDERS[i]!}`, "self-repetition/1", documents, outcome),
    ),
    metric("COMPRESSION_RATIO", "gzip-9/1", documents, compressionRatio(texts.map(({ text }) => text))),
    metric("SELF_BLEU_4", "self-bleu-4/1", few, selfBleu(few)),
  ];
}

type Outcome = { kind: "defined"; value: number } | { kind: "undefined"; because: string };

function metric(name: TextMetric, method: string, of: ReadonlyArray<Tokens>, outcome: Outcome): TextMetricNumbers {
  return {
    metric: name,
    value: outcome.kind === "defined" ? outcome.value : null,
    undefinedBecause: outcome.kind === "defined" ? null : outcome.because,
    method,
    texts: of.length,
    tokens: of.reduce((sum, tokens) => sum + tokens.length, 0),
  };
}

/**
 * Bytes of the texts, joined by line ends, over their bytes as gzip at level 9 packs them: larger where they repeat one
 * another within 32 KB.
 * Source: Shaib and others, Standardizing the measurement of text diversity (2024).
 */
export function compressionRatio(texts: readonly string[]): Outcome {
  const bytes = Buffer.from(texts.join("\n"));
  if (bytes.length === 0) return { kind: "undefined", because: "NO_TEXT" };
  return { kind: "defined", value: bytes.length / gzipSync(bytes, { level: 9 }).length };
}
