// May this field run? The coarse gate; which rows a viewer sees is every read's own scope.
import type { AuthChecker } from "type-graphql";
import type { Permission } from "../policy.js";
import type { Context } from "./context.js";
import { refusal } from "./errors.js";
import { may, mayAnywhere } from "./viewer.js";

/** A field of something in a dataset asks for the permission in that dataset; a root field for having it anywhere. */
export const authChecker: AuthChecker<Context, Permission> = ({ root, context, info }, [permission]) => {
  const { viewer } = context;
  if (!viewer) throw refusal("UNAUTHENTICATED", "Sign in: send Authorization: Bearer with a JWT or an API token.");
  const row = root as { datasetId?: number } | undefined;
  const allowed =
    row?.datasetId === undefined ? mayAnywhere(viewer, permission!) : may(viewer, row.datasetId, permission!);
  if (!allowed)
    throw refusal("FORBIDDEN", `${info.parentType.name}.${info.fieldName} needs the permission ${permission}.`);
  return true;
};
