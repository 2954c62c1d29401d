import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconDownload } from "@tabler/icons-react";
import { type InfiniteData, type QueryClient, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { IocFilters } from "../../components/ioc/ioc-filters";
import type { Ioc } from "../../components/ioc/ioc-query";
import { type IocSearch, iocSearch } from "../../components/ioc/ioc-search";
import { MenuLink } from "../../components/ui/menu-link";
import { Page } from "../../components/ui/page";
import { SearchBox } from "../../components/ui/search-box";
import { kindsOf } from "../../lib/tables";
import { type Outputs, trpc } from "../../lib/trpc";
import { type ExportFormat, exportFormats } from "./export-curl";
import { ExportDialog } from "./export-dialog";
import { IocDrawer } from "./ioc-drawer";
import { IocList } from "./ioc-list";
import { IocMatches } from "./ioc-matches";

const route = getRouteApi("/inside/iocs");

export function IocsPage() {
  // The router hands on what the validator dropped, too.
  const search = iocSearch(route.useSearch());
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const [format, setFormat] = useState<ExportFormat | null>(null);
  const change = (to: Record<string, string | number>) =>
    void navigate({ search: (before) => iocSearch({ ...before, ...to, open: undefined }) });
  const show = useCallback(
    (ioc: Ioc | null) =>
      void navigate({ search: (before) => iocSearch({ ...before, open: ioc?.id }), replace: ioc === null }),
    [navigate],
  );
  return (
    <Page
      note="Indicators reported by the feeds, the last added or changed first."
      actions={<ExportMenu search={search} onFormat={setFormat} />}
    >
      <SearchBox
        key={search.q ?? ""}
        label="Search values"
        placeholder="Search for a value or a part of one"
        minLength={2}
        maxLength={2048}
        q={search.q ?? ""}
        onSearch={(q) => change({ q })}
      />
      {search.q ? (
        <IocMatches q={search.q} onOpen={show} />
      ) : (
        <>
          <IocFilters search={search} onChange={change} />
          <IocList search={search} onOpen={show} />
        </>
      )}
      <IocDrawer ioc={search.open ? loadedIoc(queries, search.open) : null} onClose={() => show(null)} />
      <ExportDialog format={format} search={search} onFormat={setFormat} onClose={() => setFormat(null)} />
    </Page>
  );
}

/** The indicator among those that the lists have loaded: what is open has been in one. */
function loadedIoc(queries: QueryClient, id: string): Ioc | null {
  const lists = queries.getQueriesData<InfiniteData<Outputs["iocs"]["list"]>>(trpc.iocs.list.infiniteQueryFilter());
  const found = queries.getQueriesData<Outputs["iocs"]["search"]>(trpc.iocs.search.queryFilter());
  const listed = lists.flatMap(([, list]) => list?.pages.flatMap((page) => page.data) ?? []);
  const matched = found.flatMap(([, answer]) => [...(answer?.data.matches ?? []), ...(answer?.data.relatedIOCs ?? [])]);
  return [...listed, ...matched].find((ioc) => ioc.id === id) ?? null;
}

type MenuProps = { search: IocSearch; onFormat: (format: ExportFormat) => void };

function ExportMenu({ search: { q: _, open: _open, ...filters }, onFormat }: MenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />} rightSection={<IconChevronDown size={14} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {kindsOf(exportFormats).map((format) => (
          <Menu.Item key={format} onClick={() => onFormat(format)}>
            {format.toUpperCase()}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <MenuLink to="/exports" search={filters}>
          Other formats
        </MenuLink>
      </Menu.Dropdown>
    </Menu>
  );
}
