// How are lists paged?
import "reflect-metadata"; // before the decorators of any feature
import { GraphQLError } from "graphql";
import { ArgsType, Field, Int, ObjectType, registerEnumType, type ClassType } from "type-graphql";
import { refusal } from "./errors.js";
import { LIMITS } from "./requestLimits.js";

export const MAX_PAGE = LIMITS.page;

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: "How many from the start, 0 to 100. Give exactly one of first and last.",
  })
  first?: number;
  @Field(() => String, { nullable: true, description: "Begin after this cursor." })
  after?: string;
  @Field(() => Int, { nullable: true, description: "How many from the end, 0 to 100." })
  last?: number;
  @Field(() => String, { nullable: true, description: "End before this cursor." })
  before?: string;
}

@ObjectType({ description: "Where a page stands in its list." })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether more follow." })
  hasNextPage!: boolean;
  @Field(() => Boolean, { description: "Whether more precede." })
  hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true, description: "Cursor of the first edge." })
  startCursor!: string | null;
  @Field(() => String, { nullable: true, description: "Cursor of the last edge." })
  endCursor!: string | null;
}

export enum CountPrecision {
  EXACT = "EXACT",
  AT_LEAST = "AT_LEAST",
}
registerEnumType(CountPrecision, {
  name: "CountPrecision",
  description: "Whether a count is exact or a lower bound.",
  valuesConfig: { EXACT: { description: "As many as it says." }, AT_LEAST: { description: "At least as many." } },
});

/** Counting stops here: more is answered as AT_LEAST. */
export const COUNT_LIMIT = 100_000;

@ObjectType({ description: "How many there are." })
export class Count {
  @Field(() => Int, { description: "The number." })
  value!: number;
  @Field(() => CountPrecision, { description: "Whether it is exact." })
  precision!: CountPrecision;
}

export interface Edge<Row> {
  cursor: string;
  node: Row;
}

export interface Connection<Row> {
  edges: Edge<Row>[];
  nodes: Row[];
  pageInfo: PageInfo;
  /** A getter: counts only where the query selects it. */
  readonly totalCount: Promise<Count>;
}

/** Makes the connection and edge types of a node type: SourceConnection, SourceEdge. */
export function connectionType<Row extends object>(
  name: string,
  nodeClass: ClassType<Row>,
): ClassType<Connection<Row>> {
  @ObjectType(`${name}Edge`, { description: `A ${name} in a list.` })
  class EdgeOf {
    @Field(() => String, { description: "Where it stands in the list; stays valid." })
    cursor!: string;
    @Field(() => nodeClass, { description: "The thing itself." })
    node!: Row;
  }
  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class ConnectionOf {
    @Field(() => [EdgeOf], { description: "The page, with cursors." })
    edges!: EdgeOf[];
    @Field(() => [nodeClass], { description: "The page, without cursors." })
    nodes!: Row[];
    @Field(() => PageInfo, { description: "Where the page stands." })
    pageInfo!: PageInfo;
    @Field(() => Count, { description: "How many there are in all; counted only where selected." })
    readonly totalCount!: Promise<Count>;
  }
  return ConnectionOf as never;
}

export type KeyPart = number | string;
export type Key = readonly KeyPart[];

/** What a read gets: a keyset slice in the list's order. Read limit rows; backwards: from the end, in reverse order. */
export interface Slice {
  after: Key | null;
  before: Key | null;
  limit: number;
  backwards: boolean;
}

interface PageOptions<Row> {
  /** Names the order and filter: a cursor of another list is refused. */
  order: string;
  /** The types of the key's parts, for checking cursors. */
  keyTypes: ReadonlyArray<"number" | "string">;
  key: (row: Row) => Key;
  read: (slice: Slice) => Promise<Row[]>;
  /** Counts at most COUNT_LIMIT + 1. */
  count: () => Promise<number>;
}

/** Reads one page by keyset. Rows that exist for the whole scan appear exactly once, whatever is inserted meanwhile. */
export async function connection<Row>(args: PageArgs, options: PageOptions<Row>): Promise<Connection<Row>> {
  const { size, backwards } = pageSize(args);
  const after = decodeCursor(args.after, "after", options);
  const before = decodeCursor(args.before, "before", options);
  const rows = size === 0 ? [] : await options.read({ after, before, limit: size + 1, backwards });
  const more = rows.length > size;
  const page = rows.slice(0, size);
  if (backwards) page.reverse();
  const edges = page.map((node) => ({ cursor: encodeCursor(options.order, options.key(node)), node }));
  return {
    edges,
    nodes: page,
    pageInfo: {
      hasNextPage: backwards ? before !== null : more,
      hasPreviousPage: backwards ? more : after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    get totalCount() {
      return options.count().then(countOf);
    },
  };
}

function countOf(n: number): Count {
  return n > COUNT_LIMIT
    ? { value: COUNT_LIMIT, precision: CountPrecision.AT_LEAST }
    : { value: n, precision: CountPrecision.EXACT };
}

function pageSize({ first, last }: PageArgs): { size: number; backwards: boolean } {
  if ((first == null) === (last == null))
    throw pageRefusal("Give exactly one of first and last", first == null ? "first" : "last");
  const [argument, size] = first != null ? (["first", first] as const) : (["last", last!] as const);
  if (size < 0 || size > MAX_PAGE) throw pageRefusal(`${argument} is ${size}; use 0 to ${MAX_PAGE}`, argument);
  return { size, backwards: argument === "last" };
}

function pageRefusal(message: string, argument: string): GraphQLError {
  return refusal("BAD_USER_INPUT", message, { argument });
}

export function encodeCursor(order: string, key: Key): string {
  return Buffer.from(JSON.stringify([1, order, ...key])).toString("base64url");
}

/** A cursor's key; null for none. Refuses one of another list. */
export function decodeCursor(
  text: string | undefined | null,
  argument: string,
  { order, keyTypes }: Pick<PageOptions<never>, "order" | "keyTypes">,
): Key | null {
  if (text == null) return null;
  const parts = parseCursor(text);
  if (!parts || parts[0] !== 1)
    throw pageRefusal(`${argument} is not a cursor of this API; cursors come from edges and pageInfo`, argument);
  if (parts[1] !== order)
    throw pageRefusal(`${argument} is a cursor of another list or order; start again without it`, argument);
  const key = parts.slice(2);
  const fits = key.length === keyTypes.length && key.every((part, i) => typeof part === keyTypes[i] && isSound(part));
  if (!fits)
    throw pageRefusal(`${argument} is not a cursor of this API; cursors come from edges and pageInfo`, argument);
  return key as Key;
}

function parseCursor(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** Within int4, and text that Postgres can hold. */
function isSound(part: unknown): boolean {
  if (typeof part === "number") return Number.isInteger(part) && Math.abs(part) <= 0x7fffffff;
  return typeof part === "string" && part.isWellFormed() && !part.includes("\0");
}

/** The part of a statement that takes a slice by one integer column: use with [$after, $before, $limit]. */
export function sliceById(column: string, placeholders: readonly [string, string, string], backwards: boolean): string {
  const [after, before, limit] = placeholders;
  return `(${after}::int is null or ${column} > ${after}) and (${before}::int is null or ${column} < ${before})
    order by ${column} ${backwards ? "desc" : "asc"} limit ${limit}`;
}

/** The values for sliceById. */
export function sliceValues(slice: Slice): [number | null, number | null, number] {
  return [(slice.after?.[0] as number) ?? null, (slice.before?.[0] as number) ?? null, slice.limit];
}

/** One page of a list that is in memory and does not change: each row is known by its place. */
export function listConnection<Row>(
  args: PageArgs,
  { order, rows }: { order: string; rows: ReadonlyArray<Row> },
): Promise<Connection<Row>> {
  const places = new Map(rows.map((row, place) => [row, place]));
  return connection<Row>(args, {
    order,
    keyTypes: ["number"],
    key: (row) => [places.get(row)!],
    async read({ after, before, limit, backwards }) {
      const from = after === null ? 0 : (after[0] as number) + 1;
      const to = before === null ? rows.length : (before[0] as number);
      const between = rows.slice(Math.max(0, from), Math.max(0, to));
      return backwards ? between.slice(-limit).reverse() : between.slice(0, limit);
    },
    count: async () => rows.length,
  });
}
