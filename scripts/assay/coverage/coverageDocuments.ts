// Which documents about coverage does the command line send, and what comes back?

const INTERVAL = "{ low high level }";
const REPORT = `activity { number recordedAt } population methodVersion cache parameters planVersion
  countedBy exampleCount rawExampleCount unassignedCount unassignedShare erasedCount warnings attainment
  dimensions { name multiple unassignedCount methods { method count } }
  cells { ...Cell } gaps { ...Cell } excesses { ...Cell }
  distance { exampleCount undefinedBecause totalVariation jensenShannon offTargetMass }
  association { exampleCount undefinedBecause rows columns observed expected adjustedResiduals chiSquare df p permutationP
    smallestExpected cramersV cramersVUndefinedBecause cramersVInterval ${INTERVAL} }`;
const CELL = `fragment Cell on CoverageCell { keys count rawCount share interval ${INTERVAL} target targetShare deficit toAdd met
  attainment maximumShare excess weight weightedDeficit declared summary next }`;
const DRIFT = `name exampleCountBefore exampleCount undefinedBecause stability byChance smoothed
  values { key countBefore count shareBefore share contribution }`;
const SNAPSHOT = "$slug: String!, $at: SnapshotAt, $population: Population";
const OF = "dataset(slug: $slug) { snapshot(at: $at, population: $population)";

export const COVERAGE = `query Coverage(${SNAPSHOT}, $dimensions: [CoverageDimension!]!, $planVersion: Int,
    $countedBy: CoverageCountedBy! = EXAMPLES) {
  ${OF} { coverage(dimensions: $dimensions, planVersion: $planVersion, countedBy: $countedBy) { ${REPORT} } } } }
${CELL}`;

export const COVERAGE_OF_PLAN = `query CoverageOfPlan(${SNAPSHOT}, $planVersion: Int) {
  ${OF} { activity { number recordedAt } population exampleCount coverageOfPlan(planVersion: $planVersion) {
    plan { version title targets { weight } } attainment
    gaps { dimensions cell { ...Cell } } excesses { dimensions cell { ...Cell } }
    reports { erasedCount unassignedCount unassignedShare dimensions { name unassignedCount }
      distance { exampleCount undefinedBecause totalVariation jensenShannon offTargetMass } } } } } }
${CELL}`;

export const COVERAGE_DRIFT = `query CoverageDrift(${SNAPSHOT}, $since: SnapshotAt!, $dimensions: [CoverageDimension!]!) {
  ${OF} { activity { number recordedAt } population coverageDrift(since: $since, dimensions: $dimensions) {
    activityBefore { number recordedAt } populationBefore methodVersion dimensions { ${DRIFT} } } } } }`;

export const COVERAGE_TREND = `query CoverageTrend($slug: String!, $dimension: CoverageDimension!, $planVersion: Int) {
  dataset(slug: $slug) { coverageTrend(dimension: $dimension, planVersion: $planVersion) {
    release { version status } drift { ${DRIFT} }
    coverage { activity { number recordedAt } planVersion exampleCount attainment
      cells { keys count share target met } } } } }`;

export interface CellRow {
  keys: (string | null)[];
  count: number;
  rawCount: number;
  share: number | null;
  interval: { low: number; high: number; level: number } | null;
  target: number | null;
  targetShare: number | null;
  deficit: number | null;
  toAdd: number | null;
  met: boolean | null;
  attainment: number | null;
  maximumShare: number | null;
  excess: number | null;
  weight: number | null;
  next: string | null;
}

export interface Distance {
  exampleCount: number;
  undefinedBecause: string | null;
  totalVariation: number | null;
  jensenShannon: number | null;
  offTargetMass: number | null;
}

export interface Association {
  exampleCount: number;
  undefinedBecause: string | null;
  rows: string[];
  columns: string[];
  observed: number[][];
  expected: number[][];
  adjustedResiduals: (number | null)[][];
  chiSquare: number | null;
  df: number | null;
  p: number | null;
  permutationP: number | null;
  cramersV: number | null;
  cramersVUndefinedBecause: string | null;
  cramersVInterval: { low: number; high: number; level: number } | null;
}

export interface Report {
  activity: { number: number; recordedAt: string };
  population: string;
  methodVersion: string;
  planVersion: number | null;
  countedBy: string;
  exampleCount: number;
  rawExampleCount: number;
  unassignedCount: number;
  unassignedShare: number | null;
  erasedCount: number | null;
  warnings: string[];
  attainment: number | null;
  dimensions: {
    name: string;
    multiple: boolean;
    unassignedCount: number;
    methods: { method: string; count: number }[];
  }[];
  cells: CellRow[];
  gaps: CellRow[];
  excesses: CellRow[];
  distance: Distance | null;
  association: Association | null;
}

export interface PlanGap {
  dimensions: string[];
  cell: CellRow;
}

export interface PlanStatus {
  plan: { version: number; title: string; targets: { weight: number }[] };
  attainment: number | null;
  gaps: PlanGap[];
  excesses: PlanGap[];
  reports: { erasedCount: number | null; dimensions: { name: string }[]; distance: Distance | null }[];
}

export interface DimensionDrift {
  name: string;
  exampleCountBefore: number;
  exampleCount: number;
  undefinedBecause: string | null;
  stability: number | null;
  byChance: number | null;
  smoothed: boolean | null;
  values: {
    key: string | null;
    countBefore: number;
    count: number;
    shareBefore: number | null;
    share: number | null;
    contribution: number | null;
  }[];
}

export interface Drift {
  activityBefore: { number: number; recordedAt: string };
  populationBefore: string;
  methodVersion: string;
  dimensions: DimensionDrift[];
}

export interface TrendPoint {
  release: { version: string; status: string } | null;
  drift: DimensionDrift | null;
  coverage: Pick<Report, "activity" | "planVersion" | "exampleCount" | "attainment" | "cells">;
}
