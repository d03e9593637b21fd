// What does the server answer to one GraphQL document?
import { EXIT, Failure, reasonOf, serverFailure, usage } from "./failure.js";
import type { World } from "./world.js";

export interface Connection {
  url: string;
  token: string;
  /** How often a call is tried again after a network error or a 503; every mutation carries a request key, so that is safe. */
  retries?: number;
  timeoutMs?: number;
}

interface GraphQLFault {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string };
}

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: GraphQLFault[];
}

/** A fault that may pass: the call can be sent again as it is. */
class Passing extends Error {
  constructor(
    message: string,
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
  }
}

export const DEFAULT_URL = "http://127.0.0.1:4000/graphql";
const DEFAULT_RETRIES = 8;
const DEFAULT_TIMEOUT_MS = 120_000;

export class AssayClient {
  constructor(
    private readonly world: World,
    readonly connection: Connection,
    private readonly onRetry: (line: string) => void,
  ) {
    if (!URL.canParse(connection.url) || !/^https?:$/.test(new URL(connection.url).protocol))
      throw usage(`--url ${connection.url} is not an http or https URL`);
  }

  /** The data of one document. Throws Failure with what to do when the server refuses or cannot be reached. */
  async request<T>(document: string, variables: Record<string, unknown>): Promise<T> {
    const body = JSON.stringify({ query: document, variables });
    const retries = this.connection.retries ?? DEFAULT_RETRIES;
    for (let attempt = 0; ; attempt++) {
      try {
        return (await this.send(body)) as T;
      } catch (error) {
        if (!(error instanceof Passing)) throw error;
        if (attempt >= retries) throw unreachable(this.connection.url, error.message, attempt + 1);
        const wait = error.retryAfterMs ?? backoffMs(attempt);
        this.onRetry(`${error.message}; trying again in ${(wait / 1000).toFixed(1)} s (${attempt + 1} of ${retries})`);
        await this.world.sleep(wait);
      }
    }
  }

  private async send(body: string): Promise<unknown> {
    const { status, headers, text } = await this.post(body);
    const answer = parseAnswer(text);
    const fault = answer?.errors?.[0];
    if (status === 429 || (status >= 502 && status <= 504) || fault?.extensions?.code === "UNAVAILABLE") {
      throw new Passing(fault?.message ?? `the server answered ${status}`, retryAfter(headers));
    }
    if (fault !== undefined) throw refusal(fault, status);
    if (answer?.data === undefined || answer.data === null) throw notGraphQL(this.connection.url, status, text);
    return answer.data;
  }

  private async post(body: string) {
    try {
      const response = await this.world.fetch(this.connection.url, {
        method: "POST",
        redirect: "error",
        headers: this.headers(),
        body,
        signal: AbortSignal.timeout(this.connection.timeoutMs ?? DEFAULT_TIMEOUT_MS),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    } catch (error) {
      throw new Passing(`cannot reach ${this.connection.url} (${causeOf(error)})`);
    }
  }

  private headers(): Record<string, string> {
    return {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json",
      authorization: `Bearer ${this.connection.token}`,
    };
  }
}

/** 0.5 s, 1 s, 2 s … up to 30 s, each between half and the whole of it, so that many clients do not come back at once. */
function backoffMs(attempt: number): number {
  return Math.min(30_000, 500 * 2 ** attempt) * (0.5 + Math.random() / 2);
}

function retryAfter(headers: Headers): number | null {
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 60) * 1000 : null;
}

function parseAnswer(text: string): Answer | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? (value as Answer | null) : null;
  } catch {
    return null;
  }
}

export function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as { code?: string; message?: string } | undefined) : undefined;
  return cause?.code ?? cause?.message ?? reasonOf(error);
}

const ADVICE: Record<string, string> = {
  UNAUTHENTICATED: "give a valid token with --token or ASSAY_TOKEN (an admin issues one with: assay token issue)",
  FORBIDDEN: "the token's role or scopes do not allow this; ask an owner of the dataset (assay member set)",
  NOT_FOUND: "check the name, and that this token may read it",
  PAYLOAD_TOO_LARGE: "send less at once with --chunk-rows or --chunk-bytes",
  QUERY_TOO_COMPLEX: "ask for less at once",
  GRAPHQL_VALIDATION_FAILED: "this command line and the server are of different versions",
};

function refusal(fault: GraphQLFault, status: number): Failure {
  const code = fault.extensions?.code ?? `HTTP ${status}`;
  const advice = ADVICE[code];
  return serverFailure(`${code}: ${fault.message}${advice === undefined ? "" : `\n  ${advice}`}`);
}

function unreachable(url: string, reason: string, attempts: number): Failure {
  return serverFailure(
    `${reason}; gave up after ${attempts} attempts\n  is the server running, and is ${url} its address (--url, ASSAY_URL)?`,
  );
}

function notGraphQL(url: string, status: number, text: string): Failure {
  const start = text.slice(0, 200).replaceAll(/\s+/g, " ");
  return new Failure(EXIT.server, `${url} answered ${status} and no GraphQL: ${start}`);
}
