import { Box, Button, Collapse, MultiSelect, Paper, Select } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { IconFilter, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { splitList } from "../../lib/search-params";
import { trpc } from "../../lib/trpc";
import classes from "../iocs/ioc-filters.module.css";
import { industryOptions, severityOptions, topicOptions } from "./article-labels";
import { articleFilterCount } from "./article-query";
import type { ArticleSearch } from "./article-search";

const sinceOptions = [
  { value: "24h", label: "Last 24 hours" },
  { value: "7d", label: "Last 7 days" },
  { value: "30d", label: "Last 30 days" },
  { value: "90d", label: "Last 90 days" },
];
const sortOptions = [
  { value: "published:desc", label: "Newest" },
  { value: "modified:desc", label: "Changed last" },
  { value: "severity:desc", label: "Most severe" },
];
const iocOptions = [
  { value: "true", label: "With IOCs" },
  { value: "false", label: "Without IOCs" },
];

type Props = { search: ArticleSearch; onChange: (change: Partial<Record<keyof ArticleSearch, string>>) => void };

/** The filters of the list; on narrow screens behind a button. */
export function ArticleFilters({ search, onChange }: Props) {
  const wide = useMediaQuery("(min-width: 48em)", true, { getInitialValueInEffect: false });
  const [open, { toggle }] = useDisclosure(false);
  const active = articleFilterCount(search);
  return (
    <Box>
      <Button
        hiddenFrom="sm"
        variant="default"
        fullWidth
        leftSection={<IconFilter size={16} />}
        aria-expanded={open}
        onClick={toggle}
      >
        {active > 0 ? `Filters (${active})` : "Filters"}
      </Button>
      <Collapse expanded={wide || open}>
        <Paper p="sm" mt={{ base: "xs", sm: 0 }} role="group" aria-label="Filters">
          <FilterFields search={search} onChange={onChange} />
        </Paper>
      </Collapse>
    </Box>
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
    <Box className={classes.fields}>
      <MultiSelect label="Topic" data={topicOptions} className={classes.double} {...list("category")} />
      <MultiSelect label="Severity" data={severityOptions} {...list("severity")} />
      <MultiSelect label="Industry" data={industryOptions} searchable {...list("industry")} />
      <Select
        label="Source"
        searchable
        data={own ? [...sources, { value: search.source ?? "", label: search.source ?? "" }] : sources}
        {...choice("source")}
      />
      <Select label="IOCs" data={iocOptions} {...choice("has_iocs")} />
      <Select label="Published in" data={sinceOptions} {...choice("since")} />
      <Select
        label="Order"
        size="xs"
        data={sortOptions}
        allowDeselect={false}
        value={search.sort ?? "published:desc"}
        onChange={(sort) => onChange({ sort: sort === "published:desc" ? "" : (sort ?? "") })}
      />
      {articleFilterCount(search) > 0 && <Clear onChange={onChange} />}
    </Box>
  );
}

function Clear({ onChange }: Pick<Props, "onChange">) {
  const none = { category: "", severity: "", industry: "", source: "", since: "", has_iocs: "" };
  return (
    <Button
      size="xs"
      variant="subtle"
      color="gray"
      aria-label="Clear filters"
      leftSection={<IconX size={14} />}
      onClick={() => onChange({ ...none, threat_actor: "", mitre_technique: "" })}
    >
      Clear
    </Button>
  );
}
