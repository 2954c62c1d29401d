import type { Ask } from "./ask";
import { tools } from "./tools";

/** Resources by the beginning of their address, each read by the tool of the same subject. */
const kinds = [
  {
    prefix: "tocsin://articles/",
    template: "tocsin://articles/{id}",
    name: "article",
    title: "An article",
    description: "Summary, CVEs, techniques and indicators of an article.",
    tool: tools.get_article,
    argument: "id",
  },
  {
    prefix: "tocsin://indicators/",
    template: "tocsin://indicators/{value}",
    name: "indicator",
    title: "An indicator",
    description: "What is known of a value; the value percent-encoded.",
    tool: tools.lookup_indicator,
    argument: "value",
  },
] as const;

const mimeType = "application/json";

export const resourceTemplates = kinds.map(({ template: uriTemplate, name, title, description }) => ({
  ...{ uriTemplate, name, title, description, mimeType },
}));

/** The newest articles, as resources. */
export async function listResources(ask: Ask) {
  const page = await tools.search_articles?.run({ limit: 10 }, ask);
  const articles: readonly unknown[] = Array.isArray(page?.articles) ? page.articles : [];
  return articles.flatMap((article) => {
    if (typeof article !== "object" || article === null || !("id" in article) || !("title" in article)) return [];
    return [
      { uri: `tocsin://articles/${article.id}`, name: `article-${article.id}`, title: `${article.title}`, mimeType },
    ];
  });
}

/** What an address leads to; null for one that is none of ours. */
export async function readResource(uri: string, ask: Ask) {
  const kind = kinds.find(({ prefix }) => uri.startsWith(prefix));
  const rest = kind && decode(uri.slice(kind.prefix.length));
  if (!kind?.tool || !rest) return null;
  const answer = await kind.tool.run({ [kind.argument]: rest }, ask);
  return { contents: [{ uri, mimeType, text: JSON.stringify(answer) }] };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
