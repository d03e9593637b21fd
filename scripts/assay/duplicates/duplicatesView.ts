// How do near-duplicates look as plain text?
import { computedOn } from "../snapshotOption.js";
import { count, several, share, statistic, tableOf, type Cell } from "../table.js";

export interface ShownMember {
  similarity: number;
  exampleVersion: { version: number; example: { externalId: string } };
}

export interface ShownDuplicates {
  activity: { number: number; recordedAt: string };
  population: string;
  methodVersion: string;
  parameters: { threshold: number };
  cache: string;
  exampleVersionCount: number;
  erasedCount: number;
  comparedCount: number;
  clusterCount: number;
  distinctCount: number;
  nearDuplicateMass: number | null;
  findingProbabilities: Array<{ similarity: number; probability: number }>;
  clusters: {
    nodes: Array<{ size: number; members: { nodes: ShownMember[] } }>;
    pageInfo?: { hasNextPage: boolean; endCursor: string | null };
  };
}

export interface ShownMatches {
  methodVersion: string;
  threshold: number;
  candidateCount: number;
  comparedCount: number;
  matches: { nodes: ShownMember[]; totalCount: { value: number } };
}

export function duplicatesView(slug: string, report: ShownDuplicates): string[] {
  const { activity, population, parameters, methodVersion, cache, clusters, clusterCount } = report;
  const erased = report.erasedCount === 0 ? "" : `, ${count(report.erasedCount)} erased`;
  const found = report.findingProbabilities.map((one) => `${one.similarity}: ${one.probability.toFixed(4)}`).join(", ");
  const left = clusterCount - clusters.nodes.length;
  return [
    `${computedOn(slug, activity, population)}, method ${methodVersion}, ${cache.toLowerCase()}`,
    `${several(report.comparedCount, "text")} compared${erased}, near-duplicates from a Jaccard index of ${parameters.threshold}`,
    `${several(clusterCount, "cluster")}, ${count(report.distinctCount)} distinct, near-duplicate mass ${share(report.nearDuplicateMass) ?? "–"}`,
    `probability that a pair is found, by its index: ${found}`,
    ...(clusters.nodes.length === 0 ? [] : ["", ...clusterTable(clusters.nodes)]),
    ...(left > 0 ? [`… and ${several(left, "cluster")} more; --first N shows more`] : []),
  ];
}

function clusterTable(nodes: ShownDuplicates["clusters"]["nodes"]): string[] {
  const cells = nodes.map(({ size, members }): Cell[] => {
    const [representative, ...others] = members.nodes;
    const more = size - members.nodes.length;
    const named = others.map((one) => `${nameOf(one)} ${one.similarity.toFixed(2)}`);
    return [size, nameOf(representative!), [...named, ...(more > 0 ? [`and ${count(more)} more`] : [])].join(", ")];
  });
  return tableOf(["size", "representative", "others, with their similarity to it"], cells);
}

export function matchesView(subject: string, found: ShownMatches): string[] {
  const { threshold, candidateCount, comparedCount, matches } = found;
  const cells = matches.nodes.map((one): Cell[] => [
    one.exampleVersion.example.externalId,
    one.exampleVersion.version,
    statistic(one.similarity),
  ]);
  const left = candidateCount - comparedCount;
  return [
    `${several(matches.totalCount.value, "near-duplicate")} of ${subject} from a Jaccard index of ${threshold}, method ${found.methodVersion}; ` +
      `${count(comparedCount)} of ${several(candidateCount, "candidate")} compared`,
    ...(left > 0
      ? [`${count(left)} that share fewer keys were not compared; some near-duplicates may be missing`]
      : []),
    ...(cells.length === 0 ? [] : ["", ...tableOf(["example", "version", "similarity"], cells)]),
  ];
}

function nameOf({ exampleVersion: { version, example } }: ShownMember): string {
  return version === 1 ? example.externalId : `${example.externalId} (${version})`;
}
