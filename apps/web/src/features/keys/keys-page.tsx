import { Group, SegmentedControl } from "@mantine/core";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import type { Key } from "../../components/key/key";
import { keyStatuses, statusLabel } from "../../components/key/key-status";
import { SampleBanner } from "../../components/sample/sample-banner";
import { GatedButton } from "../../components/ui/gated-button";
import { Page } from "../../components/ui/page";
import { TextFilter } from "../../components/ui/text-filter";
import { useMe, whyNot } from "../../lib/me";
import { count, plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { CreateKeyModal } from "./create-key-modal";
import { type KeyAction, KeyDialogs, type KeyTask } from "./key-dialogs";
import { KeyList } from "./key-list";
import { KeyRequests } from "./key-requests";

const route = getRouteApi("/inside/keys");

export function KeysPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const me = useMe();
  const forbidden = whyNot(me, "keys:write");
  const [task, setTask] = useState<KeyTask>(null);
  const act = useCallback((action: KeyAction, key: Key) => setTask({ action, key }), []);
  const openCreate = (open: boolean) =>
    void navigate({ search: ({ create: _, ...rest }) => (open ? { ...rest, create: true } : rest), replace: !open });
  const createButton = (
    <GatedButton forbidden={forbidden} leftSection={<IconPlus size={16} />} onClick={() => openCreate(true)}>
      {me.workspace.key_policy?.require_approval ? "Request key" : "Create key"}
    </GatedButton>
  );
  return (
    <Page
      note={`API keys of ${me.workspace.name}. The tier ${me.workspace.tier} allows ${plural(me.workspace.plan.keys, "active key")}.`}
      actions={createButton}
    >
      <SampleBanner />
      {me.workspace.key_policy && <KeyRequests forbidden={forbidden} />}
      <Filters />
      <KeyList create={createButton} onAct={act} forbidden={forbidden} />
      <CreateKeyModal opened={search.create === true && !forbidden} onClose={() => openCreate(false)} />
      <KeyDialogs task={task} onClose={() => setTask(null)} />
    </Page>
  );
}

function Filters() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: counts } = useQuery(trpc.keys.counts.queryOptions());
  const all = counts && counts.active + counts.expiring + counts.expired + counts.revoked;
  return (
    <Group gap="sm">
      <TextFilter
        aria-label="Search keys"
        placeholder="Search by name or prefix"
        type="search"
        leftSection={<IconSearch size={15} />}
        value={search.q ?? ""}
        maxLength={100}
        onChange={(q) => {
          if (q === (search.q ?? "")) return;
          void navigate({
            search: ({ q: _, ...rest }) => (q ? { ...rest, q } : rest),
            // One step back leads to before the search, however it was typed.
            replace: search.q !== undefined,
          });
        }}
        className="grow-field"
      />
      <div className="scroll-x">
        <SegmentedControl
          aria-label="State"
          value={search.status ?? "all"}
          onChange={(value) => {
            const status = keyStatuses.find((known) => known === value);
            void navigate({ search: ({ status: _, ...rest }) => (status ? { ...rest, status } : rest) });
          }}
          data={[
            { value: "all", label: counted("All", all) },
            ...keyStatuses.map((status) => ({ value: status, label: counted(statusLabel(status), counts?.[status]) })),
          ]}
        />
      </div>
    </Group>
  );
}

function counted(label: string, value: number | undefined): string {
  return value === undefined ? label : `${label} ${count(value)}`;
}
