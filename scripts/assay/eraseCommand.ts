// How does the text of one example go for good?
import type { Command } from "commander";
import { ERASE_EXAMPLE } from "./documents.js";
import { usage } from "./failure.js";
import { mutate } from "./mutate.js";
import { sessionOf } from "./session.js";
import type { World } from "./world.js";

export function addErase(program: Command, world: World, done: (exitCode: number) => void): void {
  const command = program
    .command("erase")
    .description("delete the text of an example in all its versions; log and releases go on verifying without it")
    .argument("<external-id>")
    .requiredOption("--reason <text>", "why; it stays in the log, so no personal data in it")
    .option("--yes", "required: the text cannot be had back")
    .action(async (externalId: string, { reason, yes }: { reason: string; yes?: boolean }) => {
      if (!yes) throw usage(`the text of ${externalId} cannot be had back; give --yes to erase it`);
      const session = sessionOf(world, command);
      const input = { dataset: session.dataset(), externalId, reason };
      done(
        await mutate(session, "eraseExample", ERASE_EXAMPLE, input, (payload) => [
          `${externalId}: ${String(payload["erasedCount"])} texts erased`,
        ]),
      );
    });
}
