// What must be known to take a group of submissions?
import type { Tx } from "../platform/db.js";
import { decodeGlobalId } from "../platform/nodes.js";
import { unsoundPath } from "../platform/soundText.js";
import { decodeCounts } from "./countVectors.js";
import {
  namedInSubmissions,
  unitsInForce,
  type AskedUnits,
  type Named,
  type Names,
  type VersionTuple,
} from "./factQueries.js";
import { resolveVersion } from "./resolveNames.js";
import type { CriterionInForce } from "./scales.js";
import type { KnownVersion, RatingInput, SubmissionFacts, SubmitRatingsInput, Unit } from "./submission.js";

/** Reads it in two statements for all submissions of the group. */
export async function readFacts(
  tx: Tx,
  datasetId: number,
  inputs: readonly SubmitRatingsInput[],
): Promise<SubmissionFacts> {
  const names = namesOf(inputs);
  const facts = factsOf(names, await namedInSubmissions(tx, datasetId, names));
  const asked = askForUnits(inputs, facts);
  if (asked.units.length === 0) return facts;
  const found = await unitsInForce(tx, datasetId, {
    criterionVersions: asked.units.map((unit) => unit.criterionVersion),
    exampleVersions: asked.units.map((unit) => unit.version.exampleVersion),
    raters: asked.raters,
  });
  for (const [i, counts, n] of found.tallies) {
    asked.units[i]!.counts = counts === null ? null : decodeCounts(counts);
    asked.units[i]!.counted = n;
  }
  for (const [i, rating, repeat, category, countedStratum] of found.inForce) {
    const [unit, annotator] = asked.raters[i]!;
    asked.units[unit]!.inForce.set(annotator, { rating, repeat, category, countedStratum, planned: null });
  }
  return facts;
}

/** Names that cannot be stored are left out: the check refuses them, and Postgres would not take them. */
function namesOf(inputs: readonly SubmitRatingsInput[]): Names {
  const sets = { guidelineVersions: new Set<string>(), annotators: new Set<string>(), batches: new Set<string>() };
  const externalIds = new Set<string>();
  const versionIds = new Set<number>();
  const add = (set: Set<string>, name: string | null | undefined) => name != null && set.add(name);
  for (const input of inputs) {
    add(sets.guidelineVersions, input.guidelineVersion);
    add(sets.batches, input.batch);
    for (const item of input.ratings) {
      add(sets.guidelineVersions, item.guidelineVersion);
      add(sets.annotators, item.annotator);
      add(sets.batches, item.batch);
      add(externalIds, item.externalId);
      const id = item.exampleVersionId == null ? null : decodeGlobalId(item.exampleVersionId);
      if (id) versionIds.add(id.id);
    }
  }
  const sound = (set: Set<string>) => [...set].filter((name) => unsoundPath(name) === null);
  return {
    guidelineVersions: sound(sets.guidelineVersions),
    annotators: sound(sets.annotators),
    batches: sound(sets.batches),
    externalIds: sound(externalIds),
    versionIds: [...versionIds],
  };
}

function factsOf(names: Names, named: Named): SubmissionFacts {
  const versions = new Map<number, KnownVersion>();
  const versionOf = ([, exampleVersion, latest, current, erased]: VersionTuple): KnownVersion => {
    let version = versions.get(exampleVersion);
    if (!version) versions.set(exampleVersion, (version = { exampleVersion, latest, current, erased }));
    return version;
  };
  return {
    datasetUid: named.datasetUid,
    guidelineVersions: new Map(
      named.guidelineVersions.map(({ name, criteria, ...known }) => [
        name,
        { ...known, criteria: new Map((criteria ?? []).map((one) => [one.key, one])) },
      ]),
    ),
    annotators: new Map(named.annotators.map((row) => [row.key, row])),
    batches: new Map(named.batches.map((row) => [row.key, row.batch])),
    byExternalId: new Map(named.byExternalId.map((tuple) => [names.externalIds[tuple[0]]!, versionOf(tuple)])),
    byVersionId: new Map(named.byVersionId.map((tuple) => [names.versionIds[tuple[0]]!, versionOf(tuple)])),
    unit: unitFinder(),
  };
}

/** One object per unit, so that all who touch it share what is known of it. */
function unitFinder(): SubmissionFacts["unit"] {
  const units = new Map<KnownVersion, Map<number, Unit>>();
  return ({ criterionVersion, categories }: CriterionInForce, version) => {
    let ofVersion = units.get(version);
    if (!ofVersion) units.set(version, (ofVersion = new Map()));
    let unit = ofVersion.get(criterionVersion);
    if (!unit) {
      const categoryCount = categories?.length ?? null;
      unit = { criterionVersion, version, categoryCount, counts: null, inForce: new Map(), counted: 0 };
      ofVersion.set(criterionVersion, unit);
    }
    return unit;
  };
}

interface Asked {
  units: Unit[];
  raters: AskedUnits["raters"];
}

/** The units that the items name, and which annotators rate them. */
function askForUnits(inputs: readonly SubmitRatingsInput[], facts: SubmissionFacts): Asked {
  const units = new Map<Unit, number>();
  const raters = new Map<Unit, Set<number>>();
  const asked: Asked = { units: [], raters: [] };
  for (const input of inputs)
    for (const item of input.ratings) {
      const unit = unitOf(item, input, facts);
      if (!unit) continue;
      if (!units.has(unit)) {
        units.set(unit, asked.units.push(unit) - 1);
        raters.set(unit, new Set());
      }
      const annotator = facts.annotators.get(item.annotator)?.annotator;
      if (annotator === undefined || raters.get(unit)!.has(annotator)) continue;
      raters.get(unit)!.add(annotator);
      asked.raters.push([units.get(unit)!, annotator]);
    }
  return asked;
}

function unitOf(item: RatingInput, input: SubmitRatingsInput, facts: SubmissionFacts): Unit | null {
  const guidelineVersion = facts.guidelineVersions.get(item.guidelineVersion ?? input.guidelineVersion ?? "");
  const criterion = guidelineVersion?.criteria.get(item.criterion);
  const version = criterion && resolveVersion(item, facts);
  return version ? facts.unit(criterion, version) : null;
}
