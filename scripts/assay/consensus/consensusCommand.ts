// What do the ratings of each example say together?
import type { Command } from "commander";
import { computeFirst, momentOf } from "../computeFirst.js";
import { EXIT, usage } from "../failure.js";
import { wholeNumber, word } from "../optionValues.js";
import { addRatingOptions, countedRatings, type RatingOptions } from "../ratingOptions.js";
import type { Fields } from "../rows.js";
import { sessionOf, type Session } from "../session.js";
import { addSnapshotOptions, snapshotAt, snapshotOf, type SnapshotOptions } from "../snapshotOption.js";
import { withoutAbsent } from "../withoutAbsent.js";
import type { World } from "../world.js";
import { CONSENSUS } from "./consensusDocuments.js";
import { consensusView, type ShownConsensus } from "./consensusView.js";

const RULES = ["MEAN", "MEDIAN", "MAJORITY", "DAWID_SKENE"] as const;
const ORDERS = ["NUMBER", "LEAST_CERTAIN"] as const;
const LARGEST_PAGE = 100;

const HELP = `
A line for each example with a rating that counts: the consensus, how certain it is (0 to 1), and what was said. The mean of
ordered numbers, else the majority, where no rule is given; – where values are tied, or where there is no certainty.
dawid-skene weighs who said it: a model of how each annotator confuses the values is fitted to all ratings, which may take
long for millions; --job computes it beforehand, with progress. --raters shows the model's annotators (quality:read).

  assay consensus --criterion helpfulness --order least-certain --first 50
  assay consensus --criterion correctness --rule dawid-skene --job --raters`;

interface ConsensusOptions extends SnapshotOptions, RatingOptions {
  rule?: (typeof RULES)[number];
  order: (typeof ORDERS)[number];
  first: number;
  raters?: boolean;
  job?: boolean;
}

export function addConsensus(program: Command, world: World, done: (exitCode: number) => void): void {
  const command = program.command("consensus");
  addSnapshotOptions(addRatingOptions(command))
    .description("what the ratings of each example say together, and how certain that is")
    .option("--rule <rule>", "mean, median, majority or dawid-skene", word(RULES))
    .option("--order <order>", "number or least-certain", word(ORDERS), "NUMBER")
    .option("--first <n>", "how many examples", wholeNumber(1, 1e6), 20)
    .option("--raters", "with dawid-skene: how each annotator confuses the values")
    .option("--job", "with dawid-skene: compute it as a job, with progress, and wait")
    .addHelpText("after", HELP)
    .action(async (options: ConsensusOptions) => done(await consensus(sessionOf(world, command), options)));
}

async function consensus(session: Session, options: ConsensusOptions): Promise<number> {
  const { criterion, rule, job, raters } = options;
  if (criterion === undefined) throw usage("give --criterion KEY");
  const alone = job ? "--job" : raters ? "--raters" : null;
  if (alone !== null && rule !== "DAWID_SKENE")
    throw usage(`${alone} goes with --rule dawid-skene; the other rules look at one example at a time`);
  const slug = session.dataset();
  const moment = job
    ? await computeFirst(session, "computeConsensus", options, countedRatings(options))
    : snapshotAt(options.at);
  const report = await allPages(session, slug, options, moment);
  session.output.answer(report, () => consensusView(slug, criterion, report));
  return EXIT.ok;
}

/** The report with as many units as were asked for, page by page, all of the moment of the first. */
async function allPages(
  session: Session,
  slug: string,
  options: ConsensusOptions,
  moment: Fields | null,
): Promise<ShownConsensus> {
  const { rule, order, at, population, first, raters = false } = options;
  const asked = { slug, ...countedRatings(options), ...withoutAbsent({ rule, population }), order, raters };
  const client = session.client();
  const nodes: ShownConsensus["nodes"] = [];
  for (let [from, after] = [moment, null as string | null]; ;) {
    const page = { first: Math.min(LARGEST_PAGE, first - nodes.length), after };
    const data: { dataset: { snapshot: { consensus: ShownConsensus } | null } | null } = await client.request(
      CONSENSUS,
      { ...asked, at: from, ...page },
    );
    const { pageInfo, ...report } = snapshotOf(data.dataset, slug, at).consensus;
    nodes.push(...report.nodes);
    if (!pageInfo!.hasNextPage || nodes.length >= first) return { ...report, nodes };
    after = pageInfo!.endCursor;
    from = momentOf(moment, report.activity.number);
  }
}
