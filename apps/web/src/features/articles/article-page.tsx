import { Alert, Anchor, Grid, Group, Skeleton, Stack, Text } from "@mantine/core";
import { IconArrowLeft, IconArticleOff, IconExternalLink, IconGauge } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { SeverityBadge } from "../../components/article/severity-badge";
import { categoryLabels } from "../../components/ioc/ioc-labels";
import { EmptyState } from "../../components/ui/empty-state";
import { AnchorLink, ButtonLink } from "../../components/ui/links";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Time } from "../../components/ui/time";
import { problemOf } from "../../lib/problem";
import { trpc } from "../../lib/trpc";
import { ArticleIocs } from "./article-iocs";
import { ArticleMentions } from "./article-mentions";
import { type Article, wholeArticle } from "./article-query";

const route = getRouteApi("/inside/articles/$articleId");

export function ArticlePage() {
  const { articleId } = route.useParams();
  const query = useQuery(trpc.articles.byId.queryOptions({ id: articleId }));
  return (
    <Stack gap="xs">
      <AnchorLink to="/articles" size="sm" c="dimmed" className="back-link">
        <IconArrowLeft size={15} aria-hidden /> Articles
      </AnchorLink>
      {query.isPending && <Waiting />}
      {query.isError && <Refused error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <Details article={wholeArticle(query.data.data)} />}
    </Stack>
  );
}

const refusals: Readonly<Record<number, { title: string; text: string } | undefined>> = {
  404: { title: "Article not found", text: "The link may be incomplete." },
  410: {
    title: "The article has been archived",
    text: "Archived articles are not shown here. The API returns them with include_archived=true.",
  },
  403: { title: "The article is too old for your tier", text: "Your tier limits how far back articles go." },
};

function Refused({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const refusal = refusals[problemOf(error).status ?? 0];
  return (
    <Page>
      {refusal ? (
        <EmptyState
          icon={<IconArticleOff size={22} />}
          title={refusal.title}
          action={
            <ButtonLink to="/articles" variant="light">
              All articles
            </ButtonLink>
          }
        >
          {refusal.text}
        </EmptyState>
      ) : (
        <ProblemAlert error={error} onRetry={onRetry} />
      )}
    </Page>
  );
}

function Waiting() {
  return (
    <Stack gap="md" aria-busy role="status" aria-label="Loading the article">
      <Skeleton height={30} width="60%" />
      <Skeleton height={60} />
      <Skeleton height={240} />
    </Stack>
  );
}

function Details({ article }: { article: Article }) {
  return (
    <Page title={article.title} note={<Source article={article} />}>
      {article.summary && (
        <Text maw={760} className="wrap-anywhere">
          {article.summary}
        </Text>
      )}
      <Alert color="gray" icon={<IconGauge size={18} />} title={<Severity article={article} />}>
        {article.severity_reason}
      </Alert>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <ArticleIocs iocs={article.iocs ?? []} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <ArticleMentions article={article} />
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Source({ article }: { article: Article }) {
  return (
    <Group gap={6}>
      <span>
        {article.source_name} ({categoryLabels[article.source_type]}) · <Time value={article.published_at} as="full" />{" "}
        · {article.category_label}
      </span>
      {/^https?:/.test(article.url) && (
        <Anchor size="sm" href={article.url} target="_blank" rel="noopener noreferrer">
          Open source article{" "}
          <IconExternalLink size={13} style={{ verticalAlign: "-2px" }} aria-label="(opens in a new tab)" />
        </Anchor>
      )}
    </Group>
  );
}

function Severity({ article }: { article: Article }) {
  return (
    <Group gap="xs">
      <SeverityBadge label={article.severity_label} score={article.severity_score} />
      <span>Why this severity</span>
    </Group>
  );
}
