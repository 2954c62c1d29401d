import { Skeleton, Table } from "@mantine/core";

/** Rows of the height that the real ones will have, so that nothing jumps when they come. */
export function RowsSkeleton({ rows, columns, height = 22 }: { rows: number; columns: number; height?: number }) {
  return Array.from({ length: rows }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
    <Table.Tr key={row} aria-hidden>
      <Table.Td colSpan={columns}>
        <Skeleton height={height} width={`${92 - ((row * 7) % 30)}%`} />
      </Table.Td>
    </Table.Tr>
  ));
}
