// Writes graphql/schema.graphql: what the code answers to, sorted.
import { writeFileSync } from "node:fs";
import { emitSdl, SDL_FILE } from "./check/sdl.js";

writeFileSync(SDL_FILE, await emitSdl());
process.stdout.write(`${SDL_FILE} written\n`);
