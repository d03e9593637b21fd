// Which examples of a dataset say nearly the same, or nearly the same as one text?
import type { Command } from "commander";
import { computeFirst, momentOf } from "../computeFirst.js";
import { EXIT, noDataset, reasonOf, serverFailure, usage } from "../failure.js";
import { fraction, jsonObject, wholeNumber } from "../optionValues.js";
import { readBytes } from "../readBytes.js";
import type { Fields } from "../rows.js";
import { sessionOf, type Session } from "../session.js";
import {
  addSnapshotOptions,
  snapshotAt,
  snapshotOf,
  snapshotVariables,
  type SnapshotOptions,
} from "../snapshotOption.js";
import { parseStrictObject } from "../strictJson.js";
import { withoutAbsent } from "../withoutAbsent.js";
import type { World } from "../world.js";
import { DUPLICATES, LATEST_VERSION, NEAR_DUPLICATES_OF } from "./duplicateDocuments.js";
import { duplicatesView, matchesView, type ShownDuplicates, type ShownMatches } from "./duplicatesView.js";

const LARGEST_PAGE = 100;
const LARGEST_TEXT = 4 * 1024 * 1024;

const HELP = `
Prompt and response together are compared, by runs of five words, without case, marks and digits. A cluster is what hangs
together by near-duplicates. Of many examples the first time takes long; --job computes it beforehand, with progress.

  assay duplicates --threshold 0.9 --first 50
  assay duplicates --example gpt-17
  echo '{"prompt": "Name a colour", "response": "Blue."}' | assay duplicates --of-text /dev/stdin`;

interface DuplicateOptions extends SnapshotOptions {
  threshold?: number;
  filter?: Fields;
  first: number;
  ofText?: string;
  example?: string;
  job?: boolean;
}

export function addDuplicates(program: Command, world: World, done: (exitCode: number) => void): void {
  const command = program.command("duplicates");
  addSnapshotOptions(command)
    .description("examples that say nearly the same, in clusters, or the near-duplicates of one text")
    .option(
      "--threshold <index>",
      "the Jaccard index from which two are near-duplicates; 0.8 where absent",
      fraction(0.5, 1),
    )
    .option("--filter <json>", `only these examples, as the API takes it: '{"sources": ["web"]}'`, jsonObject)
    .option("--first <n>", "how many clusters, or up to 100 near-duplicates", wholeNumber(1, 1e6), 20)
    .option("--of-text <file>", `of one text: a JSON object {"prompt", "response"}`)
    .option("--example <id>", "of the latest version of an example, by external id")
    .option("--job", "compute the clusters as a job, with progress, and wait")
    .addHelpText("after", HELP)
    .action(async (options: DuplicateOptions) => done(await duplicates(sessionOf(world, command), options)));
}

async function duplicates(session: Session, options: DuplicateOptions): Promise<number> {
  const { ofText, example, job } = options;
  if (ofText !== undefined && example !== undefined) throw usage("give --of-text or --example, not both");
  if (ofText !== undefined || example !== undefined) {
    if (job) throw usage("--job goes with the clusters; a look-up takes no time");
    return lookUp(session, options);
  }
  const slug = session.dataset();
  const question = withoutAbsent({ threshold: options.threshold, filter: options.filter });
  const moment = job ? await computeFirst(session, "computeDuplicates", options, question) : snapshotAt(options.at);
  const report = await allPages(session, slug, options, question, moment);
  session.output.answer(report, () => duplicatesView(slug, report));
  return EXIT.ok;
}

/** The report with as many clusters as were asked for, page by page, all of the moment of the first. */
async function allPages(
  session: Session,
  slug: string,
  options: DuplicateOptions,
  question: Fields,
  moment: Fields | null,
): Promise<ShownDuplicates> {
  const client = session.client();
  const nodes: ShownDuplicates["clusters"]["nodes"] = [];
  for (let [from, after] = [moment, null as string | null]; ;) {
    const page = { first: Math.min(LARGEST_PAGE, options.first - nodes.length), after };
    const asked = { ...snapshotVariables(slug, options, from), ...question, ...page };
    const data: { dataset: { snapshot: { duplicates: ShownDuplicates } | null } | null } = await client.request(
      DUPLICATES,
      asked,
    );
    const { clusters, ...report } = snapshotOf(data.dataset, slug, options.at).duplicates;
    nodes.push(...clusters.nodes);
    if (!clusters.pageInfo!.hasNextPage || nodes.length >= options.first) return { ...report, clusters: { nodes } };
    after = clusters.pageInfo!.endCursor;
    from = momentOf(moment, report.activity.number);
  }
}

async function lookUp(session: Session, options: DuplicateOptions): Promise<number> {
  const slug = session.dataset();
  const { threshold, filter, first, ofText, example, at } = options;
  const text = ofText === undefined ? await versionOf(session, slug, example!) : await textOf(ofText);
  const data = await session
    .client()
    .request<{ dataset: { snapshot: { nearDuplicatesOf: ShownMatches } | null } | null }>(NEAR_DUPLICATES_OF, {
      ...snapshotVariables(slug, options),
      ...withoutAbsent({ threshold, filter }),
      ...text,
      first: Math.min(first, LARGEST_PAGE),
    });
  const found = snapshotOf(data.dataset, slug, at).nearDuplicatesOf;
  session.output.answer(found, () => matchesView(example ?? `the text in ${ofText}`, found));
  return EXIT.ok;
}

async function versionOf(session: Session, slug: string, externalId: string): Promise<Fields> {
  const data = await session
    .client()
    .request<{ dataset: { example: { latest: { id: string } } | null } | null }>(LATEST_VERSION, { slug, externalId });
  if (data.dataset === null) throw noDataset(slug);
  if (data.dataset.example === null) throw serverFailure(`NOT_FOUND: ${slug} has no example ${externalId}`);
  return { exampleVersionId: data.dataset.example.latest.id };
}

async function textOf(file: string): Promise<Fields> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of readBytes(file)) {
    size += part.length;
    if (size > LARGEST_TEXT) throw usage(`${file} has more than ${LARGEST_TEXT} bytes; give one text`);
    parts.push(part);
  }
  let fields: Fields;
  try {
    fields = parseStrictObject(Buffer.concat(parts).toString("utf8"));
  } catch (error) {
    throw usage(`${file}: ${reasonOf(error)}; expected one JSON object with prompt and response`);
  }
  const { prompt, response } = fields;
  if (typeof prompt !== "string" || typeof response !== "string")
    throw usage(`${file}: prompt and response must both be there, as strings`);
  return { prompt, response };
}
