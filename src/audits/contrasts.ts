// Which examples mention a group of an axis, and which the others?

/** An axis of a lexicon, such as gender: which of its groups each example mentions. */
export interface MentionAxis {
  /** As its dimension is named: "lexicon:gender@1". */
  dimension: string;
  /** Up to 31. */
  groups: readonly string[];
  /** Of each example the groups mentioned in its last prompt, in its last answer, and in all of it: bit g for group g. */
  prompt: Int32Array;
  response: Int32Array;
  anywhere: Int32Array;
  /** How often each group is mentioned in all. */
  mentions: Float64Array;
}

/** Examples that mention one group and not the other: 0 in the first, 1 in the second, −1 in neither or both. */
export interface Contrast {
  names: [string, string];
  groupOf: Int8Array;
}

/** Of two groups the one against the other; of more each one against all others of the axis. */
export function contrastsOf({ groups }: Pick<MentionAxis, "groups">, mentioned: Int32Array): Contrast[] {
  if (groups.length < 2) return [];
  if (groups.length === 2) return [contrast([groups[0]!, groups[1]!], 0, mentioned)];
  return groups.map((group, g) => contrast([group, "others"], g, mentioned));
}

function contrast(names: [string, string], g: number, mentioned: Int32Array): Contrast {
  const bit = 1 << g;
  const groupOf = new Int8Array(mentioned.length);
  for (let place = 0; place < mentioned.length; place++) {
    const mask = mentioned[place]!;
    groupOf[place] = mask === bit ? 0 : mask !== 0 && (mask & bit) === 0 ? 1 : -1;
  }
  return { names, groupOf };
}

export function contrastName({ names }: Contrast): string {
  return `${names[0]} against ${names[1]}`;
}
