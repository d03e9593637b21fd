// How are an example's texts erased?
import { emptyPlan, type Plan } from "../activities/plan.js";
import { erasures } from "../activities/tables.js";
import { write, type Answer, type Ids, type RequestFields, type Verb } from "../activities/write.js";
import type { Database, Tx } from "../platform/db.js";
import { problem, type UserProblem } from "../platform/errors.js";
import type { Scope } from "../platform/viewer.js";
import { isVisible } from "./exampleContent.js";

/** Commitments of what a feature knows about example versions and must go with them; in a transaction under the lock. */
export type Erasable = (tx: Tx, datasetId: number, exampleVersionIds: readonly number[]) => Promise<Buffer[]>;

const erasables: Erasable[] = [];

/** A later feature says which texts of its own go with an example: rationales, reasons. */
export function registerErasable(erasable: Erasable): void {
  erasables.push(erasable);
}

export interface EraseExampleInput extends RequestFields {
  /** Null where the caller's name for it names nothing here. */
  example: number | null;
  reason: string;
}

/** Texts that are still there. */
interface Facts {
  versions: Array<{ exampleVersion: number; commitment: Buffer }>;
  others: Buffer[];
  exists: boolean;
}

const eraseExampleVerb: Verb<EraseExampleInput, Facts> = {
  kind: "ERASURE",
  facts: (tx, datasetId, commands) => factsOf(tx, datasetId, commands[0]!.input.example),
  plan({ input }, facts, ids) {
    const problems = problemsOf(input, facts);
    if (problems.length > 0) return { kind: "refused", problems };
    const plan = emptyPlan();
    for (const { exampleVersion, commitment } of facts.versions)
      erase(plan, ids, commitment, { noun: "exampleVersion", id: exampleVersion, reason: input.reason });
    for (const commitment of facts.others)
      erase(plan, ids, commitment, { noun: "example", id: input.example!, reason: input.reason });
    plan.outcome.accepted = plan.erased.length;
    return plan.erased.length > 0
      ? { kind: "plan", plan }
      : { kind: "nothing", outcome: { ...plan.outcome, unchanged: 1 } };
  },
};

/**
 * Deletes the texts of all versions of an example, what later features registered, and the digests by which the requests
 * that brought them could be guessed. Tombstones stay; everything that covers the texts goes on verifying.
 */
export function eraseExample(
  db: Database,
  scope: Scope,
  input: EraseExampleInput,
  asked: RequestFields,
): Promise<Answer> {
  return write(db, scope, eraseExampleVerb, input, asked);
}

function problemsOf({ example, reason }: EraseExampleInput, { exists }: Facts): UserProblem[] {
  if (example === null || !exists)
    return [problem("UNKNOWN_EXAMPLE", "no example of this dataset is called so; nothing was erased", "externalId")];
  if (isVisible(reason) && [...reason].length <= 1000) return [];
  return [problem("INVALID_VALUE", "reason must say why in 1 to 1,000 characters; it stays in the log", "reason")];
}

function erase(plan: Plan, ids: Ids, commitment: Buffer, what: { noun: string; id: number; reason: string }): void {
  plan.erased.push(commitment);
  plan.rows.push({ table: erasures, rows: [{ erasure: ids.take("erasure"), commitment, ...what }] });
}

async function factsOf(tx: Tx, datasetId: number, example: number | null): Promise<Facts> {
  const versions = await tx.rows<{ exampleVersion: number; commitment: Buffer; request: Buffer | null }>(
    `/* textsOfExample */ select v.example_version as "exampleVersion", v.content as commitment, a.request_digest as request
     from example_versions v join activities a on a.dataset_id = v.dataset_id and a.activity = v.activity
     where v.dataset_id = $1 and v.example = $2 order by v.version`,
    [datasetId, example],
  );
  const ids = versions.map((version) => version.exampleVersion);
  const others = versions.flatMap((version) => version.request ?? []);
  for (const erasable of erasables) others.push(...(await erasable(tx, datasetId, ids)));
  const there = await stillThere(tx, datasetId, [...versions.map((version) => version.commitment), ...others]);
  const distinct = new Map(others.map((commitment) => [commitment.toString("hex"), commitment]));
  return {
    versions: versions.filter((version) => there.has(version.commitment.toString("hex"))),
    others: [...distinct].flatMap(([key, commitment]) => (there.has(key) ? [commitment] : [])),
    exists: versions.length > 0,
  };
}

async function stillThere(tx: Tx, datasetId: number, commitments: readonly Buffer[]): Promise<Set<string>> {
  const rows = await tx.rows<{ key: string }>(
    `/* stillThere */ select encode(commitment, 'hex') as key from contents where dataset_id = $1 and commitment = any($2::bytea[])`,
    [datasetId, [...commitments]],
  );
  return new Set(rows.map((row) => row.key));
}
