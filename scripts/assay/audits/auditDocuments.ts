// Which documents ask the server about bias audits?

const OUTCOME = "activity { number } replayed userErrors { code message path index }";
const PAGE = "pageInfo { hasNextPage endCursor }";
const EFFECT = "effect { name scale value low high level }";
const TEST = `key family subject dimension unit groups { name n value } method ${EFFECT} p q minimumEffect minimumDetectableEffect
  verdict rule undefinedBecause suppressedBecause warnings nextStep`;
const SIGNOFF = "signoff { signedOff requiredCount acceptedCount missing }";

const mutation = (name: string, selection: string) => {
  const operation = `${name[0]!.toUpperCase()}${name.slice(1)}`;
  return `mutation ${operation}($input: ${operation}Input!) { ${name}(input: $input) { ${OUTCOME} ${selection} } }`;
};

export const RECORD_AUDIT = mutation("recordAudit", "audit { number findingCounts { severity count } }");
export const SIGN_OFF_AUDIT = mutation("signOffAudit", `audit { number ${SIGNOFF} }`);
export const SET_FINDING_STATUS = mutation("setFindingStatus", "finding { number status clause { name } }");
export const WAIVE_FINDING = mutation("waiveFinding", "finding { number status waiver { expiresAt } }");
export const ATTACH_ANALYSIS = mutation("attachAnalysis", "analysis { number audit { number } fileDigest }");

const HEAD = `number title snapshot { population activity { number recordedAt } } exampleVersionCount families
  author { label } activity { number recordedAt } findingCounts { severity count } ${SIGNOFF} staleness { isStale }`;

export const AUDITS = `query Audits($slug: String!, $first: Int, $after: String) {
  dataset(slug: $slug) { audits(first: $first, after: $after) { nodes { ${HEAD} } ${PAGE} } }
}`;

/** All but its tests and findings, which come in pages. */
export const AUDIT = `query Audit($slug: String!, $number: Int!) {
  dataset(slug: $slug) { audit(number: $number) { ${HEAD} scopeDigest methodVersion seed question erasedCount warnings
    lexicons { key version checksum } skipped { family subject because }
    signoffs { decision statement by { label } activity { number recordedAt } supersededBy { number } } } }
}`;

export const AUDIT_TESTS = `query AuditTests($slug: String!, $number: Int!, $first: Int, $after: String) {
  dataset(slug: $slug) { audit(number: $number) { tests(first: $first, after: $after) { nodes { ${TEST} } ${PAGE} } } }
}`;

export const AUDIT_FINDINGS = `query AuditFindings($slug: String!, $number: Int!, $first: Int, $after: String) {
  dataset(slug: $slug) { audit(number: $number) { findings(first: $first, after: $after) { nodes {
    number testKey severity status clause { name } waiver { expiresAt inForce } test { subject dimension nextStep } } ${PAGE} } } }
}`;

export const AUDIT_ANALYSES = `query AuditAnalyses($slug: String!, $number: Int!, $first: Int, $after: String) {
  dataset(slug: $slug) { audit(number: $number) { externalAnalyses(first: $first, after: $after) { nodes {
    number by { label } fileDigest says { statistic method tool result fileName note } } ${PAGE} } } }
}`;

export const AUDIT_CHANGES = `query AuditChanges($slug: String!, $number: Int!, $since: Int!, $first: Int, $after: String) {
  dataset(slug: $slug) { audit(number: $number) { changesSince(audit: $since, first: $first, after: $after) { nodes {
    key change notComparable before { family subject dimension verdict ${EFFECT} } after { family subject dimension verdict ${EFFECT} }
  } ${PAGE} } } }
}`;

export const EXPORT_LONG_TABLE = mutation(
  "exportLongTable",
  "export { number rowCount raterCount leftOutRowCount leftOutRaterCount }",
);

export const LONG_TABLE_ROWS = `query LongTableRows($slug: String!, $number: Int!, $first: Int, $after: String) {
  dataset(slug: $slug) { longTableExport(number: $number) { rows(first: $first, after: $after) { nodes {
    rater group value item { version example { externalId } } } ${PAGE} } } }
}`;
