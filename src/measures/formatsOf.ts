// In which formats does a response say what it says?
import { proseOf, type Prose } from "./proseOf.js";

export const FORMATS = ["PLAIN", "CODE", "TABLE", "LIST", "JSON", "MARKDOWN", "MATH"] as const;
export type Format = (typeof FORMATS)[number];

/** Languages of fences that hold no program. */
const NO_CODE = new Set(["json", "jsonc", "markdown", "md", "text", "txt", "plaintext", "csv", "tsv", "latex", "math"]);

/**
 * The formats of a response, in the order of FORMATS; PLAIN alone where it has none of the others. By signs that the
 * writer put there, so that each answer can be explained; a text may have several, or be a text about one.
 *
 * CODE: a fenced block that is not data or prose, or lines of code without a fence (`isCode`). TABLE: `isTable`. LIST:
 * two or more items that begin alike, with a bullet or with a number. JSON: the whole response, or a fenced block, is an
 * object or an array. MARKDOWN: a fence, or outside code a heading, bold, `code`, a link or a table of pipes. MATH:
 * LaTeX outside code. Linear in the text.
 */
export function formatsOf(response: string): Format[] {
  const prose = proseOf(response);
  const isBareCode = isCode(prose.lines);
  const isBareJson = isJson(response);
  const has: Record<Exclude<Format, "PLAIN">, boolean> = {
    CODE: (isBareCode && !isBareJson) || prose.fences.some(({ language }) => !NO_CODE.has(language)),
    TABLE: isTable(prose.lines),
    LIST: !isBareJson && isList(prose.lines),
    JSON: isBareJson || prose.fences.some(({ code }) => isJson(code)),
    MARKDOWN: prose.fences.length > 0 || (!isBareCode && !isBareJson && isMarkdown(prose)),
    MATH: !isBareCode && isMath(prose.lines),
  };
  const formats = FORMATS.filter((format) => format !== "PLAIN" && has[format]);
  return formats.length > 0 ? formats : ["PLAIN"];
}

const ENDS_LIKE_CODE = /[;{}]\s*$|^\s*[)\]}]+[;,]?\s*$/;
const BEGINS_LIKE_CODE =
  /^\s*(?:(?:def|class|import|from|function|const|let|var|return|elif|else:|try:|except|print\(|public|private|static|package|using|namespace|struct|fn|func|async|await|#include|#!\/)(?:\b|\s|$)|(?:if|for|while|switch)\s*\(|(?:if|for|while|with)\b.*:\s*$|<\/?[a-zA-Z][^>]*>|(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE)\s|(?:\/\/|\/\*))/;
const ASSIGNS = /^\s*[A-Za-z_$][\w$.[\]]*\s*(?:[-+*/|&]?=)(?!=)\s*\S/;
const CALLS = /^\s*[A-Za-z_$][\w$.]*\([^.]*\)\s*$/;

/**
 * At least half of the lines that are not empty look like code: end in ; { or }, begin like a statement, a tag or a
 * comment of a common language, assign, or are a call. One line alone has to begin so and end in ; or }. A first line
 * with #! is enough.
 */
export function isCode(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== "");
  if (filled[0]?.startsWith("#!")) return true;
  if (filled.length === 1) return BEGINS_LIKE_CODE.test(filled[0]!) && /[;}]\s*$/.test(filled[0]!);
  const code = filled.filter(
    (line) => ENDS_LIKE_CODE.test(line) || BEGINS_LIKE_CODE.test(line) || ASSIGNS.test(line) || CALLS.test(line),
  );
  return filled.length >= 2 && code.length * 2 >= filled.length;
}

const DELIMITER_CELLS = /^[\s|:-]+$/;

/** A row of pipes with a row of dashes under it, as GitHub Flavored Markdown 4.10; or three lines in a row with the same two or more tabs. */
export function isTable(lines: readonly string[]): boolean {
  return hasPipeTable(lines) || hasTabTable(lines);
}

function hasPipeTable(lines: readonly string[]): boolean {
  return lines.some(
    (line, i) =>
      i > 0 && line.includes("-") && line.includes("|") && DELIMITER_CELLS.test(line) && lines[i - 1]!.includes("|"),
  );
}

function hasTabTable(lines: readonly string[]): boolean {
  const tabs = lines.map((line) => line.trim().split("\t").length - 1);
  return tabs.some((n, i) => n >= 2 && tabs[i + 1] === n && tabs[i + 2] === n);
}

export const BULLET = /^\s*[-*+•‣◦]\s+\S/;
const NUMBERED = /^\s*\d{1,3}[.)]\s+\S/;

function isList(lines: readonly string[]): boolean {
  const items = (sign: RegExp) => lines.filter((line) => sign.test(line)).length;
  return items(BULLET) >= 2 || items(NUMBERED) >= 2;
}

/** An object or array with something in it. */
export function isJson(text: string): boolean {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed) || !/[\]}]$/.test(trimmed)) return false;
  try {
    return Object.keys(JSON.parse(trimmed) as object).length > 0;
  } catch {
    return false;
  }
}

export const HEADING = /^ {0,3}#{1,6}\s+\S/;
/** **so**, and neither a power nor a spread of arguments. */
export const BOLD = /(?<![\w*])\*\*(?=[^\s*])[^*\n]*(?<=\S)\*\*/g;
const INLINE_CODE = /`[^`\s][^`\n]*`/;
const LINK = /\]\((?:https?:\/\/|\/|#)[^)\s]*\)/;

function isMarkdown({ lines }: Prose): boolean {
  const hasMark = (line: string) =>
    HEADING.test(line) || line.match(BOLD) !== null || INLINE_CODE.test(line) || LINK.test(line);
  return lines.some(hasMark) || hasPipeTable(lines);
}

const LATEX =
  /\\(?:frac|sqrt|sum|int|prod|lim|cdot|times|leq|geq|neq|alpha|beta|theta|pi|infty|mathbb|begin\{(?:equation|align|matrix|pmatrix|cases))(?![a-zA-Z])|\$\$|\\\[|\\\(/;

/** A LaTeX command or its brackets, or $…$ without space at its ends and with one of \ ^ _ = within. */
function isMath(lines: readonly string[]): boolean {
  return lines.some((line) => (LATEX.test(line) && /\\[a-zA-Z()[\]]|\$\$/.test(line)) || hasDollars(line));
}

function hasDollars(line: string): boolean {
  const parts = line.split("$");
  return parts.slice(1, -1).some((part) => part !== "" && part === part.trim() && /[\\^_=]/.test(part));
}
