// Which ratings of a submission can be taken, and what becomes of them? Pure.
import { KEY, KEY_RULE } from "../activities/principals.js";
import { itemProblem, problem, type UserErrorCode, type UserProblem } from "../platform/errors.js";
import { unsoundPath, UNSOUND } from "../platform/soundText.js";
import { resolveVersion } from "./resolveNames.js";
import { MOST_COUNTED } from "./countVectors.js";
import { outsideScale, placeOf, type CriterionInForce, type PlacedValue } from "./scales.js";
import {
  MOST_RATINGS,
  type KnownAnnotator,
  type KnownVersion,
  type RatingInput,
  type SubmissionFacts,
  type SubmitRatingsInput,
  type Unit,
} from "./submission.js";

/** What the submitter may do beyond rating as their own annotators. */
export interface Rights {
  principalUid: string;
  forOthers: boolean;
  mayEnrol: boolean;
}

export interface AcceptedRating {
  input: RatingInput;
  unit: Unit;
  placed: PlacedValue;
  /** Null for one that this submission enrols under the input's key. */
  annotator: KnownAnnotator | null;
  guidelineVersion: number;
  batch: number | null;
}

export interface CheckedSubmission {
  accepted: AcceptedRating[];
  problems: UserProblem[];
}

/** A refusal of one item: the field, the code, the message. */
class Refused {
  constructor(
    readonly field: string | null,
    readonly code: UserErrorCode,
    readonly message: string,
  ) {}
}

export function checkSubmission(input: SubmitRatingsInput, facts: SubmissionFacts, rights: Rights): CheckedSubmission {
  const result: CheckedSubmission = { accepted: [], problems: [] };
  const whole = wholeProblem(input);
  if (whole) return { accepted: [], problems: [whole] };
  const references = new Set<string>();
  for (const [index, item] of input.ratings.entries()) {
    const checked = checkItem(item, input, facts, rights, references);
    if (checked instanceof Refused)
      result.problems.push(itemProblem("ratings", index, checked.field, checked.code, checked.message));
    else result.accepted.push(checked);
  }
  return result;
}

function wholeProblem(input: SubmitRatingsInput): UserProblem | null {
  const { ratings, guidelineVersion, batch } = input;
  if (ratings.length > MOST_RATINGS)
    return problem(
      "TOO_MANY_ITEMS",
      `${ratings.length} ratings were sent; send at most ${MOST_RATINGS} at a time`,
      "ratings",
    );
  const unsound = unsoundPath({ guidelineVersion, batch });
  return unsound && problem("INVALID_TEXT", `${unsound[0]} ${UNSOUND}`, unsound[0]!);
}

function checkItem(
  item: RatingInput,
  input: SubmitRatingsInput,
  facts: SubmissionFacts,
  rights: Rights,
  references: Set<string>,
): AcceptedRating | Refused {
  const unfit = textProblem(item) ?? referenceProblem(item, references) ?? measureProblem(item);
  if (unfit) return unfit;
  const rules = checkRules(item, input, facts);
  if (rules instanceof Refused) return rules;
  const { guidelineVersion, criterion } = rules;
  const annotator = checkAnnotator(item, input, facts, rights);
  if (annotator instanceof Refused) return annotator;
  if (rules.requiresQualification && !annotator?.qualifiedFor.includes(guidelineVersion))
    return notQualified(item, rules.name);
  const version = checkVersion(item, facts);
  if (version instanceof Refused) return version;
  const placed = placeOf(item.value, criterion);
  if (!placed) return new Refused("value", "VALUE_OUTSIDE_SCALE", outsideScale(item.value, criterion));
  const batch = checkBatch(item, input, facts);
  if (batch instanceof Refused) return batch;
  const unit = facts.unit(criterion, version);
  const full = roomProblem(unit, annotator);
  return full ?? { input: item, unit, placed, annotator, guidelineVersion, batch };
}

const TEXTS = [
  "externalId",
  "exampleVersionId",
  "criterion",
  "annotator",
  "value",
  "guidelineVersion",
  "batch",
  "rationale",
  "clientRef",
] as const;

function textProblem(item: RatingInput): Refused | null {
  for (const field of TEXTS) {
    const text = item[field];
    if (typeof text === "string" && unsoundPath(text)) return new Refused(field, "INVALID_TEXT", `${field} ${UNSOUND}`);
  }
  return null;
}

function referenceProblem({ clientRef }: RatingInput, references: Set<string>): Refused | null {
  if (clientRef == null) return null;
  if (references.has(clientRef))
    return new Refused(
      "clientRef",
      "DUPLICATE_CLIENT_REF",
      `clientRef ${JSON.stringify(clientRef)} stands in this batch already; give each rating its own`,
    );
  references.add(clientRef);
  return null;
}

const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(10_000, 0, 1);

const LONGEST_RATIONALE = 50_000;

function measureProblem({ seconds, occurredAt, rationale }: RatingInput): Refused | null {
  if (rationale != null && rationale.length > LONGEST_RATIONALE)
    return new Refused(
      "rationale",
      "INVALID_VALUE",
      `rationale has ${rationale.length} characters; use at most ${LONGEST_RATIONALE}`,
    );
  if (seconds != null && !(seconds >= 0 && Number.isFinite(seconds)))
    return new Refused("seconds", "INVALID_VALUE", `seconds is ${seconds}; use a number from 0, or leave it out`);
  if (occurredAt != null && !(occurredAt.getTime() >= EARLIEST && occurredAt.getTime() < LATEST))
    return new Refused(
      "occurredAt",
      "INVALID_VALUE",
      "occurredAt is outside the years 1900 to 9999; send when the value was given, or leave it out",
    );
  return null;
}

interface Rules {
  name: string;
  guidelineVersion: number;
  requiresQualification: boolean;
  criterion: CriterionInForce;
}

function checkRules(item: RatingInput, input: SubmitRatingsInput, facts: SubmissionFacts): Rules | Refused {
  const name = item.guidelineVersion ?? input.guidelineVersion;
  if (name == null)
    return new Refused(
      "guidelineVersion",
      "INVALID_VALUE",
      "no guideline version is given; name one such as house-style@1.0, here or for the whole submission",
    );
  const known = facts.guidelineVersions.get(name);
  if (!known)
    return new Refused(
      "guidelineVersion",
      "UNKNOWN_GUIDELINE_VERSION",
      `guideline version ${JSON.stringify(name)} is not published; name one as key@version, such as house-style@1.0`,
    );
  const criterion = known.criteria.get(item.criterion);
  if (!criterion) {
    const keys = [...known.criteria.keys()].join(", ");
    return new Refused(
      "criterion",
      "CRITERION_NOT_IN_FORCE",
      `criterion ${JSON.stringify(item.criterion)} is not in force under ${name}; in force are: ${keys}`,
    );
  }
  return {
    name,
    guidelineVersion: known.guidelineVersion,
    requiresQualification: known.requiresQualification,
    criterion,
  };
}

/** The annotator by key; null for one to enrol. Who may rate only as their own is not told which keys exist. */
function checkAnnotator(
  { annotator: key }: RatingInput,
  { enrol }: SubmitRatingsInput,
  facts: SubmissionFacts,
  { principalUid, forOthers, mayEnrol }: Rights,
): KnownAnnotator | null | Refused {
  const known = facts.annotators.get(key);
  if (!forOthers && known?.principalUid !== principalUid)
    return new Refused(
      "annotator",
      "NOT_YOUR_ANNOTATOR",
      `annotator ${JSON.stringify(key)} is not yours; rate as your own, or ask for the permission rating:submitForOthers`,
    );
  if (!known) return enrol && mayEnrol ? newAnnotator(key) : unknownAnnotator(key, enrol);
  if (known.status !== "ACTIVE")
    return new Refused(
      "annotator",
      "ANNOTATOR_NOT_ACTIVE",
      `annotator ${key} is ${known.status}; enrol it as ACTIVE again, or rate as another`,
    );
  return known;
}

function newAnnotator(key: string): null | Refused {
  if (KEY.test(key)) return null;
  return new Refused(
    "annotator",
    "INVALID_VALUE",
    `annotator ${JSON.stringify(key)} cannot be enrolled under that key; ${KEY_RULE}`,
  );
}

function unknownAnnotator(key: string, enrol: boolean): Refused {
  const what = enrol ? "ask for the permission annotator:enrol" : "enrol it, or send enrol: true";
  return new Refused("annotator", "UNKNOWN_ANNOTATOR", `annotator ${JSON.stringify(key)} is not enrolled; ${what}`);
}

function notQualified({ annotator }: RatingInput, guidelineVersion: string): Refused {
  return new Refused(
    "annotator",
    "NOT_QUALIFIED",
    `annotator ${annotator} is not qualified for ${guidelineVersion}, which asks for it; enrol it with qualifiedFor, or rate under another version`,
  );
}

function checkVersion(item: RatingInput, facts: SubmissionFacts): KnownVersion | Refused {
  if ((item.externalId == null) === (item.exampleVersionId == null))
    return new Refused("externalId", "INVALID_VALUE", "give exactly one of externalId and exampleVersionId");
  const field = item.externalId == null ? "exampleVersionId" : "externalId";
  const version = resolveVersion(item, facts);
  if (!version)
    return new Refused(
      field,
      "UNKNOWN_EXAMPLE",
      `${field} ${JSON.stringify(item[field])} names no example of this dataset; import it first`,
    );
  if (version.erased)
    return new Refused(
      field,
      "CONTENT_ERASED",
      `the text of ${item[field]} was erased; what cannot be read cannot be rated`,
    );
  if (version.latest && !version.current)
    return new Refused(
      field,
      "EXAMPLE_WITHDRAWN",
      `${item[field]} is withdrawn; rate it after another decision, or rate a new version`,
    );
  return version;
}

function checkBatch(item: RatingInput, input: SubmitRatingsInput, facts: SubmissionFacts): number | null | Refused {
  const key = item.batch ?? input.batch;
  if (key == null) return null;
  return (
    facts.batches.get(key) ??
    new Refused("batch", "UNKNOWN_BATCH", `batch ${JSON.stringify(key)} is not open; open it with openBatches`)
  );
}

/** A vector holds 65,535 of a category: a unit is full when it has as many ratings, whatever their values. */
function roomProblem(unit: Unit, annotator: KnownAnnotator | null): Refused | null {
  if (annotator && unit.inForce.has(annotator.annotator)) return null;
  if (unit.counted >= MOST_COUNTED)
    return new Refused(
      "externalId",
      "TOO_MANY_ITEMS",
      `this example version has ${unit.counted} ratings on the criterion, the most that are counted`,
    );
  unit.counted++;
  return null;
}
