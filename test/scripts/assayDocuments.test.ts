// Are the documents that the command line sends valid against the schema that the server has?
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import * as documents from "../../scripts/assay/documents.js";

const SCHEMA = fileURLToPath(new URL("../../graphql/schema.graphql", import.meta.url));
const { known, releaseChanges, CHANGES, ...constants } = documents;
const changes = CHANGES.map((list): [string, string] => [`changes ${list}`, releaseChanges(list)]);
const all: Record<string, string> = {
  ...constants,
  ...Object.fromEntries(changes),
  known: known(["source", "batch", "annotator"]),
};

describe.skipIf(!existsSync(SCHEMA))("against graphql/schema.graphql", () => {
  it.each(Object.entries(all))("%s is valid", (_, document) => {
    const schema = buildSchema(readFileSync(SCHEMA, "utf8"));
    expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
  });
});
