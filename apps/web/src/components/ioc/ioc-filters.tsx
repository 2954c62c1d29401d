import { MultiSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { splitList } from "../../lib/search-params";
import { offeredOf } from "../../lib/tables";
import { trpc } from "../../lib/trpc";
import { doubleField, FilterPanel, wideChoices } from "../ui/filter-panel";
import { TextFilter } from "../ui/text-filter";
import { categoryOptions, confidenceOptions, typeOptions } from "./ioc-labels";
import { filterCount } from "./ioc-query";
import { type IocSearch, sinceChoices } from "./ioc-search";

const riskOptions = [
  { value: "25", label: "25 or higher" },
  { value: "50", label: "50 or higher" },
  { value: "65", label: "65 or higher" },
  { value: "85", label: "85 or higher" },
];

type Props = { search: IocSearch; onChange: (change: Partial<Record<keyof IocSearch, string | number>>) => void };

const none = { type: "", confidence: "", category: "", source: "", min_risk: "", since: "", harmless: "", tag: "" };

/** The filters of the list. */
export function IocFilters({ search, onChange }: Props) {
  return (
    <FilterPanel active={filterCount(search)} onClear={() => onChange(none)}>
      <FilterFields search={search} onChange={onChange} />
    </FilterPanel>
  );
}

function FilterFields({ search, onChange }: Props) {
  const feeds = useQuery(trpc.feeds.list.queryOptions(undefined, { staleTime: 60_000 }));
  const sources = (feeds.data?.data ?? []).map((feed) => ({ value: feed.id, label: feed.name }));
  const known = search.source === undefined || sources.some((source) => source.value === search.source);
  const list = (name: "type" | "confidence" | "category") => ({
    value: splitList(search[name]),
    onChange: (values: string[]) => onChange({ [name]: values.join(",") }),
    size: "xs" as const,
    hidePickedOptions: true,
  });
  const choice = (name: "source" | "since" | "min_risk" | "harmless") => ({
    value: search[name] === undefined ? null : String(search[name]),
    onChange: (value: string | null) => onChange({ [name]: value ?? "" }),
    size: "xs" as const,
    clearable: true,
    placeholder: "Any",
  });
  const placeholder = (name: "type" | "confidence" | "category") => (search[name] ? "" : "Any");
  return (
    <>
      <MultiSelect
        label="Type"
        data={typeOptions}
        placeholder={placeholder("type")}
        className={doubleField}
        {...list("type")}
      />
      <MultiSelect
        label="Confidence"
        data={confidenceOptions}
        placeholder={placeholder("confidence")}
        {...list("confidence")}
      />
      <MultiSelect
        label="Category"
        data={categoryOptions}
        placeholder={placeholder("category")}
        {...list("category")}
      />
      <Select
        label="Source"
        searchable
        comboboxProps={wideChoices}
        data={known || !search.source ? sources : [...sources, { value: search.source, label: search.source }]}
        {...choice("source")}
      />
      <Select label="Risk" data={withOwn(riskOptions, search.min_risk)} {...choice("min_risk")} />
      <Select label="Changed within" data={offeredOf(sinceChoices)} {...choice("since")} />
      <Select
        label="Warninglists"
        data={[{ value: "yes", label: "Included" }]}
        {...choice("harmless")}
        placeholder="Excluded"
      />
      <TextFilter
        label="Tag"
        size="xs"
        placeholder="Any"
        maxLength={100}
        value={search.tag ?? ""}
        onChange={(tag) => onChange({ tag })}
      />
    </>
  );
}

/** The choices, and the address' own figure where it is none of them. */
function withOwn(options: readonly { value: string; label: string }[], own: number | undefined) {
  if (own === undefined || options.some((option) => option.value === String(own))) return [...options];
  return [...options, { value: String(own), label: `${own} or higher` }];
}
