// How well do raters agree, by the server, and how is that shown?
import { computeFirst } from "../computeFirst.js";
import { EXIT, usage } from "../failure.js";
import { countedRatings } from "../ratingOptions.js";
import type { Fields } from "../rows.js";
import type { Session } from "../session.js";
import { computedOn, snapshotOf, snapshotVariables } from "../snapshotOption.js";
import { count, share, statistic } from "../table.js";
import { AGREEMENT, PLAN } from "./agreementDocuments.js";
import { groupingOf, inferenceOf, type AgreementOptions } from "./agreementOptions.js";
import { groupTable, rowView, type ShownRow } from "./agreementView.js";
import type { CoefficientRow } from "./agreementOfFile.js";
import { apiCoefficient, vectorName } from "./coefficientName.js";
import {
  confusionsTable,
  disagreementsTable,
  pairsTable,
  planTable,
  trendTable,
  type ShownConfusion,
  type ShownPair,
  type ShownPlanRow,
} from "./partsView.js";

interface Summary {
  between: string;
  pairCount: number;
  unitCount: number;
  meanPercentAgreement: number | null;
  meanKappa: number | null;
}

interface Report {
  activity: { number: number; recordedAt: string };
  population: string;
  methodVersion: string;
  cache: string;
  overall: ShownRow;
  groupings: {
    by: string;
    dimension: string | null;
    period: string | null;
    groups: ({ key: string | null } & ShownRow)[];
  }[];
  pairs?: { summaries: Summary[]; list: { nodes: ShownPair[]; totalCount: { value: number } } };
  coincidences?: { undefinedBecause: string | null; confusions: ShownConfusion[] };
  disagreements?: {
    nodes: Array<{
      disagreement: number;
      ratingCount: number;
      values: Array<{ value: string | number; count: number }>;
      exampleVersion: { example: { externalId: string }; version: number };
    }>;
  };
  trend?: Array<{ activity: { number: number; recordedAt: string }; overall: ShownRow }>;
}

type Plan = { undefinedBecause: string | null; rows: ShownPlanRow[] };

export async function agreementFromServer(session: Session, options: AgreementOptions): Promise<number> {
  const { criterion, at } = options;
  if (criterion === undefined) throw usage("give --criterion KEY, or --file RATINGS for a file");
  const slug = session.dataset();
  const question = { ...countedRatings(options), ...coefficientVariables(options) };
  const moment = options.job ? await computeFirst(session, "computeAgreement", options, question) : null;
  const data = await session
    .client()
    .request<{ dataset: { snapshot: { agreement: Report } | null } | null }>(AGREEMENT, {
      ...snapshotVariables(slug, options, moment),
      ...question,
      ...partVariables(options),
    });
  const report = snapshotOf(data.dataset, slug, at).agreement;
  const plan = options.plan === undefined ? undefined : await planOf(session, slug, options);
  const coefficients = asOfFiles(report.overall);
  session.output.answer({ coefficients, ...report, ...(plan ? { plan } : {}) }, () => [
    `${criterion}: ${computedOn(slug, report.activity, report.population)}, ` +
      `repeats ${(options.repeats ?? "LATEST").toLowerCase()}, method ${report.methodVersion}, ${report.cache.toLowerCase()}`,
    "",
    ...rowView(report.overall),
    ...report.groupings.flatMap((grouping) => ["", ...groupingView(grouping)]),
    ...partsView(report),
    ...(plan ? ["", `for ±${options.plan}`, ...planTable(plan.rows, plan.undefinedBecause)] : []),
  ]);
  return EXIT.ok;
}

/** The coefficients over all, by the names and in the fields that a ratings file's are printed in. */
function asOfFiles({ unitCount, raterCount, pairableValueCount, coefficients }: ShownRow): CoefficientRow[] {
  return coefficients.map((one) => ({
    ...vectorName(one),
    value: one.value,
    undefinedBecause: one.undefinedBecause,
    units: unitCount,
    raters: raterCount,
    pairableValues: pairableValueCount,
    standardError: one.standardError ?? null,
    interval: one.interval ? { ...one.interval, method: one.interval.method.toLowerCase() } : null,
  }));
}

function groupingView({ by, dimension, period, groups }: Report["groupings"][number]): string[] {
  const name = [by.toLowerCase().replaceAll("_", " "), dimension, period?.toLowerCase()].filter(Boolean).join(" ");
  return [`by ${name}`, ...groupTable(groups.map((group) => ({ label: group.key ?? "(unassigned)", row: group })))];
}

function partsView({ pairs, coincidences, disagreements, trend }: Report): string[] {
  const lines: string[] = [];
  const add = (title: string, table: string[]) => lines.push("", title, ...table);
  if (trend) add("by activity", trendTable(trend));
  if (pairs) add(pairsTitle(pairs), [...pairs.summaries.map(summaryLine), ...pairsTable(pairs.list.nodes)]);
  if (coincidences)
    add(
      "values",
      coincidences.undefinedBecause ? [coincidences.undefinedBecause] : confusionsTable(coincidences.confusions),
    );
  if (disagreements)
    add(
      "units, most disagreement first",
      disagreementsTable(
        disagreements.nodes.map(({ exampleVersion: { example }, ...row }) => ({ unit: example.externalId, ...row })),
      ),
    );
  return lines;
}

function pairsTitle({ list }: NonNullable<Report["pairs"]>): string {
  const { nodes, totalCount } = list;
  const shown = nodes.length < totalCount.value ? `, the first ${nodes.length} of ${count(totalCount.value)}` : "";
  return `pairs of annotators, lowest κ first${shown}`;
}

function summaryLine({ between, pairCount, unitCount, meanPercentAgreement, meanKappa }: Summary): string {
  const kinds = between.toLowerCase().replace("_", " and ");
  return `${kinds}: ${count(pairCount)} pairs on ${count(unitCount)} units, mean κ ${statistic(meanKappa)}, mean agreement ${share(meanPercentAgreement) ?? "–"}`;
}

function coefficientVariables(options: AgreementOptions): Fields {
  const { offer, all, coefficients, groupBy } = options;
  return {
    offer: all ? "ALL" : (offer ?? "RECOMMENDED"),
    ...(coefficients === undefined ? {} : { coefficients: coefficients.map(apiCoefficient) }),
    inference: inferenceOf(options),
    groupBy: (groupBy ?? []).map(groupingOf),
  };
}

function partVariables({ pairs, confusions, disagreements, trend }: AgreementOptions): Fields {
  return {
    pairs: pairs ?? false,
    confusions: confusions ?? false,
    disagreements: disagreements ?? 1,
    showDisagreements: disagreements !== undefined,
    trend: trend ?? 2,
    showTrend: trend !== undefined,
  };
}

async function planOf(session: Session, slug: string, options: AgreementOptions): Promise<Plan> {
  const { plan, confidence, mostRaters, seed, at } = options;
  const data = await session.client().request<{ dataset: { snapshot: { agreementPlan: Plan } | null } | null }>(PLAN, {
    ...snapshotVariables(slug, options),
    ...countedRatings(options),
    halfWidth: plan,
    ...(confidence === undefined ? {} : { level: confidence }),
    ...(mostRaters === undefined ? {} : { mostRaters }),
    ...(seed === undefined ? {} : { seed }),
  });
  return snapshotOf(data.dataset, slug, at).agreementPlan;
}
