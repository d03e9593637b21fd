// What can a request cost at worst, known before it runs?
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import { fragmentsOf } from "./documentShape.js";
import { LIMITS } from "./requestLimits.js";

/** Points of fields that cost more than the one of any other object; leaves cost nothing. */
export const COSTS: Readonly<Record<string, number>> = {
  "AgreementReport.coincidences": 100,
  "AgreementReport.disagreements": 200,
  "AgreementReport.pairs": 200,
  "AgreementReport.trend": 100,
  "Dataset.coverageTrend": 500,
  "BiasAudit.staleness": 50,
  "Dataset.verifyLog": 500,
  "Dataset.lineage": 200,
  "Dataset.releaseDiff": 100,
  "LongTableExport.rows": 200,
  "Release.verify": 1_000,
  "Snapshot.agreement": 200,
  "Snapshot.agreementPlan": 300,
  "Snapshot.annotatorQuality": 300,
  "Snapshot.biasAudit": 500,
  "Snapshot.consensus": 200,
  "Snapshot.coverage": 100,
  "Snapshot.diversity": 300,
  "Snapshot.coverageDrift": 300,
  "Snapshot.coverageOfPlan": 500,
  "Snapshot.duplicates": 300,
  "Snapshot.exampleCount": 20,
  "Snapshot.nearDuplicatesOf": 20,
  "Snapshot.scopeDigest": 50,
};
/** Counting a list, up to its limit. */
const COUNT = 50;
const MUTATION = 10;
const INTROSPECTION = 100;
/** What a list of things that is not paged counts as: labels, parents, an answer's rows. */
const UNPAGED = 10;

interface Request {
  schema: GraphQLSchema;
  fragments: Map<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
  defaults: Map<string, ValueNode | undefined>;
  /** By fragment and page size: each is costed once. */
  known: Map<string, number>;
}

/**
 * The worst-case cost: one point for each object that may be answered, multiplied through first and last, with variables
 * filled in. What @include and @skip would leave out is counted. Fragments are costed once, so that it stays linear.
 */
export function documentCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number {
  const defaults = new Map(operation.variableDefinitions?.map((one) => [one.variable.name.value, one.defaultValue]));
  const request: Request = { schema, fragments: fragmentsOf(document), variables, defaults, known: new Map() };
  const cost = costOf(operation.selectionSet, schema.getRootType(operation.operation)!, 1, request);
  return Math.min(cost, Number.MAX_SAFE_INTEGER);
}

/** Of one object of a type; page is how many items the lists right below it hold. */
function costOf(set: SelectionSetNode, type: GraphQLNamedType, page: number, request: Request): number {
  let cost = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) cost += costOfField(selection, type, page, request);
    else if (selection.kind === Kind.FRAGMENT_SPREAD) cost += costOfFragment(selection.name.value, page, request);
    else
      cost += costOf(
        selection.selectionSet,
        conditionType(selection.typeCondition?.name.value, type, request),
        page,
        request,
      );
  }
  return cost;
}

function costOfFragment(name: string, page: number, request: Request): number {
  const key = `${name} ${page}`;
  let cost = request.known.get(key);
  if (cost === undefined) {
    const fragment = request.fragments.get(name)!;
    cost = costOf(fragment.selectionSet, request.schema.getType(fragment.typeCondition.name.value)!, page, request);
    request.known.set(key, cost);
  }
  return cost;
}

function conditionType(name: string | undefined, type: GraphQLNamedType, { schema }: Request): GraphQLNamedType {
  return name === undefined ? type : schema.getType(name)!;
}

function costOfField(node: FieldNode, type: GraphQLNamedType, page: number, request: Request): number {
  const name = node.name.value;
  if (name.startsWith("__")) return name === "__typename" ? 0 : INTROSPECTION;
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name]! : null;
  if (!field) return 0;
  const named = getNamedType(field.type);
  const own = ownCost(field, type, named, request.schema);
  const below = node.selectionSet ? costOf(node.selectionSet, named, pageOf(node, field, request) ?? 1, request) : 0;
  return times(node, field, named, page, request) * (own + below);
}

function ownCost(
  field: GraphQLField<unknown, unknown>,
  type: GraphQLNamedType,
  named: GraphQLNamedType,
  schema: GraphQLSchema,
): number {
  if (type === schema.getMutationType()) return MUTATION;
  if (field.name === "totalCount") return COUNT;
  if (field.name === "edges") return 0;
  return COSTS[`${type.name}.${field.name}`] ?? (isCompositeType(named) ? 1 : 0);
}

/** How many values a field may have: the page it stands in, the ids it was given, or what a list is taken to hold. */
function times(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  named: GraphQLNamedType,
  page: number,
  request: Request,
): number {
  if (!isListType(getNullableType(field.type)) || !isCompositeType(named)) return 1;
  const ids = argument(node, "ids", request);
  if (Array.isArray(ids)) return ids.length;
  if (page > 1) return page;
  return isNode(named) ? UNPAGED : 1;
}

function isNode(type: GraphQLCompositeType): boolean {
  return isObjectType(type) && type.getInterfaces().some((one) => one.name === "Node");
}

/** The page a field asks for; null where it is not paged. A size that will be refused counts as the largest. */
function pageOf(node: FieldNode, field: GraphQLField<unknown, unknown>, request: Request): number | null {
  if (!field.args.some((one) => one.name === "first")) return null;
  const sizes = ["first", "last"]
    .map((name) => argument(node, name, request))
    .filter((size) => typeof size === "number");
  return Math.max(0, ...sizes.map((size) => (size < 0 || size > LIMITS.page ? LIMITS.page : size)));
}

/** An argument's number or list, as a literal, a variable or a variable's default. */
function argument(node: FieldNode, name: string, request: Request): unknown {
  const value = node.arguments?.find((one) => one.name.value === name)?.value;
  return value && resolved(value, request);
}

function resolved(value: ValueNode, { variables, defaults }: Request): unknown {
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind === Kind.LIST) return value.values;
  if (value.kind !== Kind.VARIABLE) return undefined;
  const given = Object.hasOwn(variables, value.name.value) ? variables[value.name.value] : undefined;
  const fallback = defaults.get(value.name.value);
  if (given !== undefined) return given;
  return fallback && fallback.kind !== Kind.VARIABLE
    ? resolved(fallback, { variables, defaults } as Request)
    : undefined;
}
