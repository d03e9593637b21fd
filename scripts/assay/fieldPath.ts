// Which value does a dotted path name in a row?
import type { Fields } from "./rows.js";

/** `undefined` means absent; null is a value. A key that itself contains dots is found before the path is taken apart. */
export function valueAt(fields: Fields, path: string): unknown {
  return lookUp(fields, path);
}

function lookUp(value: unknown, path: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  if (Object.hasOwn(value, path)) return (value as Fields)[path];
  for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1)) {
    const key = path.slice(0, dot);
    if (!Object.hasOwn(value, key)) continue;
    const found = lookUp((value as Fields)[key], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}
