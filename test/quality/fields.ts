// Which fields does a test ask of an annotator's quality?
const INTERVAL = `{ low high level method }`;
const ESTIMATE = `{ value undefinedBecause n standardError interval ${INTERVAL} shrunken { value ownWeight interval ${INTERVAL} } }`;

/** All of AnnotatorQuality. */
export const FIELDS = `annotator { key kind } volume { ratings units sharedUnits firstAt lastAt }
  agreementWithOthers ${ESTIMATE} agreementWithMajority ${ESTIMATE} agreementWithWeightedMajority ${ESTIMATE}
  severity ${ESTIMATE} spreadRatio ${ESTIMATE} correlation ${ESTIMATE}
  goldAccuracy { hits misses accuracy ${ESTIMATE} mean probabilityAbove75 }
  intraRater { pairs contradictedPairs percentAgreement ${ESTIMATE} alpha ${ESTIMATE} }
  dawidSkene { accuracy ${ESTIMATE} confusion { value expectedRatings probabilities } }
  speed { ratings medianSeconds ${ESTIMATE} robustZ ${ESTIMATE} tooFastShare ${ESTIMATE} }
  drift { of ratings recentCount recentMean beforeCount beforeMean difference ${ESTIMATE} ewmaOutsideCount ewmaUndefinedBecause }`;
