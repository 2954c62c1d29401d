import { Alert, Grid, List, Paper, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { LookupData } from "@tocsin/core/lookup";
import { AnchorLink } from "../../components/ui/links";
import { Time } from "../../components/ui/time";
import { HuntingTabs } from "./hunting-tabs";
import { LookupRelated } from "./lookup-related";
import { LookupSources } from "./lookup-sources";
import { LookupDetails, LookupVerdict } from "./lookup-verdict";

export function LookupResult({ data }: { data: LookupData }) {
  return (
    <Stack gap="md">
      {data.warnings.length > 0 && (
        <Alert color="yellow" title="Check before blocking" icon={<IconAlertTriangle size={18} />}>
          <List size="sm">
            {data.warnings.map((warning) => (
              <List.Item key={warning}>{warning}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {data.note && (
        <Alert
          color="gray"
          title={data.found ? "Note" : "Not found does not mean safe"}
          icon={<IconInfoCircle size={18} />}
        >
          {data.note}
        </Alert>
      )}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: data.found ? 8 : 12 }}>
          <LookupVerdict data={data} />
        </Grid.Col>
        {data.found && (
          <Grid.Col span={{ base: 12, md: 4 }}>
            <LookupDetails data={data} />
          </Grid.Col>
        )}
      </Grid>
      {data.sources.length > 0 && <LookupSources data={data} />}
      {data.related.length > 0 && <LookupRelated related={data.related} />}
      {data.articles && data.articles.length > 0 && <LookupArticles articles={data.articles} />}
      <HuntingTabs hunting={data.hunting} />
    </Stack>
  );
}

function LookupArticles({ articles }: { articles: NonNullable<LookupData["articles"]> }) {
  return (
    <Paper p="md" component="section" aria-labelledby="articles">
      <Title order={2} id="articles" mb="sm">
        Articles
      </Title>
      <Stack gap="xs">
        {articles.map((article) => (
          <div key={article.id}>
            <AnchorLink to="/articles/$articleId" params={{ articleId: article.id }} size="sm">
              {article.title}
            </AnchorLink>
            <Text size="xs" c="dimmed" component="div">
              {article.source_name}
              {article.published_at && (
                <>
                  {" "}
                  · <Time value={article.published_at} as="date" />
                </>
              )}
            </Text>
          </div>
        ))}
      </Stack>
    </Paper>
  );
}
