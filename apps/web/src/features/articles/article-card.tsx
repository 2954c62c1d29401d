import { Badge, Card, Group, Text } from "@mantine/core";
import { SeverityBadge } from "../../components/article/severity-badge";
import { AnchorLink } from "../../components/ui/links";
import { Time } from "../../components/ui/time";
import { plural } from "../../lib/numbers";
import { industryLabel } from "./article-labels";
import type { Article } from "./article-query";

/** Names that are shown of each kind; the article's page has all of them. */
const most = 3;

export function ArticleCard({ article }: { article: Article }) {
  return (
    <Card withBorder radius="md" padding="md" component="article" aria-label={article.title}>
      <Group justify="space-between" align="flex-start" gap="sm" wrap="nowrap">
        <AnchorLink to="/articles/$articleId" params={{ articleId: article.id }} fw={600} className="wrap-anywhere">
          {article.title}
        </AnchorLink>
        <SeverityBadge label={article.severity_label} score={article.severity_score} />
      </Group>
      <Text size="xs" c="dimmed" component="div" mt={2}>
        {article.source_name} · <Time value={article.published_at} /> · {article.category_label}
      </Text>
      {article.summary && (
        <Text size="sm" mt={6} lineClamp={2} className="wrap-anywhere">
          {article.summary}
        </Text>
      )}
      <Names article={article} />
    </Card>
  );
}

function Names({ article }: { article: Article }) {
  const names = [
    ...article.threat_actors.slice(0, most).map((name) => ({ name, color: "grape" })),
    ...article.malware_families.slice(0, most).map((name) => ({ name, color: "orange" })),
    ...article.industry_tags.slice(0, most).map((slug) => ({ name: industryLabel(slug), color: "gray" })),
  ];
  if (names.length === 0 && !article.has_iocs) return null;
  return (
    <Group gap={6} mt="xs">
      {article.has_iocs && <Badge color="teal">{plural(article.ioc_count, "IOC")}</Badge>}
      {names.map(({ name, color }) => (
        <Badge key={`${color} ${name}`} color={color} maw={220}>
          {name}
        </Badge>
      ))}
    </Group>
  );
}
