// Which resolvers make the schema, and which routes stand beside it?
import "reflect-metadata";
import type { GraphQLSchema } from "graphql";
import { buildSchema } from "type-graphql";
import { ApiLimitsResolver } from "./activities/apiLimits.js";
import { DatasetResolver, ActivityResolver, NodeResolver, SnapshotResolver } from "./activities/resolver.js";
import { ApiTokenResolver, InstanceResolver, MemberResolver, MembersResolver } from "./activities/instanceResolver.js";
import * as jobs from "./reports/resolver.js";
import { SourceResolver, SourceFieldsResolver } from "./sources/resolver.js";
import * as guidelineFields from "./guidelines/fieldsResolver.js";
import { GuidelinesResolver } from "./guidelines/resolver.js";
import * as coverageDrift from "./coverage/driftResolver.js";
import * as coverage from "./coverage/resolver.js";
import { AnnotatorFieldsResolver, AnnotatorsResolver } from "./annotators/resolver.js";
import * as examples from "./examples/resolver.js";
import { ExampleMutationResolver } from "./examples/mutationResolver.js";
import { BatchesResolver, BatchFieldsResolver } from "./examples/batchResolver.js";
import * as ratings from "./ratings/resolver.js";
import { RatingFieldsResolver } from "./ratings/fieldsResolver.js";
import * as agreement from "./agreement/resolver.js";
import * as agreementParts from "./agreement/partsResolver.js";
import * as consensus from "./consensus/resolver.js";
import * as diversity from "./diversity/resolver.js";
import * as duplicates from "./duplicates/resolver.js";
import { DecisionFieldsResolver, DecisionsResolver } from "./decisions/resolver.js";
import * as attributes from "./attributes/resolver.js";
import * as checks from "./checks/resolver.js";
import * as lexicons from "./lexicons/resolver.js";
import * as gold from "./gold/resolver.js";
import * as audits from "./audits/resolver.js";
import * as auditRecords from "./audits/recordResolver.js";
import * as auditFindings from "./audits/findingResolver.js";
import * as longTable from "./audits/tableResolver.js";
import * as auditVerbs from "./audits/verbResolver.js";
import * as releaseDiff from "./releases/diffResolver.js";
import { downloadRoute } from "./releases/downloadRoute.js";
import * as releaseFields from "./releases/fieldsResolver.js";
import { ReleaseMutationsResolver } from "./releases/resolver.js";
import { CoverageTrendResolver } from "./releases/trendResolver.js";
import * as lineage from "./lineage/resolver.js";
import * as quality from "./quality/resolver.js";
import * as feedback from "./quality/feedbackResolver.js";
import { authChecker } from "./platform/authChecker.js";
import type { HttpRoute } from "./platform/httpRoute.js";

const RESOLVERS = [
  NodeResolver,
  DatasetResolver,
  SnapshotResolver,
  ActivityResolver,
  ApiLimitsResolver,
  InstanceResolver,
  MembersResolver,
  MemberResolver,
  ApiTokenResolver,
  ...Object.values(jobs),
  SourceResolver,
  SourceFieldsResolver,
  GuidelinesResolver,
  ...Object.values(guidelineFields),
  AnnotatorsResolver,
  AnnotatorFieldsResolver,
  ...Object.values(examples),
  ExampleMutationResolver,
  BatchesResolver,
  BatchFieldsResolver,
  ...Object.values(duplicates),
  ...Object.values(coverage),
  ...Object.values(diversity),
  ...Object.values(coverageDrift),
  ratings.RatingsResolver,
  ratings.SubmitRatingsPayloadResolver,
  ratings.ExampleVersionRatingsResolver,
  RatingFieldsResolver,
  ...Object.values(agreement),
  ...Object.values(agreementParts),
  ...Object.values(consensus),
  DecisionsResolver,
  DecisionFieldsResolver,
  ...Object.values(gold),
  ...Object.values(audits),
  ...Object.values(auditRecords),
  ...Object.values(auditFindings),
  ...Object.values(auditVerbs),
  ...Object.values(longTable),
  ReleaseMutationsResolver,
  ...Object.values(releaseFields),
  ...Object.values(releaseDiff),
  CoverageTrendResolver,
  ...Object.values(lineage),
  ...Object.values(quality),
  ...Object.values(feedback),
  ...Object.values(lexicons),
  ...Object.values(attributes),
  ...Object.values(checks),
] as const;

/** Plain HTTP routes of features: downloads. */
export const HTTP_ROUTES: HttpRoute[] = [downloadRoute];

let schema: Promise<GraphQLSchema> | undefined;

/** The schema, built once in a process. */
export function assaySchema(): Promise<GraphQLSchema> {
  return (schema ??= buildSchema({ resolvers: RESOLVERS as never, authChecker, validate: false }));
}
