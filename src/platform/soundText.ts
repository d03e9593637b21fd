// Can this text be stored as it came?

/**
 * The path to the first string that cannot be stored as it came (NUL, or a lone surrogate, which UTF-8 cannot hold), in a
 * value of any shape; null where all is sound. Numbers must be finite.
 */
export function unsoundPath(value: unknown, skip: (key: string) => boolean = () => false): string[] | null {
  if (typeof value === "string") return value.isWellFormed() && !value.includes("\0") ? null : [];
  if (typeof value === "number") return Number.isFinite(value) ? null : [];
  if (value === null || typeof value !== "object" || value instanceof Date) return null;
  for (const [key, part] of Object.entries(value)) {
    if (skip(key)) continue;
    if (!key.isWellFormed() || key.includes("\0")) return [key.toWellFormed().replaceAll("\0", "\uFFFD")];
    const path = unsoundPath(part, skip);
    if (path) return [key, ...path];
  }
  return null;
}

export const UNSOUND =
  "has a NUL, a lone surrogate or a number that is not finite, which cannot be stored as it came; remove it";

/** The names that can be asked for in a statement: nothing is called by a text with a NUL, and Postgres takes none. */
export function askable(names: readonly string[]): string[] {
  return names.filter((name) => !name.includes("\0"));
}
