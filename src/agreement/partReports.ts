// Which reports stand beside the coefficients of a question, and what computes them?
import { defineTask } from "../platform/tasks.js";
import { registerReport, type ReportAsked } from "../reports/findReport.js";
import { METHOD_VERSION } from "./agreementReport.js";
import { measureCoincidences, type CoincidenceReport } from "./coincidenceReport.js";
import { measureDisagreements, type Disagreements } from "./disagreements.js";
import { measurePairs, type Pairs, type PairsQuestion } from "./pairs.js";
import { measurePlan, type PlanQuestion, type PlanReport } from "./plan.js";
import type { CountedRatings } from "./question.js";

export const pairsKind = registerReport<PairsQuestion, Pairs>({
  name: "AGREEMENT_PAIRS",
  method: METHOD_VERSION,
  task: defineTask("agreementPairs", ({ db }, { snapshot, question }: ReportAsked<PairsQuestion>) =>
    measurePairs(db, snapshot, question),
  ),
  weigh: ({ pairs }) => pairs.length,
});

export const coincidencesKind = registerReport<CountedRatings, CoincidenceReport>({
  name: "COINCIDENCES",
  method: METHOD_VERSION,
  task: defineTask("coincidences", ({ db }, { snapshot, question }: ReportAsked<CountedRatings>) =>
    measureCoincidences(db, snapshot, question),
  ),
  weigh: ({ values }) => 1 + values.length,
});

export const disagreementsKind = registerReport<CountedRatings, Disagreements>({
  name: "DISAGREEMENTS",
  method: METHOD_VERSION,
  task: defineTask("disagreements", ({ db }, { snapshot, question }: ReportAsked<CountedRatings>) =>
    measureDisagreements(db, snapshot, question),
  ),
  weigh: ({ units }) => units.length,
});

export const planKind = registerReport<PlanQuestion, PlanReport>({
  name: "AGREEMENT_PLAN",
  method: METHOD_VERSION,
  task: defineTask("agreementPlan", ({ db }, { snapshot, question }: ReportAsked<PlanQuestion>) =>
    measurePlan(db, snapshot, question),
  ),
  weigh: ({ rows }) => rows.length,
});
