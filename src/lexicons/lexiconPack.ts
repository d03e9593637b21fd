// What is a lexicon as data, and how is it known by its content? Pure.
import canonicalize from "canonicalize";
import { sha256 } from "../platform/digest.js";

/** How the entries of a kind count; matchLexicon.ts does it. */
export const LEXICON_KINDS = ["IDENTITY_NOUN", "DESCRIPTOR", "PERSON_NOUN", "GENDERED_NOUN", "PHRASE", "WORD"] as const;
export type LexiconKind = (typeof LEXICON_KINDS)[number];

export interface LexiconEntry {
  term: string;
  kind: LexiconKind;
  /** What it says something about: age, religion, style. "" for nothing. */
  axis: string;
  /** Its value on the axis: old, refusal. "" for none. */
  group: string;
}

export interface LexiconPack {
  key: string;
  title: string;
  /** BCP 47; und where terms of several languages stand in it. */
  language: string;
  licence: string;
  attribution: string;
  url: string | null;
  /** What whoever changes or passes on the list has to do. */
  shareAlike: string | null;
  entries: LexiconEntry[];
}

/** Who is to be named for a pack, as it is kept apart from its entries. */
export interface Credit {
  attribution: string;
  url: string | null;
  shareAlike: string | null;
}

/** RFC 8785 of the pack; what is not said is left out, also an empty axis or group. */
export function packText({ entries, ...head }: LexiconPack): string {
  const said = entries.map(({ term, kind, axis, group }) => ({
    term,
    kind,
    ...(axis === "" ? {} : { axis }),
    ...(group === "" ? {} : { group }),
  }));
  const known = Object.fromEntries(Object.entries(head).filter(([, value]) => value !== null));
  return canonicalize({ ...known, entries: said })!;
}

/** SHA-256 of the pack's text. */
export function checksumOf(text: string): Buffer {
  return sha256(text);
}

/** The entries of a pack's text. */
export function entriesOf(text: string): LexiconEntry[] {
  const { entries } = JSON.parse(text) as { entries: Array<Partial<LexiconEntry>> };
  return entries.map(({ term, kind, axis = "", group = "" }) => ({ term: term!, kind: kind!, axis, group }));
}

export function kindCounts(entries: readonly LexiconEntry[]): Partial<Record<LexiconKind, number>> {
  const counts: Partial<Record<LexiconKind, number>> = {};
  for (const { kind } of entries) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
