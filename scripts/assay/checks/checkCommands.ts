// How do results of automatic checks get from a file into a dataset, and which are there?
import type { Command } from "commander";
import { addBulkOptions, bulkCommand, type BulkOptions } from "../bulkCommand.js";
import { EXIT } from "../failure.js";
import { CHECK_LEVELS, CHECK_STATUSES } from "../fieldKinds.js";
import { CALL_ROWS, rowsAs, SHARED_HELP } from "../judgementCommands.js";
import type { Shape } from "../mapRow.js";
import { word } from "../optionValues.js";
import { allNodes, collected, type ConnectionPage } from "../pages.js";
import { sessionOf } from "../session.js";
import { addSnapshotOptions, snapshotOf, snapshotVariables, type SnapshotOptions } from "../snapshotOption.js";
import { tableOf } from "../table.js";
import { withoutAbsent } from "../withoutAbsent.js";
import type { World } from "../world.js";
import { CHECK_COUNTS, CHECK_RESULTS, SUBMIT_CHECK_RESULTS } from "./checkDocuments.js";

type Done = (exitCode: number) => void;

/** What a check result is made of. */
const CHECK_RESULT: Shape = {
  targets: {
    example: { field: "externalId", kind: "key" },
    exampleVersionId: { field: "exampleVersionId", kind: "key" },
    check: { field: "check", kind: "key" },
    checkVersion: { field: "checkVersion", kind: "key" },
    parameters: { field: "parameters", kind: "json" },
    status: { field: "status", kind: "checkStatus" },
    level: { field: "level", kind: "checkLevel" },
    score: { field: "score", kind: "number" },
    message: { field: "message", kind: "text" },
    spans: { field: "spans", kind: "json" },
  },
  required: ["check", "checkVersion", "status"],
};

export function addCheck(program: Command, world: World, done: Done): void {
  const check = program.command("check").description("results of automatic checks that ran elsewhere");
  addSubmit(check, world, done);
  addList(check, world, done);
}

const SUBMIT_HELP = `
Targets: example, exampleVersionId, check, checkVersion, parameters (an object), status, level, score, message,
spans (a list of {"turn", "start", "end", "label"}, in Unicode code points; without a turn in the response).
  assay check submit pii.jsonl --map example=id --map spans=found --check pii --check-version 2.1 --level block
A newer result of the same check, version and parameters supersedes; the same again is unchanged. Skipped is not passed.${SHARED_HELP}`;

type SubmitOptions = BulkOptions & { check?: string; checkVersion?: string; status?: string; level?: string };

function addSubmit(check: Command, world: World, done: Done): void {
  const command = check
    .command("submit")
    .description("submit results, those of a file")
    .argument("<file>", "the file, or - for stdin")
    .option("--check <key>", "the check, of rows that name none")
    .option("--check-version <version>", "its version, of rows that name none")
    .option("--status <status>", "pass, fail, skipped or error, of rows that say none", word(CHECK_STATUSES))
    .option("--level <level>", "block, review or info, of rows that say none; review where absent", word(CHECK_LEVELS));
  addBulkOptions(command, CALL_ROWS, CALL_ROWS)
    .addHelpText("after", SUBMIT_HELP)
    .action(async (file: string, options: SubmitOptions) => {
      const { check: name, checkVersion, status, level } = options;
      const fallbacks = withoutAbsent({ check: name, checkVersion, status, level }) as Record<string, string>;
      const bulk = {
        verb: "check-submit",
        mutation: "submitCheckResults",
        list: "results",
        document: SUBMIT_CHECK_RESULTS,
      };
      const itemsOf = rowsAs(CHECK_RESULT, { ...options, fallbacks });
      done(
        await bulkCommand(sessionOf(world, command), file, options, { bulk, itemsOf, input: {}, mapping: fallbacks }),
      );
    });
}

const LIST_HELP = `
  assay check list
  assay check list --check pii@2.1 --status fail --results
Results in force on the examples of a snapshot: how many of each kind, or with --results each of them.`;

interface ListOptions extends SnapshotOptions {
  check?: string;
  status?: string;
  level?: string;
  results?: boolean;
}

interface CountRow {
  check: string;
  checkVersion: string;
  status: string;
  level: string;
  count: number;
}
interface ResultRow extends Omit<CountRow, "count"> {
  score: number | null;
  message: string | null;
  spans: Array<{ start: number; end: number }> | null;
  exampleVersion: { version: number; example: { externalId: string } };
}

function addList(check: Command, world: World, done: Done): void {
  const command = check.command("list").description("how many results there are of each kind, or each of them");
  addSnapshotOptions(command)
    .option("--check <name>", "only of this check, in any version; pii@2.1 only in that one")
    .option("--status <status>", "pass, fail, skipped or error", word(CHECK_STATUSES))
    .option("--level <level>", "block, review or info", word(CHECK_LEVELS))
    .option("--results", "each result")
    .addHelpText("after", LIST_HELP)
    .action(async ({ check: name, status, level, results, ...at }: ListOptions) => {
      const session = sessionOf(world, command);
      const slug = session.dataset();
      const filter = withoutAbsent({ check: name, status, level });
      const variables = { ...snapshotVariables(slug, at), filter };
      if (results) {
        type Data = { dataset: { snapshot: { checkResults: ConnectionPage<ResultRow> } | null } | null };
        const pick = (data: Data) => snapshotOf(data.dataset, slug, at.at).checkResults;
        const all = await collected(allNodes(session.client(), CHECK_RESULTS, variables, pick));
        session.output.answer(all, () => tableOf(RESULT_HEADER, all.map(resultCells)));
      } else {
        type Data = { dataset: { snapshot: { checkCounts: CountRow[] } | null } | null };
        const data = await session.client().request<Data>(CHECK_COUNTS, variables);
        const { checkCounts } = snapshotOf(data.dataset, slug, at.at);
        session.output.answer(checkCounts, () => tableOf(COUNT_HEADER, checkCounts.map(countCells)));
      }
      done(EXIT.ok);
    });
}

const COUNT_HEADER = ["check", "level", "status", "results"];
const countCells = ({ check, checkVersion, level, status, count }: CountRow) => [
  `${check}@${checkVersion}`,
  level,
  status,
  count,
];

const RESULT_HEADER = ["example", "version", "check", "level", "status", "score", "spans", "message"];

function resultCells({ exampleVersion, check, checkVersion, level, status, score, spans, message }: ResultRow) {
  const { example, version } = exampleVersion;
  const said = message?.replace(/\s+/g, " ").slice(0, 60).toWellFormed() ?? null;
  const name = `${check}@${checkVersion}`;
  return [example.externalId, version, name, level, status, score, spans?.length ?? null, said];
}
