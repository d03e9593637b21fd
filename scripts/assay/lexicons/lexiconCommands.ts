// How does a lexicon get from a file into a dataset, and what do those in it say?
import type { Command } from "commander";
import type { UserError } from "../bulkCall.js";
import { EXIT, noDataset, usage } from "../failure.js";
import { collect, wholeNumber } from "../optionValues.js";
import { allNodes, collected, type ConnectionPage } from "../pages.js";
import { commandKey } from "../requestKeys.js";
import { sessionOf, type Session } from "../session.js";
import { count, several, tableOf } from "../table.js";
import { withoutAbsent } from "../withoutAbsent.js";
import type { World } from "../world.js";
import { LEXICON, LEXICONS, LOAD_LEXICON } from "./lexiconDocuments.js";
import { lexiconOfFile, type Head, type LexiconFile, type RowOptions } from "./lexiconFile.js";

type Done = (exitCode: number) => void;

export function addLexicon(program: Command, world: World, done: Done): void {
  const lexicon = program.command("lexicon").description("lists of terms to look for, in versions");
  addLoad(lexicon, world, done);
  addList(lexicon, world, done);
  addShow(lexicon, world, done);
}

const LOAD_HELP = `
A .json file is a pack: {"key", "title", "language", "licence", "attribution", "entries": [{"term", "kind", "axis", "group"}]};
options take the place of what it says. Ours are in scripts/lexicons.
  assay lexicon load scripts/lexicons/descriptors.json
Of other files each row is an entry. Targets: term, kind, axis, group; kinds: identity-noun, descriptor, person-noun,
gendered-noun, phrase, word.
  assay lexicon load holisticbias_descriptors.jsonl --map term=descriptor --map group=bucket --set kind=descriptor \\
    --key holisticbias --title 'HolisticBias 1.1' --language en --licence CC-BY-SA-4.0 --attribution 'Meta AI' \\
    --share-alike 'A changed list is passed on under the same licence.'
  assay lexicon load ldnoobw_words.jsonl --where lang=en --set kind=word --set axis=offence --key ldnoobw-en \\
    --title LDNOOBW --language en --licence CC-BY-4.0 --attribution 'Shutterstock'
It is loaded whole or not at all. The same content again changes nothing; other content is the next version of its key.`;

function addLoad(lexicon: Command, world: World, done: Done): void {
  const command = lexicon
    .command("load")
    .description("load a pack, or the rows of a file as one")
    .argument("<file>", "a pack (.json), or rows (.jsonl, .csv, .tsv; - for stdin)")
    .option("--key <key>", "what scripts call it")
    .option("--title <text>", "what it is called")
    .option("--language <tag>", "the language of its terms, BCP 47")
    .option("--licence <spdx>", "an SPDX expression, or LicenseRef-…")
    .option("--attribution <text>", "who made it, as they are to be named")
    .option("--source-url <url>", "where it is from")
    .option("--share-alike <text>", "what whoever changes or passes on the list has to do")
    .option("--map <target=field>", "take a target from a field; repeatable", collect)
    .option("--set <target=text>", "the same text for every row; repeatable", collect)
    .option("--where <field=text>", "only rows whose field is this text; repeatable", collect)
    .option("--skip-duplicates", "of rows that make the same entry take the first")
    .option("--format <format>", "jsonl, csv or tsv; by the file's name where absent")
    .option("--message <text>", "a message for the activity log")
    .addHelpText("after", LOAD_HELP)
    .action(async (path: string, options: LoadOptions) => done(await load(sessionOf(world, command), path, options)));
}

type LoadOptions = Omit<Head, "url"> & RowOptions & { sourceUrl?: string; message?: string };

interface Loaded {
  loadLexicon: {
    activity: { number: number } | null;
    acceptedCount: number;
    userErrors: UserError[];
    lexiconVersion: LexiconHead | null;
  };
}

async function load(session: Session, path: string, options: LoadOptions): Promise<number> {
  const { key, title, language, licence, attribution, shareAlike, sourceUrl: url, message } = options;
  const head: Head = { key, title, language, licence, attribution, shareAlike, url };
  const file = await lexiconOfFile(session.world, path, head, options);
  const fixed = withoutAbsent({ dataset: session.dataset(), requestKey: commandKey("lexicon-load"), message });
  const data = await session.client().request<Loaded>(LOAD_LEXICON, { input: { ...fixed, ...file.pack } });
  const { userErrors, lexiconVersion, activity, acceptedCount } = data.loadLexicon;
  for (const error of userErrors) session.output.say(`${placeOf(error, path, file)} ${error.message}`);
  session.output.answer({ ...data.loadLexicon, skippedDuplicates: file.skipped }, () => {
    if (lexiconVersion === null) return ["nothing was loaded"];
    const name = `${lexiconVersion.key}@${lexiconVersion.version}`;
    const skipped = file.skipped === 0 ? "" : `, ${several(file.skipped, "duplicate")} skipped`;
    if (activity === null) return [`${name} has this content already; nothing changed${skipped}`];
    return [`${name}: ${entriesText(acceptedCount)}${skipped}; activity ${activity.number}`];
  });
  return userErrors.length > 0 ? EXIT.refused : EXIT.ok;
}

const entriesText = (n: number) => (n === 1 ? "1 entry" : `${count(n)} entries`);

/** The server counts entries; whoever reads the file counts lines. */
function placeOf({ path, index }: UserError, file: string, { lines }: LexiconFile): string {
  const line = index === null ? undefined : lines?.[index];
  return line === undefined ? `${file}: ${path.join(".")}:` : `${file}:${line} ${path.slice(2).join(".")}:`;
}

interface LexiconHead {
  key: string;
  version: number;
  title: string;
  language: string;
  licence: string;
  checksum: string;
  entryCount: number;
  kinds: Array<{ kind: string; count: number }>;
  attribution: string | null;
  url: string | null;
  shareAlike: string | null;
  activity: { number: number; recordedAt: string };
}

function addList(lexicon: Command, world: World, done: Done): void {
  const command = lexicon
    .command("list")
    .description("the latest version of each lexicon")
    .action(async () => {
      const session = sessionOf(world, command);
      const slug = session.dataset();
      const pick = (data: { dataset: { lexicons: ConnectionPage<LexiconHead> } | null }) => {
        if (data.dataset === null) throw noDataset(slug);
        return data.dataset.lexicons;
      };
      const all = await collected(allNodes(session.client(), LEXICONS, { slug }, pick));
      const cells = all.map((one) => [
        `${one.key}@${one.version}`,
        one.language,
        one.entryCount,
        kindsOf(one),
        one.licence,
        one.checksum.slice(0, 12),
        one.attribution,
      ]);
      const header = ["lexicon", "language", "entries", "kinds", "licence", "checksum", "by"];
      session.output.answer(all, () => tableOf(header, cells));
      done(EXIT.ok);
    });
}

const kindsOf = ({ kinds }: LexiconHead) =>
  kinds.map(({ kind, count }) => `${count} ${kind.toLowerCase().replaceAll("_", "-")}`).join(", ");

interface Shown {
  dataset: {
    lexicon:
      (LexiconHead & { entries: ConnectionPage<{ term: string; kind: string; axis: string; group: string }> }) | null;
  } | null;
}

function addShow(lexicon: Command, world: World, done: Done): void {
  const command = lexicon
    .command("show")
    .description("a lexicon: whose it is, and its first entries")
    .argument("<name>", "its key for the latest version, or key@2")
    .option("--first <n>", "how many entries, 0 to 100", wholeNumber(0, 100), 20)
    .action(async (name: string, { first }: { first: number }) => {
      const session = sessionOf(world, command);
      const slug = session.dataset();
      const { dataset } = await session.client().request<Shown>(LEXICON, { slug, name, first });
      if (dataset === null) throw noDataset(slug);
      if (dataset.lexicon === null)
        throw usage(`no lexicon is called ${name}; assay lexicon list shows those there are`);
      const { entries, ...head } = dataset.lexicon;
      session.output.answer({ ...head, entries: entries.nodes }, () => [
        ...headLines(head),
        "",
        ...tableOf(
          ["term", "kind", "axis", "group"],
          entries.nodes.map((one) => [one.term, one.kind, one.axis || null, one.group || null]),
        ),
      ]);
      done(EXIT.ok);
    });
}

function headLines(head: LexiconHead): string[] {
  const { key, version, title, language, licence, checksum, entryCount, attribution, url, shareAlike, activity } = head;
  return [
    `${key}@${version}: ${title} (${language})`,
    `${entriesText(entryCount)}: ${kindsOf(head)}`,
    `${licence}; ${[attribution, url, shareAlike].filter((one) => one !== null).join("; ")}`,
    `sha256 ${checksum}; activity ${activity.number}, ${activity.recordedAt}`,
  ];
}
