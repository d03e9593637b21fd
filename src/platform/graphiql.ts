// What does a person see who opens the API in a browser?
import { renderGraphiQL } from "@graphql-yoga/render-graphiql";

let page: string | undefined;

/** GraphiQL with everything inside: it loads nothing from elsewhere. */
export function graphiqlPage(): string {
  return (page ??= renderGraphiQL({
    title: "Assay",
    endpoint: "/graphql",
    headers: JSON.stringify({ authorization: "Bearer <your token>" }, null, 2),
    defaultQuery:
      "# Put your token under Headers, then:\n{\n  viewer { key kind isAdmin }\n  datasets(first: 10) { nodes { slug title } }\n}\n",
  }));
}
