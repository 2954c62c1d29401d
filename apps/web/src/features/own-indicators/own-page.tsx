import { Group, SegmentedControl } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { GatedButton } from "../../components/ui/gated-button";
import { AnchorLink } from "../../components/ui/links";
import { Page } from "../../components/ui/page";
import { useMe, whyNot } from "../../lib/me";
import { optionsOf } from "../../lib/tables";
import { AddDialog } from "./add-dialog";
import { OwnRows } from "./own-rows";
import { ownSearch, ownStates } from "./own-search";

const route = getRouteApi("/inside/own-indicators");

/** What the workspace says itself: the list, and how more is added. */
export function OwnIndicatorsPage() {
  const { status = "active" } = route.useSearch();
  const navigate = route.useNavigate();
  const [adding, setAdding] = useState(false);
  return (
    <Page note="What this workspace says itself. Its lookups, lists and exports have it, merged with what feeds say; nobody else does.">
      <Group justify="space-between" gap="sm">
        <SegmentedControl
          size="xs"
          aria-label="Which indicators"
          value={status}
          data={optionsOf(ownStates)}
          onChange={(next) => void navigate({ search: ownSearch({ status: next }) })}
        />
        <Group gap="xs">
          <AnchorLink to="/iocs" search={{ source: "own" }} size="sm">
            In the list of IOCs
          </AnchorLink>
          <GatedButton
            size="xs"
            leftSection={<IconPlus size={15} />}
            forbidden={whyNot(useMe(), "indicators:write")}
            onClick={() => setAdding(true)}
          >
            Add indicators
          </GatedButton>
        </Group>
      </Group>
      <OwnRows status={status} />
      {adding && <AddDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}
