// What does the text of a command line option stand for?
import { InvalidArgumentError } from "commander";
import type { Fields } from "./rows.js";

/** For options that can be given several times. */
export const collect = (value: string, before: string[] | undefined) => [...(before ?? []), value];

/** `a,b,c` */
export const list = (value: string) => value.split(",").flatMap((each) => (each.trim() === "" ? [] : [each.trim()]));

export function wholeNumber(from: number, to: number) {
  return (value: string): number => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= from && number <= to) return number;
    throw new InvalidArgumentError(`Give a whole number from ${from} to ${to}.`);
  };
}

export function fraction(from: number, to: number) {
  return (value: string): number => {
    const number = Number(value);
    if (value.trim() !== "" && number >= from && number <= to) return number;
    throw new InvalidArgumentError(`Give a number from ${from} to ${to}.`);
  };
}

export function jsonObject(value: string): Fields {
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed as Fields;
  } catch {
    // refused below
  }
  throw new InvalidArgumentError("Give a JSON object.");
}

const UNITS: Record<string, number> = { "": 1, B: 1, KIB: 1024, MIB: 1024 ** 2, GIB: 1024 ** 3 };

/** `500000`, `512KiB`, `12MiB` */
export function byteSize(value: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(value);
  const unit = match === null ? undefined : UNITS[match[2]!.toUpperCase()];
  if (match === null || unit === undefined)
    throw new InvalidArgumentError("Give a size such as 500000, 512KiB or 12MiB.");
  return Math.floor(Number(match[1]) * unit);
}

/** One of a closed list of words, in any case, as the API spells it: `new-version` → NEW_VERSION. */
export function word<T extends string>(words: readonly T[]) {
  return (value: string): T => {
    const found = words.find((each) => each === value.toUpperCase().replaceAll("-", "_"));
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`Use one of: ${words.map(spelled).join(", ")}.`);
  };
}

export const spelled = (name: string) => name.toLowerCase().replaceAll("_", "-");
