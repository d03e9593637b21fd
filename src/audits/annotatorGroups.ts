// Which annotators are of which group, and which groups are large enough to be named? Pure.

/** Groups are named, and numbers of them shown, from so many annotators on. */
export const FEWEST_ANNOTATORS = 5;

/** One attribute, or two at once. */
export interface AttributeGroups {
  /** "gender"; "gender and age" of an intersection. */
  attribute: string;
  /** Of each annotator whose value is known. */
  groupOf: ReadonlyMap<number, string>;
  /** Of an intersection: where one of the two is not known as well, so that margins can be reckoned. */
  groupOfAll: ReadonlyMap<number, string>;
}

/** Every two attributes at once, of annotators for whom both are known. */
export function intersectionsOf(attributes: readonly AttributeGroups[]): AttributeGroups[] {
  return attributes.flatMap((one, i) => attributes.slice(i + 1).map((two) => intersection(one, two)));
}

function intersection(one: AttributeGroups, two: AttributeGroups): AttributeGroups {
  const [groupOf, groupOfAll] = [new Map<number, string>(), new Map<number, string>()];
  for (const annotator of new Set([...one.groupOf.keys(), ...two.groupOf.keys()])) {
    const [a, b] = [one.groupOf.get(annotator), two.groupOf.get(annotator)];
    groupOfAll.set(annotator, JSON.stringify([a ?? null, b ?? null]));
    if (a !== undefined && b !== undefined) groupOf.set(annotator, `${a}, ${b}`);
  }
  return { attribute: `${one.attribute} and ${two.attribute}`, groupOf, groupOfAll };
}

/** Names with control characters are a fault of what brought them, and no groups. */
export function isContaminated(name: string): boolean {
  return /\p{Cc}/u.test(name);
}

/** As it can be shown in a warning. */
export function shownName(name: string): string {
  return name.replace(/\p{Cc}/gu, (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, "0")}`);
}
