// Where do log lines go, and to which request does each belong?
import { AsyncLocalStorage } from "node:async_hooks";
import { pino, type Logger } from "pino";

/** What every line says that is written while a request is answered; x-request-id names it to the client. */
export interface RequestNote {
  requestId: string;
  /** The key of the principal, once it is signed in. */
  principal?: string;
}

export const requestNotes = new AsyncLocalStorage<RequestNote>();

/** Structured lines on standard error, one JSON object each; standard output is for what a person asked for. */
export function makeLog(level: string): Logger {
  const options = {
    level,
    redact: ["req.headers.authorization", "*.secret", "*.token"],
    mixin: () => ({ ...requestNotes.getStore() }),
  };
  return pino(options, pino.destination(2));
}
