// Did one source, or one model, write most of it? Pure.
import type { AuditSkipped } from "../auditNumbers.js";
import type { AuditScope } from "../auditScope.js";
import type { FamilyTests } from "../familyTests.js";
import { minimumOf, type FamilyAsked } from "../testDraft.js";
import { topShareTest } from "../topShare.js";

export interface SourceCount {
  key: string;
  kind: string;
  /** Which model wrote it; null where none is named. */
  model: string | null;
  count: number;
}

/** Examples by source, every source that has one. */
export function sourceCounts({ sources, source }: AuditScope): SourceCount[] {
  const counts = new Float64Array(sources.length);
  for (const place of source) counts[place]!++;
  return sources
    .map(({ key, kind, model }, i) => ({ key, kind, model, count: counts[i]! }))
    .filter((one) => one.count > 0);
}

export function provenanceTests(counts: readonly SourceCount[], scope: AuditScope, asked: FamilyAsked): FamilyTests {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const most = minimumOf(asked, "PROVENANCE", "SHARE");
  const isFrom = (has: (source: number) => boolean) => ({
    supports: (place: number) => has(scope.source[place]!),
    counters: (place: number) => !has(scope.source[place]!),
  });
  const ofSources = topShareTest(
    {
      key: "PROVENANCE source",
      family: "PROVENANCE",
      subject: "share of one source",
      dimension: "source",
      unit: "EXAMPLE",
    },
    counts.map(({ key, count }) => ({ name: key, count })),
    total,
    most,
    asked,
    (top) => ({
      ...isFrom((source) => scope.sources[source]!.key === top),
      supportingNote: `It is from ${top}.`,
      counterNote: "It is from another source.",
    }),
  );
  const byModel = modelCounts(counts);
  if (byModel.size === 0) return { tests: [ofSources], skipped: [noModel] };
  const ofModels = topShareTest(
    {
      key: "PROVENANCE model",
      family: "PROVENANCE",
      subject: "share of one model",
      dimension: "model",
      unit: "EXAMPLE",
    },
    [...byModel].map(([name, count]) => ({ name, count })),
    total,
    most,
    asked,
    (top) => ({
      ...isFrom(
        (source) => scope.sources[source]!.kind === "MODEL_GENERATED" && modelOf(scope.sources[source]!) === top,
      ),
      supportingNote: `${top} wrote it.`,
      counterNote: "Somebody else wrote it.",
    }),
  );
  return { tests: [ofSources, ofModels], skipped: [] };
}

function modelCounts(counts: readonly SourceCount[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of counts)
    if (one.kind === "MODEL_GENERATED") found.set(modelOf(one), (found.get(modelOf(one)) ?? 0) + one.count);
  return found;
}

function modelOf({ model, key }: { model: string | null; key: string }): string {
  return model ?? key;
}

const noModel: AuditSkipped = {
  family: "PROVENANCE",
  subject: "share of one model",
  because: "no source is MODEL_GENERATED",
};
