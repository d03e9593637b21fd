// To which server and dataset does a command speak, and how does it answer?
import type { Command } from "commander";
import { AssayClient, DEFAULT_URL } from "./client.js";
import { usage } from "./failure.js";
import { Output, type World } from "./world.js";

export interface GlobalOptions {
  url?: string;
  token?: string;
  dataset?: string;
  json?: boolean;
  retries?: number;
}

export interface Session {
  world: World;
  output: Output;
  /** Refuses when no token is given; commands that need no server never ask. */
  client: () => AssayClient;
  dataset: () => string;
}

/** Flags win over the environment. An empty variable counts as none. */
export function sessionOf(world: World, command: Command): Session {
  const options = command.optsWithGlobals<GlobalOptions>();
  const output = new Output(world, options.json ?? false);
  const given = (flag: string | undefined, name: string) => flag ?? (world.env[name] || undefined);
  return {
    world,
    output,
    client: () => {
      const token = given(options.token, "ASSAY_TOKEN");
      if (token === undefined) throw usage("no token; give --token or set ASSAY_TOKEN (see: assay token issue)");
      const url = withPath(given(options.url, "ASSAY_URL") ?? DEFAULT_URL);
      const retries = options.retries === undefined ? {} : { retries: options.retries };
      return new AssayClient(world, { url, token, ...retries }, (line) => output.say(line));
    },
    dataset: () => {
      const dataset = given(options.dataset, "ASSAY_DATASET");
      if (dataset === undefined) throw usage("no dataset; give --dataset SLUG or set ASSAY_DATASET");
      return dataset;
    },
  };
}

/** The server's address alone means the API there. */
function withPath(url: string): string {
  return URL.canParse(url) && new URL(url).pathname === "/" ? new URL("/graphql", url).href : url;
}
