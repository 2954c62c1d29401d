import { MultiSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { severityOptions } from "../../components/article/severity";
import { doubleField, FilterPanel, wideChoices } from "../../components/ui/filter-panel";
import { splitList } from "../../lib/search-params";
import { offeredOf, optionsOf } from "../../lib/tables";
import { trpc } from "../../lib/trpc";
import { industryOptions, topicOptions } from "./article-labels";
import { articleFilterCount } from "./article-query";
import { type ArticleSearch, iocLabels, sinceChoices, sortLabels } from "./article-search";

type Props = { search: ArticleSearch; onChange: (change: Partial<Record<keyof ArticleSearch, string>>) => void };

const none = {
  category: "",
  severity: "",
  industry: "",
  source: "",
  since: "",
  has_iocs: "",
  threat_actor: "",
  mitre_technique: "",
};

/** The filters of the list. */
export function ArticleFilters({ search, onChange }: Props) {
  return (
    <FilterPanel active={articleFilterCount(search)} onClear={() => onChange(none)}>
      <FilterFields search={search} onChange={onChange} />
    </FilterPanel>
  );
}

function FilterFields({ search, onChange }: Props) {
  const feeds = useQuery(trpc.feeds.list.queryOptions(undefined, { staleTime: 60_000 }));
  const known = (feeds.data?.data ?? []).filter((feed) => feed.kind === "articles");
  const sources = known.map((feed) => ({ value: feed.id, label: feed.name }));
  const own = search.source !== undefined && !sources.some(({ value }) => value === search.source);
  const list = (name: "category" | "severity" | "industry") => ({
    value: splitList(search[name]),
    onChange: (values: string[]) => onChange({ [name]: values.join(",") }),
    placeholder: search[name] ? "" : "Any",
    size: "xs" as const,
    hidePickedOptions: true,
  });
  const choice = (name: "source" | "since" | "has_iocs") => ({
    value: search[name] ?? null,
    onChange: (value: string | null) => onChange({ [name]: value ?? "" }),
    size: "xs" as const,
    clearable: true,
    placeholder: "Any",
  });
  return (
    <>
      <MultiSelect label="Topic" data={topicOptions} className={doubleField} {...list("category")} />
      <MultiSelect label="Severity" data={severityOptions} {...list("severity")} />
      <MultiSelect label="Industry" data={industryOptions} searchable {...list("industry")} />
      <Select
        label="Source"
        searchable
        comboboxProps={wideChoices}
        data={own ? [...sources, { value: search.source ?? "", label: search.source ?? "" }] : sources}
        {...choice("source")}
      />
      <Select label="IOCs" data={optionsOf(iocLabels)} {...choice("has_iocs")} />
      <Select label="Published within" data={offeredOf(sinceChoices)} {...choice("since")} />
      <Select
        label="Sort by"
        size="xs"
        data={optionsOf(sortLabels)}
        allowDeselect={false}
        value={search.sort ?? "published:desc"}
        onChange={(sort) => onChange({ sort: sort === "published:desc" ? "" : (sort ?? "") })}
      />
    </>
  );
}
