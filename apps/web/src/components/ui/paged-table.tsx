import { Paper, Table } from "@mantine/core";
import type { ComponentProps, ReactNode } from "react";
import { count } from "../../lib/numbers";
import { Pager } from "./pager";
import { RowsSkeleton } from "./rows-skeleton";
import type { usePages } from "./use-pages";

type PagerProps = ComponentProps<typeof Pager>;
type Props = {
  heads: readonly string[];
  loading: boolean;
  pager: PagerProps | null;
  /** Below it the table scrolls, in pixels. */
  least?: number;
  children: ReactNode;
};

/** One page of a list under its heads. */
export function PagedTable({ heads, loading, pager, least = 720, children }: Props) {
  return (
    <>
      <Paper className="scroll-x">
        <Table miw={least}>
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

type Page = { data: readonly unknown[] };

/** The pager of a list that is read page by page; none while the first is on its way. */
export function pagerOf(pages: ReturnType<typeof usePages<Page>>): PagerProps | null {
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
