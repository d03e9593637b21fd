// What does Dawid and Skene's model make of the ratings that count, and how is it computed and kept?
import { withHashJoins } from "../agreement/hashJoins.js";
import { bad, type CountedRatings } from "../agreement/question.js";
import { readAll } from "../agreement/readGroups.js";
import { defineTask, type TaskContext } from "../platform/tasks.js";
import { registerReport, type ReportWork } from "../reports/findReport.js";
import { dawidSkene, mostProbable, type DawidSkeneFit } from "../statistics/dawidSkene.js";
import { ratingsOfUnit, type RaterMatrix } from "../statistics/raterMatrix.js";
import { fittedModel, stepsFor, TOLERANCE, type FittedModel } from "./fittedModel.js";
import { keepFit, TIED, type FittedUnits } from "./runQueries.js";

/** Changes whenever the same question on the same snapshot could get other values. */
export const METHOD_VERSION = "consensus/1";

export interface FitReport {
  /** Null where nobody rated. */
  model: FittedModel | null;
}

/** The kept report is the model; the units are kept in tables under its key, so that examples can be filtered by them. */
export const fitKind = registerReport<CountedRatings, FitReport>({
  name: "CONSENSUS",
  method: METHOD_VERSION,
  task: defineTask("consensusFit", fitRatings),
  weigh: ({ model }) => (model ? 1 + model.raters.length * model.priors.length : 1),
});

async function fitRatings(
  { db, progress }: TaskContext,
  { snapshot, question, key }: ReportWork<CountedRatings>,
): Promise<FitReport> {
  progress(0, "reading the ratings");
  const read = await withHashJoins(db, (tx) => readAll(tx, snapshot, question, true));
  const matrix = read.matrix!;
  refuseTooLarge(matrix, question);
  const mostSteps = stepsFor(matrix.value.length);
  const fit = dawidSkene(matrix, { tolerance: TOLERANCE, mostSteps, onStep: sayingSteps(progress) });
  progress(0.9, "keeping what came out");
  const { datasetId, activity } = snapshot;
  const { criterionVersion } = question.measured;
  const units = fit.kind === "defined" ? unitsOf(matrix, fit) : NO_UNITS;
  await keepFit(db, { datasetId, key: Buffer.from(key, "hex"), criterionVersion, activity }, units);
  return { model: fit.kind === "defined" ? fittedModel(fit, mostSteps) : null };
}

const NO_UNITS: FittedUnits = {
  exampleVersion: [],
  category: new Int32Array(),
  certainty: new Float64Array(),
  ratings: new Int32Array(),
};

/** Numbers in the tables of a fit: 8 bytes each, and each rater's table is kept as text, too. */
const MOST_POSTERIORS = 100_000_000;
const MOST_CONFUSIONS = 2_000_000;

function refuseTooLarge({ units, ratersAsked: raters, values }: RaterMatrix, { measured }: CountedRatings): void {
  const size = `${measured.key} has ${values.length} categories, ${units.length} units and ${raters} raters`;
  const advice = "use MAJORITY, or a filter that leaves less";
  if (units.length * values.length > MOST_POSTERIORS)
    throw bad("rule", `${size}; DAWID_SKENE takes units times categories up to ${MOST_POSTERIORS}: ${advice}`);
  if (raters * values.length ** 2 > MOST_CONFUSIONS)
    throw bad("rule", `${size}; DAWID_SKENE takes raters times squared categories up to ${MOST_CONFUSIONS}: ${advice}`);
}

const SAY_MILLISECONDS = 200;

/** How many steps it takes is not known before: the share nears its end as they go on. */
function sayingSteps(progress: TaskContext["progress"]) {
  let said = -Infinity;
  return (step: number, logLikelihood: number): void => {
    if (performance.now() - said < SAY_MILLISECONDS) return;
    said = performance.now();
    progress(0.1 + (0.8 * step) / (step + 100), `step ${step}: log-likelihood ${logLikelihood.toFixed(3)}`);
  };
}

function unitsOf(matrix: RaterMatrix, fit: DawidSkeneFit): FittedUnits {
  const count = matrix.units.length;
  const [category, certainty, ratings] = [new Int32Array(count), new Float64Array(count), new Int32Array(count)];
  for (let unit = 0; unit < count; unit++) {
    const probable = mostProbable(fit, unit);
    category[unit] = probable.value ?? TIED;
    certainty[unit] = probable.certainty;
    ratings[unit] = ratingsOfUnit(matrix, unit);
  }
  return { exampleVersion: matrix.units as ArrayLike<number>, category, certainty, ratings };
}
