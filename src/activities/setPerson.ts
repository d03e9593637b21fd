// How is personal data of a principal kept apart: set, changed and erased without a trace of what it was?
import type { Database, Tx } from "../platform/db.js";
import { problem } from "../platform/errors.js";
import { UNSOUND, unsoundPath } from "../platform/soundText.js";
import type { Scope } from "../platform/viewer.js";
import { emptyPlan } from "./plan.js";
import { registerProjection } from "./projections.js";
import { personRequests, principalsByKey, type PersonRequest, type PrincipalRow } from "./readQueries.js";
import type { Planned } from "./recordActivities.js";
import { erasures } from "./tables.js";
import { write, type Answer, type RequestFields, type Verb } from "./write.js";

export interface SetPersonInput extends RequestFields {
  principal: string;
  name: string | null;
  contact: string | null;
}

interface Facts {
  principal: PrincipalRow | null;
  /** Digests of earlier requests, by which what they set could be guessed. */
  requests: PersonRequest[];
}

const setPersonVerb: Verb<SetPersonInput, Facts> = {
  kind: "PERSONAL_DATA",
  async facts(tx, _instance, commands) {
    const principal = (await principalsByKey(tx, 0, [commands[0]!.input.principal]))[0]!;
    return { principal, requests: principal ? await personRequests(tx, principal.principal) : [] };
  },
  plan({ input }, { principal, requests }, ids) {
    const unsound = unsoundPath({ name: input.name, contact: input.contact });
    if (unsound)
      return { kind: "refused", problems: [problem("INVALID_TEXT", `${unsound[0]} ${UNSOUND}`, unsound[0]!)] };
    if (!principal)
      return {
        kind: "refused",
        problems: [problem("UNKNOWN_PRINCIPAL", `principal ${input.principal} is not known`, "principal")],
      };
    const plan = emptyPlan();
    plan.used.push({ noun: "principal", id: principal.principal });
    for (const { activity, commitment } of requests) {
      plan.erased.push(commitment);
      const what = { noun: "activity", id: activity, reason: "personal data was set anew" };
      plan.rows.push({ table: erasures, rows: [{ erasure: ids.take("erasure"), commitment, ...what }] });
    }
    plan.outcome = { accepted: 1, unchanged: 0, problems: [], more: { principal: principal.principal } };
    return { kind: "plan", plan };
  },
};

/** Sets name and contact; null for both erases them. The log says that they changed, by whom and when, but not what they were. */
export function setPerson(db: Database, instance: Scope, input: SetPersonInput): Promise<Answer> {
  return write(db, instance, setPersonVerb, input);
}

/** In the same transaction: the one table of personal data. */
async function keepPeople(tx: Tx, datasetId: number, planned: ReadonlyArray<Planned>): Promise<void> {
  if (datasetId !== 0) return;
  for (const { kind, command, plan } of planned) {
    if (kind !== "PERSONAL_DATA") continue;
    const { name, contact } = command.input as SetPersonInput;
    const id = plan.outcome.more!.principal;
    if (name === null && contact === null)
      await tx.rows(`/* forgetPerson */ delete from people where dataset_id = 0 and principal = $1`, [id]);
    else
      await tx.rows(
        `/* keepPerson */ insert into people (dataset_id, principal, name, contact) values (0, $1, $2, $3)
         on conflict (dataset_id, principal) do update set name = excluded.name, contact = excluded.contact`,
        [id, name, contact],
      );
  }
}

registerProjection(keepPeople);
