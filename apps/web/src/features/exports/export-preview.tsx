import { Code, Group, Paper, ScrollArea, Skeleton, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ProblemAlert } from "../../components/ui/problem-alert";
import { plural } from "../../lib/numbers";
import { trpc } from "../../lib/trpc";
import type { Export } from "./export-request";

const mostLines = 60;

/** How the document begins, made of its first records. */
export function ExportPreview({ of, query }: { of: Export; query: Record<string, string> }) {
  const preview = useQuery(
    trpc.exports.preview.queryOptions(
      { format: of.id, query },
      { placeholderData: keepPreviousData, enabled: of.allowed },
    ),
  );
  if (preview.isError) return <ProblemAlert error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <Skeleton height={280} radius="md" />;
  const { content_type, records, text } = preview.data;
  const lines = text.split("\n");
  const shown = lines.slice(0, mostLines).join("\n");
  return (
    <Paper
      style={{ opacity: preview.isPlaceholderData ? 0.6 : 1, overflow: "hidden", alignSelf: "start" }}
      aria-busy={preview.isFetching}
    >
      <Group justify="space-between" px="sm" py="xs" gap="xs">
        <Text size="sm" fw={600}>
          Preview
        </Text>
        <Text size="xs" c="dimmed" className="wrap-anywhere">
          {records === 0 ? "no matching records" : `first ${plural(records, "record")}`} · {content_type}
        </Text>
      </Group>
      <ScrollArea.Autosize mah={560} type="auto">
        <Code block fz="0.75rem" style={{ borderRadius: 0 }} aria-label="Beginning of the file" tabIndex={0}>
          {shown === "" ? "(empty)" : shown}
          {lines.length > mostLines ? "\n…" : ""}
        </Code>
      </ScrollArea.Autosize>
    </Paper>
  );
}
