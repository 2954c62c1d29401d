import { Skeleton, Stack } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { TableProps } from "./column";

const WithTable = lazy(() => import("./table-view").then((module) => ({ default: module.WithTable })));

/** A list as a table; its code comes with the first one. */
export function DataTable<Row extends object>(props: TableProps<Row>) {
  return (
    <Suspense fallback={<Waiting />}>
      <WithTable>{(View) => <View {...props} />}</WithTable>
    </Suspense>
  );
}

function Waiting() {
  return (
    <Stack gap={6} aria-busy role="status" aria-label="Loading">
      <Skeleton height={30} width={120} />
      <Skeleton height={420} radius="md" />
    </Stack>
  );
}
