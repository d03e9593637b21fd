// What is the server told by its environment?
import { z } from "zod";

const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean),
  );

const databaseUrl = z
  .url({ protocol: /^postgres(ql)?$/, error: "write it as postgres://user:password@host:5432/database" })
  .optional();

const Environment = z.object({
  /** Postgres as the role the server runs as. Absent: the embedded database. */
  DATABASE_URL: databaseUrl,
  /** Postgres as the owner, for migrations. Absent: DATABASE_URL. */
  DATABASE_OWNER_URL: databaseUrl,
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
  /** Threads for long work; 0: it runs where requests are answered. */
  ASSAY_WORKERS: z.coerce.number().int().min(0).max(64).default(1),
  /** Where the embedded database and the local secrets live. */
  ASSAY_DATA_DIR: z.string().default(".assay"),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  /** What download URLs begin with; default http://HOST:PORT. */
  PUBLIC_URL: z.url().optional(),
  /** HS256, for one machine; at least 32 characters. */
  JWT_SECRET: z.string().min(32, "JWT_SECRET must have at least 32 characters").optional(),
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().optional(),
  /** Asymmetric keys of an identity provider. */
  JWKS_URL: z.url().optional(),
  /** Signs download URLs; share it between several servers. Absent: made anew at start. */
  ASSAY_SECRET: z.string().min(32, "ASSAY_SECRET must have at least 32 characters").optional(),
  CORS_ORIGINS: list,
  GRAPHIQL: z.enum(["on", "off"]).default("on"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
});

export type Config = z.infer<typeof Environment>;

/** Reads the environment; throws with every problem named when a value is missing or unsafe. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = Environment.safeParse(given);
  const problems = parsed.success
    ? signInProblems(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  if (problems.length > 0) throw new Error(`The configuration cannot be used:\n  ${problems.join("\n  ")}`);
  return parsed.data!;
}

function signInProblems(config: Config): string[] {
  const problems: string[] = [];
  if (config.JWT_SECRET && config.JWKS_URL) problems.push("JWT_SECRET and JWKS_URL are both set; give one of them");
  if (config.JWKS_URL && !(config.JWT_ISSUER && config.JWT_AUDIENCE))
    problems.push("JWKS_URL needs JWT_ISSUER and JWT_AUDIENCE beside it");
  if (config.CORS_ORIGINS.includes("*")) problems.push("CORS_ORIGINS: * is not taken; list the origins");
  return problems;
}
