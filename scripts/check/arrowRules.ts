// Who may import whom?
import type { IForbiddenRuleType } from "dependency-cruiser";

/** Features in order: one imports only those before it. */
export const FEATURES = [
  "activities",
  "reports",
  "sources",
  "guidelines",
  "annotators",
  "examples",
  "ratings",
  "decisions",
  "assignments",
  "gold",
  "agreement",
  "consensus",
  "quality",
  "lexicons",
  "attributes",
  "checks",
  "measures",
  "duplicates",
  "coverage",
  "diversity",
  "audits",
  "releases",
  "lineage",
] as const;

const FEATURE = `^src/(${FEATURES.join("|")})/`;

/** Where a package may be imported; docs/adr/0001 says why where house.md says otherwise. */
const HOMES: Record<string, string> = {
  "@apollo/server": "^src/(server|platform/(limits|formatError))\\.ts$",
  "drizzle-orm":
    "^src/([a-z]+/tables|platform/(columns|facts|insert|migrate)|activities/(plan|recordActivities))\\.ts$|^scripts/bench/",
  "type-graphql":
    "^src/(schema|platform/(nodes|connections|authChecker)|activities/(snapshot|apiLimits)|[a-z]+/([a-z]+T|t)ypes|[a-z]+/([a-z]+R|r)esolver)\\.ts$",
  commander: "^scripts/assay",
  "csv-parse": "^scripts/assay/",
  dataloader: "^src/platform/loaders\\.ts$",
  jose: "^src/(activities/verifyJwt|releases/[a-zA-Z]+)\\.ts$",
  "lru-cache": "^src/(activities/signIn|platform/reportCache)\\.ts$",
  piscina: "^src/platform/workerTasks\\.ts$",
  pg: "^src/platform/(db|migrate|embedded)\\.ts$|^scripts/(bench|check|checkMigrations)",
  zod: "^src/platform/config\\.ts$",
};

function forbidden(name: string, from: object, to: object, comment: string): IForbiddenRuleType {
  return { name, severity: "error", from, to, comment } as IForbiddenRuleType;
}

function laterFeatures(): IForbiddenRuleType[] {
  return FEATURES.slice(0, -1).map((feature, i) =>
    forbidden(
      `${feature}-knows-no-later-feature`,
      { path: `^src/${feature}/` },
      { path: `^src/(${FEATURES.slice(i + 1).join("|")})/` },
      "a feature imports only features with a lower number; a field between two belongs to the later one",
    ),
  );
}

function homes(): IForbiddenRuleType[] {
  return Object.entries(HOMES).map(([name, home]) =>
    forbidden(
      `${name.replace(/[^a-z]+/g, "-").replace(/^-/, "")}-stays-at-home`,
      { path: "^(src|scripts)/", pathNot: home },
      { path: `node_modules/(@types/)?${name}/` },
      `${name} is imported only in ${home}`,
    ),
  );
}

export const ARROW_RULES: IForbiddenRuleType[] = [
  forbidden("no-circles", {}, { circular: true }, "no circles, type imports included"),
  forbidden(
    "imports-resolve",
    { path: "^(src|scripts)/" },
    { couldNotResolve: true },
    "the imported file or package is not there",
  ),
  forbidden(
    "statistics-import-nothing",
    { path: "^src/statistics/" },
    { pathNot: "^src/statistics/" },
    "arithmetic imports nothing outside itself",
  ),
  forbidden("policy-imports-nothing", { path: "^src/policy\\.ts$" }, { path: "." }, "the policy is a list"),
  forbidden(
    "platform-knows-no-feature",
    { path: "^src/platform/" },
    { path: "^src/", pathNot: "^src/(platform/|policy\\.ts$)" },
    "platform knows the policy and itself",
  ),
  forbidden(
    "server-names-no-feature",
    { path: "^src/server\\.ts$" },
    { path: FEATURE },
    "the server is told schema, routes and sign-in",
  ),
  forbidden(
    "features-know-no-server",
    { path: FEATURE },
    { path: "^src/(main|server|startAssay|schema)\\.ts$|^scripts/" },
    "main → server → schema → features → policy, platform",
  ),
  forbidden("src-knows-no-scripts", { path: "^src/" }, { path: "^(scripts|test)/" }, "scripts and tests use src"),
  forbidden(
    "the-command-line-uses-the-api",
    { path: "^scripts/assay" },
    { path: "^src/", pathNot: "^src/(statistics/|examples/exampleContent\\.ts$)" },
    "assay uses nothing but the GraphQL API; ours are only its file arithmetic and what --dry-run checks before sending",
  ),
  forbidden(
    "queries-know-no-api",
    { path: "^src/[a-z]+/queries\\.ts$" },
    { path: "^src/[a-z]+/([a-zA-Z]*[tT]ypes|[a-zA-Z]*[rR]esolver)\\.ts$", dependencyTypesNot: ["type-only"] },
    "queries → tables",
  ),
  forbidden(
    "checks-are-pure",
    { path: "^src/[a-z]+/check[A-Z][a-zA-Z]*\\.ts$" },
    {
      path: "^src/([a-z]+/(queries|[a-zA-Z]*[rR]esolver|write)|platform/(db|insert))\\.ts$",
      dependencyTypesNot: ["type-only"],
    },
    "a check is handed its facts",
  ),
  ...laterFeatures(),
  ...homes(),
];
