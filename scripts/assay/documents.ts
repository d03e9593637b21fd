// Which GraphQL documents does the command line send for whole files?

const OUTCOME = `activity { number } replayed userErrors { code message path index } acceptedCount unchangedCount`;

const bulk = (name: string, mutation: string, input: string) =>
  `mutation ${name}($input: ${input}!) { ${mutation}(input: $input) { ${OUTCOME} } }`;

export const IMPORT_EXAMPLES = bulk("ImportExamples", "importExamples", "ImportExamplesInput");
export const SUBMIT_RATINGS = bulk("SubmitRatings", "submitRatings", "SubmitRatingsInput");
export const DECIDE_EXAMPLES = bulk("DecideExamples", "decideExamples", "DecideExamplesInput");
export const LABEL_EXAMPLES = bulk("LabelExamples", "labelExamples", "LabelExamplesInput");
