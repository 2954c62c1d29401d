import { ActionIcon, Table, Text } from "@mantine/core";
import { IconEye, IconX } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { LookupLink } from "../../components/ioc/lookup-link";
import { EmptyState } from "../../components/ui/empty-state";
import { PagedTable, pagerOf } from "../../components/ui/paged-table";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { Time } from "../../components/ui/time";
import { toastProblem } from "../../components/ui/toast";
import { usePages } from "../../components/ui/use-pages";
import { may, useMe } from "../../lib/me";
import { count } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";

/** Where the workspace saw values, the latest first. */
export function SightingRows() {
  const me = useMe();
  const client = useQueryClient();
  const query = useInfiniteQuery(
    trpc.sightings.list.infiniteQueryOptions({ limit: 50 }, { getNextPageParam: (page) => page.meta.next_cursor }),
  );
  const remove = useMutation(
    trpc.sightings.remove.mutationOptions({
      onSuccess: async () => {
        await client.invalidateQueries({ queryKey: trpc.sightings.pathKey() });
        await client.invalidateQueries({ queryKey: trpc.lookup.pathKey() });
      },
      onError: (error) => toastProblem(error),
    }),
  );
  const pages = usePages(query, "");
  const rows = pages.page?.data;
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (rows?.length === 0) {
    return (
      <EmptyState icon={<IconEye size={22} />} title="No sightings yet">
        Report one from a lookup (Seen here), or with a key: POST /api/v1/sightings.
      </EmptyState>
    );
  }
  return (
    <PagedTable
      heads={["Value", "Seen", "Where", "Times", "Comment", "Reported by", "Action"]}
      loading={rows === undefined}
      pager={pagerOf(pages)}
    >
      {rows?.map((row) => (
        <Table.Tr key={row.id}>
          <Table.Td maw={360}>
            <LookupLink value={row.value} />
          </Table.Td>
          <Table.Td>
            <Time value={row.seen_at} />
          </Table.Td>
          <Table.Td>{row.place}</Table.Td>
          <Table.Td className="numbers">{count(row.count)}</Table.Td>
          <Table.Td>
            <Text size="sm" lineClamp={2}>
              {row.comment}
            </Text>
          </Table.Td>
          <Table.Td>{row.created_by}</Table.Td>
          <Table.Td>
            {may(me, "indicators:write") && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Take back the sighting of ${row.value}`}
                loading={remove.isPending && remove.variables.sightingId === row.id}
                onClick={() => remove.mutate({ sightingId: row.id })}
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
