// What is an SVG picture made of: elements with escaped text, and a frame that says what it shows? Pure.

export type Attributes = Record<string, string | number>;

/** Text as it may stand in an element or an attribute; control characters, which XML does not allow, as U+FFFD. */
export function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&#39;")
  );
}

/** An element; its content is markup already. */
export function element(name: string, attributes: Attributes, content = ""): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(shown(value))}"`);
  return content === "" ? `<${name}${given.join("")}/>` : `<${name}${given.join("")}>${content}</${name}>`;
}

const shown = (value: string | number) => (typeof value === "number" ? String(Number(value.toFixed(2))) : value);

export function text(x: number, y: number, content: string, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, escaped(content));
}

/** A rectangle that says what it stands for where the pointer rests on it. */
export function box(x: number, y: number, width: number, height: number, attributes: Attributes, says = ""): string {
  const title = says === "" ? "" : element("title", {}, escaped(says));
  return element("rect", { x, y, width, height, ...attributes }, title);
}

export function line(x1: number, y1: number, x2: number, y2: number, attributes: Attributes): string {
  return element("line", { x1, y1, x2, y2, ...attributes });
}

export const FILL = {
  red: "#d9655b",
  amber: "#e8b04a",
  green: "#5aa66f",
  blue: "#5b8fc9",
  grey: "#9aa3ad",
} as const;
export const INK = "#1f2933";
export const FAINT = "#66727f";
const PAPER = "#ffffff";

export interface Picture {
  width: number;
  height: number;
  title: string;
  /** What it shows, in words: for who cannot see it. */
  description: string;
  content: string[];
}

/** Whole by itself: no font, script, style sheet or picture from elsewhere. */
export function picture({ width, height, title, description, content }: Picture): string {
  const labels = [
    element("title", { id: "title" }, escaped(title)),
    element("desc", { id: "description" }, escaped(description)),
  ];
  const frame = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-labelledby": "title description",
    "font-family": "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
    "font-size": 13,
    fill: INK,
  };
  const parts = [...labels, box(0, 0, width, height, { fill: PAPER }), ...content];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("svg", frame, `\n${parts.join("\n")}\n`)}\n`;
}
