import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isInputObjectType, getNamedType, isObjectType, type GraphQLInputObjectType } from "graphql";
import pg from "pg";
import { assaySchema } from "../../src/schema.js";
import { encodeGlobalId, nodeType } from "../../src/platform/nodes.js";
import { ROLES } from "../../src/policy.js";
import { makeFullDataset, type FullDataset } from "../support/fullDataset.js";
import { makePrincipal } from "../support/people.js";
import { startWorld, type World } from "../support/world.js";

let world: World;
let ours: FullDataset;
let theirs: FullDataset;
let owner: string;
beforeAll(async () => {
  world = await startWorld();
  ours = await makeFullDataset(world, "ours");
  theirs = await makeFullDataset(world, "theirs");
  owner = await makePrincipal(world, "owner", { ours: "OWNER" });
});
afterAll(() => world.stop());

/** Node types of a dataset; the others belong to the instance. */
async function nodeTypes(): Promise<string[]> {
  const schema = await assaySchema();
  const node = schema.getType("Node");
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && type.getInterfaces().some((one) => one === node),
  );
  return types.map((type) => type.name);
}

const NODE = `query ($id: ID!) { node(id: $id) { id __typename } }`;

describe("a node of another dataset", () => {
  it("of every type answers its id to those who may read it, so that the tests below try every type", async () => {
    const instance = ["Principal", "ApiToken"];
    expect(Object.keys(theirs.ids).sort()).toEqual(
      (await nodeTypes()).filter((type) => !instance.includes(type)).sort(),
    );
    for (const [type, ids] of Object.entries(theirs.ids))
      for (const id of ids) expect(await world.ask(NODE, { id })).toEqual({ node: { id, __typename: type } });
  });

  it("looks like one that is not there, to every role and through node and nodes", async () => {
    const tokens = [owner];
    for (const role of ROLES) tokens.push(await makePrincipal(world, `member-${role}`, { ours: role }));
    for (const [type, ids] of Object.entries(theirs.ids)) {
      const missing = encodeGlobalId(type, theirs.uid, 0x7fffffff);
      for (const token of tokens) {
        const answers = await Promise.all([...ids, missing].map((id) => world.send(NODE, { id }, token)));
        expect(new Set(answers.map((answer) => JSON.stringify({ ...answer, extensions: null })))).toEqual(
          new Set([JSON.stringify({ status: 200, data: { node: null }, extensions: null })]),
        );
      }
    }
    const own = ours.ids.Source![0]!;
    const all = [own, ...Object.values(theirs.ids).flat(), "nonsense"].slice(0, 100);
    const { nodes } = await world.ask(`query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, { ids: all }, owner);
    expect(nodes).toEqual([{ id: own }, ...all.slice(1).map(() => null)]);
  });

  it("is not found under our uid: an id of another type or dataset names nothing else", async () => {
    for (const type of Object.keys(theirs.ids)) {
      const { node } = await world.ask(NODE, { id: encodeGlobalId(type, ours.uid, 999_999) }, owner);
      expect([type, node]).toEqual([type, null]);
      expect(nodeType(type).type).toBe(type);
    }
  });
});

describe("the dataset of others", () => {
  it("is as if it were not there for every mutation that names it", async () => {
    const schema = await assaySchema();
    for (const field of Object.values(schema.getMutationType()!.getFields())) {
      const type = getNamedType(field.args[0]!.type) as GraphQLInputObjectType;
      if (!type.getFields().dataset) continue;
      const send = (dataset: string) =>
        world.send(
          `mutation ($input: ${type.name}!) { ${field.name}(input: $input) { activity { number } } }`,
          { input: minimal(type, { dataset }) },
          owner,
        );
      const [foreign, missing] = [await send("theirs"), await send("absent")];
      expect([field.name, foreign.errors?.[0]?.extensions.code]).toEqual([field.name, "NOT_FOUND"]);
      expect(JSON.stringify(foreign).replaceAll("theirs", "X")).toBe(JSON.stringify(missing).replaceAll("absent", "X"));
    }
  });

  it("is not among ours", async () => {
    const { datasets } = await world.ask(`{ datasets(first: 100) { nodes { slug } totalCount { value } } }`, {}, owner);
    expect(datasets).toEqual({ nodes: [{ slug: "ours" }], totalCount: { value: 1 } });
    expect(await world.ask(`{ dataset(slug: "theirs") { slug } }`, {}, owner)).toEqual({ dataset: null });
    expect((await world.send(`{ instance { slug } }`, {}, owner)).errors![0]!.extensions.code).toBe("FORBIDDEN");
  });
});

/** The smallest input of a type: required fields only, with something of their type. */
function minimal(type: GraphQLInputObjectType, given: Record<string, unknown>): Record<string, unknown> {
  const input: Record<string, unknown> = { ...given };
  for (const field of Object.values(type.getFields())) {
    if (field.name in input || !String(field.type).endsWith("!") || field.defaultValue !== undefined) continue;
    const named = getNamedType(field.type);
    const isList = String(field.type).startsWith("[");
    const value = isInputObjectType(named)
      ? minimal(named, {})
      : "values" in named
        ? undefined
        : sample(named.name, named);
    input[field.name] = isList ? [value] : value;
  }
  return input;
}

function sample(name: string, type: unknown): unknown {
  const values = (type as { getValues?: () => Array<{ name: string }> }).getValues?.();
  if (values) return values[0]!.name;
  if (name === "JSONObject") return {};
  return name === "Int" || name === "Float" ? 1 : name === "Boolean" ? true : "1";
}

describe("a mutation in our dataset that names things of another one", () => {
  const attempts = (): Array<[string, string, object]> => {
    const foreign = theirs.ids;
    const [example] = ours.examples;
    const rating = {
      externalId: example,
      criterion: ours.criterion,
      annotator: ours.annotators[0],
      value: 3,
      guidelineVersion: ours.guidelineVersion,
    };
    const made = { externalId: "new", prompt: "p", response: "r", source: ours.source };
    const cases: Array<[string, string, object]> = [
      [
        "publishGuideline",
        "criteria",
        {
          key: "g",
          version: "1.0",
          title: "G",
          clauses: [{ number: "1", title: "t", text: "t" }],
          criteria: [theirs.criterion],
        },
      ],
      ["enrolAnnotators", "qualifiedFor", { annotators: [{ key: "new", qualifiedFor: [theirs.guidelineVersion] }] }],
      [
        "openBatches",
        "guidelineVersion",
        { batches: [{ key: "new", title: "N", guidelineVersion: theirs.guidelineVersion }] },
      ],
      ["importExamples", "source", { examples: [{ ...made, source: theirs.source }] }],
      ["importExamples", "batch", { examples: [{ ...made, batch: theirs.batch }] }],
      ["importExamples", "author", { examples: [{ ...made, author: theirs.annotators[0] }] }],
      ["importExamples", "derivedFrom", { examples: [{ ...made, derivedFrom: [theirs.examples[0]] }] }],
      [
        "importExamples",
        "defaults.source",
        { defaults: { source: theirs.source }, examples: [{ ...made, source: undefined }] },
      ],
      ["reviseExamples", "externalId", { revisions: [{ externalId: theirs.examples[0], prompt: "p", response: "r" }] }],
      ["reviseExamples", "exampleId", { revisions: [{ exampleId: foreign.Example![0], prompt: "p", response: "r" }] }],
      [
        "reviseExamples",
        "author",
        { revisions: [{ externalId: example, prompt: "p", response: "r", author: theirs.annotators[0] }] },
      ],
      [
        "labelExamples",
        "externalId",
        { labels: [{ externalId: theirs.examples[0], dimension: "intent", values: ["qa"] }] },
      ],
      ["submitRatings", "externalId", { ratings: [{ ...rating, externalId: theirs.examples[0] }] }],
      [
        "submitRatings",
        "exampleVersionId",
        { ratings: [{ ...rating, externalId: undefined, exampleVersionId: foreign.ExampleVersion![0] }] },
      ],
      ["submitRatings", "criterion", { ratings: [{ ...rating, criterion: theirs.criterion }] }],
      ["submitRatings", "annotator", { ratings: [{ ...rating, annotator: theirs.annotators[0] }] }],
      ["submitRatings", "guidelineVersion", { ratings: [{ ...rating, guidelineVersion: theirs.guidelineVersion }] }],
      ["submitRatings", "batch", { ratings: [{ ...rating, batch: theirs.batch }] }],
      ["decideExamples", "externalId", { decisions: [{ externalId: theirs.examples[0], verdict: "REJECT" }] }],
      [
        "decideExamples",
        "exampleVersionId",
        { decisions: [{ exampleVersionId: foreign.ExampleVersion![0], verdict: "REJECT" }] },
      ],
      [
        "decideExamples",
        "clauses",
        { decisions: [{ externalId: example, verdict: "REJECT", clauses: [`${theirs.guidelineVersion}#1`] }] },
      ],
      ...(["externalId", "exampleVersionId", "criterion"] as const).flatMap((field): typeof cases => {
        const named = {
          externalId: { externalId: theirs.examples[0], criterion: ours.criterion },
          exampleVersionId: { exampleVersionId: foreign.ExampleVersion![0], criterion: ours.criterion },
          criterion: { externalId: ours.examples[1], criterion: theirs.criterion },
        }[field];
        return [
          ["setGoldValues", field, { goldValues: [{ ...named, value: 3 }] }],
          ["retractGoldValues", field, { items: [named] }],
        ];
      }),
      ["computeAgreement", "question.criterion", { question: { criterion: theirs.criterion } }],
      ["computeAgreement", "at.release", { at: { release: "7.0.0" }, question: { criterion: ours.criterion } }],
      ["computeCoverage", "at.release", { at: { release: "7.0.0" }, question: { dimensions: [{ by: "SOURCE" }] } }],
      ["computeConsensus", "question.criterion", { question: { criterion: theirs.criterion } }],
      ["computeConsensus", "at.release", { at: { release: "7.0.0" }, question: { criterion: ours.criterion } }],
      ["computeDuplicates", "at.release", { at: { release: "7.0.0" } }],
      ["computeDiversity", "at.release", { at: { release: "7.0.0" } }],
      ["prepareRelease", "filter", { filter: { consensus: [{ criterion: theirs.criterion, rule: "DAWID_SKENE" }] } }],
      ["cancelJob", "jobId", { jobId: foreign.Job![0] }],
      ["computeAnnotatorQuality", "question.criterion", { question: { criterion: theirs.criterion } }],
      ["computeAnnotatorQuality", "at.release", { at: { release: "7.0.0" }, question: { criterion: ours.criterion } }],
      ["sendFeedback", "annotator", { annotator: theirs.annotators[0], criterion: ours.criterion }],
      ["sendFeedback", "criterion", { annotator: ours.annotators[0], criterion: theirs.criterion }],
      [
        "sendFeedback",
        "at.release",
        { annotator: ours.annotators[0], criterion: ours.criterion, at: { release: "7.0.0" } },
      ],
      ["computeBiasAudit", "question.criteria", { question: { criteria: [theirs.criterion] } }],
      ["computeBiasAudit", "at.release", { at: { release: "7.0.0" }, question: {} }],
      ["recordAudit", "question.criteria", { title: "T", question: { criteria: [theirs.criterion] } }],
      ["recordAudit", "at.release", { title: "T", at: { release: "7.0.0" }, question: {} }],
      [
        "setFindingStatus",
        "clause",
        { finding: 1, status: "OPEN", reason: "r", clause: `${theirs.guidelineVersion}#1` },
      ],
      ["attachAnalysis", "at.release", { at: { release: "7.0.0" }, statistic: "s", method: "m", result: {} }],
      ["exportLongTable", "criterion", { criterion: theirs.criterion, attribute: "gender" }],
      ["exportLongTable", "at.release", { at: { release: "7.0.0" }, criterion: ours.criterion, attribute: "gender" }],
      [
        "setAnnotatorAttributes",
        "annotator",
        {
          consent: "study@1",
          annotators: [{ annotator: theirs.annotators[0], attributes: [{ attribute: "hand", value: "left" }] }],
        },
      ],
      ...(["externalId", "exampleVersionId"] as const).map((field): (typeof cases)[number] => {
        const id = { externalId: theirs.examples[0], exampleVersionId: foreign.ExampleVersion![0] }[field];
        return [
          "submitCheckResults",
          field,
          { results: [{ [field]: id, check: "length", checkVersion: "1", status: "PASS" }] },
        ];
      }),
      ["withdrawAnnotatorAttributes", "annotator", { annotator: theirs.annotators[0] }],
      ["acknowledgeFeedback", "feedbackId", { feedbackId: foreign.Feedback![0] }],
      ["eraseExample", "externalId", { externalId: theirs.examples[0], reason: "r" }],
      ["eraseExample", "exampleId", { exampleId: foreign.Example![0], reason: "r" }],
      ["prepareRelease", "qualityCriterion", { qualityCriterion: theirs.criterion }],
      ["cutRelease", "candidateId", { candidateId: foreign.ReleaseCandidate![0], version: "2.0.0" }],
      ["setReleaseStatus", "version", { version: "7.0.0", status: "REVOKED", reason: "r" }],
      ["createDownload", "release", { release: "7.0.0" }],
    ];
    return cases;
  };

  it("changes nothing in either, and says only that it is not known here", async () => {
    const before = await heads();
    for (const [mutation, field, input] of attempts()) {
      const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { activity { number } userErrors { code } } }`;
      const { data, errors } = await world.send(query, { input: { dataset: "ours", ...input } }, owner);
      const refused = errors ? errors[0]!.extensions.code : data[mutation].userErrors[0]?.code;
      expect([mutation, field, refused]).toEqual([
        mutation,
        field,
        expect.stringMatching(/^(UNKNOWN_|NOT_FOUND|CRITERION_NOT_IN_FORCE|BAD_USER_INPUT)/),
      ]);
    }
    expect(await heads()).toEqual(before);
  });

  it("tries every field that takes a key or an id", async () => {
    const schema = await assaySchema();
    const tried = new Set(attempts().map(([mutation, field]) => `${mutation} ${field.split(".").at(-1)}`));
    // Names that are made here, or that belong to the instance or to the file of another instance.
    const free = new Set([
      "dataset",
      "key",
      "requestKey",
      "message",
      "clientRef",
      "principal",
      "splitSeed",
      "categoryDimension",
      "tokenId",
      "datasetUid",
      "digest",
    ]);
    const referring =
      /^(externalId|exampleId|exampleVersionId|candidateId|feedbackId|jobId|source|batch|author|annotator|criterion|criteria|guidelineVersion|qualifiedFor|clause|clauses|derivedFrom|release|qualityCriterion)$/;
    const missing: string[] = [];
    for (const mutation of Object.values(schema.getMutationType()!.getFields()))
      for (const name of fieldNames(getNamedType(mutation.args[0]!.type) as GraphQLInputObjectType))
        if (referring.test(name) && !free.has(name) && !tried.has(`${mutation.name} ${name}`))
          missing.push(`${mutation.name} ${name}`);
    // A source's human.guidelineVersion and release are words about elsewhere; an import names its own externalId.
    const words = [
      "publishCriteria criteria",
      "registerSources guidelineVersion",
      "registerSources release",
      "importExamples externalId",
      "publishGuideline clauses",
    ];
    expect(missing.filter((one) => !words.includes(one))).toEqual([]);
  });
});

function fieldNames(type: GraphQLInputObjectType): string[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    const isFilter = named.name.endsWith("Filter");
    return [field.name, ...(isInputObjectType(named) && !isFilter ? fieldNames(named) : [])];
  });
}

async function heads(): Promise<unknown> {
  return world.db.rowsOnce(`select slug, head, head_digest from datasets order by dataset_id`);
}

describe("reading in our dataset with names of another one", () => {
  const READ = `query ($source: String!, $criterion: String!, $annotator: String!, $batch: String!, $example: String!, $guideline: String!, $lexicon: String!) {
    dataset(slug: "ours") {
      source(key: $source) { id } criterion(key: $criterion) { id } annotator(key: $annotator) { id } batch(key: $batch) { id }
      example(externalId: $example) { id } guidelineVersion(name: $guideline) { id } lexicon(name: $lexicon) { id }
      head {
        bySource: examples(first: 5, filter: { sources: [$source] }) { nodes { id } totalCount { value } }
        byBatch: examples(first: 5, filter: { batches: [$batch] }) { nodes { id } totalCount { value } }
        byAuthor: examples(first: 5, filter: { authors: [$annotator] }) { nodes { id } totalCount { value } }
        byId: examples(first: 5, filter: { externalIds: [$example] }) { nodes { id } totalCount { value } }
      }
      ofSource: lineage(of: { source: $source }, direction: BOTH, depth: 3) { nodes { id } }
      ofAnnotator: lineage(of: { annotator: $annotator }, direction: BOTH, depth: 3) { nodes { id } }
      ofExample: lineage(of: { externalId: $example }, direction: BOTH, depth: 3) { nodes { id } }
      ofGuideline: lineage(of: { guidelineVersion: $guideline }, direction: BOTH, depth: 3) { nodes { id } }
    }
  }`;

  it("finds nothing by key", async () => {
    const { source, criterion, batch, guidelineVersion: guideline } = theirs;
    const variables = {
      source,
      criterion,
      batch,
      guideline,
      lexicon: theirs.lexicon,
      annotator: theirs.annotators[0],
      example: theirs.examples[0],
    };
    const { dataset } = await world.ask(READ, variables, owner);
    const { head, ...rest } = dataset;
    expect(Object.entries(rest).filter(([, value]) => value !== null)).toEqual([]);
    for (const examples of Object.values(head)) expect(examples).toEqual({ nodes: [], totalCount: { value: 0 } });
    const own = {
      ...variables,
      source: ours.source,
      criterion: ours.criterion,
      batch: ours.batch,
      guideline: ours.guidelineVersion,
      lexicon: ours.lexicon,
      annotator: ours.annotators[0],
      example: ours.examples[0],
    };
    const found = (await world.ask(READ, own, owner)).dataset;
    expect(Object.entries(found).filter(([, value]) => value === null)).toEqual([]);
  });

  it("is refused by id as one that is not there", async () => {
    const elsewhere = "00000000-0000-4000-8000-000000000000";
    for (const [type, field] of [
      ["ReleaseCandidate", "candidate(id: $id) { id }"],
      ["ExampleVersion", "lineage(of: { exampleVersionId: $id }, direction: BOTH, depth: 3) { nodes { id } }"],
      ["Source", "lineage(of: { nodeId: $id }, direction: BOTH, depth: 3) { nodes { id } }"],
    ] as const) {
      const ask = (id: string) => world.send(`query ($id: ID!) { dataset(slug: "ours") { ${field} } }`, { id }, owner);
      const foreign = await ask(theirs.ids[type]![0]!);
      expect(foreign.errors?.[0]?.extensions.code ?? "NOT_FOUND").toBe("NOT_FOUND");
      expect(Object.values(foreign.data.dataset)).toEqual([null]);
      expect(foreign).toEqual(await ask(encodeGlobalId(type, elsewhere, 1)));
    }
  });
});

it("every key and foreign key of a dataset's table begins with dataset_id", async () => {
  const client = new pg.Client({ connectionString: world.ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ table: string; name: string; first: string; others: string | null }>(
    `select c.conrelid::regclass::text as table, c.conname as name, a.attname as first, f.attname as others
     from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
     join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     left join pg_attribute f on f.attrelid = c.confrelid and f.attnum = c.confkey[1]
     where n.nspname = 'public' and c.contype in ('p', 'u', 'f')
     union all
     select i.indrelid::regclass::text, x.relname, a.attname, null from pg_index i join pg_class x on x.oid = i.indexrelid
     join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
     join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] where n.nspname = 'public' and i.indisunique`,
  );
  await client.end();
  expect(rows.length).toBeGreaterThan(60);
  // What names a dataset, a principal or a token in the whole instance.
  const instanceWide = ["datasets", "principals_uid_unique", "api_tokens_hash_unique"];
  const wrong = rows.filter(
    (row) =>
      (row.first !== "dataset_id" || (row.others !== null && row.others !== "dataset_id")) &&
      !instanceWide.includes(row.table) &&
      !instanceWide.includes(row.name),
  );
  expect(wrong).toEqual([]);
});
