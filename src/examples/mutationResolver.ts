// How does the API import, revise, label and erase examples?
import { Arg, Authorized, Ctx, Mutation, Resolver } from "type-graphql";
import { datasetFor } from "../activities/access.js";
import { payloadOf } from "../activities/payload.js";
import type { Context } from "../platform/context.js";
import type { Permission } from "../policy.js";
import { importedExamples } from "./importedExamples.js";
import { importExamples } from "./importExamples.js";
import { ImportExamplesInput, ImportExamplesPayload } from "./importTypes.js";

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
}
