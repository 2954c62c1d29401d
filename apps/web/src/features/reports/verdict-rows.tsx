import { ActionIcon, Badge, Table, Text } from "@mantine/core";
import { IconShieldCheck, IconX } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { LookupLink } from "../../components/ioc/lookup-link";
import { EmptyState } from "../../components/ui/empty-state";
import { PagedTable, pagerOf } from "../../components/ui/paged-table";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Time } from "../../components/ui/time";
import { toastProblem } from "../../components/ui/toast";
import { usePages } from "../../components/ui/use-pages";
import { may, useMe } from "../../lib/me";
import { type Outputs, trpc } from "../../lib/trpc";

type Row = Outputs["feedback"]["list"]["data"][number];

const reviews = {
  none: "Your workspace",
  pending: "Asked for all",
  accepted: "Accepted for all",
  declined: "Declined for all",
} as const satisfies Record<Row["review"], string>;

/** What the workspace calls harmless or malicious, newest change first. */
export function VerdictRows() {
  const me = useMe();
  const client = useQueryClient();
  const query = useInfiniteQuery(
    trpc.feedback.list.infiniteQueryOptions({ limit: 50 }, { getNextPageParam: (page) => page.meta.next_cursor }),
  );
  const withdraw = useMutation(
    trpc.feedback.withdraw.mutationOptions({
      onSuccess: () =>
        Promise.all(
          [trpc.feedback, trpc.lookup, trpc.iocs].map((part) => client.invalidateQueries({ queryKey: part.pathKey() })),
        ),
      onError: (error) => toastProblem(error),
    }),
  );
  const pages = usePages(query, "");
  const rows = pages.page?.data;
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (rows?.length === 0) {
    return (
      <EmptyState icon={<IconShieldCheck size={22} />} title="No verdicts yet">
        Give one from a lookup (Harmless or malicious), or with a key: POST /api/v1/feedback.
      </EmptyState>
    );
  }
  return (
    <PagedTable
      heads={["Value", "Verdict", "Reason", "Counts for", "By", "Changed", "Action"]}
      loading={rows === undefined}
      pager={pagerOf(pages)}
    >
      {rows?.map((row) => (
        <Table.Tr key={row.indicator_id}>
          <Table.Td maw={360}>
            <LookupLink value={row.value} />
          </Table.Td>
          <Table.Td>
            <Badge color={row.verdict === "harmless" ? "green" : "red"}>{row.verdict}</Badge>
          </Table.Td>
          <Table.Td>
            <Text size="sm" className="wrap-anywhere">
              {row.reason}
            </Text>
          </Table.Td>
          <Table.Td>
            <Text size="sm">{reviews[row.review]}</Text>
            {row.review_note && (
              <Text size="xs" c="dimmed">
                {row.review_note}
              </Text>
            )}
          </Table.Td>
          <Table.Td>{row.created_by}</Table.Td>
          <Table.Td>
            <Time value={row.updated_at} />
          </Table.Td>
          <Table.Td>
            {may(me, "indicators:write") && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Take back the verdict on ${row.value}`}
                loading={withdraw.isPending && withdraw.variables.indicatorId === row.indicator_id}
                onClick={() => withdraw.mutate({ indicatorId: row.indicator_id })}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
          </Table.Td>
        </Table.Tr>
      ))}
    </PagedTable>
  );
}
