// Where does the package live, whether run from src or from dist?
import { existsSync } from "node:fs";

/** The folder of package.json, as a file URL that ends in a slash. */
export function packageRoot(): URL {
  let folder = new URL("../", import.meta.url);
  while (!existsSync(new URL("package.json", folder))) {
    const parent = new URL("../", folder);
    if (parent.href === folder.href) throw new Error("package.json was not found above " + import.meta.url);
    folder = parent;
  }
  return folder;
}
