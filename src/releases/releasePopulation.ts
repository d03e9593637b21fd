// How does a snapshot hold a release's members?
import {
  Population,
  registerCandidateLookup,
  registerPopulation,
  registerReleaseLookup,
} from "../activities/snapshot.js";
import { candidatesById, releasesByVersion, snapshotOf } from "./queries.js";

registerPopulation(
  Population.RELEASE,
  ({ candidate }, alias, values) => `exists (select from candidate_members rm
    where rm.dataset_id = ${alias}.dataset_id and rm.candidate = ${values.add(candidate)}::int
      and rm.example_version = ${alias}.example_version)`,
);

registerReleaseLookup(async (db, { datasetId }, version) => {
  const [release] = await releasesByVersion(db, datasetId, [version]);
  return release ? snapshotOf({ ...release, candidate: release.candidateId }) : null;
});

registerCandidateLookup(async (db, { datasetId }, number) => {
  const [candidate] = await candidatesById(db, datasetId, [number]);
  return candidate ? snapshotOf(candidate) : null;
});
