// What shape has a document: how deep, how wide, how many of what? Linear in its size, whatever its fragments do.
import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

export interface DocumentShape {
  /** Levels of fields, fragments written out. */
  depth: number;
  /** Fields and spreads, fragments written out. */
  selections: number;
  /** Fields at the root, fragments written out. */
  rootFields: number;
  /** In the operation and the fragments it reaches, each read once. */
  aliases: number;
  directives: number;
  directivesOnOne: number;
  /** Whether __schema or __type is asked for. */
  introspects: boolean;
}

/** Of one selection set, with its fragments written out. */
interface Extent {
  depth: number;
  selections: number;
  fields: number;
}

interface Walk extends Pick<DocumentShape, "aliases" | "directives" | "directivesOnOne" | "introspects"> {
  fragments: Map<string, FragmentDefinitionNode>;
  measured: Map<string, Extent>;
}

const NOTHING: Extent = { depth: 0, selections: 0, fields: 0 };

/** Measures a validated document: fragments have no cycles. Each is measured once, so that 2^n spreads cost n steps. */
export function documentShape(document: DocumentNode, operation: OperationDefinitionNode): DocumentShape {
  const fragments = fragmentsOf(document);
  const walk: Walk = {
    fragments,
    measured: new Map(),
    aliases: 0,
    directives: 0,
    directivesOnOne: 0,
    introspects: false,
  };
  countDirectives(walk, operation);
  const { depth, selections, fields } = extentOf(operation.selectionSet, walk);
  const { aliases, directives, directivesOnOne, introspects } = walk;
  return { depth, selections, rootFields: fields, aliases, directives, directivesOnOne, introspects };
}

export function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const found = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(found.map((one) => [one.name.value, one]));
}

function extentOf(set: SelectionSetNode, walk: Walk): Extent {
  const total = { ...NOTHING };
  for (const selection of set.selections) {
    countDirectives(walk, selection);
    const isField = selection.kind === Kind.FIELD;
    const inner = isField
      ? ofField(selection, walk)
      : selection.kind === Kind.INLINE_FRAGMENT
        ? extentOf(selection.selectionSet, walk)
        : ofFragment(selection.name.value, walk);
    total.depth = Math.max(total.depth, inner.depth + (isField ? 1 : 0));
    total.selections += inner.selections + 1;
    total.fields += isField ? 1 : inner.fields;
  }
  return total;
}

function ofField(
  field: { alias?: unknown; name: { value: string }; selectionSet?: SelectionSetNode },
  walk: Walk,
): Extent {
  if (field.alias) walk.aliases++;
  if (field.name.value === "__schema" || field.name.value === "__type") walk.introspects = true;
  return field.selectionSet ? extentOf(field.selectionSet, walk) : NOTHING;
}

function ofFragment(name: string, walk: Walk): Extent {
  let extent = walk.measured.get(name);
  if (!extent) {
    const fragment = walk.fragments.get(name)!;
    countDirectives(walk, fragment);
    walk.measured.set(name, (extent = extentOf(fragment.selectionSet, walk)));
  }
  return extent;
}

function countDirectives(walk: Walk, { directives = [] }: { directives?: readonly unknown[] }): void {
  walk.directives += directives.length;
  walk.directivesOnOne = Math.max(walk.directivesOnOne, directives.length);
}
