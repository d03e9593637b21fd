// How varied is a dataset?
import type { Command } from "commander";
import { computeFirst } from "../computeFirst.js";
import { EXIT, usage } from "../failure.js";
import { collect, fraction, jsonObject, wholeNumber, word } from "../optionValues.js";
import type { Fields } from "../rows.js";
import { sessionOf, type Session } from "../session.js";
import { addSnapshotOptions, snapshotOf, snapshotVariables, type SnapshotOptions } from "../snapshotOption.js";
import { withoutAbsent } from "../withoutAbsent.js";
import type { World } from "../world.js";
import { DIVERSITY } from "./diversityDocuments.js";
import { diversityView, type ShownDiversity } from "./diversityView.js";

const KINDS = ["SOURCE", "SOURCE_KIND", "LANGUAGE", "LABEL", "AUTHOR", "ANNOTATOR", "CLUSTER"] as const;

const HELP = `
"effective" and "common" are Hill numbers of order 1 and 2: how many equally common kinds would be as diverse. Measures of texts
are taken of examples drawn by a seed, and grow or fall with the size of the sample: compare those of one size.

  assay diversity --by source --by label:intent --by cluster
  assay diversity --sample 500 --seed 7 --job`;

interface DiversityOptions extends SnapshotOptions {
  by?: string[];
  sample?: number;
  tokens?: number;
  seed?: number;
  threshold?: number;
  filter?: Fields;
  job?: boolean;
}

export function addDiversity(program: Command, world: World, done: (exitCode: number) => void): void {
  const command = program.command("diversity");
  addSnapshotOptions(command)
    .description("how evenly examples are spread, near-duplicates, and how varied the texts are")
    .option(
      "--by <kinds>",
      "source, source-kind, language, label:DIMENSION, author, annotator, cluster; up to 10",
      collect,
    )
    .option("--sample <n>", "how many examples are drawn; 1,000 where absent", wholeNumber(2, 5000))
    .option("--tokens <n>", "of how many tokens distinct-n is taken; 20,000 where absent", wholeNumber(100, 200_000))
    .option("--seed <n>", "what is drawn by; 1 where absent", wholeNumber(0, 2 ** 32 - 1))
    .option("--threshold <index>", "the Jaccard index of near-duplicates; 0.8 where absent", fraction(0.5, 1))
    .option("--filter <json>", `only these examples, as the API takes it: '{"sources": ["web"]}'`, jsonObject)
    .option("--job", "compute it as a job, with progress, and wait")
    .addHelpText("after", HELP)
    .action(async (options: DiversityOptions) => done(await diversity(sessionOf(world, command), options)));
}

async function diversity(session: Session, options: DiversityOptions): Promise<number> {
  const { by, sample, tokens, seed, threshold, filter, job, at } = options;
  const slug = session.dataset();
  const dimensions = by?.map(dimensionOf);
  const question = withoutAbsent({ dimensions, sampleSize: sample, tokenCount: tokens, seed, threshold, filter });
  const moment = job ? await computeFirst(session, "computeDiversity", options, question) : null;
  const data = await session
    .client()
    .request<{ dataset: { snapshot: { diversity: ShownDiversity } | null } | null }>(DIVERSITY, {
      ...snapshotVariables(slug, options, moment),
      ...question,
    });
  const report = snapshotOf(data.dataset, slug, at).diversity;
  session.output.answer(report, () => diversityView(slug, report));
  return EXIT.ok;
}

function dimensionOf(text: string): Fields {
  const [name, dimension] = text.split(/:(.*)/s, 2);
  try {
    return { by: word(KINDS)(name!), ...(dimension === undefined ? {} : { dimension }) };
  } catch {
    throw usage(`--by ${text}: use source, source-kind, language, label:DIMENSION, author, annotator or cluster`);
  }
}
