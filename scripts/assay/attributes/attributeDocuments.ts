// Which documents about annotators' attributes does the command line send?

const OUTCOME = "activity { number } replayed userErrors { code message path index }";

export const SET_ANNOTATOR_ATTRIBUTES = `mutation SetAnnotatorAttributes($input: SetAnnotatorAttributesInput!) {
  setAnnotatorAttributes(input: $input) { ${OUTCOME} acceptedCount unchangedCount unknown { word count } }
}`;

export const WITHDRAW_ANNOTATOR_ATTRIBUTES = `mutation WithdrawAnnotatorAttributes($input: WithdrawAnnotatorAttributesInput!) {
  withdrawAnnotatorAttributes(input: $input) { ${OUTCOME} withdrawnCount }
}`;

const REPORT = "attribute annotatorCount groups { kind group annotatorCount }";

export const ANNOTATOR_ATTRIBUTES = `query AnnotatorAttributes($slug: String!) {
  dataset(slug: $slug) { annotatorAttributes { ${REPORT} } }
}`;

export const ANNOTATOR_ATTRIBUTE_TABLE = `query AnnotatorAttributeTable($slug: String!, $rows: String!, $columns: String!) {
  dataset(slug: $slug) { annotatorAttributeTable(rows: $rows, columns: $columns) {
    rows { ${REPORT} } columns { ${REPORT} }
    cells { row { kind group } column { kind group } annotatorCount } } }
}`;

export const MY_ANNOTATOR_ATTRIBUTES = `query MyAnnotatorAttributes($slug: String!) {
  dataset(slug: $slug) { myAnnotatorAttributes { annotator attribute value consent purpose grantedAt } }
}`;
