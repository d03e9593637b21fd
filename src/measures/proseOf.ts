// What of a text is prose, and what stands in fenced code?

export interface Fence {
  /** The first word after the fence, lower case: "python", "json", "". */
  language: string;
  code: string;
}

export interface Prose {
  /** The lines outside fences. */
  lines: string[];
  fences: Fence[];
}

const FENCE = /^ {0,3}(```|~~~)/;

/**
 * Splits at lines that begin with ``` or ~~~ after at most three spaces, as CommonMark 4.5; a fence that is not closed
 * goes on to the end. Lengths of fences beyond three are not told apart. Linear in the text.
 */
export function proseOf(text: string): Prose {
  const prose: Prose = { lines: [], fences: [] };
  let open: { mark: string; fence: Fence; code: string[] } | null = null;
  const close = () => {
    if (open) prose.fences.push({ ...open.fence, code: open.code.join("\n") });
    open = null;
  };
  for (const line of text.split(/\r\n|\n|\r/)) {
    const mark = FENCE.exec(line)?.[1];
    if (open && mark === (open as { mark: string }).mark) close();
    else if (open) (open as { code: string[] }).code.push(line);
    else if (mark) open = { mark, fence: { language: languageOf(line, mark), code: "" }, code: [] };
    else prose.lines.push(line);
  }
  close();
  return prose;
}

function languageOf(line: string, mark: string): string {
  const info = line.slice(line.indexOf(mark) + 3).trim();
  return (info.split(/\s/)[0] ?? "").toLowerCase();
}
