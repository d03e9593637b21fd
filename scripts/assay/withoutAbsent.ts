// What is left of an input when the options that were not given are taken out?
import type { Fields } from "./rows.js";

export function withoutAbsent(fields: Record<string, unknown>): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
