import { Badge, Button, Table, Text } from "@mantine/core";
import { IconListDetails } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { ConfidenceBadge } from "../../components/ioc/confidence-badge";
import { typeLabels } from "../../components/ioc/ioc-labels";
import { LookupLink } from "../../components/ioc/lookup-link";
import { EmptyState } from "../../components/ui/empty-state";
import { PagedTable, pagerOf } from "../../components/ui/paged-table";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Time } from "../../components/ui/time";
import { toastDone, toastProblem } from "../../components/ui/toast";
import { usePages } from "../../components/ui/use-pages";
import { may, useMe } from "../../lib/me";
import { type Outputs, trpc } from "../../lib/trpc";
import { ownStates } from "./own-search";

type Row = Outputs["indicators"]["list"]["data"][number];

const heads = ["Value", "Type", "State", "Confidence", "Tags", "Score", "Added by", "Changed", "Action"];

/** The workspace's own indicators, newest change first; each may be withdrawn. */
export function OwnRows({ status }: { status: keyof typeof ownStates }) {
  const client = useQueryClient();
  const query = useInfiniteQuery(
    trpc.indicators.list.infiniteQueryOptions(
      { limit: 50, status },
      { getNextPageParam: (page) => page.meta.next_cursor },
    ),
  );
  const withdraw = useMutation(
    trpc.indicators.withdraw.mutationOptions({
      onSuccess: async () => {
        toastDone("The indicator is withdrawn.");
        await Promise.all(
          [trpc.indicators, trpc.iocs, trpc.lookup].map((part) =>
            client.invalidateQueries({ queryKey: part.pathKey() }),
          ),
        );
      },
      onError: (error) => toastProblem(error),
    }),
  );
  const pages = usePages(query, status);
  const rows = pages.page?.data;
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (rows?.length === 0) {
    return (
      <EmptyState icon={<IconListDetails size={22} />} title="None here">
        Add what your team found out itself, by paste or with a key: POST /api/v1/indicators.
      </EmptyState>
    );
  }
  return (
    <PagedTable heads={heads} loading={rows === undefined} pager={pagerOf(pages)} least={900}>
      {rows?.map((row) => (
        <OwnRow
          key={row.id}
          row={row}
          busy={withdraw.isPending && withdraw.variables.indicatorId === row.id}
          onWithdraw={() => withdraw.mutate({ indicatorId: row.id })}
        />
      ))}
    </PagedTable>
  );
}

function OwnRow({ row, busy, onWithdraw }: { row: Row; busy: boolean; onWithdraw: () => void }) {
  const me = useMe();
  return (
    <Table.Tr>
      <Table.Td maw={360}>
        <LookupLink value={row.value} />
        {row.comment && (
          <Text size="xs" c="dimmed" lineClamp={2}>
            {row.comment}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{typeLabels[row.type]}</Table.Td>
      <Table.Td>
        <Badge color={row.status === "active" ? "green" : "gray"}>{ownStates[row.status]}</Badge>
      </Table.Td>
      <Table.Td>
        <ConfidenceBadge confidence={row.confidence} />
      </Table.Td>
      <Table.Td>{row.tags.join(", ")}</Table.Td>
      <Table.Td className="numbers">{row.risk_score ?? "–"}</Table.Td>
      <Table.Td>{row.created_by}</Table.Td>
      <Table.Td>
        <Time value={row.updated_at} />
      </Table.Td>
      <Table.Td>
        {row.status !== "withdrawn" && may(me, "indicators:write") && (
          <Button size="compact-xs" variant="subtle" color="red" loading={busy} onClick={onWithdraw}>
            Withdraw
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
