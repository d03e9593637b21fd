// How is text coloured in a terminal, and how wide is it?
import type { World } from "../world.js";

export type Colour = "red" | "amber" | "green" | "blue" | "grey";

/** Puts text into a colour; `shade` colours what lies behind it. Both give it back as it is where nothing is coloured. */
export interface Paint {
  text(colour: Colour | null, text: string): string;
  shade(colour: Colour | null, text: string): string;
}

/** Of the 256 colours that terminals share: readable on light and on dark. */
const FOREGROUND: Record<Colour, string> = { red: "160", amber: "172", green: "34", blue: "33", grey: "245" };
const BACKGROUND: Record<Colour, string> = { red: "217", amber: "222", green: "157", blue: "153", grey: "252" };

export const PLAIN: Paint = { text: (_, text) => text, shade: (_, text) => text };
export const COLOURED: Paint = {
  text: (colour, text) => (colour === null ? text : `\x1b[38;5;${FOREGROUND[colour]}m${text}\x1b[0m`),
  shade: (colour, text) => (colour === null ? text : `\x1b[38;5;16;48;5;${BACKGROUND[colour]}m${text}\x1b[0m`),
};

/** Colour only where somebody looks: stdout is a terminal, and NO_COLOR is not set (no-color.org). */
export function paintOf({ stdout, env }: Pick<World, "stdout" | "env">): Paint {
  return stdout.isTTY && !env["NO_COLOR"] ? COLOURED : PLAIN;
}

const NOT_A_TERMINAL = 100;

/** Columns of the terminal; COLUMNS, or 100, where stdout is none. */
export function widthOf({ stdout, env }: Pick<World, "stdout" | "env">): number {
  const columns = (stdout.isTTY ? stdout.columns : undefined) ?? Number(env["COLUMNS"]);
  return columns >= 40 ? columns : NOT_A_TERMINAL;
}
