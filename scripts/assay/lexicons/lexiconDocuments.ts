// Which documents about lexicons does the command line send?

const HEAD = `key version title language licence checksum entryCount kinds { kind count } attribution url shareAlike
  activity { number recordedAt }`;

export const LOAD_LEXICON = `mutation LoadLexicon($input: LoadLexiconInput!) {
  loadLexicon(input: $input) { activity { number } replayed userErrors { code message path index } acceptedCount unchangedCount
    lexiconVersion { key version checksum licence kinds { kind count } } }
}`;

export const LEXICONS = `query Lexicons($slug: String!, $first: Int, $after: String) {
  dataset(slug: $slug) { lexicons(first: $first, after: $after) { nodes { ${HEAD} }
    pageInfo { hasNextPage endCursor } } }
}`;

export const LEXICON = `query Lexicon($slug: String!, $name: String!, $first: Int!) {
  dataset(slug: $slug) { lexicon(name: $name) { ${HEAD}
    entries(first: $first) { nodes { term kind axis group } pageInfo { hasNextPage endCursor } } } }
}`;
