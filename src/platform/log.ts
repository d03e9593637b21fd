// Where do log lines go?
import { pino, type Logger } from "pino";

/** Structured lines on standard error, one JSON object each; standard output is for what a person asked for. */
export function makeLog(level: string): Logger {
  return pino({ level, redact: ["req.headers.authorization", "*.secret", "*.token"] }, pino.destination(2));
}
