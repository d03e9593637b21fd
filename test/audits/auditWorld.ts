// How does a test get a dataset to audit: ratings through the API, attributes of annotators, and the answer?
import pg from "pg";
import { agreementWorld, type AgreementWorld } from "../agreement/agreementWorld.js";

export interface AuditWorld extends AgreementWorld {
  /** Says values of an attribute, by the annotators' keys. */
  know(attribute: string, values: ReadonlyMap<string, string>): Promise<void>;
  /** The report on the head, by the arguments as GraphQL text. */
  audit(args: string): Promise<any>;
}

export async function auditWorld(): Promise<AuditWorld> {
  const house = await agreementWorld();
  return {
    ...house,
    async know(attribute, values) {
      const sql = new pg.Client({ connectionString: house.world.ownerUrl });
      await sql.connect();
      await sql.query(
        `insert into annotator_attributes (dataset_id, annotator, attribute, value, consent, granted_at, activity)
         select a.dataset_id, a.annotator, $1, v.value, 'research@1', now(), a.activity
         from unnest($2::text[], $3::text[]) v(key, value) join annotators a on a.key = v.key`,
        [attribute, [...values.keys()], [...values.values()]],
      );
      await sql.end();
    },
    async audit(args) {
      const { dataset } = await house.world.ask(`{ dataset(slug: "house") { head { scopeDigest biasAudit(${args}) {
        scopeDigest exampleVersionCount erasedCount warnings cache parameters lexicons { key version }
        skipped { family subject because }
        tests(first: 100) { nodes { key family verdict rule p q minimumEffect minimumDetectableEffect details suppressedBecause
          undefinedBecause warnings nextStep groups { name n value } effect { name value low high intervalMethod }
          evidence { role note exampleVersion { number } } } } } } } }`);
      const { biasAudit, scopeDigest } = dataset.head;
      return { ...biasAudit, headDigest: scopeDigest, tests: biasAudit.tests.nodes };
    },
  };
}

export function testNamed(report: any, key: string): any {
  const found = report.tests.find((test: any) => test.key === key);
  if (!found) throw new Error(`no test ${key}; there are ${report.tests.map((test: any) => test.key).join(" | ")}`);
  return found;
}
