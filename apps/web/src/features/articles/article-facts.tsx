import { Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { AnchorLink } from "../../components/ui/links";
import { TagList } from "../../components/ui/tag-list";
import { Time } from "../../components/ui/time";
import { industryLabel } from "./article-labels";
import type { Article } from "./article-query";

/** Whom and what an article names, each leading to more of it. */
export function ArticleFacts({ article }: { article: Article }) {
  const { threat_actors: actors, malware_families: families, tech_tags: products, industry_tags: industries } = article;
  const { cve_ids: cves = [], mitre_techniques: techniques = [] } = article;
  return (
    <Paper p="md" component="section" aria-label="What it names">
      <Stack gap="md">
        {actors.length > 0 && (
          <Fact title="Threat actors">
            <Group gap={6}>
              {actors.map((name) => (
                <AnchorLink key={name} to="/articles" search={{ threat_actor: name }} underline="never">
                  <Badge color="grape" style={{ cursor: "pointer" }}>
                    {name}
                  </Badge>
                </AnchorLink>
              ))}
            </Group>
          </Fact>
        )}
        {families.length > 0 && (
          <Fact title="Malware and tools">
            <TagList tags={families} />
          </Fact>
        )}
        {cves.length > 0 && (
          <Fact title="CVEs">
            <Group gap="xs">
              {cves.map((cve) => (
                <AnchorLink key={cve} to="/lookup" search={{ value: cve }} className="mono" size="sm">
                  {cve}
                </AnchorLink>
              ))}
            </Group>
          </Fact>
        )}
        {techniques.length > 0 && (
          <Fact title="ATT&CK techniques">
            <Stack gap={6}>
              {techniques.map((technique) => (
                <Technique key={technique.id} technique={technique} />
              ))}
            </Stack>
          </Fact>
        )}
        {industries.length > 0 && (
          <Fact title="Industries">
            <TagList tags={industries.map(industryLabel)} />
          </Fact>
        )}
        {products.length > 0 && (
          <Fact title="Products and technologies">
            <TagList tags={products} />
          </Fact>
        )}
        <Fact title="Changed here">
          <Text size="sm" component="div">
            <Time value={article.modified_at} as="full" />
          </Text>
        </Fact>
      </Stack>
    </Paper>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
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
