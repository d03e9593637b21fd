// Which turns does a conversation in somebody else's format hold?
import { FieldProblem, type Fields } from "./rows.js";
import { kindOf } from "./strictJson.js";

export interface Turn {
  role: "SYSTEM" | "USER" | "ASSISTANT";
  content: string;
}

const ROLES: Record<string, Turn["role"]> = {
  system: "SYSTEM",
  user: "USER",
  human: "USER",
  prompter: "USER",
  assistant: "ASSISTANT",
  gpt: "ASSISTANT",
  bot: "ASSISTANT",
  model: "ASSISTANT",
};

/** An array of `{role, content}`; role may be called `from`, content `text` or `value`. Text is taken as it stands. */
export function turnsOf(value: unknown, field: string): Turn[] {
  const list = typeof value === "string" ? parsedCell(value, field) : value;
  if (!Array.isArray(list)) throw new FieldProblem(field, `is ${kindOf(list)} where a list of turns is needed`);
  return list.map((turn, at) => turnOf(turn, `${field}.${at}`));
}

function turnOf(turn: unknown, field: string): Turn {
  if (typeof turn !== "object" || turn === null || Array.isArray(turn)) {
    throw new FieldProblem(field, `is ${kindOf(turn)} where {role, content} is needed`);
  }
  const [roleKey, said] = firstOf(turn as Fields, ["role", "from"], field);
  const role = typeof said === "string" ? ROLES[said.toLowerCase()] : undefined;
  if (role === undefined) {
    const known = Object.keys(ROLES).join(", ");
    throw new FieldProblem(`${field}.${roleKey}`, `is ${JSON.stringify(said)}; known roles are ${known}`);
  }
  const [contentKey, content] = firstOf(turn as Fields, ["content", "text", "value"], field);
  if (typeof content !== "string") throw new FieldProblem(`${field}.${contentKey}`, `is ${kindOf(content)}, not text`);
  return { role, content };
}

function firstOf(turn: Fields, keys: string[], field: string): [string, unknown] {
  const key = keys.find((each) => Object.hasOwn(turn, each));
  if (key === undefined) throw new FieldProblem(`${field}.${keys[0]}`, "is missing");
  return [key, turn[key]];
}

function parsedCell(text: string, field: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FieldProblem(field, "is text where a list of turns, or that list as JSON, is needed");
  }
}
