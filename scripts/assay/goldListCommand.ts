// Which gold values are in force?
import type { Command } from "commander";
import { GOLD_VALUES } from "./documents.js";
import { EXIT, noDataset } from "./failure.js";
import { allNodes, collected, type ConnectionPage } from "./pages.js";
import { sessionOf } from "./session.js";
import { tableOf } from "./table.js";
import type { World } from "./world.js";

const LIST_HELP = `
  assay gold list --criterion helpfulness
  assay gold list --json | jq -r '.[] | [.exampleVersion.example.externalId, .value] | @csv'
Those in force, in the order they were set in. It needs the permission gold:read, which annotators and viewers lack.`;

interface GoldRow {
  value: string | number;
  tolerance: number;
  rationale: string | null;
  author: { label: string };
  activity: { number: number };
  criterionVersion: { key: string; version: number };
  exampleVersion: { version: number; example: { externalId: string } };
}

export function addGoldList(gold: Command, world: World, done: (exitCode: number) => void): void {
  const command = gold
    .command("list")
    .description("the gold values in force")
    .option("--criterion <key>", "only on this criterion, in any version; helpfulness@2 only in that one")
    .addHelpText("after", LIST_HELP)
    .action(async ({ criterion }: { criterion?: string }) => {
      const session = sessionOf(world, command);
      const slug = session.dataset();
      const pick = (data: { dataset: { goldValues: ConnectionPage<GoldRow> } | null }) => {
        if (data.dataset === null) throw noDataset(slug);
        return data.dataset.goldValues;
      };
      const values = await collected(allNodes(session.client(), GOLD_VALUES, { slug, criterion }, pick));
      session.output.answer(values, () => tableOf(HEADER, values.map(cellsOf)));
      done(EXIT.ok);
    });
}

const HEADER = ["example", "version", "criterion", "value", "tolerance", "author", "activity", "rationale"];

function cellsOf({ exampleVersion, criterionVersion, activity, author, ...said }: GoldRow) {
  const { example, version } = exampleVersion;
  const criterion = `${criterionVersion.key}@${criterionVersion.version}`;
  const { value, tolerance, rationale } = said;
  const why = rationale === null ? null : inOneLine(rationale);
  return [example.externalId, version, criterion, value, tolerance, author.label, activity.number, why];
}

const MOST_CHARACTERS = 60;

function inOneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS).toWellFormed()}…`;
}
