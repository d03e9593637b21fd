// How much memory has the server taken at most, over all that it was asked before?
import { readFileSync } from "node:fs";
import type { BenchWorld } from "./benchWorld.js";
import type { Bench } from "./measure.js";

/** Over the rows before it; what comes after is not in it. Its figure is what Linux keeps of a process. */
export function memoryBench(world: BenchWorld): Bench {
  return {
    name: "server.memory",
    unit: "MB",
    better: "lower",
    goal: 512,
    against: "1 MB",
    async run() {
      const status = readFileSync(`/proc/${world.serverPid}/status`, "utf8");
      const value = Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) / 1024;
      return { value, limit: 1, ratio: value };
    },
  };
}
