import { MultiSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { riskLevels } from "../../components/charts/risk-level";
import { typeOptions } from "../../components/ioc/ioc-labels";
import { doubleField, FilterPanel, wideChoices } from "../../components/ui/filter-panel";
import { useMe } from "../../lib/me";
import { splitList } from "../../lib/search-params";
import { rowsOf } from "../../lib/tables";
import { trpc } from "../../lib/trpc";
import { lookalikeOptions, type MatchSearch, matchFilterCount } from "./match-search";

type Props = { search: MatchSearch; onChange: (change: Record<string, unknown>) => void; withLists: boolean };

const none = { type: "", risk: "", lookalikes: "", assigned: "", list: "" };
const risks = rowsOf(riskLevels)
  .filter(([, { from }]) => from > 0)
  .map(([, { from, label }]) => ({ value: String(from), label: `${label} or higher (${from})` }));

/** What narrows the matches, beside their state. */
export function MatchFilters({ search, onChange, withLists }: Props) {
  const me = useMe();
  const own = search.assigned !== undefined && ![me.user.email, "nobody"].includes(search.assigned);
  const choice = (name: "risk" | "lookalikes" | "assigned") => ({
    value: search[name] === undefined ? null : String(search[name]),
    onChange: (value: string | null) => onChange({ [name]: value ?? "" }),
    size: "xs" as const,
    clearable: true,
    placeholder: "Any",
    comboboxProps: wideChoices,
  });
  return (
    <FilterPanel active={matchFilterCount(search)} onClear={() => onChange(none)}>
      {withLists && <ListFilter search={search} onChange={onChange} />}
      <MultiSelect
        label="Type"
        size="xs"
        className={doubleField}
        data={typeOptions}
        hidePickedOptions
        placeholder={search.type ? "" : "Any"}
        value={splitList(search.type)}
        onChange={(values) => onChange({ type: values.join(",") })}
      />
      <Select label="Risk" data={risks} {...choice("risk")} />
      <Select label="Look-alikes" data={lookalikeOptions} {...choice("lookalikes")} />
      <Select
        label="Assigned to"
        data={[
          { value: me.user.email, label: "Me" },
          { value: "nobody", label: "Nobody" },
          ...(own ? [{ value: search.assigned ?? "", label: search.assigned ?? "" }] : []),
        ]}
        {...choice("assigned")}
      />
    </FilterPanel>
  );
}

function ListFilter({ search, onChange }: Pick<Props, "search" | "onChange">) {
  const lists = useQuery(trpc.watchlists.list.queryOptions(undefined, { staleTime: 60_000 }));
  return (
    <Select
      label="Watchlist"
      size="xs"
      clearable
      searchable
      placeholder="Any"
      comboboxProps={wideChoices}
      data={(lists.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={search.list ?? null}
      onChange={(list) => onChange({ list: list ?? "" })}
    />
  );
}
