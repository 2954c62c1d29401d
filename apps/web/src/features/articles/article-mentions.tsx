import { Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { AnchorLink } from "../../components/ui/links";
import { TagList } from "../../components/ui/tag-list";
import { Time } from "../../components/ui/time";
import { industryLabel } from "./article-labels";
import type { Article } from "./article-query";

/** The actors, malware, CVEs, techniques, industries and products that an article mentions, each with a link. */
export function ArticleMentions({ article }: { article: Article }) {
  const { threat_actors: actors, malware_families: families, tech_tags: products, industry_tags: industries } = article;
  const { cve_ids: cves = [], mitre_techniques: techniques = [] } = article;
  return (
    <Paper p="md" component="section" aria-label="Mentioned in the article">
      <Stack gap="md">
        {actors.length > 0 && (
          <Mentions title="Threat actors">
            <Group gap={6}>
              {actors.map((name) => (
                <AnchorLink key={name} to="/articles" search={{ threat_actor: name }} underline="never">
                  <Badge color="grape" style={{ cursor: "pointer" }}>
                    {name}
                  </Badge>
                </AnchorLink>
              ))}
            </Group>
          </Mentions>
        )}
        {families.length > 0 && (
          <Mentions title="Malware and tools">
            <TagList tags={families} />
          </Mentions>
        )}
        {cves.length > 0 && (
          <Mentions title="CVEs">
            <Group gap="xs">
              {cves.map((cve) => (
                <AnchorLink key={cve} to="/lookup" search={{ value: cve }} className="mono" size="sm">
                  {cve}
                </AnchorLink>
              ))}
            </Group>
          </Mentions>
        )}
        {techniques.length > 0 && (
          <Mentions title="ATT&CK techniques">
            <Stack gap={6}>
              {techniques.map((technique) => (
                <Technique key={technique.id} technique={technique} />
              ))}
            </Stack>
          </Mentions>
        )}
        {industries.length > 0 && (
          <Mentions title="Industries">
            <TagList tags={industries.map(industryLabel)} />
          </Mentions>
        )}
        {products.length > 0 && (
          <Mentions title="Products and technologies">
            <TagList tags={products} />
          </Mentions>
        )}
        <Mentions title="Last changed">
          <Text size="sm" component="div">
            <Time value={article.modified_at} as="full" />
          </Text>
        </Mentions>
      </Stack>
    </Paper>
  );
}

function Mentions({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Title order={3} size="sm" mb={4}>
        {title}
      </Title>
      {children}
    </div>
  );
}

function Technique({ technique }: { technique: NonNullable<Article["mitre_techniques"]>[number] }) {
  return (
    <Text size="sm" component="div">
      <AnchorLink to="/articles" search={{ mitre_technique: technique.id }} className="mono" size="sm">
        {technique.id}
      </AnchorLink>{" "}
      {technique.name}
      {technique.tactic && (
        <Text span size="xs" c="dimmed">
          {" "}
          · {technique.tactic}
        </Text>
      )}
    </Text>
  );
}
