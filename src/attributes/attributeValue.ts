// What does a submitted attribute value say: a group, that it is not known, or nothing that can be taken? Pure.

/** Words of consent management and of files for "not known", without case and spaces around; also "" and null. */
const UNKNOWN_WORDS: ReadonlySet<string> = new Set(["data_expired", "consent_revoked", "nan", "prefer not to say"]);

export const LONGEST_VALUE = 128;

export type ReadValue =
  | { kind: "GROUP"; value: string }
  /** The word as it is listed, "" for nothing. */
  | { kind: "UNKNOWN"; word: string }
  /** Says what is wrong without the value: problems stay in the log, values do not. */
  | { kind: "REFUSED"; message: string };

/** Reads a value. Groups are in NFC, without spaces around; runs of spaces inside are one. */
export function readValue(given: string | null): ReadValue {
  const value = (given ?? "").normalize("NFC").trim().replace(/ +/g, " ");
  const word = value.toLowerCase();
  if (word === "" || UNKNOWN_WORDS.has(word)) return { kind: "UNKNOWN", word };
  const place = [...value].findIndex((char) => /[\p{C}\p{Zl}\p{Zp}]/u.test(char));
  if (place >= 0) return { kind: "REFUSED", message: contaminated([...value][place]!, place) };
  if (value.length <= LONGEST_VALUE) return { kind: "GROUP", value };
  return { kind: "REFUSED", message: `value has ${value.length} characters; use at most ${LONGEST_VALUE}` };
}

function contaminated(char: string, place: number): string {
  const code = char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  return `value has U+${code} at character ${place + 1}, which is no text and would make a group of its own; remove it`;
}
