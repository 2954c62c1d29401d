import { Badge, CloseButton, Group } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { Page } from "../../components/ui/page";
import { SearchBox } from "../../components/ui/search-box";
import { ArticleFilters } from "./article-filters";
import { ArticleList } from "./article-list";
import { type ArticleSearch, articleSearch } from "./article-search";

const route = getRouteApi("/inside/articles");

export function ArticlesPage() {
  // The router hands on what the validator dropped, too.
  const search = articleSearch(route.useSearch());
  const navigate = route.useNavigate();
  const change = (to: Partial<Record<keyof ArticleSearch, string>>) =>
    void navigate({ search: (before) => articleSearch({ ...before, ...to }), replace: true });
  return (
    <Page note="News and advisories from the feeds, with the indicators, threat actors and malware that they mention.">
      <SearchBox
        key={search.q ?? ""}
        label="Search articles"
        placeholder="Words, “exact phrase”, -excluded"
        maxLength={300}
        q={search.q ?? ""}
        onSearch={(q) => change({ q })}
      />
      <Narrowed search={search} onChange={change} />
      <ArticleFilters search={search} onChange={change} />
      <ArticleList search={search} />
    </Page>
  );
}

type Props = { search: ArticleSearch; onChange: (change: Partial<Record<keyof ArticleSearch, string>>) => void };

/** What a link from an article has narrowed the list to, and how to undo it. */
function Narrowed({ search, onChange }: Props) {
  const shown = [
    { name: "threat_actor", label: search.threat_actor },
    { name: "mitre_technique", label: search.mitre_technique },
  ].filter(({ label }) => label !== undefined);
  if (shown.length === 0) return null;
  return (
    <Group gap="xs">
      {shown.map(({ name, label }) => (
        <Badge
          key={name}
          size="lg"
          rightSection={
            <CloseButton size="xs" aria-label={`Remove the filter ${label}`} onClick={() => onChange({ [name]: "" })} />
          }
        >
          {label}
        </Badge>
      ))}
    </Group>
  );
}
