// Which GraphQL documents does the command line send?

const OUTCOME = "activity { number } replayed userErrors { code message path index }";
const COUNTS = "acceptedCount unchangedCount";
const PAGE = "pageInfo { hasNextPage endCursor }";
const GATES = "gates { name level passed observed required }";

const mutation = (name: string, selection: string) => {
  const operation = `${name[0]!.toUpperCase()}${name.slice(1)}`;
  return `mutation ${operation}($input: ${operation}Input!) { ${name}(input: $input) { ${OUTCOME} ${selection} } }`;
};

export const IMPORT_EXAMPLES = mutation("importExamples", COUNTS);
export const SUBMIT_RATINGS = mutation("submitRatings", "acceptedCount");
export const DECIDE_EXAMPLES = mutation("decideExamples", COUNTS);
export const LABEL_EXAMPLES = mutation("labelExamples", COUNTS);
export const SET_GOLD_VALUES = mutation("setGoldValues", COUNTS);
export const RETRACT_GOLD_VALUES = mutation("retractGoldValues", "acceptedCount");

export const REGISTER_SOURCES = mutation("registerSources", COUNTS);
export const PUBLISH_CRITERIA = mutation("publishCriteria", COUNTS);
export const PUBLISH_GUIDELINE = mutation("publishGuideline", "guidelineVersion { id }");
export const ENROL_ANNOTATORS = mutation("enrolAnnotators", COUNTS);
export const OPEN_BATCHES = mutation("openBatches", COUNTS);
export const PUBLISH_COVERAGE_PLAN = mutation("publishCoveragePlan", "coveragePlanVersion { version }");

export const CREATE_DATASET = mutation("createDataset", "dataset { id slug title uid }");
export const CREATE_PRINCIPAL = mutation("createPrincipal", "principal { id key kind }");
export const SET_PERSON = mutation("setPerson", "principal { id key }");
export const SET_MEMBER = mutation("setMember", "principal { id key }");
export const ISSUE_TOKEN = mutation("issueApiToken", "apiToken { id label prefix expiresAt } secret");
export const REVOKE_TOKEN = mutation("revokeApiToken", "apiToken { id label revoked }");

export const PREPARE_RELEASE = mutation(
  "prepareRelease",
  `candidate { id number memberCount scopeDigest root ready ${GATES} at { number } }`,
);
export const CUT_RELEASE = mutation(
  "cutRelease",
  `release { id version digest root memberCount splits { name count } ${GATES} }`,
);
export const CREATE_DOWNLOAD = mutation("createDownload", "download { url expiresAt format memberCount }");

export const ERASE_EXAMPLE = mutation("eraseExample", "erasedCount");
export const SET_RELEASE_STATUS = mutation("setReleaseStatus", "release { version status }");

export const DATASETS = `query Datasets($first: Int, $after: String) {
  datasets(first: $first, after: $after) { nodes { slug title uid head { activity { number recordedAt } } } ${PAGE} }
}`;

export const TOKENS = `query Tokens($first: Int, $after: String) {
  apiTokens(first: $first, after: $after) {
    nodes { id label prefix principal scopes datasetSlugs expiresAt revoked } ${PAGE} }
}`;

export const GOLD_VALUES = `query GoldValues($slug: String!, $criterion: String, $first: Int, $after: String) {
  dataset(slug: $slug) { goldValues(criterion: $criterion, first: $first, after: $after) {
    nodes { id value tolerance rationale author { label } activity { number recordedAt }
      criterionVersion { key version } exampleVersion { id version example { externalId } } } ${PAGE} } }
}`;

export const VERIFY_LOG = `query VerifyLog($slug: String!, $from: Int, $to: Int) {
  dataset(slug: $slug) { verifyLog(from: $from, to: $to) {
    verified activityCount rowCount head headDigest firstBad { number reason message } } }
}`;

export const FOLLOW_LOG = `query FollowLog($slug: String!, $since: Int!, $first: Int!) {
  dataset(slug: $slug) { activities(since: $since, first: $first) {
    nodes { number kind recordedAt requestKey message digest agent { label } } pageInfo { hasNextPage } } }
}`;

export const LINEAGE = `query Lineage($slug: String!, $of: LineageSubject!, $direction: LineageDirection!,
    $depth: Int!, $first: Int!, $after: String) {
  dataset(slug: $slug) { lineage(of: $of, direction: $direction, depth: $depth, first: $first, after: $after) {
    nodes { id kind label }
    edges { from to relation activity { number kind recordedAt agent { label } } }
    ${PAGE} truncated } }
}`;

export const RELEASES = `query Releases($slug: String!, $first: Int, $after: String) {
  dataset(slug: $slug) { releases(first: $first, after: $after) {
    nodes { version status memberCount digest activity { number recordedAt } } ${PAGE} } }
}`;

export const RELEASE = `query Release($slug: String!, $version: String!) {
  dataset(slug: $slug) { uid release(version: $version) { version digest root memberCount status selection } }
}`;

export const RELEASE_LEAVES = `query ReleaseLeaves($slug: String!, $version: String!, $first: Int, $after: String) {
  dataset(slug: $slug) { release(version: $version) { members(first: $first, after: $after) {
    nodes { externalId leaf } ${PAGE} } } }
}`;

/** The counts; `releaseChanges` has the examples. */
export const RELEASE_DIFF = `query ReleaseDiff($slug: String!, $from: String!, $to: String!) {
  dataset(slug: $slug) { releaseDiff(from: $from, to: $to) {
    minimumBump addedCount removedCount revisedCount movedSplitCount restatedCount } }
}`;

export const CHANGES = ["added", "removed", "revised", "movedSplit", "restated"] as const;

export function releaseChanges(list: (typeof CHANGES)[number]): string {
  return `query ReleaseChanges($slug: String!, $from: String!, $to: String!, $first: Int, $after: String) {
  dataset(slug: $slug) { releaseDiff(from: $from, to: $to) { ${list}(first: $first, after: $after) {
    nodes { externalId fromVersion toVersion fromSplit toSplit } ${PAGE} } } }
}`;
}

/** Asks for up to 25 sources, batches and annotators by key; `$k0` … are the keys. */
export function known(fields: ("source" | "batch" | "annotator")[]): string {
  const keys = fields.map((_, at) => `$k${at}: String!`).join(", ");
  const parts = fields.map((field, at) => `a${at}: ${field}(key: $k${at}) { id }`).join(" ");
  return `query Known($slug: String!, ${keys}) { dataset(slug: $slug) { ${parts} } }`;
}
