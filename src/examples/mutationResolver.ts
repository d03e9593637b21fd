// How does the API import, revise, label and erase examples?
import { Arg, Authorized, Ctx, Mutation, Resolver } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import type { DatasetRow } from "../activities/queries.js";
import type { Context } from "../platform/context.js";
import { refusal } from "../platform/errors.js";
import { decodeGlobalId, localId } from "../platform/nodes.js";
import type { Permission } from "../policy.js";
import { eraseExample } from "./eraseExample.js";
import { importedExamples } from "./importedExamples.js";
import { importExamples } from "./importExamples.js";
import {
  EraseExampleInput,
  EraseExamplePayload,
  ImportExamplesInput,
  ImportExamplesPayload,
  LabelExamplesInput,
  LabelExamplesPayload,
  ReviseExamplesInput,
  ReviseExamplesPayload,
} from "./importTypes.js";
import { labelExamples } from "./labelExamples.js";
import type { RevisionItem } from "./prepareRevisions.js";
import { examplesByExternalId, examplesById } from "./queries.js";
import { reviseExamples } from "./reviseExamples.js";

@Resolver()
export class ExampleMutationResolver {
  @Mutation(() => ImportExamplesPayload, {
    nullable: true,
    description: "Imports up to 1,000 examples. The same content under the same externalId changes nothing.",
  })
  @Authorized<Permission>("example:import")
  async importExamples(@Arg("input", () => ImportExamplesInput) input: ImportExamplesInput, @Ctx() context: Context) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "example:import");
    const answer = await importExamples(context.db, scope, input);
    return {
      ...(await payloadOf(context, dataset.datasetId, answer)),
      // A getter: read only where selected.
      get examples() {
        return importedExamples(context.db, dataset.datasetId, answer, input.examples);
      },
    };
  }

  @Mutation(() => ReviseExamplesPayload, {
    nullable: true,
    description: "Edits up to 1,000 examples: each edit is a new version, and the one before it stays.",
  })
  @Authorized<Permission>("example:revise")
  async reviseExamples(@Arg("input", () => ReviseExamplesInput) input: ReviseExamplesInput, @Ctx() context: Context) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "example:revise");
    const items = await named(context, dataset, input);
    const answer = await reviseExamples(context.db, scope, input, items);
    return {
      ...(await payloadOf(context, dataset.datasetId, answer)),
      get examples() {
        return importedExamples(context.db, dataset.datasetId, answer, items);
      },
    };
  }

  @Mutation(() => LabelExamplesPayload, {
    nullable: true,
    description:
      "Replaces labels of up to 5,000 examples' latest versions, a dimension at a time. No new version is made.",
  })
  @Authorized<Permission>("example:label")
  async labelExamples(@Arg("input", () => LabelExamplesInput) input: LabelExamplesInput, @Ctx() context: Context) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "example:label");
    return payloadOf(context, dataset.datasetId, await labelExamples(context.db, scope, input));
  }

  @Mutation(() => EraseExamplePayload, {
    nullable: true,
    description:
      "Deletes the texts of all versions of an example for good, and what was written about them. The log and every release go on verifying.",
  })
  @Authorized<Permission>("example:erase")
  async eraseExample(@Arg("input", () => EraseExampleInput) input: EraseExampleInput, @Ctx() context: Context) {
    const { dataset, scope } = await datasetFor(context, input.dataset, "example:erase");
    const found = await exampleNamed(context, dataset, input);
    const { requestKey, message, reason } = input;
    const answer = await eraseExample(
      context.db,
      scope,
      { requestKey, message, reason, example: found?.example ?? null },
      input,
    );
    const payload = await payloadOf(context, dataset.datasetId, answer);
    return { ...payload, erasedCount: payload.acceptedCount, example: found };
  }
}

/** Edits with their examples' external ids; null for one whose id names no example here. */
async function named({ db }: Context, dataset: DatasetRow, input: ReviseExamplesInput): Promise<RevisionItem[]> {
  const ids = input.revisions.map(({ exampleId }) => {
    const decoded = exampleId == null ? null : decodeGlobalId(exampleId);
    return decoded?.node.type === "Example" && decoded.datasetUid === dataset.uid ? decoded.id : null;
  });
  const found = await examplesById(db, dataset.datasetId, [...new Set(ids.filter((id) => id !== null))]);
  const byId = new Map(found.flatMap((row) => (row ? [[row.example, row.externalId]] : [])));
  return input.revisions.map((revision, i) => {
    if (revision.exampleId == null) return { ...revision, externalId: revision.externalId ?? null };
    const externalId = ids[i] === null ? null : (byId.get(ids[i]!) ?? null);
    const agrees = revision.externalId == null || revision.externalId === externalId;
    return { ...revision, externalId: agrees ? externalId : null };
  });
}

async function exampleNamed({ db }: Context, dataset: DatasetRow, { externalId, exampleId }: EraseExampleInput) {
  if ((externalId == null) === (exampleId == null))
    throw refusal("BAD_USER_INPUT", "Give exactly one of externalId and exampleId", { argument: "externalId" });
  const rows =
    externalId != null
      ? await examplesByExternalId(db, dataset.datasetId, [externalId])
      : await examplesById(db, dataset.datasetId, [localId(exampleId!, "Example", dataset, "exampleId")]);
  return rows[0] ?? null;
}
