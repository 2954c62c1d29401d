import { Stack, Tabs } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { Page } from "../../components/ui/page";
import { rowsOf } from "../../lib/tables";
import { reportsSearch, reportTabs } from "./reports-search";
import { SightingRows } from "./sighting-rows";
import { VerdictRows } from "./verdict-rows";

const route = getRouteApi("/inside/reports");

/** What the workspace reported itself: where it saw values, and what it calls harmless or malicious. */
export function ReportsPage() {
  const { tab = "sightings" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page note="What this workspace saw, and its verdicts on values. Lookups show both; no other workspace does.">
      <Tabs
        value={tab}
        onChange={(next) => void navigate({ search: reportsSearch({ tab: next }) })}
        keepMounted={false}
      >
        <Tabs.List aria-label="Reports">
          {rowsOf(reportTabs).map(([id, label]) => (
            <Tabs.Tab key={id} value={id}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Stack pt="md">{tab === "sightings" ? <SightingRows /> : <VerdictRows />}</Stack>
      </Tabs>
    </Page>
  );
}
