import { Paper, Table } from "@mantine/core";
import type { ComponentProps, ReactNode } from "react";
import { Pager } from "../../components/ui/pager";
import { RowsSkeleton } from "../../components/ui/rows-skeleton";
import type { usePages } from "../../components/ui/use-pages";
import { count } from "../../lib/numbers";

type PagerProps = ComponentProps<typeof Pager>;
type Props = { heads: readonly string[]; loading: boolean; pager: PagerProps | null; children: ReactNode };

/** A page of reports under its heads. */
export function ReportTable({ heads, loading, pager, children }: Props) {
  return (
    <>
      <Paper className="scroll-x">
        <Table miw={720}>
          <Table.Thead>
            <Table.Tr>
              {heads.map((head) => (
                <Table.Th key={head} scope="col">
                  {head}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {loading && <RowsSkeleton rows={5} columns={heads.length} />}
            {children}
          </Table.Tbody>
        </Table>
      </Paper>
      {pager && <Pager {...pager} />}
    </>
  );
}

type ReportPage = { data: readonly unknown[] };

/** The pager of a list that is read page by page; none while the first is on its way. */
export function pagerOf(pages: ReturnType<typeof usePages<ReportPage>>): PagerProps | null {
  if (!pages.page) return null;
  const before = pages.before.reduce((sum, { data }) => sum + data.length, 0);
  return {
    summary: `${count(before + 1)}–${count(before + pages.page.data.length)}`,
    index: pages.index,
    hasNext: pages.hasNext,
    busy: pages.busy,
    onPage: (index) => void pages.goTo(index),
  };
}
