// What may happen in a dataset, in random order?
import { randomNumbers } from "../statistics/sampleRatings.js";
import { agreementWorld, type AgreementWorld } from "./agreementWorld.js";

const SOURCES = [
  ["people", "HUMAN_DEMONSTRATION"],
  ["web", "FILTERED_DATASET"],
  ["machine", "MODEL_GENERATED"],
] as const;
const RATERS = ["ann", "bob", "cyd", "dan", "robot"];
const BATCHES = ["pilot", "main", null];
const STRATA = ["OPEN", "OPEN", "OPEN", "RANDOM", "CALIBRATION", "GOLD"];
const VERDICTS = ["ACCEPT", "ACCEPT", "ACCEPT", "REJECT", "NEEDS_WORK", "WITHDRAW", "WITHDRAW"];
const INTENTS = ["ask", "write", "code"];
export const HELP = { key: "help", level: "ORDINAL", categories: [1, 2, 3, 4] };
export const SCORE = { key: "score", level: "INTERVAL" };

/** By the seed's parity, scores are whole numbers only, or also fractions. */
const steps = (seed: number) => (seed % 2 === 0 ? [1] : [1, 1, 0.1]);

/** A dataset with sources, rules, raters (one a model), batches and some examples; ready for `happen`. */
export async function beginHistory(seed: number) {
  const house = await agreementWorld();
  for (const [key, kind] of SOURCES) await house.registerSources([key], kind);
  await house.publish("1.0", [HELP, SCORE]);
  const annotators = RATERS.map((key) => ({ key, kind: key === "robot" ? "MODEL" : "HUMAN" }));
  await house.call("enrolAnnotators", "EnrolAnnotatorsInput", { annotators });
  const batches = BATCHES.flatMap((key) => (key ? [{ key, title: key }] : []));
  await house.call("openBatches", "OpenBatchesInput", { batches });
  const history = new History(house, randomNumbers(seed), steps(seed));
  await history.importSome(6);
  return history;
}

/** Sends what a seeded random chooses. Items may be refused (an example that is withdrawn): that is part of it. */
export class History {
  private guidelineVersion = "rules@1.0";
  private count = 0;

  constructor(
    readonly house: AgreementWorld,
    private readonly random: () => number,
    private readonly steps: readonly number[],
  ) {}

  async happen(): Promise<void> {
    const at = this.random();
    if (at < 0.55) await this.rate();
    else if (at < 0.7) await this.decide();
    else if (at < 0.8) await this.label();
    else if (at < 0.9) await this.revise();
    else await this.importSome(1 + this.below(3));
  }

  /** New rules, with another scale for help. */
  async changeRules(): Promise<void> {
    await this.house.publish("2.0", [{ ...HELP, categories: [1, 2, 3, 4, 5] }, SCORE]);
    this.guidelineVersion = "rules@2.0";
  }

  async importSome(many: number): Promise<void> {
    const examples = Array.from({ length: many }, () => ({
      externalId: `x${this.count++}`,
      prompt: "Say it.",
      response: `It is ${this.random()}.`,
      source: this.one(SOURCES)[0],
      labels: this.some(INTENTS).map((value) => ({ dimension: "intent", value })),
    }));
    await this.send("importExamples", "ImportExamplesInput", { examples });
  }

  private async rate(): Promise<void> {
    const ratings = Array.from({ length: 4 + this.below(24) }, () => {
      const criterion = this.one(["help", "help", "score"]);
      const value = criterion === "help" ? 1 + this.below(4) : this.below(5) * this.one(this.steps);
      const judged = { externalId: this.example(), annotator: this.one(RATERS), criterion, value };
      const day = this.one([null, "2026-10-30", "2026-10-31"]);
      const given = day ? { occurredAt: `${day}T23:30:00-01:00` } : {};
      return {
        ...judged,
        ...given,
        stratum: this.one(STRATA),
        batch: this.one(BATCHES),
        guidelineVersion: this.rules(),
      };
    });
    await this.send("submitRatings", "SubmitRatingsInput", { ratings });
  }

  /** Now and then somebody still works by the old rules. */
  private rules(): string {
    return this.random() < 0.3 ? "rules@1.0" : this.guidelineVersion;
  }

  private async decide(): Promise<void> {
    const decisions = Array.from({ length: 2 + this.below(4) }, () => ({
      externalId: this.example(),
      verdict: this.one(VERDICTS),
    }));
    await this.send("decideExamples", "DecideExamplesInput", { decisions });
  }

  private async label(): Promise<void> {
    const labels = [{ externalId: this.example(), dimension: "intent", values: this.some(INTENTS) }];
    await this.send("labelExamples", "LabelExamplesInput", { labels });
  }

  private async revise(): Promise<void> {
    const revisions = [{ externalId: this.example(), prompt: "Say it better.", response: `It is ${this.random()}.` }];
    await this.send("reviseExamples", "ReviseExamplesInput", { revisions });
  }

  private async send(mutation: string, type: string, input: object): Promise<void> {
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { activity { number } userErrors { code } } }`;
    await this.house.world.ask(query, { input: { dataset: this.house.dataset, ...input } });
  }

  private example(): string {
    return `x${this.below(Math.min(this.count, 8))}`;
  }

  private below(n: number): number {
    return Math.floor(this.random() * n);
  }

  private one<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  private some<T>(items: readonly T[]): T[] {
    return items.filter(() => this.random() < 0.4);
  }
}
