// Which coefficients make sense at a level of measurement, and how is each computed with its uncertainty?
import { brennanPredigerInferred, brennanPredigerSums } from "./brennanPrediger.js";
import { cohenKappa } from "./cohenKappa.js";
import { congerKappa } from "./congerKappa.js";
import type { Level } from "./difference.js";
import { undefinedBecause, type Counts, type Estimate } from "./estimate.js";
import { fleissKappaInferred, fleissKappaSums } from "./fleissKappa.js";
import { gwetAcInferred, gwetAcSums } from "./gwetAc.js";
import type { Weighting } from "./gwetWeights.js";
import { icc, type IccForm } from "./icc.js";
import { NO_UNCERTAINTY, type Inferred } from "./interval.js";
import { kendallW } from "./kendallW.js";
import { krippendorffAlphaInferred, krippendorffAlphaSums } from "./krippendorffAlpha.js";
import { lightKappa } from "./lightKappa.js";
import { meanPairwiseSpearman } from "./meanPairwiseSpearman.js";
import { pabakInferred } from "./pabak.js";
import { countsOf } from "./pairableCounts.js";
import { percentAgreementInferred, percentAgreementSums } from "./percentAgreement.js";
import { percentAgreementUnanimous, percentAgreementUnanimousSums } from "./percentAgreementUnanimous.js";
import { countsOfMatrix, type RaterMatrix } from "./raterMatrix.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import { scottPiInferred, scottPiSums } from "./scottPi.js";
import type { SumStatistic } from "./sumStatistic.js";
import { weightedAlphaInferred, weightedAlphaSums } from "./weightedAlpha.js";
import { weightOfDisagreements } from "./weightOfDisagreements.js";

/** A coefficient by the names of the reference vectors, such as fleiss_kappa with linear weights. */
export type NamedCoefficient = Named & (OfCounts | OfRaters);

export interface Named {
  coefficient: string;
  weighting: string;
}

/** One that needs to know how many raters said what of a unit, and not who. */
interface OfCounts {
  needs: "COUNTS";
  infer: (ratings: RatingPatterns, confidence: number) => Inferred<string>;
  /** For jackknife and bootstrap, of ratings of which the coefficient has a value. */
  sums: (ratings: RatingPatterns) => SumStatistic;
}

/** One that needs to know who said it. */
interface OfRaters {
  needs: "RATERS";
  infer: (ratings: RaterMatrix, confidence: number) => Inferred<string>;
}

const WEIGHTED: Weighting[] = ["LINEAR", "QUADRATIC", "ORDINAL", "RADICAL", "RATIO", "BIPOLAR"];
const ICC_FORMS: IccForm[] = ["ICC(1,1)", "ICC(1,k)", "ICC(2,1)", "ICC(2,k)", "ICC(3,1)", "ICC(3,k)"];

/**
 * All coefficients for ratings at a level: those of labels at NOMINAL; at the others also those with weights, of
 * variance and of ranks, each with the reason in its place where these ratings give it no value.
 *
 * Without declared categories the values found are the scale. What depends on values that nobody used is then undefined,
 * CATEGORIES_NOT_DECLARED: AC1, AC2, Brennan-Prediger, PABAK, weighted percent agreement and all with weights by rank or
 * by the ends of the scale; at INTERVAL and RATIO, where the scale is taken to be continuous, all with weights.
 */
export function everyCoefficient(level: Level, categoriesDeclared: boolean): NamedCoefficient[] {
  const all = [...ofValues("UNWEIGHTED"), unanimous, pabak, ...alphas(level)];
  if (level !== "NOMINAL") all.push(...WEIGHTED.flatMap(ofValues), ...gwetsAlphas, ...ofNumbersAndRanks);
  if (categoriesDeclared) return all;
  return all.map((each) => (needsCategories(each, level) ? notDeclared(each) : each));
}

/** Cohen's κ with a table of how bad each disagreement is (`weightOfDisagreements`, which refuses others). */
export function cohenWithDisagreements(disagreements: ReadonlyArray<ReadonlyArray<number>>): NamedCoefficient {
  const w = weightOfDisagreements(disagreements);
  const infer = (matrix: RaterMatrix, level: number) => cohenKappa(matrix, w, level);
  return { coefficient: "cohen_kappa", weighting: "custom", needs: "RATERS", infer };
}

function ofValues(weighting: Weighting): NamedCoefficient[] {
  const name = (coefficient: string) => ({ coefficient, weighting: weighting.toLowerCase() });
  const counts = (
    coefficient: string,
    infer: (ratings: RatingPatterns, weighting: Weighting, level: number) => Inferred<string>,
    sums: (ratings: RatingPatterns, weighting: Weighting) => SumStatistic,
  ): NamedCoefficient => ({
    ...name(coefficient),
    needs: "COUNTS",
    infer: (ratings, level) => infer(ratings, weighting, level),
    sums: (ratings) => sums(ratings, weighting),
  });
  const raters = (coefficient: string, infer: OfRaters["infer"]): NamedCoefficient => ({
    ...name(coefficient),
    needs: "RATERS",
    infer,
  });
  return [
    counts("percent_agreement", percentAgreementInferred, percentAgreementSums),
    counts(weighting === "UNWEIGHTED" ? "gwet_ac1" : "gwet_ac2", gwetAcInferred, gwetAcSums),
    counts("brennan_prediger", brennanPredigerInferred, brennanPredigerSums),
    counts("fleiss_kappa", fleissKappaInferred, fleissKappaSums),
    raters("conger_kappa", (matrix, level) => congerKappa(matrix, weighting, level)),
    raters("light_kappa", (matrix) => valueAlone(lightKappa(matrix, weighting))),
    raters("cohen_kappa", (matrix, level) => cohenKappa(matrix, weighting, level)),
    counts("scott_pi", scottPiInferred, scottPiSums),
  ];
}

const unanimous: NamedCoefficient = {
  coefficient: "percent_agreement_unanimous",
  weighting: "unweighted",
  needs: "COUNTS",
  infer: (patterns) => valueAlone(percentAgreementUnanimous(patterns)),
  sums: percentAgreementUnanimousSums,
};

const pabak: NamedCoefficient = {
  coefficient: "pabak",
  weighting: "unweighted",
  needs: "COUNTS",
  infer: pabakInferred,
  sums: (patterns) => brennanPredigerSums(patterns, "UNWEIGHTED"),
};

function alphas(level: Level): NamedCoefficient[] {
  const levels: Level[] = level === "NOMINAL" ? ["NOMINAL"] : ["NOMINAL", "ORDINAL", "INTERVAL", "RATIO"];
  return levels.map((each) => ({
    coefficient: "krippendorff_alpha",
    weighting: each.toLowerCase(),
    needs: "COUNTS",
    infer: (patterns, confidence) => krippendorffAlphaInferred(patterns, each, confidence),
    sums: (patterns) => krippendorffAlphaSums(patterns, each),
  }));
}

/** Those that are not alpha at a level: quadratic, ratio and no weights are interval, ratio and nominal alpha. */
const gwetsAlphas = (["LINEAR", "ORDINAL", "RADICAL"] as const).map((weighting): NamedCoefficient => ({
  coefficient: "krippendorff_alpha",
  weighting: `gwet_${weighting.toLowerCase()}`,
  needs: "COUNTS",
  infer: (patterns, level) => weightedAlphaInferred(patterns, weighting, level),
  sums: (patterns) => weightedAlphaSums(patterns, weighting),
}));

const ofNumbersAndRanks: NamedCoefficient[] = [
  ...ICC_FORMS.map((form): NamedCoefficient => ({
    coefficient: "icc",
    weighting: form,
    needs: "RATERS",
    infer: (matrix, level) => icc(matrix, form, level),
  })),
  ...(["TIES_CORRECTED", "UNCORRECTED"] as const).map((ties): NamedCoefficient => ({
    coefficient: "kendall_w",
    weighting: ties.toLowerCase(),
    needs: "RATERS",
    infer: (matrix) => valueAlone(kendallW(matrix, ties)),
  })),
  {
    coefficient: "mean_pairwise_spearman",
    weighting: "plain_mean",
    needs: "RATERS",
    infer: (matrix) => valueAlone(meanPairwiseSpearman(matrix)),
  },
];

function needsCategories({ coefficient, weighting }: Named, level: Level): boolean {
  if (["gwet_ac1", "gwet_ac2", "brennan_prediger", "pabak"].includes(coefficient)) return true;
  const weight = WEIGHTED.find((each) => weighting.replace("gwet_", "") === each.toLowerCase());
  const isLevel = coefficient === "krippendorff_alpha" && !weighting.startsWith("gwet_");
  if (weight === undefined || isLevel) return false;
  const continuous = level === "INTERVAL" || level === "RATIO";
  return continuous || coefficient === "percent_agreement" || weight === "ORDINAL" || weight === "BIPOLAR";
}

function notDeclared(named: NamedCoefficient): NamedCoefficient {
  const because = (counts: Counts) => ({ ...undefinedBecause("CATEGORIES_NOT_DECLARED", counts), ...NO_UNCERTAINTY });
  return named.needs === "COUNTS"
    ? { ...named, infer: (ratings: RatingPatterns) => because(countsOf(ratings)) }
    : { ...named, infer: (ratings: RaterMatrix) => because(countsOfMatrix(ratings)) };
}

function valueAlone(estimate: Estimate<string>): Inferred<string> {
  return { ...estimate, ...NO_UNCERTAINTY };
}
