// Which commands make the main job?
import { fileURLToPath } from "node:url";
import { relative } from "node:path";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../src/platform/packageRoot.js";

export interface DemoCommand {
  words: string[];
  /** What it should end with, where not 0. */
  exitCode?: number;
  /** Looks up what a later command names as $name. */
  then?: (api: { url: string; token: string }) => Promise<Record<string, string>>;
}

export interface Chapter {
  title: string;
  commands: DemoCommand[];
}

const ours = (path: string) => relative(process.cwd(), fileURLToPath(new URL(path, packageRoot())));
const sample = (file: string) => ours(`scripts/demo/sample/${file}`);
const command = (...words: string[]): DemoCommand => ({ words });
const FEEDBACK = "Before you say correct: work one example of clause 2 through, and take the time it needs.";
export const EXPORTED = join(tmpdir(), `assay-demo-${process.pid}.jsonl`);

export const CHAPTERS: Chapter[] = [
  {
    title: "A curator says where content comes from and by which rules it is judged",
    commands: [
      command("dataset", "create", "sample", "--title", "House assistant, sample"),
      command("source", "register", sample("sources.json")),
      command("criterion", "publish", sample("criteria.json")),
      command("guideline", "publish", sample("guidelines.json")),
      command("annotator", "enrol", sample("annotators.json")),
      command("batch", "open", sample("batches.json")),
      command("plan", "publish", sample("plan.json")),
    ],
  },
  {
    title: "Examples come in; rows that cannot be taken are named, and the rest goes in",
    commands: [
      command("import", sample("examples.jsonl")),
      { words: ["import", sample("bad-rows.jsonl"), "--dry-run"], exitCode: 1 },
      command("import", sample("examples.jsonl")),
    ],
  },
  {
    title: "Annotators rate, people edit model drafts, reviewers decide",
    commands: [
      command("rate", sample("ratings.jsonl")),
      command("gold", "set", sample("gold.jsonl")),
      command("import", sample("edits.jsonl"), "--on-conflict", "new-version"),
      command("decide", sample("decisions.jsonl")),
    ],
  },
  {
    title: "A dashboard asks: do raters agree, and does it get better?",
    commands: [
      command("agreement", "--criterion", "helpfulness", "--group-by", "batch", "--group-by", "source-kind"),
      command("agreement", "--criterion", "correctness", "--group-by", "guideline-version", "--confusions"),
      command("agreement", "--criterion", "tone", "--disagreements", "5", "--plan", "0.1"),
    ],
  },
  {
    title: "A data lead asks: who needs which feedback, and what do the ratings say together?",
    commands: [
      command("annotators", "--criterion", "correctness", "--order", "least-agreement"),
      command("annotators", "show", "jay", "--criterion", "correctness"),
      command("annotators", "feedback", "jay", "--criterion", "correctness", "--message", FEEDBACK),
      command(
        "consensus",
        "--criterion",
        "correctness",
        "--rule",
        "dawid-skene",
        "--order",
        "least-certain",
        "--first",
        "5",
      ),
    ],
  },
  {
    title: "What does the set cover, and what is missing?",
    commands: [
      command("coverage"),
      command("coverage", "--by", "label:intent"),
      command("coverage", "--by", "label:intent", "--by", "source-kind"),
    ],
  },
  {
    title: "Is anything said twice, and how varied is it?",
    commands: [command("duplicates"), command("diversity", "--by", "source", "--by", "label:intent")],
  },
  {
    title: "Does it treat people alike? An audit, as a record that others sign",
    commands: [
      ...["gendered-nouns", "person-nouns", "descriptors", "style-phrases"].map((name) =>
        command("lexicon", "load", ours(`scripts/lexicons/${name}.json`)),
      ),
      command("audit", "run", "--title", "Before 1.0.0", "--dimension", "intent"),
    ],
  },
  {
    title: "A release manager cuts a release",
    commands: [
      {
        words: ["release", "candidate", "--category", "intent", "--quality", "helpfulness", "--split-seed", "demo"],
        then: lastCandidate,
      },
      command("release", "cut", "1.0.0", "--candidate", "$candidate", "--notes", "The first release of the sample."),
      command("release", "list"),
      command("release", "export", "1.0.0", "--output", EXPORTED),
      command("release", "verify", EXPORTED, "--release", "1.0.0"),
    ],
  },
  {
    title: "Somebody else asks where an example came from, and whether the log still stands",
    commands: [command("lineage", "mg-018", "--direction", "both", "--depth", "3"), command("log", "verify")],
  },
];

async function lastCandidate({ url, token }: { url: string; token: string }): Promise<Record<string, string>> {
  const query = `{ dataset(slug: "sample") { candidates(last: 1) { nodes { id } } } }`;
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query }) });
  const { data } = (await response.json()) as { data: { dataset: { candidates: { nodes: Array<{ id: string }> } } } };
  return { candidate: data.dataset.candidates.nodes[0]!.id };
}
