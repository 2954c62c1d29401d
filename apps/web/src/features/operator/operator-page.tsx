import { Paper, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState } from "../../components/ui/empty-state";
import { Page } from "../../components/ui/page";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import { CreateWorkspace } from "./create-workspace";
import { SuspendDialog } from "./suspend-dialog";
import { TierDialog } from "./tier-dialog";
import { type Workspace, WorkspaceRows } from "./workspace-rows";

export function OperatorPage() {
  return (
    <Page note="All workspaces of this instance." actions={<CreateWorkspace />}>
      <Workspaces />
    </Page>
  );
}

function Workspaces() {
  const workspaces = useQuery(trpc.workspaces.list.queryOptions());
  const [text, setText] = useState("");
  const [changing, setChanging] = useState<Workspace | null>(null);
  const [suspending, setSuspending] = useState<Workspace | null>(null);
  if (workspaces.isError) {
    return <ProblemAlert error={workspaces.error} onRetry={() => void workspaces.refetch()} />;
  }
  const wanted = text.trim().toLowerCase();
  const rows = workspaces.data?.data.filter(
    ({ name, slug }) => name.toLowerCase().includes(wanted) || slug.toLowerCase().includes(wanted),
  );
  return (
    <>
      <TextInput
        aria-label="Search workspaces"
        placeholder="Search by name"
        type="search"
        maw={360}
        leftSection={<IconSearch size={15} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {rows?.length === 0 ? (
        <Paper>
          <EmptyState icon={<IconSearch size={22} />} title="No matching workspaces">
            Search for another name.
          </EmptyState>
        </Paper>
      ) : (
        <WorkspaceRows rows={rows} onChange={setChanging} onSuspend={setSuspending} />
      )}
      {rows && (
        <Text size="sm" c="dimmed">
          {plural(rows.length, "workspace")}
        </Text>
      )}
      <TierDialog workspace={changing} onClose={() => setChanging(null)} />
      <SuspendDialog workspace={suspending} onClose={() => setSuspending(null)} />
    </>
  );
}
