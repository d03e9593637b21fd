// Where are the real data sets, if this machine has them?
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../shared/data/", import.meta.url));

export const realData = (path: string) => `${ROOT}${path}`;
export const hasRealData = existsSync(ROOT);
export const ABSENT = "(skipped: ../shared/data is not on this machine)";
