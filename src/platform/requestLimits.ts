// What are the limits of one request?

/** Every limit; Query.apiLimits shows them. */
export const LIMITS = {
  /** Lexical tokens of a document. */
  tokens: 2_000,
  operations: 10,
  /** What GraphiQL's introspection asks for is 15 deep. */
  depth: 15,
  aliases: 30,
  rootFields: 20,
  rootMutations: 10,
  directives: 50,
  directivesOnOne: 5,
  /** Fields and spreads after every fragment is written out. */
  selections: 2_000,
  /** Points: about what a page of 100 with 20 ratings each, their annotators and criteria, costs. */
  cost: 10_000,
  page: 100,
  nodes: 100,
  bodyBytes: 256 * 1024,
  bulkBodyBytes: 16 * 1024 * 1024,
  /** Levels of arrays and objects in a JSON body. */
  bodyDepth: 64,
  /** Texts that are read at once, such as a page's prompts and responses. */
  textBytes: 64 * 1024 * 1024,
} as const;

/** Mutations that take a bulk body, and how many items each takes. */
export const BULK_ITEMS = {
  importExamples: 1_000,
  reviseExamples: 1_000,
  labelExamples: 5_000,
  submitRatings: 5_000,
  decideExamples: 5_000,
  setGoldValues: 5_000,
  retractGoldValues: 5_000,
  loadLexicon: 20_000,
  setAnnotatorAttributes: 5_000,
  submitCheckResults: 5_000,
} as const;
