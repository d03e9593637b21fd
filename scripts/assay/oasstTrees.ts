// Which pairs does a tree of messages hold: one for each assistant message, with the path that led to it?
import { FieldProblem, problemAt, type Fields, type Place, type Row } from "./rows.js";
import { kindOf } from "./strictJson.js";

/** Rows as in the pairs file. Keys that a message lacks are absent, not null; the message's own fields stay as they are. */
export async function* pairsOfTrees(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  for await (const row of rows) {
    if ("problem" in row) yield row;
    else yield* pairsOfTree(row.place, row.fields);
  }
}

function* pairsOfTree(place: Place, tree: Fields): Generator<Row> {
  const open: { message: unknown; path: string; before: Fields[] }[] = [
    { message: tree["prompt"], path: "prompt", before: [] },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    try {
      const message = checked(next.message, next.path, next.before.at(-1));
      if (message["role"] === "assistant") yield { place, fields: pairOf(tree, next.before, message) };
      const replies = repliesOf(message, next.path);
      const before = [...next.before, message];
      for (let at = replies.length - 1; at >= 0; at--) {
        open.push({ message: replies[at], path: `${next.path}.replies.${at}`, before });
      }
    } catch (error) {
      if (!(error instanceof FieldProblem)) throw error;
      yield { place, problem: problemAt(place, error.field, error.reason) };
    }
  }
}

function checked(message: unknown, path: string, parent: Fields | undefined): Fields {
  if (typeof message !== "object" || message === null || Array.isArray(message)) {
    throw new FieldProblem(path, message === undefined ? "is missing" : `is ${kindOf(message)}, not a message`);
  }
  const { role, text } = message as Fields;
  const expected = parent === undefined || parent["role"] === "assistant" ? "prompter" : "assistant";
  if (role !== expected) {
    throw new FieldProblem(`${path}.role`, `is ${JSON.stringify(role) ?? "missing"} where ${expected} must follow`);
  }
  if (typeof text !== "string") throw new FieldProblem(`${path}.text`, `is ${kindOf(text)}, not text`);
  return message as Fields;
}

function repliesOf(message: Fields, path: string): unknown[] {
  const replies = message["replies"];
  if (replies === undefined || replies === null) return [];
  if (!Array.isArray(replies)) throw new FieldProblem(`${path}.replies`, `is ${kindOf(replies)}, not a list`);
  return replies;
}

function pairOf(tree: Fields, before: Fields[], message: Fields): Fields {
  const { text, role: _role, replies: _replies, ...own } = message;
  const turns = before.map((each) => ({ role: each["role"], text: each["text"] }));
  const treeId = tree["message_tree_id"];
  return {
    ...(treeId === undefined ? {} : { message_tree_id: treeId }),
    ...own,
    context: turns.slice(0, -1),
    prompt: turns.at(-1)!.text,
    response: text,
  };
}
