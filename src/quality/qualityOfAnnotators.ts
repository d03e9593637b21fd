// What do the ratings say of each annotator? Pure.
import { matrixOfColumns } from "../statistics/ratingColumns.js";
import type { AnnotatorNumbers, QualityNumbers } from "./annotatorNumbers.js";
import {
  estimateOf,
  estimateOfMean,
  noEstimate,
  shrunkenHits,
  shrunkenMeans,
  type ShrunkenEstimate,
} from "./estimates.js";
import {
  confusionModel,
  confusionsOfModel,
  confusionsOfPeople,
  modelNumbers,
  noConfusions,
} from "./qualityOfConfusions.js";
import { driftOf } from "./qualityOfDrift.js";
import { goldAccuracy } from "./qualityOfGold.js";
import {
  estimateOfCorrelation,
  modelAgainstPeople,
  peopleAgainstOthers,
  seriesOf,
  timedMatrix,
  type AgainstOthers,
} from "./qualityOfOthers.js";
import { intraRater } from "./qualityOfRepeats.js";
import { NO_SPEED, speedsOf } from "./qualityOfSpeed.js";
import { voteHits, voteNumbers, votesOf } from "./qualityOfVotes.js";
import { NO_VOLUME, volumesOf } from "./qualityOfVolume.js";
import type { QualityQuestion } from "./question.js";
import type { KnownAnnotator, QualityRatings } from "./readRatings.js";

type Progress = (share: number, step: string) => void;

/**
 * Every annotator with a rating that counts, is on gold, or is a repeat. All are measured against people, models too, and
 * no number of a person depends on a model. `progress` hears how far it is, from 0.4 to 1.
 */
export function qualityOfAnnotators(
  ratings: QualityRatings,
  question: QualityQuestion,
  progress: Progress,
): QualityNumbers {
  const people = ofPeople(ratings, question, progress);
  progress(0.9, "models");
  const models = ofModels(ratings, question, people);
  const shrunken = shrunkenOfPeople(ratings, people.against, question.level);
  const annotators = ratings.annotators.map((annotator) =>
    annotatorNumbers(annotator, ratings, question, { people, models, shrunken }),
  );
  const { tooFastBelowSeconds } = people.speeds;
  return { annotators, model: modelNumbers(people.model), tooFastBelowSeconds };
}

/** What is said of people, by annotator. */
function ofPeople({ people }: QualityRatings, question: QualityQuestion, progress: Progress) {
  const { level, measured } = question;
  progress(0.4, "people against each other");
  const timed = timedMatrix(people, measured.categories);
  const against = peopleAgainstOthers(timed, question);
  const volumes = volumesOf(people, timed.matrix);
  const speeds = speedsOf([people], level);
  const votes = votesOf(timed.matrix, measured.categories);
  progress(0.6, "confusions");
  const model = confusionModel(timed.matrix, measured.categories, (step, most) =>
    progress(0.6 + (0.3 * step) / most, "confusions"),
  );
  const confusions = confusionsOfPeople(model, level);
  const { values } = timed.matrix;
  return { against, volumes, speeds, votes, hits: voteHits([people], votes), model, confusions, values };
}

type OfPeople = ReturnType<typeof ofPeople>;

/** What is said of models, by annotator. */
function ofModels({ models, people }: QualityRatings, question: QualityQuestion, ofPeople: OfPeople) {
  const { level, measured } = question;
  const against = new Map<number, AgainstOthers>();
  const volumes: OfPeople["volumes"] = new Map();
  const confusions: OfPeople["confusions"] = new Map();
  for (const [annotator, model] of models) {
    against.set(annotator, modelAgainstPeople(model, people, ofPeople.values, question));
    const matrix = matrixOfColumns(model.columns, measured.categories);
    volumes.set(annotator, volumesOf(model, matrix).get(annotator)!);
    confusions.set(annotator, confusionsOfModel(ofPeople.model, matrix, level));
  }
  const all = [...models.values()];
  return { against, volumes, confusions, speeds: speedsOf(all, level), hits: voteHits(all, ofPeople.votes) };
}

/** People are judged partly by each other; a model is none of them. In the order of their keys, so that sums are the same. */
function shrunkenOfPeople({ annotators, gold }: QualityRatings, against: OfPeople["against"], level: number) {
  const pick = <One>(of: (annotator: number) => One | undefined) =>
    new Map(
      annotators.flatMap(({ annotator, kind }): Array<[number, One]> => {
        const one = kind === "HUMAN" ? of(annotator) : undefined;
        return one === undefined ? [] : [[annotator, one]];
      }),
    );
  return {
    agreement: shrunkenMeans(
      pick((annotator) => against.get(annotator)?.agreement),
      level,
    ),
    severity: shrunkenMeans(
      pick((annotator) => against.get(annotator)?.severity),
      level,
    ),
    gold: shrunkenHits(
      pick((annotator) => gold.get(annotator)),
      level,
    ),
  };
}

interface Found {
  people: OfPeople;
  models: ReturnType<typeof ofModels>;
  shrunken: ReturnType<typeof shrunkenOfPeople>;
}

function annotatorNumbers(
  { annotator, key, kind }: KnownAnnotator,
  ratings: QualityRatings,
  { measured, level }: QualityQuestion,
  { people, models, shrunken }: Found,
): AnnotatorNumbers {
  const found = kind === "HUMAN" ? people : models;
  const against = found.against.get(annotator);
  const sharedUnits = against?.agreement.units ?? 0;
  return {
    annotatorId: annotator,
    key,
    kind,
    volume: { ...(found.volumes.get(annotator) ?? NO_VOLUME), sharedUnits },
    ...numbersAgainst(against, shrunken.agreement.get(annotator), shrunken.severity.get(annotator), level),
    ...voteNumbers(annotator, people.votes, found.hits, sharedUnits, level),
    goldAccuracy: goldAccuracy(ratings.gold.get(annotator), shrunken.gold.get(annotator), level),
    intraRater: intraRater(ratings.repeats.get(annotator), measured, level),
    dawidSkene: found.confusions.get(annotator) ?? noConfusions(people.model),
    speed: found.speeds.byAnnotator.get(annotator) ?? NO_SPEED,
    drift: driftOf(against?.series ?? new Float64Array(0), seriesOf(measured.level), level),
  };
}

function numbersAgainst(
  against: AgainstOthers | undefined,
  shrunkenAgreement: ShrunkenEstimate | undefined,
  shrunkenSeverity: ShrunkenEstimate | undefined,
  level: number,
) {
  if (!against) {
    const none = noEstimate("NO_RATINGS");
    return { agreementWithOthers: none, severity: none, spreadRatio: none, correlation: none };
  }
  const { agreement, severity } = against;
  return {
    agreementWithOthers: estimateOfMean(agreement, shrunkenAgreement),
    severity: estimateOfMean(severity, shrunkenSeverity),
    spreadRatio: estimateOf(severity.spreadRatio, severity.ratings),
    correlation: estimateOfCorrelation(severity, level),
  };
}
