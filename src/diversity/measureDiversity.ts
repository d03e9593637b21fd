// How is a report on diversity computed?
import type { SnapshotKey } from "../activities/snapshot.js";
import { clustersOfSnapshot, type ClusteredSnapshot } from "../duplicates/duplicateReport.js";
import type { TaskContext } from "../platform/tasks.js";
import type { DiversityNumbers, SpreadNumbers } from "./diversityNumbers.js";
import { countsByKind } from "./queries.js";
import type { DimensionAsked, DiversityQuestion } from "./question.js";
import { sampleTexts } from "./sampleTexts.js";
import { spreadOf, type KindCounts } from "./spreadOf.js";
import { textMetrics } from "./textMetrics.js";

/** Within a task. */
export async function measureDiversity(
  context: TaskContext,
  snapshot: SnapshotKey,
  question: DiversityQuestion,
): Promise<DiversityNumbers> {
  const { threshold, filter, tokenCount, seed } = question;
  const clustered = await clustersOfSnapshot(context, snapshot, { threshold, filter }, [0, 0.8]);
  context.progress(0.8, "counting examples by kind");
  const spreads: SpreadNumbers[] = [];
  for (const asked of question.dimensions)
    spreads.push(spreadOf(asked, await countsOf(context, snapshot, question, asked, clustered)));
  context.progress(0.85, "reading a sample of the texts");
  const sample = await sampleTexts(context.db, snapshot, question);
  context.progress(0.9, "measuring the sample");
  const { versions, erased, compared, clusterCount, distinctCount, nearDuplicateMass, methodVersion } = clustered;
  return {
    versions,
    erased,
    spreads,
    duplicates: { compared, clusters: clusterCount, distinct: distinctCount, mass: nearDuplicateMass, methodVersion },
    sample: { drawn: sample.drawn, erased: sample.erased, texts: sample.prompts.length },
    texts: [
      { part: "PROMPT", metrics: textMetrics(sample.prompts, tokenCount, seed) },
      { part: "RESPONSE", metrics: textMetrics(sample.responses, tokenCount, seed) },
    ],
  };
}

function countsOf(
  { db }: TaskContext,
  snapshot: SnapshotKey,
  { filter }: DiversityQuestion,
  asked: DimensionAsked,
  clustered: ClusteredSnapshot,
): Promise<KindCounts> | KindCounts {
  return asked.by === "CLUSTER" ? clusterCounts(clustered) : countsByKind(db, snapshot, filter, asked);
}

/** Every text that is alone is a cluster of one; those whose text was erased are in none. */
function clusterCounts({ representatives, compared, erased }: ClusteredSnapshot): KindCounts {
  const sizes = new Map<number, number>();
  for (const representative of representatives.values())
    sizes.set(representative, (sizes.get(representative) ?? 0) + 1);
  const counts = new Float64Array(sizes.size + compared - representatives.size).fill(1);
  counts.set([...sizes.values()]);
  return { counts, unassigned: erased, topKey: null };
}
