import { Skeleton, Stack } from "@mantine/core";

export function PagePending() {
  return (
    <Stack gap="md" p="md" aria-busy role="status" aria-label="Loading">
      <Skeleton height={28} width={180} />
      <Skeleton height={14} width={320} />
      <Skeleton height={320} radius="md" />
    </Stack>
  );
}
