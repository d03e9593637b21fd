// Which exit code does a failure have, and what is the caller told?

export const EXIT = { ok: 0, refused: 1, usage: 2, server: 3 } as const;

/** Ends the command with a message and an exit code; anything else that is thrown is a defect. */
export class Failure extends Error {
  constructor(
    readonly exitCode: number,
    message: string,
  ) {
    super(message);
  }
}

export const usage = (message: string) => new Failure(EXIT.usage, message);
export const serverFailure = (message: string) => new Failure(EXIT.server, message);

export const noDataset = (slug: string) =>
  serverFailure(`NOT_FOUND: there is no dataset ${slug} that this token may read`);

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
