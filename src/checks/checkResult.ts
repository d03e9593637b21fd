// What does the result of a check say beside its verdict? Pure.

/** A place in a turn of an example version: Unicode code points from start to before end. */
export interface Span {
  /** 0-based index among all turns; the last, which is the response, where not said. */
  turn: number | null;
  start: number;
  end: number;
  label: string | null;
}

/** One text in contents, so that one erasure takes all of it. */
export interface Findings {
  message: string | null;
  spans: Span[];
}

/** Null for nothing. */
export function encodeFindings({ message, spans }: Findings): string | null {
  return message === null && spans.length === 0 ? null : JSON.stringify({ message, spans });
}

export function decodeFindings(text: string | null): Findings | null {
  return text === null ? null : (JSON.parse(text) as Findings);
}

/** How many code points a text has. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
