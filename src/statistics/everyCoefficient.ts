// Which coefficients make sense at a level of measurement, and how is each computed with its uncertainty?
import { brennanPredigerInferred } from "./brennanPrediger.js";
import { cohenKappa } from "./cohenKappa.js";
import { congerKappa } from "./congerKappa.js";
import type { Level } from "./difference.js";
import { undefinedBecause, type Estimate } from "./estimate.js";
import { fleissKappaInferred } from "./fleissKappa.js";
import { gwetAcInferred } from "./gwetAc.js";
import type { Weighting } from "./gwetWeights.js";
import { icc, type IccForm } from "./icc.js";
import { NO_UNCERTAINTY, type Inferred } from "./interval.js";
import { kendallW } from "./kendallW.js";
import { krippendorffAlphaInferred } from "./krippendorffAlpha.js";
import { lightKappa } from "./lightKappa.js";
import { meanPairwiseSpearman } from "./meanPairwiseSpearman.js";
import { pabakInferred } from "./pabak.js";
import { countsOf } from "./pairableCounts.js";
import { percentAgreementInferred } from "./percentAgreementInferred.js";
import { percentAgreementUnanimous } from "./percentAgreementUnanimous.js";
import type { RaterMatrix } from "./raterMatrix.js";
import type { RatingPatterns } from "./ratingPatterns.js";
import { scottPiInferred } from "./scottPi.js";
import { weightedAlphaInferred } from "./weightedAlpha.js";

/** The same ratings in both forms. */
export interface RatingsBothWays {
  patterns: RatingPatterns;
  matrix: RaterMatrix;
}

/** A coefficient by the names of the reference vectors, such as fleiss_kappa with linear weights. */
export interface NamedCoefficient {
  coefficient: string;
  weighting: string;
  infer: (ratings: RatingsBothWays, confidence: number) => Inferred<string>;
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
  return all.map((each) => (needsCategories(each, level) ? { ...each, infer: notDeclared } : each));
}

function ofValues(weighting: Weighting): NamedCoefficient[] {
  const named = (coefficient: string, infer: NamedCoefficient["infer"]) => ({
    coefficient,
    weighting: weighting.toLowerCase(),
    infer,
  });
  return [
    named("percent_agreement", ({ patterns }, level) => percentAgreementInferred(patterns, weighting, level)),
    named(weighting === "UNWEIGHTED" ? "gwet_ac1" : "gwet_ac2", ({ patterns }, level) =>
      gwetAcInferred(patterns, weighting, level),
    ),
    named("brennan_prediger", ({ patterns }, level) => brennanPredigerInferred(patterns, weighting, level)),
    named("fleiss_kappa", ({ patterns }, level) => fleissKappaInferred(patterns, weighting, level)),
    named("conger_kappa", ({ matrix }, level) => congerKappa(matrix, weighting, level)),
    named("light_kappa", ({ matrix }) => valueAlone(lightKappa(matrix, weighting))),
    named("cohen_kappa", ({ matrix }, level) => cohenKappa(matrix, weighting, level)),
    named("scott_pi", ({ patterns }, level) => scottPiInferred(patterns, weighting, level)),
  ];
}

const unanimous: NamedCoefficient = {
  coefficient: "percent_agreement_unanimous",
  weighting: "unweighted",
  infer: ({ patterns }) => valueAlone(percentAgreementUnanimous(patterns)),
};

const pabak: NamedCoefficient = {
  coefficient: "pabak",
  weighting: "unweighted",
  infer: ({ patterns }, level) => pabakInferred(patterns, level),
};

function alphas(level: Level): NamedCoefficient[] {
  const levels: Level[] = level === "NOMINAL" ? ["NOMINAL"] : ["NOMINAL", "ORDINAL", "INTERVAL", "RATIO"];
  return levels.map((each) => ({
    coefficient: "krippendorff_alpha",
    weighting: each.toLowerCase(),
    infer: ({ patterns }, confidence) => krippendorffAlphaInferred(patterns, each, confidence),
  }));
}

/** Those that are not alpha at a level: quadratic, ratio and no weights are interval, ratio and nominal alpha. */
const gwetsAlphas = (["LINEAR", "ORDINAL", "RADICAL"] as const).map((weighting): NamedCoefficient => ({
  coefficient: "krippendorff_alpha",
  weighting: `gwet_${weighting.toLowerCase()}`,
  infer: ({ patterns }, level) => weightedAlphaInferred(patterns, weighting, level),
}));

const ofNumbersAndRanks: NamedCoefficient[] = [
  ...ICC_FORMS.map((form) => ({
    coefficient: "icc",
    weighting: form,
    infer: ({ matrix }: RatingsBothWays, level: number) => icc(matrix, form, level),
  })),
  ...(["TIES_CORRECTED", "UNCORRECTED"] as const).map((ties) => ({
    coefficient: "kendall_w",
    weighting: ties.toLowerCase(),
    infer: ({ matrix }: RatingsBothWays) => valueAlone(kendallW(matrix, ties)),
  })),
  {
    coefficient: "mean_pairwise_spearman",
    weighting: "plain_mean",
    infer: ({ matrix }) => valueAlone(meanPairwiseSpearman(matrix)),
  },
];

function needsCategories({ coefficient, weighting }: NamedCoefficient, level: Level): boolean {
  if (["gwet_ac1", "gwet_ac2", "brennan_prediger", "pabak"].includes(coefficient)) return true;
  const weight = WEIGHTED.find((each) => weighting.replace("gwet_", "") === each.toLowerCase());
  const isLevel = coefficient === "krippendorff_alpha" && !weighting.startsWith("gwet_");
  if (weight === undefined || isLevel) return false;
  const continuous = level === "INTERVAL" || level === "RATIO";
  return continuous || coefficient === "percent_agreement" || weight === "ORDINAL" || weight === "BIPOLAR";
}

function notDeclared({ patterns }: RatingsBothWays): Inferred<string> {
  return { ...undefinedBecause("CATEGORIES_NOT_DECLARED", countsOf(patterns)), ...NO_UNCERTAINTY };
}

function valueAlone(estimate: Estimate<string>): Inferred<string> {
  return { ...estimate, ...NO_UNCERTAINTY };
}
