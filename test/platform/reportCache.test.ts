import { describe, expect, it } from "vitest";
import { ReportCache } from "../../src/platform/reportCache.js";

const weigh = ({ rows }: { rows: number }) => rows;

describe("the cache of reports", () => {
  it("computes once for all who ask while it computes, and after", async () => {
    const cache = new ReportCache(10, weigh);
    let computed = 0;
    const compute = async () => ({ rows: ++computed });
    const first = cache.get("a", compute);
    const second = cache.get("a", compute);
    expect([first.hit, second.hit]).toEqual([false, true]);
    expect(await first.report).toBe(await second.report);
    expect(cache.get("a", compute).hit).toBe(true);
    expect(computed).toBe(1);
  });

  it("drops what failed, for all who waited, and computes again for who asks then", async () => {
    const cache = new ReportCache(10, weigh);
    const failing = cache.get("a", () => Promise.reject(new Error("connection lost")));
    const waiting = cache.get("a", async () => ({ rows: 1 }));
    await expect(failing.report).rejects.toThrow("connection lost");
    await expect(waiting.report).rejects.toThrow("connection lost");
    const again = cache.get("a", async () => ({ rows: 1 }));
    expect(again.hit).toBe(false);
    expect(await again.report).toEqual({ rows: 1 });
  });

  it("lets go what was not used longest when there is no room, and does not keep what is too large", async () => {
    const cache = new ReportCache(10, weigh);
    const ask = async (key: string, rows: number) => {
      const { report, hit } = cache.get(key, async () => ({ rows }));
      await report;
      return hit;
    };
    await ask("a", 4);
    await ask("b", 4);
    expect(await ask("a", 4)).toBe(true);
    await ask("c", 4);
    expect([await ask("a", 4), await ask("c", 4), await ask("b", 4)]).toEqual([true, true, false]);
    await ask("huge", 11);
    expect(await ask("huge", 11)).toBe(false);
  });
});
