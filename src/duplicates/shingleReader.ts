// How are the shingles of many texts at hand, without all of them in memory?
import { comparedShingles } from "../measures/comparedText.js";
import { promptAndResponse } from "../measures/measuresOf.js";
import { textsOfVersions } from "../measures/queries.js";
import type { Db } from "../platform/db.js";

/** Numbers held: 32 MB. */
const MOST_HELD = 8_000_000;
const TEXTS_A_READ = 500;

/** Reads shingles again from the texts, and lets go of those that were used least lately. */
export class ShingleReader {
  private readonly held = new Map<number, Uint32Array>();
  private heldNumbers = 0;

  constructor(
    private readonly db: Db,
    private readonly datasetId: number,
  ) {}

  /** The shingles of some versions; a version whose text was erased meanwhile has none. Hold no more than half of MOST_HELD. */
  async read(versions: readonly number[]): Promise<ReadonlyMap<number, Uint32Array>> {
    const found = new Map<number, Uint32Array>();
    const missing: number[] = [];
    for (const version of new Set(versions)) {
      const shingles = this.held.get(version);
      if (!shingles) missing.push(version);
      else {
        this.held.delete(version);
        this.held.set(version, shingles);
        found.set(version, shingles);
      }
    }
    for (let from = 0; from < missing.length; from += TEXTS_A_READ)
      for (const { exampleVersion, text } of await this.textsOf(missing.slice(from, from + TEXTS_A_READ))) {
        const { prompt, response } = promptAndResponse(text);
        const shingles = comparedShingles(prompt, response);
        found.set(exampleVersion, shingles);
        this.hold(exampleVersion, shingles);
      }
    return found;
  }

  private textsOf(versions: number[]) {
    return textsOfVersions(this.db, this.datasetId, versions);
  }

  private hold(version: number, shingles: Uint32Array): void {
    this.held.set(version, shingles);
    this.heldNumbers += shingles.length;
    for (const [oldest, its] of this.held) {
      if (this.heldNumbers <= MOST_HELD) return;
      this.held.delete(oldest);
      this.heldNumbers -= its.length;
    }
  }
}
