// How well do the raters agree, in a dataset or in a file?
import type { Command } from "commander";
import { sessionOf } from "../session.js";
import type { World } from "../world.js";
import { agreementOfFileCommand } from "./agreementFromFile.js";
import { agreementFromServer } from "./agreementFromServer.js";
import { addFileOptions, addPartOptions, addServerOptions, type AgreementOptions } from "./agreementOptions.js";

const HELP = `
From the server: --criterion, and what else is to be shown. Without --group-by a line for each coefficient, with its
interval; with it a line for each group. --pairs, --confusions, --disagreements, --trend and --plan show more.
From a file, without a server: --file RATINGS.csv --unit COL --rater COL --value COL --level ordinal [--categories 1,2,3].
Coefficients such as AC1 depend on the declared categories, used or not: give them as --categories.
Where there is no value its reason stands in its place. Readings go by the lower limit or by probability, never by the value.

  assay agreement --criterion helpfulness --group-by batch --group-by label:intent
  assay agreement --criterion helpfulness --intervals bootstrap,bootstrap-bca --resamples 5000 --job
  assay agreement --criterion helpfulness --kinds human,model --pairs
  assay agreement --file ratings.csv --unit item --rater who --value score --level ordinal --categories 1,2,3,4,5 --all`;

export function addAgreement(program: Command, world: World, done: (exitCode: number) => void): void {
  const command = program.command("agreement");
  command.description(
    "how well raters agree: coefficients with intervals, slices, pairs, confusions, disagreements, plans",
  );
  addServerOptions(command);
  addPartOptions(command);
  addFileOptions(command)
    .addHelpText("after", HELP)
    .action(async (options: AgreementOptions) => {
      const session = sessionOf(world, command);
      const { file } = options;
      done(
        await (file === undefined ? agreementFromServer(session, options) : agreementOfFileCommand(session, options)),
      );
    });
}
