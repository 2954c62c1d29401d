import { Paper, Text } from "@mantine/core";
import { IconNews } from "@tabler/icons-react";
import { EmptyState } from "../../components/ui/empty-state";
import { AnchorLink } from "../../components/ui/links";
import { Time } from "../../components/ui/time";
import type { Outputs } from "../../lib/trpc";

type Article = Outputs["lookup"]["relations"]["data"]["articles"][number];

/** Articles that name the value, with the sentence or row that does. */
export function LookupArticles({ articles }: { articles: readonly Article[] }) {
  if (articles.length === 0) {
    return (
      <EmptyState icon={<IconNews size={22} />} title="No articles">
        No stored article names the value.
      </EmptyState>
    );
  }
  return (
    <Paper component="ul" className="plain-list">
      {articles.map((article) => (
        <li key={article.id} style={{ padding: "10px 16px" }}>
          <AnchorLink to="/articles/$articleId" params={{ articleId: article.id }} size="sm">
            {article.title}
          </AnchorLink>
          <Text size="xs" c="dimmed" component="div">
            {article.source_name}, <Time value={article.published_at} as="date" />
          </Text>
          {article.context && (
            <Text size="sm" className="wrap-anywhere">
              {article.context}
            </Text>
          )}
        </li>
      ))}
    </Paper>
  );
}
