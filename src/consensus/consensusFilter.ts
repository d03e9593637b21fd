// Which example versions have a consensus that is as asked?
import { Population, type SnapshotKey } from "../activities/snapshot.js";
import { findMeasured } from "../agreement/agreementReport.js";
import { bad } from "../agreement/question.js";
import type { ConsensusFilter } from "../examples/filterTypes.js";
import { criterionVersionsById } from "../guidelines/queries.js";
import {
  allThere,
  registerFilter,
  registerPreparation,
  type FilterScope,
  type Prepared,
  type Reach,
} from "../platform/filters.js";
import type { Values } from "../platform/statement.js";
import type { UnitRule } from "./consensusOf.js";
import { usualFit, usualRatings } from "./findFit.js";
import { judgeFilter, namedCriterion, wantedPlaces, type JudgedFilter } from "./judgeFilter.js";
import { consensusSelect, saidOfUnit } from "./unitSql.js";

/** Each may look at all ratings of an example version. */
const MOST_FILTERS = 10;

registerPreparation<ConsensusFilter[]>("consensus", async (reach, filters, scope) => {
  if (filters.length > MOST_FILTERS)
    throw bad("filter", `filter.consensus has ${filters.length} parts; at most ${MOST_FILTERS} are taken`);
  const judged: Array<Prepared<JudgedFilter>> = [];
  for (const filter of filters) judged.push(await prepare(reach, filter, scope));
  return { value: judged.map(({ value }) => value), isThere: allThere(judged) };
});

async function prepare(
  reach: Reach,
  filter: ConsensusFilter,
  { datasetId, activity }: FilterScope,
): Promise<Prepared<JudgedFilter>> {
  const snapshot: SnapshotKey = { datasetId, activity, population: Population.CURRENT, candidate: null };
  const { datasetUid, measured } = await findMeasured(reach.db, snapshot, namedCriterion(filter.criterion));
  const [criterion] = await criterionVersionsById(reach.db, datasetId, [measured.criterionVersion]);
  const judged = judgeFilter(filter, measured, criterion!);
  if (judged.rule !== "DAWID_SKENE") return { value: judged };
  const { value: run, ...there } = await usualFit(reach, snapshot, datasetUid, measured);
  return { value: { ...judged, run }, ...there };
}

registerFilter<JudgedFilter[]>("consensus", (filters, alias, values, scope) => {
  if (filters.some((one) => !("scale" in one))) throw new Error("filter.consensus was not prepared: see prepareFilter");
  const conditions = filters.map((one) =>
    one.run === null ? unitCondition(one, alias, values, scope) : fitCondition(one, one.run, alias, values, scope),
  );
  return conditions.length === 0 ? "true" : conditions.join(" and ");
});

/** By the example version's own ratings, looked up for each. */
function unitCondition(filter: JudgedFilter, alias: string, values: Values, scope: FilterScope): string {
  const { measured, scale, atLeast, atMost, oneOf, certaintyAtLeast, ratingsAtLeast } = filter;
  const said = saidOfUnit(scope.activity, usualRatings(measured), `${alias}.example_version`, values);
  const consensus = consensusSelect(said, { rule: filter.rule as UnitRule, scale }, values);
  const limits = [
    "c.value is not null",
    ...(atLeast === null ? [] : [`c.value >= ${values.add(atLeast)}::float8`]),
    ...(atMost === null ? [] : [`c.value <= ${values.add(atMost)}::float8`]),
    ...(oneOf === null ? [] : [`c.value = any(${values.add(oneOf)}::float8[])`]),
    ...(certaintyAtLeast === null ? [] : [`c.certainty >= ${values.add(certaintyAtLeast)}::float8`]),
    ...(ratingsAtLeast === null ? [] : [`c.n >= ${values.add(ratingsAtLeast)}::int`]),
  ];
  return `exists (select from (${consensus}) c where ${limits.join(" and ")})`;
}

/** By the kept units of a fit. */
function fitCondition(
  filter: JudgedFilter,
  run: number,
  alias: string,
  values: Values,
  { datasetId }: FilterScope,
): string {
  const { certaintyAtLeast, ratingsAtLeast } = filter;
  const dataset = values.add(datasetId);
  const places = wantedPlaces(filter);
  const limits = [
    places === null ? "cv.category >= 0" : `cv.category = any(${values.add(places)}::int[])`,
    ...(certaintyAtLeast === null ? [] : [`cv.certainty >= ${values.add(certaintyAtLeast)}::float8`]),
    ...(ratingsAtLeast === null ? [] : [`cv.ratings >= ${values.add(ratingsAtLeast)}::int`]),
  ];
  return `${alias}.example_version in (select cv.example_version from consensus_values cv
    where cv.dataset_id = ${dataset} and cv.run = ${values.add(run)}
      and ${limits.join(" and ")})`;
}
